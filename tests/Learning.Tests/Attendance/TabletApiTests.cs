using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

using Learning.Accounts;
using Learning.Attendance;
using Learning.People;
using Learning.Tests.Support;

namespace Learning.Tests.Attendance;

/// <summary>What a tablet asks for besides the register: the key of what it keeps, the registers of today and tomorrow, who may have come; and the signature that it may send twice.</summary>
public class TabletApiTests(Ground ground) : IClassFixture<Ground>
{
    private Given Given => ground.Given;

    [Fact] // S2, P5
    public async Task The_key_of_a_trainer_s_tablets_is_the_same_at_each_sign_in_nobody_else_s_and_sealed_in_the_database()
    {
        var (hall, elsewhere) = (await Hall.Open(ground), await Hall.Open(ground));
        var first = await Json(await Key(await As(hall.Trainer)));
        var again = await Json(await Key(await As(hall.Trainer)));
        var other = await Json(await Key(await As(elsewhere.Trainer)));

        Assert.Equal(first.ToString(), again.ToString());
        Assert.Equal((hall.Trainer.Id, hall.Trainer.Name), (first.GetProperty("owner").GetGuid(), first.GetProperty("name").GetString()));
        Assert.Equal(32, first.GetProperty("key").GetBytesFromBase64().Length);
        Assert.NotEqual(first.GetProperty("key").GetString(), other.GetProperty("key").GetString());
        var kept = Convert.FromBase64String(await ground.Sql<string>($"select key from tablet_keys k join accounts a on a.id = k.account_id where a.person_id = '{hall.Trainer.Id}'"));
        Assert.True(kept.AsSpan().IndexOf(first.GetProperty("key").GetBytesFromBase64()) < 0);
    }

    [Fact] // S1, S2
    public async Task The_key_is_for_whoever_takes_registers_and_for_no_token()
    {
        var hall = await Hall.Open(ground);
        Assert.Equal(HttpStatusCode.NotFound, (await Key(await As(hall.People[0]))).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await Key((await ground.SiteAsync()).Visitor().Http)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await Key(await As(await Given.Unit()))).StatusCode);

