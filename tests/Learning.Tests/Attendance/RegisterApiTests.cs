using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

using Learning.Accounts;
using Learning.Attendance;
using Learning.People;
using Learning.Tests.Support;

namespace Learning.Tests.Attendance;

/// <summary>The contract's registers over HTTP.</summary>
public class RegisterApiTests(Ground ground) : IClassFixture<Ground>
{
    private Given Given => ground.Given;

    [Fact] // A2, A3
    public async Task A_tablet_reads_the_register_sends_marks_and_sends_them_again()
    {
        var agency = await Given.Agency("Essex Fire");
        var hall = await Hall.Open(ground, agency: agency);
        var tablet = await As(hall.Trainer);
        var colleague = await Given.Person(agency, "colleague@fire.example", "Jordan", "Pike");

        var empty = await Json(await tablet.GetAsync(Register(hall)));
        Assert.Equal(["session", "signed", "signedAt", "parts", "people", "version", "title", "venue", "capacity", "open", "signedBy", "reopened", "seats"], empty.EnumerateObject().Select(field => field.Name));
        Assert.Equal((hall.Session.Ref, false, 3), (empty.GetProperty("session").GetString(), empty.GetProperty("signed").GetBoolean(), empty.GetProperty("people").GetArrayLength()));
        var part = empty.GetProperty("parts")[0];
        Assert.Equal((hall.Part, 330, 248), (part.GetProperty("id").GetGuid(), part.GetProperty("minutes").GetInt32(), part.GetProperty("minutesNeeded").GetInt32()));

        var ids = Enumerable.Range(0, 4).Select(_ => Guid.CreateVersion7()).ToArray();
        var body = new
        {
            device = "tablet", deviceNow = ground.Zone.Now,
            marks = new object[]
            {
                new { id = ids[0], part = hall.Part, personId = hall.People[0].Id, mark = "attended", at = ground.Zone.Now },
                new { id = ids[1], part = hall.Part, personId = hall.People[1].Id, mark = "part", minutes = 210, at = ground.Zone.Now },
                new { id = ids[2], part = hall.Part, personId = hall.People[2].Id, mark = "substitute", substitute = colleague.Id, at = ground.Zone.Now },
                new { id = ids[3], part = hall.Part, walkIn = new { name = "Wren Vickers", email = "wren@tablet.example" }, mark = "attended", at = ground.Zone.Now },
            },
        };
        var first = await Json(await tablet.PostAsJsonAsync(Register(hall) + "/marks", body));
        var again = await Json(await tablet.PostAsJsonAsync(Register(hall) + "/marks", body));

        Assert.Equal(["stored", "flagged", "version"], first.EnumerateObject().Select(field => field.Name));
        Assert.Equal(ids, first.GetProperty("stored").EnumerateArray().Select(id => id.GetGuid()));
        Assert.Equal(0, first.GetProperty("flagged").GetArrayLength());
        Assert.Equal(first.ToString(), again.ToString());
        Assert.True(first.GetProperty("version").GetInt64() > empty.GetProperty("version").GetInt64());

        var full = await Json(await tablet.GetAsync(Register(hall)));
        Assert.Equal(first.GetProperty("version").GetInt64(), full.GetProperty("version").GetInt64());
        JsonElement Row(Func<JsonElement, bool> which) => full.GetProperty("people").EnumerateArray().Single(which);
        var row = Row(person => person.GetProperty("personId").GetGuid() == hall.People[1].Id);
        Assert.Equal(("Essex Fire", "part", 210, ids[1]), (row.GetProperty("agency").GetString(), Mark(row).GetProperty("mark").GetString(), Mark(row).GetProperty("minutes").GetInt32(), Mark(row).GetProperty("event").GetGuid()));
        var substituted = Mark(Row(person => person.GetProperty("personId").GetGuid() == hall.People[2].Id));
        Assert.Equal((colleague.Id, "Jordan Pike"), (substituted.GetProperty("substitute").GetGuid(), substituted.GetProperty("substituteName").GetString()));
        Assert.Equal(JsonValueKind.Null, Row(person => person.GetProperty("name").GetString() == "Wren Vickers").GetProperty("bookingId").ValueKind);
    }

