using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

using Learning.Accounts;
using Learning.Bookings;
using Learning.People;
using Learning.Tests.Support;

using Microsoft.Extensions.DependencyInjection;

namespace Learning.Tests.Web;

/// <summary>The API's description, <c>/openapi/v1.json</c>: it names what the contract names, and what is really answered is as it says.</summary>
public class ApiDocumentTests(Ground ground) : IClassFixture<Ground>
{
    // The contract, and how any call is refused.
    private static readonly (string Method, string Path, string Scope, int[] Statuses)[] Contract =
    [
        ("get", "/api/v1/sessions", "read", [200, 400]),
        ("get", "/api/v1/sessions/{reference}", "read", [200, 404]),
        ("post", "/api/v1/sessions/{reference}/bookings", "bookings", [201, 202, 400, 404, 409, 415, 422]),
        ("delete", "/api/v1/bookings/{id}", "bookings", [204, 404, 409]),
        ("get", "/api/v1/registers/{reference}", "registers", [200, 404]),
        ("post", "/api/v1/registers/{reference}/marks", "registers", [200, 400, 404, 409, 413, 415]),
        ("get", "/api/v1/reports/{report}/figures", "figures", [200, 400, 404, 409]),
    ];

    [Fact]
    public async Task Every_call_of_the_contract_is_described_with_its_scope_and_every_status_it_answers()
    {
        var document = await DocumentAsync();

        Assert.Equal(Contract.Select(call => $"{call.Method} {call.Path}").Order(), document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(call => $"{call.Key} {path.Key}")).Order());
        foreach (var (method, path, scope, statuses) in Contract)
        {
            var call = document["paths"]![path]![method]!;
            Assert.Equal(statuses.Concat([401, 403, 429]).Order().Select(status => $"{status}"), call["responses"]!.AsObject().Select(response => response.Key).Order());
            Assert.Equal([scope], call["security"]!.AsArray().Select(way => way!["token"]).OfType<JsonNode>().Single().AsArray().Select(one => (string)one!));
            Assert.False(string.IsNullOrWhiteSpace((string?)call["summary"]));
            Assert.All(call["responses"]!.AsObject().Where(response => response.Key[0] == '4'), response => Assert.Equal(["application/problem+json"], response.Value!["content"]!.AsObject().Select(content => content.Key)));
        }