        await using var db = ground.Db();
        var email = db.PersonEmails.Single(row => row.PersonId == hall.Trainer.Id).Email;
        var program = (await ground.SiteAsync()).Visitor().Http;
        program.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await ground.With((MakeAccessToken make) => make.RunAsync(email, 1, "test", Actor.Machine)));
        Assert.Equal(HttpStatusCode.Forbidden, (await Key(program)).StatusCode);
    }

    [Fact] // S2
    public async Task The_registers_of_today_and_tomorrow_are_loaded_before_not_those_of_others_nor_what_is_signed_or_cancelled()
    {
        var today = await Hall.Open(ground);
        async Task<string> AlsoAsync(params string[] parts)
        {
            var session = await Given.Session(null, 20, parts);
            await Given.Trainer(session, today.Trainer);
            return session.Ref;
        }

        var (tomorrow, second) = (await AlsoAsync("2024-05-16 09:00 to 12:00"), await AlsoAsync("2024-05-08 09:00 to 12:00", "2024-05-15 13:00 to 14:00"));
        _ = (await AlsoAsync("2024-05-17 09:00 to 12:00"), await AlsoAsync("2024-05-14 09:00 to 12:00"), await Hall.Open(ground));
        var cancelled = await AlsoAsync("2024-05-15 09:00 to 12:00");
        await ground.Sql($"update sessions set status = 'cancelled', cancelled_at = now() where ref = '{cancelled}'");
        var http = await As(today.Trainer);
        Assert.Equal([second, today.Session.Ref, tomorrow], await SoonAsync(http));

        await today.Signed();
        Assert.Equal([second, tomorrow], await SoonAsync(http));
        Assert.Empty(await SoonAsync(await As(today.People[0])));
    }

    [Fact] // A3, A6
    public async Task A_signature_that_comes_again_changes_nothing_also_after_the_register_was_reopened()
    {
        var hall = await Hall.Open(ground, people: 2);
        var (http, id) = (await As(hall.Trainer), Guid.CreateVersion7());
        var missing = await Sign(http, hall, id);
        Assert.Equal(HttpStatusCode.Conflict, missing.StatusCode);
        Assert.Equal(hall.People.Select(person => person.Id).Order(), (await Json(missing)).GetProperty("missing").EnumerateArray().Select(person => person.GetProperty("personId").GetGuid()).Order());

        await hall.Sent("tablet", [.. hall.People.Select(person => hall.Mark(person.Id))]);
        var signed = await Json(await Sign(http, hall, id));
        Assert.True(signed.GetProperty("signed").GetBoolean());
        Assert.Equal(signed.ToString(), (await Json(await Sign(http, hall, id))).ToString());

        var unit = await Given.Unit();
        await ground.With(async (ReopenRegister reopen) => Assert.IsType<ReopenOutcome.Reopened>(await reopen.RunAsync(hall.Session.Ref, "Somebody was missed", await Given.Actor(unit))));
        Assert.False((await Json(await Sign(http, hall, id))).GetProperty("signed").GetBoolean());
        Assert.False((await hall.Sheet()).State.Signed);
        Assert.True((await Json(await Sign(http, hall, Guid.CreateVersion7()))).GetProperty("signed").GetBoolean());
        Assert.Equal(2L, await ground.Sql<long>($"select count(*) from register_events where session_id = '{hall.Session.Id}' and event = 'signed'"));
    }

    [Fact] // S1, A3
    public async Task A_signature_needs_an_id_of_its_own_and_a_register_of_one_s_own()
    {
        var (hall, elsewhere) = (await Hall.Open(ground, people: 0), await Hall.Open(ground, people: 0));
        var (http, id) = (await As(hall.Trainer), Guid.CreateVersion7());
        Assert.Equal(HttpStatusCode.BadRequest, (await http.PostAsJsonAsync($"{Register(hall)}/signature", new { })).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await http.PostAsJsonAsync($"{Register(hall)}/signature", new { id = "signed" })).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await Sign(http, elsewhere, id)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await Sign(http, hall, id)).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await Sign(await As(elsewhere.Trainer), elsewhere, id)).StatusCode);
        Assert.False((await elsewhere.Sheet()).State.Signed);
    }

    [Fact] // A2
    public async Task A_mark_made_in_knowledge_of_another_stands_though_the_other_was_longer_on_its_way()
    {
        var hall = await Hall.Open(ground, people: 1);
        var (first, second, pressed) = (hall.Mark(hall.People[0].Id, MarkKind.Part), Guid.CreateVersion7(), ground.Zone.Now);
        // A second on its way, by which its clock seems slow; the next, half a second later, arrives at once.
        ground.Clock.Advance(TimeSpan.FromSeconds(1));
        await hall.Send("tablet", [first with { At = pressed }], fast: TimeSpan.FromSeconds(-1));
        await hall.Send("tablet", [hall.Mark(hall.People[0].Id, MarkKind.Part, 240, at: pressed.AddMilliseconds(500), seen: first.Id, id: second)]);

        var standing = await hall.Standing(hall.People[0]);
        Assert.Equal((second, 240), (standing.Mark.Id, standing.Mark.Minutes));
        Assert.False(standing.Disputed);
        // One that had not seen it is judged by the clocks alone.
        await hall.Send("tablet", [hall.Mark(hall.People[0].Id, MarkKind.Dna, at: pressed.AddMilliseconds(700))]);
        Assert.Equal(second, (await hall.Standing(hall.People[0])).Mark.Id);
    }

    [Fact] // A2
    public async Task A_tablet_that_has_the_newest_version_is_sent_nothing_and_a_dispute_says_who_and_when_and_who_decided()
    {
        var hall = await Hall.Open(ground, people: 1);
        var other = await Given.Person(given: "Ana", family: "Silva");
        await Given.Trainer(hall.Session, other);
        var http = await As(hall.Trainer);
        await hall.Sent("hers", hall.Mark(hall.People[0].Id, MarkKind.Apologies));
        await hall.Send("his", [hall.Mark(hall.People[0].Id)], by: other);

        var answer = await http.GetAsync(Register(hall));
        var standing = (await Json(answer)).GetProperty("people")[0].GetProperty("marks")[0];
        Assert.Equal(
            ("attended", "Ana Silva", "his", "apologies", hall.Trainer.Name, "hers"),
            (standing.GetProperty("mark").GetString(), standing.GetProperty("by").GetString(), standing.GetProperty("device").GetString(), standing.GetProperty("other").GetProperty("mark").GetString(),
             standing.GetProperty("other").GetProperty("by").GetString(), standing.GetProperty("other").GetProperty("device").GetString()));
        Assert.Equal(ground.Zone.Now, standing.GetProperty("at").GetDateTimeOffset());
        Assert.Equal(HttpStatusCode.NotModified, (await Since(http, hall, answer.Headers.ETag!)).StatusCode);

        await hall.Sent("hers", hall.Mark(hall.People[0].Id, MarkKind.Dna, seen: standing.GetProperty("event").GetGuid()));
        var after = await Since(http, hall, answer.Headers.ETag!);
        var decided = (await Json(after)).GetProperty("people")[0].GetProperty("marks")[0];
        Assert.Equal(("dna", hall.Trainer.Name, true, JsonValueKind.Null),
            (decided.GetProperty("mark").GetString(), decided.GetProperty("by").GetString(), decided.GetProperty("decided").GetBoolean(), decided.GetProperty("other").ValueKind));
    }

    [Fact] // S2: only their trainer can send what waits on a tablet
    public async Task What_waits_for_one_trainer_is_not_taken_from_another_who_signed_in_on_the_same_tablet()
    {
        var hall = await Hall.Open(ground, people: 1);
        var other = await Given.Person(given: "Ana");
        await Given.Trainer(hall.Session, other);
        var http = await As(other);
        http.DefaultRequestHeaders.Add("Tablet-Owner", hall.Trainer.Id.ToString());
        var marks = new { device = "tablet", deviceNow = ground.Zone.Now, marks = new[] { new { id = Guid.CreateVersion7(), part = hall.Part, personId = hall.People[0].Id, mark = "attended", at = ground.Zone.Now } } };
        Assert.Equal(HttpStatusCode.Unauthorized, (await http.PostAsJsonAsync($"{Register(hall)}/marks", marks)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await Sign(http, hall, Guid.CreateVersion7())).StatusCode);
        Assert.Empty((await hall.Sheet()).People[0].Marks);

        http.DefaultRequestHeaders.Remove("Tablet-Owner");
        http.DefaultRequestHeaders.Add("Tablet-Owner", other.Id.ToString());
        Assert.Equal(HttpStatusCode.OK, (await http.PostAsJsonAsync($"{Register(hall)}/marks", marks)).StatusCode);
    }

    [Fact] // A4, S2
    public async Task Who_came_is_found_by_name_for_who_may_mark_the_register()
    {
        var hall = await Hall.Open(ground);
        await Given.Person(await Given.Agency("Fire and Rescue"), given: "Wren", family: "Vickers");
        var found = await Json(await (await As(hall.Trainer)).GetAsync($"{Register(hall)}/people?name=wren%20vic"));
        Assert.Equal(("Wren Vickers", "Fire and Rescue"), (found.GetProperty("people")[0].GetProperty("name").GetString(), found.GetProperty("people")[0].GetProperty("agency").GetString()));
        Assert.Equal(0, (await Json(await (await As(hall.Trainer)).GetAsync($"{Register(hall)}/people"))).GetProperty("people").GetArrayLength());
        Assert.Equal(HttpStatusCode.NotFound, (await (await As(hall.People[0])).GetAsync($"{Register(hall)}/people?name=wren")).StatusCode);
    }

    private static string Register(Hall hall) => $"/api/v1/registers/{hall.Session.Ref}";

    private static Task<HttpResponseMessage> Key(HttpClient http) => http.PostAsync("/api/v1/tablet-key", null);

    private static Task<HttpResponseMessage> Sign(HttpClient http, Hall hall, Guid id) => http.PostAsJsonAsync($"{Register(hall)}/signature", new { id });

    private static async Task<HttpResponseMessage> Since(HttpClient http, Hall hall, EntityTagHeaderValue tag)
    {
        using var asked = new HttpRequestMessage(HttpMethod.Get, Register(hall));
        asked.Headers.IfNoneMatch.Add(tag);
        return await http.SendAsync(asked);
    }

    private static async Task<IEnumerable<string?>> SoonAsync(HttpClient http) =>
        (await Json(await http.GetAsync("/api/v1/registers"))).GetProperty("sessions").EnumerateArray().Select(session => session.GetString()).ToList();

    private static async Task<JsonElement> Json(HttpResponseMessage answer) => JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;

    private async Task<HttpClient> As(Person person) => (await (await ground.SiteAsync()).SignedInAsync(person.Id)).Http;
}