    [Fact] // A2
    public async Task A_mark_that_contradicts_what_it_had_not_seen_is_stored_and_flagged()
    {
        var hall = await Hall.Open(ground, people: 1);
        await hall.Sent("other", hall.Mark(hall.People[0].Id));
        var id = Guid.CreateVersion7();

        var answer = await Json(await (await As(hall.Trainer)).PostAsJsonAsync(Register(hall) + "/marks", new
        {
            device = "tablet", deviceNow = ground.Zone.Now,
            marks = new[] { new { id, part = hall.Part, personId = hall.People[0].Id, mark = "dna", at = ground.Zone.Now.AddMinutes(-1) } },
        }));

        Assert.Equal(id, answer.GetProperty("stored")[0].GetGuid());
        Assert.Equal(id, answer.GetProperty("flagged")[0].GetProperty("id").GetGuid());
        Assert.NotEmpty(answer.GetProperty("flagged")[0].GetProperty("why").GetString()!);
        var sheet = await Json(await (await As(hall.Trainer)).GetAsync(Register(hall)));
        Assert.Equal(id, Mark(sheet.GetProperty("people")[0]).GetProperty("conflict").GetGuid());
    }

    [Fact] // S1, S2
    public async Task The_register_is_the_trainer_s_and_the_unit_s_and_for_others_it_is_not_there()
    {
        var agency = await Given.Agency();
        var hall = await Hall.Open(ground, agency: agency);
        var elsewhere = await Hall.Open(ground);
        var (lead, chair) = (await Given.Person(agency), await Given.Person(agency));
        await Given.Role(lead, Role.AgencyLead, agency);
        await Given.Role(chair, Role.Chair);
        var mark = hall.Mark(hall.People[0].Id);
        var body = new { device = "tablet", deviceNow = ground.Zone.Now, marks = new[] { new { id = mark.Id, part = mark.Part, personId = hall.People[0].Id, mark = "attended", at = mark.At } } };

        foreach (var stranger in new[] { elsewhere.Trainer, lead, chair, hall.People[0] })
        {
            await Problem(HttpStatusCode.NotFound, await (await As(stranger)).GetAsync(Register(hall)));
            await Problem(HttpStatusCode.NotFound, await (await As(stranger)).PostAsJsonAsync(Register(hall) + "/marks", body));
        }

        await Problem(HttpStatusCode.Unauthorized, await (await ground.SiteAsync()).Visitor().Http.PostAsJsonAsync(Register(hall) + "/marks", body));
        await Problem(HttpStatusCode.NotFound, await (await As(hall.Trainer)).GetAsync("/api/v1/registers/no-such-session"));
        await Problem(HttpStatusCode.NotFound, await (await As(hall.Trainer)).GetAsync("/api/v1/registers/%01"));
        Assert.Equal(0, await ground.Sql<long>($"select count(*) from marks where session_id = '{hall.Session.Id}'"));
        Assert.Equal(HttpStatusCode.OK, (await (await As(await Given.Unit())).PostAsJsonAsync(Register(hall) + "/marks", body)).StatusCode);

        var later = await Hall.Open(ground, 1, null, "2024-06-15 10:00 to 12:00");
        await Problem(HttpStatusCode.Forbidden, await (await As(later.Trainer)).GetAsync(Register(later)));
        await Problem(HttpStatusCode.Conflict, await (await As(later.Trainer)).PostAsJsonAsync(Register(later) + "/marks", body));
    }

