using System.Net;
using System.Net.Http.Headers;
using System.Reflection;
using System.Text;

using Learning.Tests.Permissions;

using Microsoft.AspNetCore.Components;

namespace Learning.Tests.Attacks;

/// <summary>What nobody means to send, in every field of every form, every part and parameter of every address, and every body of the API: a mistake beside the field or a 4xx with a sentence, never an error of ours.</summary>
public sealed class NaughtyTextTests(AttackedSite attacked) : IClassFixture<AttackedSite>
{
    private static readonly string[] Naughty =
    [
        "", " ", "\0", "a\0b", "\r\nX-Injected: yes", "'; drop table persons; --", "\\", "%", "%s%n", "_", "<script>alert(1)</script>", "\"'><img src=x onerror=alert(1)>", "{{7*7}}${7*7}@(7*7)", "../../../../etc/passwd",
        "\ufeff\u200b\u202e\u2028", "Ω≈ç√∫ 田中さん 🏳️‍🌈 ẗ̸̨", "\ud800", "-1", "0", "99999999999999999999", "NaN", "1e999", "true", "null", "2024-02-30", "9999-12-31", "0000-00-00", "25:61",
        "a@b", "a@b@c.example", "'or'1'='1'@agency.example", "=cmd|' /C calc'!A0", new string('a', 5_000), Incompressible(12_000), "00000000-0000-0000-0000-000000000000", "[]", "{}",
    ];

    [Fact]
    public async Task In_every_field_of_every_form()
    {
        var (wrong, unseen, asked) = (new List<string>(), new List<string>(), 0);
        foreach (var form in attacked.Forms)
        {
            var shown = await attacked.ShownAsync(form);
            foreach (var text in Naughty)
            {
                if ((shown ??= await attacked.ShownAsync(form)) is not var (visitor, action, all))
                {
                    unseen.Add(form.Name);
                    break;
                }

                var fields = all.Select(field => field.Key is "_handler" or "__RequestVerificationToken" ? field : new(field.Key, text));
                asked++;
                var name = $"{form.Name} \"{Short(text)}\"";
                HttpStatusCode? status = null;
                try
                {
                    status = await JudgeAsync(wrong, name, await visitor.Http.PostAsync(action, new FormUrlEncodedContent(fields)));
                }
                catch (HttpRequestException broken)
                {
                    wrong.Add($"{name}: the answer broke off: {broken.Message}");
                }

                // What was refused stands as it was, for the next text; what was taken in may be gone.
                shown = status is HttpStatusCode.OK or HttpStatusCode.BadRequest ? shown : null;
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Distinct().Take(40)));
        Assert.True(asked > unseen.Count * Naughty.Length, $"Too few forms are shown: {string.Join(", ", unseen)}.");
    }

