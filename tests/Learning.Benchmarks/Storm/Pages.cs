using System.Net;
using System.Text.RegularExpressions;

namespace Learning.Benchmarks.Storm;

/// <summary>A browser of somebody who is signed in: opens pages of a server and presses buttons of their forms.</summary>
internal sealed partial class Pages(HttpClient http, Uri server, string cookie, Answers answers)
{
    private readonly Dictionary<string, string> cookies = cookie.Split("; ").Select(one => one.Split('=', 2)).ToDictionary(one => one[0], one => one[1]);

    /// <summary>The page's HTML.</summary>
    public async Task<string> GetAsync(string path) => (await SendAsync(new HttpRequestMessage(HttpMethod.Get, new Uri(server, path)))).Html;

    /// <summary>Presses the button of a form of a page that was read, where there is one, with the hidden fields that it has there; true when it leads to another page.</summary>
    public async Task<(bool Done, string Html)> PressAsync(string html, string form, string path, params (string Name, string Value)[] fields)
    {
        var found = Form().Matches(html).Select(match => match.Value).FirstOrDefault(text => text.Contains($"name=\"_handler\" value=\"{form}\"", StringComparison.Ordinal) && text.Contains("<button", StringComparison.Ordinal));
        if (found is null)
        {
            return (false, html);
        }

        var sent = Input().Matches(found).Select(match => match.Value).Where(input => input.Contains("type=\"hidden\"", StringComparison.Ordinal))
            .Select(input => KeyValuePair.Create(Attribute(input, "name"), Attribute(input, "value"))).Concat(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        return await SendAsync(new HttpRequestMessage(HttpMethod.Post, new Uri(server, path)) { Content = new FormUrlEncodedContent(sent) });
    }

    public static string Attribute(string tag, string name) => WebUtility.HtmlDecode(Regex.Match(tag, $"""\s{name}="([^"]*)""").Groups[1].Value);

    /// <summary>The inputs of a page.</summary>
    public static IEnumerable<string> Inputs(string html) => Input().Matches(html).Select(match => match.Value);

    private async Task<(bool Done, string Html)> SendAsync(HttpRequestMessage request)
    {
        using (request)
        {
            request.Headers.Add("Cookie", string.Join("; ", cookies.Select(one => $"{one.Key}={one.Value}")));
            using var answer = await http.SendAsync(request);
            foreach (var set in answer.Headers.TryGetValues("Set-Cookie", out var values) ? values : [])
            {
                var pair = set.Split(';')[0].Split('=', 2);
                cookies[pair[0]] = pair[1];
            }

            answers.Add(answer, HttpStatusCode.OK, HttpStatusCode.Found, HttpStatusCode.NotFound);
            return (answer.StatusCode == HttpStatusCode.Found, await answer.Content.ReadAsStringAsync());
        }
    }

    [GeneratedRegex("<form[^>]*method=\"post\".*?</form>", RegexOptions.Singleline)]
    private static partial Regex Form();

    [GeneratedRegex("<(input|button)[^>]*>")]
    private static partial Regex Input();
}
