using System.Net.Http.Headers;

using Learning.Accounts;
using Learning.Bookings;
using Learning.Catalogue;
using Learning.Messages;
using Learning.People;
using Learning.Tests.Messages;
using Learning.Tests.Support;

using Microsoft.EntityFrameworkCore;

namespace Learning.Tests.Bookings;

/// <summary>The link to an online session is for those who hold a place: whoever waits, was offered one or gave it up sees it nowhere.</summary>
public class JoinLinkTests(Ground ground) : IClassFixture<Ground>
{
    private const string Link = "https://meet.example/room-of-the-session";

    [Theory] // B1, S2
    [InlineData(BookingState.Confirmed, true)]
    [InlineData(BookingState.Requested, false)]
    [InlineData(BookingState.Waiting, false)]
    [InlineData(BookingState.Offered, false)]
    [InlineData(BookingState.Declined, false)]
    [InlineData(BookingState.Lapsed, false)]
    [InlineData(BookingState.Cancelled, false)]
    [InlineData(BookingState.Withdrawn, false)]
    public async Task On_pages_it_is_shown_to_who_holds_a_place_and_to_nobody_else(BookingState state, bool shown)
    {
        var session = await OnlineAsync();
        var person = await ground.Given.Person();
        var booking = await ground.Given.Booking(session, person, state);
        var reader = await (await ground.SiteAsync()).SignedInAsync(person.Id);

        Assert.Equal(shown, await HasAsync(reader, $"/my/bookings/{booking.Id}"));
        Assert.Equal(shown, await HasAsync(reader, "/my"));
        foreach (var path in new[] { "/", "/my/bookings", $"/my/bookings/{booking.Id}/cancel", $"/sessions/{session.Ref}", $"/sessions/{session.Ref}/book" })
        {
            Assert.False(await HasAsync(reader, path), path);
        }
    }

    [Theory] // M3
    [InlineData("booking-confirmed", BookingState.Confirmed, "{}", true)]
    [InlineData("booking-waiting", BookingState.Waiting, """{"position": 1}""", false)]
    [InlineData("place-offered", BookingState.Offered, """{"endsAt": "2024-05-16T08:00:00Z"}""", false)]
    [InlineData("offer-lapsed", BookingState.Lapsed, "{}", false)]
    [InlineData("waiting-list-ended", BookingState.Lapsed, "{}", false)]
    [InlineData("booking-cancelled", BookingState.Cancelled, """{"held": false}""", false)]
    public async Task In_mails_it_goes_to_who_holds_a_place_and_to_nobody_else(string kind, BookingState state, string data, bool told)
    {
        await using var room = new PostRoom(ground);
        var session = await OnlineAsync();
        var person = await ground.Given.Person();
        var booking = await ground.Given.Booking(session, person, state);
        await ground.Sql($"""
            insert into messages (id, kind, person_id, subject_id, occurrence, why, data, session_id, due_at, next_try_at, queued_at, state)
            values (gen_random_uuid(), '{kind}', '{person.Id}', '{booking.Id}', '', 'A test.', '{data}', '{session.Id}', '{ground.Zone.Now:O}', '{ground.Zone.Now:O}', '{ground.Zone.Now:O}', 'due')
            """);

        await room.SendAsync();

        await using var db = ground.Db();
        Assert.Equal(MessageState.Sent, await db.Messages.Where(message => message.SubjectId == booking.Id).Select(message => message.State).SingleAsync());
        var address = await db.PersonEmails.Where(email => email.PersonId == person.Id).Select(email => email.Email).SingleAsync();
        var mail = Assert.Single(room.Sink.Mails, mail => mail.To == address);
        Assert.Equal(told, mail.Root.All().Any(part => part.Content.Contains(Link)));
    }

    [Fact] // S2
    public async Task The_API_tells_it_to_nobody()
    {
        var session = await OnlineAsync();
        var person = await ground.Given.Person();
        await using var db = ground.Db();
        var email = await db.PersonEmails.Where(row => row.PersonId == person.Id).Select(row => row.Email).SingleAsync();
        var token = await ground.With((MakeAccessToken make) => make.RunAsync(email, 1, "test", Actor.Machine));
        var caller = (await ground.SiteAsync()).Visitor().Http;
        caller.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);

        foreach (var path in new[] { $"/api/v1/sessions/{session.Ref}", "/api/v1/sessions" })
        {
            var text = await caller.GetStringAsync(path);
            Assert.Contains(session.Ref, text);
            Assert.DoesNotContain("meet.example", text);
        }

        Assert.DoesNotContain("meet.example", await (await caller.PostAsync($"/api/v1/sessions/{session.Ref}/bookings", null)).Content.ReadAsStringAsync());
    }

    private async Task<Session> OnlineAsync()
    {
        var session = await ground.Given.Session(null, 1, "2024-05-17 12:30 to 13:15");
        await ground.Sql($"update sessions set mode = 'virtual', venue = null, join_link = '{Link}' where id = '{session.Id}'");
        return session;
    }

    private static async Task<bool> HasAsync(Visitor reader, string path) => (await reader.Get(path)).Document.DocumentElement.OuterHtml.Contains("meet.example");
}