    [Fact]
    public async Task In_one_field_at_a_time_or_twice_or_not_at_all()
    {
        var wrong = new List<string>();
        foreach (var form in attacked.Forms)
        {
            if (await attacked.ShownAsync(form) is not { } shown)
            {
                continue;
            }

            var visitor = shown.Visitor;

            foreach (var key in shown.Fields.Select(field => field.Key).Where(key => key is not ("_handler" or "__RequestVerificationToken")).Distinct().Take(12))
            {
                var others = shown.Fields.Where(field => field.Key != key).ToList();
                foreach (var values in new string[][] { [], ["\u202e🏴'\"<b>"], ["one", "two"], [Incompressible(12_000)] })
                {
                    await JudgeAsync(wrong, $"{form.Name} {key}: {values.Length} values", await visitor.Http.PostAsync(shown.Action, new FormUrlEncodedContent([.. others, .. values.Select(value => new KeyValuePair<string, string>(key, value))])));
                }
            }

            await JudgeAsync(wrong, $"{form.Name} with fields of nobody", await visitor.Http.PostAsync(shown.Action, new FormUrlEncodedContent(
                [.. shown.Fields, new("Input.IsAdministrator", "true"), new("Input[0]", "x"), new("Input.Input.Input", "x"), new("[", "x"), new("Input.Email[0][1]", "x"), new("", "x"), new(new string('k', 1_500), "x")])));
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Distinct().Take(40)));
    }

    [Fact]
    public async Task In_every_part_and_parameter_of_every_address()
    {
        var (wrong, asked) = (new List<string>(), 0);
        foreach (var address in attacked.Gets.Where(address => !address.Plain.StartsWith("/health", StringComparison.Ordinal)))
        {
            // The server itself refuses a path with a NUL, and reads dots.
            foreach (var text in Naughty.Where(text => text.Length is > 0 and < 5_000 && !text.Contains('\0', StringComparison.Ordinal)))
            {
                foreach (var parameter in address.Parameters)
                {
                    await JudgeAsync(wrong, $"{address.Name} {parameter} \"{Short(text)}\"", await attacked.Visitor.Http.GetAsync(address.With(address.Parameters.ToDictionary(one => one, one => one == parameter ? Sent(text) : "1"))));
                }
            }

            var (path, _) = await attacked.FillAsync(address);
            foreach (var text in Naughty.Where(text => text.Length < 5_000))
            {
                var query = string.Join('&', Parameters(address).SelectMany(name => new[] { $"{name}={Uri.EscapeDataString(Sent(text))}", $"{name}=" }));
                if (query.Length > 0)
                {
                    asked++;
                    await JudgeAsync(wrong, $"{address.Name}?{Short(query)}", await attacked.Visitor.Http.GetAsync($"{path}?{query}"));
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Distinct().Take(40)));
        Assert.True(asked > 8 * Naughty.Length, "Too few parameters were found.");
    }

    [Fact]
    public async Task In_every_body_of_the_API()
    {
        var wrong = new List<string>();
        foreach (var address in attacked.Addresses.Where(address => address.Plain.StartsWith("/api/", StringComparison.Ordinal) && address.Method != "GET"))
        {
            string[] bodies =
            [
                "", "null", "[]", "{}", "0", "\"text\"", "{", "{\"email\":", "[[[[", new string('[', 5_000), string.Concat(Enumerable.Repeat("{\"a\":", 300)), "{\"email\":7}", "{\"email\":\"\\u0000\"}", "{\"email\":\"\\ud800\"}", "\"\\ud800\"",
                "{\"email\":{}}", "{\"device\":\"\\u0000\",\"deviceNow\":\"2024-05-15T09:00:00Z\",\"marks\":[]}", "{\"device\":\"d\",\"deviceNow\":\"2024-05-15T09:00:00Z\",\"marks\":[null]}",
                "{\"device\":\"d\",\"deviceNow\":\"9999-12-31T23:59:59Z\",\"marks\":[]}", "{\"email\":\"a\",\"email\":\"b\"}", "\ufeff{}", $"{{\"email\":\"{Incompressible(20_000)}\"}}",
                .. Naughty.Where(text => text.Length > 0 && !text.Contains('\ud800', StringComparison.Ordinal)).Select(text => $"{{\"email\":{System.Text.Json.JsonSerializer.Serialize(text)}}}"),
            ];
            foreach (var body in bodies)
            {
                foreach (var (type, encoding) in new[] { ("application/json", Encoding.UTF8), ("application/json; charset=utf-16", Encoding.Unicode), ("application/json", Encoding.Latin1), ("text/html", Encoding.UTF8) })
                {
                    var (path, _) = await attacked.FillAsync(address);
                    using var request = new HttpRequestMessage(new HttpMethod(address.Method), path) { Content = new ByteArrayContent(encoding.GetBytes(body)) };
                    request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
                    await JudgeAsync(wrong, $"{address.Name} {type} {Short(body)}", await attacked.Visitor.Http.SendAsync(request));
                }
            }

            await JudgeLargeAsync(wrong, address, new StringContent($"{{\"email\":\"{new string('a', 2_000_000)}\"}}", Encoding.UTF8, "application/json"));
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Distinct().Take(40)));
    }

    // Whoever has refused a body may close the connection before all of it came (RFC 9112, 9.6): a refusal too, if the next answer comes.
    private async Task JudgeLargeAsync(List<string> wrong, SiteAddress address, HttpContent body)
    {
        var (path, _) = await attacked.FillAsync(address);
        using var request = new HttpRequestMessage(new HttpMethod(address.Method), path) { Content = body };
        try
        {
            await JudgeAsync(wrong, $"{address.Name} two megabytes", await attacked.Visitor.Http.SendAsync(request));
        }
        catch (HttpRequestException closed) when (closed.InnerException is IOException)
        {
            await JudgeAsync(wrong, $"{address.Name} after two megabytes", await attacked.Visitor.Http.GetAsync("/health/live"));
        }
    }

    private static async Task<HttpStatusCode> JudgeAsync(List<string> wrong, string what, HttpResponseMessage answer)
    {
        using (answer)
        {
            var text = await answer.Content.ReadAsStringAsync();
            if ((int)answer.StatusCode >= 500)
            {
                wrong.Add($"{what}: {(int)answer.StatusCode}");
            }
            else if ((int)answer.StatusCode >= 400 && text.Length == 0)
            {
                wrong.Add($"{what}: {(int)answer.StatusCode} without a word");
            }
            else if (answer.Headers.Contains("X-Injected"))
            {
                wrong.Add($"{what}: a header of the sender's");
            }

            return answer.StatusCode;
        }
    }

    // The names that a page reads from its address, by its own word and those of the parts that it is made of.
    private IEnumerable<string> Parameters(SiteAddress address) => attacked.Pages.TryGetValue(address.Plain, out var page)
        ? page.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Select(property => (property, read: property.GetCustomAttribute<SupplyParameterFromQueryAttribute>())).Where(pair => pair.read is not null).Select(pair => pair.read!.Name ?? pair.property.Name)
        : ["from", "to", "course", "asAt", "format", "q"];

    // A lone surrogate cannot be sent; what a browser sends for it can.
    private static string Sent(string text) => text.Replace('\ud800', '\ufffd');

    private static string Incompressible(int length) => string.Create(length, 7, (span, seed) =>
    {
        var random = new Random(seed);
        for (var i = 0; i < span.Length; i++)
        {
            span[i] = (char)random.Next('!', '~');
        }
    });

    private static string Short(string text) => text.Length > 40 ? $"{text[..40]}… ({text.Length})" : text;
}