    public static TheoryData<string> Hostile()
    {
        const string head = "{\"device\":\"t\",\"deviceNow\":\"2024-05-15T08:00:00Z\",\"marks\":[GOOD,";
        const string bare = "\"id\":\"018f7a00-0000-7000-8000-000000000001\",\"part\":\"PART\",\"at\":\"2024-05-15T08:00:00Z\"";
        const string who = "\"personId\":\"WHO\"";
        var data = new TheoryData<string> { "", "{", "[]", "null", "7", "{}", "{\"device\":\"t\",\"deviceNow\":\"2024-05-15T08:00:00Z\",\"marks\":{}}" };
        foreach (var mark in new[]
        {
            "null", "7", "{}", "{" + bare + "}", "{" + bare + "," + who + "}",
            "{" + bare + "," + who + ",\"mark\":\"asleep\"}", "{" + bare + "," + who + ",\"mark\":\"vacant\"}", "{" + bare + "," + who + ",\"mark\":7}",
            "{" + bare + "," + who + ",\"mark\":\"part\",\"minutes\":-1}", "{" + bare + "," + who + ",\"mark\":\"part\",\"minutes\":1441}",
            "{" + bare + "," + who + ",\"mark\":\"part\",\"minutes\":99999999999}", "{" + bare + "," + who + ",\"mark\":\"part\",\"minutes\":1.5}",
            "{" + bare + "," + who + ",\"mark\":\"part\",\"minutes\":\"90\"}", "{" + bare + "," + who + ",\"mark\":\"attended\",\"minutes\":90}",
            "{" + bare + "," + who + ",\"mark\":\"substitute\"}", "{" + bare + "," + who + ",\"mark\":\"substitute\",\"substitute\":\"Jordan\"}",
            "{" + bare + "," + who + ",\"mark\":\"substitute\",\"substitute\":{\"name\":\"J\"}}", "{" + bare + "," + who + ",\"mark\":\"attended\",\"substitute\":\"a@b.example\"}",
            "{" + bare + ",\"mark\":\"attended\",\"walkIn\":{\"name\":\"\",\"email\":\"a@b.example\"}}", "{" + bare + ",\"mark\":\"attended\",\"walkIn\":{\"name\":\"A\",\"email\":\"nobody\"}}",
            "{" + bare + ",\"mark\":\"attended\",\"walkIn\":{\"name\":\"A\\u0000B\",\"email\":\"a@b.example\"}}", "{" + bare + ",\"mark\":\"attended\",\"walkIn\":{\"name\":\"A\\ud800\",\"email\":\"a@b.example\"}}",
            "{" + bare + ",\"mark\":\"attended\",\"walkIn\":{\"name\":\"A\",\"email\":\"a\\u0000@b.example\"}}", "{" + bare + ",\"mark\":\"attended\",\"walkIn\":{\"name\":\"A\",\"email\":\"İ@b.example\"}}",
            "{" + bare + "," + who + ",\"mark\":\"attended\",\"walkIn\":{\"name\":\"A\",\"email\":\"a@b.example\"}}",
            "{" + bare + ",\"seat\":\"018f7a00-0000-7000-8000-000000000002\",\"mark\":\"attended\"}", "{" + bare + "," + who + ",\"seat\":\"018f7a00-0000-7000-8000-000000000002\",\"mark\":\"vacant\"}",
            "{" + bare + ",\"seat\":\"Lay member\",\"mark\":\"vacant\"}",
            "{\"id\":\"1\",\"part\":\"PART\",\"at\":\"2024-05-15T08:00:00Z\"," + who + ",\"mark\":\"attended\"}",
            "{\"id\":\"018f7a00-0000-7000-8000-000000000001\",\"part\":\"PART\",\"at\":\"2024-05-15T08:00:00\"," + who + ",\"mark\":\"attended\"}",
            "{\"id\":\"018f7a00-0000-7000-8000-000000000001\",\"part\":\"PART\",\"at\":\"yesterday\"," + who + ",\"mark\":\"attended\"}",
            "{\"id\":\"018f7a00-0000-7000-8000-000000000001\",\"part\":\"PART\",\"at\":\"9999-12-31T23:59:59Z\"," + who + ",\"mark\":\"attended\"}",
        })
        {
            data.Add(head + mark + "]}");
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task What_is_not_the_contract_s_JSON_is_400_with_a_sentence_and_stores_nothing(string body)
    {
        var hall = await Hall.Open(ground, people: 1);
        body = body.Replace("GOOD", $"{{\"id\":\"{Guid.CreateVersion7()}\",\"part\":\"PART\",\"personId\":\"WHO\",\"mark\":\"attended\",\"at\":\"2024-05-15T08:00:00Z\"}}")
            .Replace("PART", hall.Part.ToString()).Replace("WHO", hall.People[0].Id.ToString());
        var answer = await (await As(hall.Trainer)).PostAsync(Register(hall) + "/marks", new StringContent(body, Encoding.UTF8, "application/json"));
        Assert.NotEmpty((await Problem(HttpStatusCode.BadRequest, answer)).GetProperty("detail").GetString()!);
        Assert.Equal(0, await ground.Sql<long>($"select count(*) from marks where session_id = '{hall.Session.Id}'"));
    }

    [Fact]
    public async Task Bytes_that_are_no_text_another_type_and_too_much_are_4xx()
    {
        var hall = await Hall.Open(ground, people: 1);
        var tablet = await As(hall.Trainer);
        Task<HttpResponseMessage> Post(byte[] body, string type) =>
            tablet.PostAsync(Register(hall) + "/marks", new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue(type) } });

        await Problem(HttpStatusCode.BadRequest, await Post([.. "{\"device\":\""u8, 0xff, 0xfe, .. "\"}"u8], "application/json"));
        await Problem(HttpStatusCode.UnsupportedMediaType, await Post("device=t"u8.ToArray(), "application/x-www-form-urlencoded"));
        await Problem(HttpStatusCode.RequestEntityTooLarge, await Post(new byte[ReadSentMarks.LargestBody + 1], "application/json"));
        var many = string.Join(',', Enumerable.Repeat("{}", ReadSentMarks.Most + 1));
        await Problem(HttpStatusCode.BadRequest, await Post(Encoding.UTF8.GetBytes($"{{\"device\":\"t\",\"deviceNow\":\"2024-05-15T08:00:00Z\",\"marks\":[{many}]}}"), "application/json"));
    }

