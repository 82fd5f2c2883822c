using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;

using Learning.People;

using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Learning.Benchmarks;

/// <summary>People with a browser each, signed in, who press the same button at the same time over a number of connections.</summary>
public sealed partial class Crowd
{
    private readonly HttpClient http;
    private readonly List<string> cookies;
    private readonly int connections;

    private Crowd(HttpClient http, List<string> cookies, int connections) => (this.http, this.cookies, this.connections) = (http, cookies, connections);

    /// <summary>
    /// Makes the people and their sign-in cookies, as the site's own cookie format protects them: typing 400 passwords would measure the hash of passwords.
    /// </summary>
    public static async Task<Crowd> GatherAsync(WebApplication site, int people, int connections)
    {
        await using var scope = site.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<LearningDb>();
        var agency = new Agency { Id = Guid.CreateVersion7(), Code = "CROWD", Name = "Crowd", Sector = "Health", StatutoryPartner = false };
        var now = site.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        var signedIn = new List<SignedIn>();
        db.Add(agency);
        for (var i = 0; i < people; i++)
        {
            var (id, email) = (Guid.CreateVersion7(), $"person{i}@crowd.example");
            signedIn.Add(SignedIn.Of(id, email, strong: false, now));
            db.AddRange(
                new Person { Id = id, GivenName = "Person", FamilyName = $"{i}", CreatedAt = DateTimeOffset.UnixEpoch },
                new PersonEmail { Email = email, PersonId = id, Main = true },
                new Employment { Id = Guid.CreateVersion7(), PersonId = id, AgencyId = agency.Id, Workforce = Workforce.Joint, StartsOn = new DateOnly(2020, 1, 1) },
                signedIn[^1].Account);
        }

        db.AddRange(signedIn.Select(one => one.Session));
        await db.SaveChangesAsync();
        var cookies = await SignedIn.CookiesAsync(site, signedIn);
        var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = connections, AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = new Uri(site.Urls.First()),
        };
        return new Crowd(http, cookies, connections);
    }

    /// <summary>
    /// Everybody opens the booking page of their session, dealt out in turn, then everybody presses the button: how long all presses took, each in milliseconds, and the processor time of this
    /// process, which is the site and the crowd.
    /// </summary>
    public Task<(TimeSpan All, IReadOnlyList<double> Each, TimeSpan Processor)> RushAsync(IReadOnlyList<string> sessions) => PressAsync(
        i => $"/sessions/{sessions[i % sessions.Count]}/book", "/book", [new("Input.Needs", "")], to => to.Contains("/my/bookings/", StringComparison.Ordinal));

    /// <summary>The same with any form: everybody opens a page, then everybody presses the button of the form whose action has <paramref name="action"/> in it.</summary>
    /// <param name="leads">Whether an answer leads where a press that was taken leads.</param>
    public async Task<(TimeSpan All, IReadOnlyList<double> Each, TimeSpan Processor)> PressAsync(
        Func<int, string> pathOf, string action, IReadOnlyList<KeyValuePair<string, string>> typed, Func<string, bool> leads)
    {
        var forms = new (string Cookie, List<KeyValuePair<string, string>> Fields)[cookies.Count];
        await EachAsync(async i => forms[i] = await OpenAsync(pathOf(i), cookies[i], action, typed));
        var each = new double[cookies.Count];
        var before = Process.GetCurrentProcess().TotalProcessorTime;
        var watch = Stopwatch.StartNew();
        await EachAsync(async i =>
        {
            var start = Stopwatch.GetTimestamp();
            using var request = new HttpRequestMessage(HttpMethod.Post, pathOf(i)) { Content = new FormUrlEncodedContent(forms[i].Fields) };
            request.Headers.Add("Cookie", forms[i].Cookie);
            using var answer = await http.SendAsync(request);
            each[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            if (answer.StatusCode != HttpStatusCode.Found || !leads(answer.Headers.Location?.ToString() ?? ""))
            {
                throw new InvalidOperationException($"Pressing the button was answered by {(int)answer.StatusCode} to {answer.Headers.Location}.");
            }
        });
        return (watch.Elapsed, each, Process.GetCurrentProcess().TotalProcessorTime - before);
    }

    private async Task<(string Cookie, List<KeyValuePair<string, string>> Fields)> OpenAsync(string path, string cookie, string action, IReadOnlyList<KeyValuePair<string, string>> typed)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Cookie", cookie);
        using var answer = await http.SendAsync(request);
        var html = await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
        var form = Form().Matches(html).Select(match => match.Value).First(one => one[..one.IndexOf('>', StringComparison.Ordinal)].Contains(action, StringComparison.Ordinal));
        var fields = Hidden().Matches(form).Select(field => new KeyValuePair<string, string>(field.Groups[1].Value, WebUtility.HtmlDecode(field.Groups[2].Value))).ToList();
        fields.AddRange(typed);
        var token = answer.Headers.TryGetValues("Set-Cookie", out var set) ? string.Join("; ", set.Select(value => value.Split(';')[0]).Prepend(cookie)) : cookie;
        return (token, fields);
    }

    private async Task EachAsync(Func<int, Task> act) => await Parallel.ForAsync(
        0, cookies.Count, new ParallelOptions { MaxDegreeOfParallelism = connections }, async (i, _) => await act(i));

    [GeneratedRegex("<form[^>]*method=\"post\".*?</form>", RegexOptions.Singleline)]
    private static partial Regex Form();

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\"")]
    private static partial Regex Hidden();
}