        Assert.All(Examples(document), one => Assert.Equal("", string.Join("; ", Wrong(document, one.Schema, one.Example, "$"))));
        Assert.True(Examples(document).Count() >= 4);
        Assert.Contains(document["paths"]!["/api/v1/sessions/{reference}/bookings"]!["post"]!["parameters"]!.AsArray(), header => (string?)header!["in"] == "header" && (string?)header["name"] == "Idempotency-Key");
        Assert.Equal("bearer", (string?)document["components"]!["securitySchemes"]!["token"]!["scheme"]);
    }

    [Fact]
    public async Task What_is_answered_is_as_it_is_described()
    {
        var (document, course) = (await DocumentAsync(), await ground.Given.Course());
        var (session, started, unit) = (await ground.Given.Session(course, 1, "2024-05-20 09:30 to 16:00"), await ground.Given.Session(null, 5, "2024-05-14 09:30 to 16:00"), await ground.Given.Unit());
        var (first, second) = (await ground.Given.Person(await ground.Given.Agency()), await ground.Given.Person());
        var asked = await ground.Given.Course();
        await ground.Sql($"update courses set needs_approval = true where id = '{asked.Id}'");
        var approved = await ground.Given.Session(asked);
        var (bookings, one, all) = ($"/api/v1/sessions/{session.Ref}/bookings", await As(first), await As(unit));
        var seen = new HashSet<string>();

        async Task<JsonNode?> Answers(int status, string call, HttpResponseMessage answer)
        {
            Assert.True(status == (int)answer.StatusCode, $"{call}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
            seen.Add($"{call} {status}");
            var described = document["paths"]![call.Split(' ')[1]]![call.Split(' ')[0]]!["responses"]![$"{status}"];
            Assert.True(described is not null, $"{call} {status} is not described");
            var text = await answer.Content.ReadAsStringAsync();
            if (described["content"]?.AsObject().SingleOrDefault() is not { Key: { } type, Value: { } content })
            {
                Assert.Equal("", text);
                return null;
            }

            Assert.Equal(type, answer.Content.Headers.ContentType?.MediaType);
            var said = JsonNode.Parse(text);
            Assert.Equal("", string.Join("; ", Wrong(document, content["schema"]!, said, "$")));
            return said;
        }

        const string Book = "post /api/v1/sessions/{reference}/bookings", Cancel = "delete /api/v1/bookings/{id}", List = "get /api/v1/sessions", One = "get /api/v1/sessions/{reference}",
            Register = "get /api/v1/registers/{reference}", Marks = "post /api/v1/registers/{reference}/marks", Figures = "get /api/v1/reports/{report}/figures";
        var place = (await Answers(201, Book, await one.PostAsJsonAsync(bookings, new { })))!["id"];
        await Answers(202, Book, await (await As(second)).PostAsync(bookings, null));
        await Answers(202, Book, await one.PostAsJsonAsync($"/api/v1/sessions/{approved.Ref}/bookings", new { approver = "manager@agency.example" }));
        await Answers(400, Book, await one.PostAsync(bookings, new StringContent("{", Encoding.UTF8, "application/json")));
        await Answers(401, Book, await (await ground.SiteAsync()).Visitor().Http.PostAsJsonAsync(bookings, new { }));
        await Answers(403, Book, await one.PostAsJsonAsync(bookings, new { email = "other@elsewhere.example" }));
        await Answers(404, Book, await one.PostAsJsonAsync("/api/v1/sessions/none/bookings", new { }));
        await Answers(409, Book, await one.PostAsJsonAsync($"/api/v1/sessions/{started.Ref}/bookings", new { }));
        await Answers(415, Book, await one.PostAsync(bookings, new StringContent("email=a", Encoding.UTF8, "text/plain")));
        one.DefaultRequestHeaders.Add("Idempotency-Key", "a-key");
        await Answers(201, Book, await one.PostAsJsonAsync(bookings, new { }));
        await Answers(422, Book, await one.PostAsJsonAsync(bookings, new { email = "other@elsewhere.example" }) is { StatusCode: HttpStatusCode.Forbidden } ? await one.PostAsJsonAsync($"/api/v1/sessions/{approved.Ref}/bookings", new { }) : throw new InvalidOperationException());
        await Answers(200, List, await one.GetAsync("/api/v1/sessions"));
        await Answers(400, List, await one.GetAsync("/api/v1/sessions?from=soon"));
        await Answers(200, One, await one.GetAsync($"/api/v1/sessions/{session.Ref}"));
        await Answers(404, One, await one.GetAsync("/api/v1/sessions/none"));
        var register = await Answers(200, Register, await all.GetAsync($"/api/v1/registers/{session.Ref}"));
        await Answers(403, Register, await all.GetAsync($"/api/v1/registers/{(await ground.Given.Session(null, 5, "2024-09-14 09:30 to 16:00")).Ref}") is { StatusCode: HttpStatusCode.Forbidden } early ? early : await (await As(unit, TokenScope.Read)).GetAsync($"/api/v1/registers/{session.Ref}"));
        await Answers(404, Register, await all.GetAsync("/api/v1/registers/none"));
        object Batch(Guid part) => new { device = "d", deviceNow = ground.Zone.Now, marks = new[] { new { id = Guid.CreateVersion7(), part, personId = first.Id, mark = "attended", at = ground.Zone.Now } } };
        await Answers(200, Marks, await all.PostAsJsonAsync($"/api/v1/registers/{session.Ref}/marks", Batch((Guid)register!["parts"]![0]!["id"]!)));
        await Answers(200, Register, await all.GetAsync($"/api/v1/registers/{session.Ref}"));
        await Answers(400, Marks, await all.PostAsJsonAsync($"/api/v1/registers/{session.Ref}/marks", new { device = 7 }));
        await Answers(404, Marks, await all.PostAsJsonAsync("/api/v1/registers/none/marks", Batch(Guid.CreateVersion7())));
        await Answers(415, Marks, await all.PostAsync($"/api/v1/registers/{session.Ref}/marks", new StringContent("x", Encoding.UTF8, "text/plain")));
        await Answers(200, Figures, await CountedAsync(unit));
        await Answers(409, Figures, await all.GetAsync("/api/v1/reports/2023-24/figures"));
        await Answers(400, Figures, await all.GetAsync("/api/v1/reports/2023-24/figures?asAt=soon"));
        await Answers(404, Figures, await all.GetAsync("/api/v1/reports/none/figures"));
        await Answers(409, Cancel, await DeclinedAsync(one, session.Ref));
        await Answers(204, Cancel, await one.DeleteAsync($"/api/v1/bookings/{place}"));
        await Answers(404, Cancel, await one.DeleteAsync($"/api/v1/bookings/{Guid.CreateVersion7()}"));
        Assert.Equal([], Contract.SelectMany(call => call.Statuses.Select(status => $"{call.Method} {call.Path} {status}")).Except(seen).Except(["post /api/v1/registers/{reference}/marks 409", "post /api/v1/registers/{reference}/marks 413"]));
    }

    // Of a report of this test's own, over what has just been marked: a number with a table, and a ratio that has no denominator.
    private async Task<HttpResponseMessage> CountedAsync(Person unit)
    {
        var folder = Directory.CreateTempSubdirectory("learning-reports-");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "counted.yaml"), """
                report: counted
                title: Counted
                period: {from: 2024-04-01, to: 2025-04-01}
                figures:
                  - {id: people, title: People, measure: people, window: in-period, by: [agency], phrase: over 10}
                  - {id: rate, title: Fill rate, measure: fill_rate, window: in-period, phrase: exact}
                """);
            await using var site = await WebsiteUnderTest.StartAsync(ground.ConnectionString, ground.Clock, services => services.AddSingleton(new Learning.Figures.ReportFiles(folder.FullName)));
            var http = site.Visitor().Http;
            http.DefaultRequestHeaders.Authorization = (await As(unit)).DefaultRequestHeaders.Authorization;
            return await http.GetAsync("/api/v1/reports/counted/figures");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // A place that was offered and declined cannot be given up.
    private async Task<HttpResponseMessage> DeclinedAsync(HttpClient holder, string reference)
    {
        var id = await ground.Sql<Guid>($"select b.id from bookings b join sessions s on s.id = b.session_id where s.ref = '{reference}' and b.state = 'waiting'");
        await ground.OwnerSql($"update bookings set state = 'lapsed', state_reason = 'booking closed' where id = '{id}'");
        var person = await ground.Sql<Guid>($"select person_id from bookings where id = '{id}'");
        await using var db = ground.Db();
        return await (await As(db.Persons.Single(one => one.Id == person))).DeleteAsync($"/api/v1/bookings/{id}");
    }

    private async Task<JsonNode> DocumentAsync() => JsonNode.Parse(await (await ground.SiteAsync()).Visitor().Http.GetStringAsync("/openapi/v1.json"))!;

    private async Task<HttpClient> As(Person person, params TokenScope[] scopes)
    {
        await using var db = ground.Db();
        var email = db.PersonEmails.Single(row => row.PersonId == person.Id).Email;
        var token = (await ground.With((MakeAccessToken make) => make.RunAsync(email, 1, "test", Actor.Machine)))!;
        if (scopes.Length > 0)
        {
            await ground.Sql($"update access_tokens set scopes = array['{string.Join("', '", scopes.Select(scope => scope.ToString().ToLowerInvariant()))}'] where hash = sha256('{token}')");
        }

        var http = (await ground.SiteAsync()).Visitor().Http;
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return http;
    }

    private static IEnumerable<(JsonNode Schema, JsonNode Example)> Examples(JsonNode document) => document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject()).Select(call => call.Value!)
        .SelectMany(call => call["responses"]!.AsObject().Select(response => response.Value!["content"]).Append(call["requestBody"]?["content"])).OfType<JsonObject>().SelectMany(content => content)
        .Where(content => content.Value!["example"] is not null).Select(content => (content.Value!["schema"]!, content.Value["example"]!));

    /// <summary>What of a value is not as a schema says; a field that it does not name is wrong too.</summary>
    private static IEnumerable<string> Wrong(JsonNode document, JsonNode schema, JsonNode? value, string at)
    {
        if ((string?)schema["$ref"] is { } reference)
        {
            return Wrong(document, document["components"]!["schemas"]![reference.Split('/')[^1]]!, value, at);
        }

        if (schema["oneOf"] is JsonArray choices)
        {
            return choices.Any(choice => !Wrong(document, choice!, value, at).Any()) ? [] : [$"{at} is none of its kinds"];
        }

        List<string> types = schema["type"] switch { JsonArray several => [.. several.Select(one => (string)one!)], { } single => [(string)single!], _ => [] };
        var kind = value?.GetValueKind() switch
        {
            null => "null", System.Text.Json.JsonValueKind.String => "string", System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False => "boolean", System.Text.Json.JsonValueKind.Array => "array",
            System.Text.Json.JsonValueKind.Number => value!.ToJsonString().Contains('.') ? "number" : "integer", _ => "object",
        };
        if (types.Count == 0 || !(types.Contains(kind) || (kind == "integer" && types.Contains("number"))))
        {
            return [$"{at} is {kind}, described as {(types.Count == 0 ? "nothing" : string.Join(" or ", types))}"];
        }

        return value switch
        {
            JsonArray array => array.SelectMany((item, index) => Wrong(document, schema["items"]!, item, $"{at}[{index}]")),
            JsonObject fields => (schema["required"]?.AsArray() ?? []).Select(name => (string)name!).Where(name => !fields.ContainsKey(name)).Select(name => $"{at}.{name} is missing")
                .Concat(fields.SelectMany(field => schema["properties"]?[field.Key] is { } property ? Wrong(document, property, field.Value, $"{at}.{field.Key}")
                    : schema["additionalProperties"] is JsonObject any ? Wrong(document, any, field.Value, $"{at}.{field.Key}") : [$"{at}.{field.Key} is not described"])),
            _ when kind == "string" && (string?)schema["format"] == "uuid" && !Guid.TryParse((string)value!, out _) => [$"{at} is no uuid"],
            _ when kind == "string" && (string?)schema["format"] == "date-time" && !DateTimeOffset.TryParse((string)value!, out _) => [$"{at} is no instant"],
            _ => [],
        };
    }
}