    [Fact]
    public async Task Reading_and_recording_take_as_many_statements_for_three_people_as_for_one()
    {
        var hall = await Hall.Open(ground, people: 4);
        var (token, count) = (await Token(hall.Trainer), new StatementCount());
        await using var site = await count.SiteAsync(ground);
        var tablet = Calling(site, token);
        Task Send(params Person[] people) => tablet.PostAsJsonAsync(Register(hall) + "/marks", new
        {
            device = "tablet", deviceNow = ground.Zone.Now,
            marks = people.Select(person => new { id = Guid.CreateVersion7(), part = hall.Part, personId = person.Id, mark = "attended", at = ground.Zone.Now }),
        });
        await Send(hall.People[0]);
        var (readOne, sendOne) = (await count.Of(() => tablet.GetAsync(Register(hall))), await count.Of(() => Send(hall.People[0])));

        var sendThree = await count.Of(() => Send([.. hall.People.Skip(1)]));
        Assert.Equal((readOne, sendOne), (await count.Of(() => tablet.GetAsync(Register(hall))), sendThree));
        Assert.InRange(readOne, 1, 8);
        Assert.InRange(sendOne, 1, 12);
    }

    private static string Register(Hall hall) => $"/api/v1/registers/{hall.Session.Ref}";

    private static JsonElement Mark(JsonElement row) => Assert.Single(row.GetProperty("marks").EnumerateArray());

    private static async Task<JsonElement> Json(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode || answer.Content.Headers.ContentType?.MediaType == "application/problem+json", text);
        return JsonDocument.Parse(text).RootElement;
    }

    private static async Task<JsonElement> Problem(HttpStatusCode status, HttpResponseMessage answer)
    {
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        return await Json(answer);
    }

    private async Task<HttpClient> As(Person person) => Calling(await ground.SiteAsync(), await Token(person));

    private async Task<string> Token(Person person)
    {
        await using var db = ground.Db();
        var email = db.PersonEmails.Single(row => row.PersonId == person.Id).Email;
        return (await ground.With((MakeAccessToken make) => make.RunAsync(email, 1, "test", Actor.Machine)))!;
    }

    private static HttpClient Calling(WebsiteUnderTest site, string token)
    {
        var http = site.Visitor().Http;
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return http;
    }
}
