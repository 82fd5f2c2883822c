using System.Net;

using Learning.Accounts;
using Learning.Attendance;
using Learning.People;
using Learning.Tests.Permissions;
using Learning.Tests.Support;

using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Learning.Tests.Attendance;

/// <summary>What people need in order to take part: seen by those who run the session within their days, ticked when met, and by nobody else (rules S2, S3, P5).</summary>
public class SessionNeedsTests(Ground ground) : IClassFixture<Ground>
{
    private const string Words = "A ramp, and no nuts <b>please</b>";

    [Fact] // S2, S3
    public async Task The_trainer_sees_what_people_need_says_that_it_is_met_and_takes_it_back()
    {
        var hall = await OpenAsync();
        var trainer = await (await ground.SiteAsync()).SignedInAsync(hall.Trainer.Id);

        var register = await trainer.Get($"/register/{hall.Session.Ref}");
        Assert.Contains("1 person needs something from you, not met yet of 1.", register.Text);
        Assert.DoesNotContain("ramp", register.Text);
        Assert.Contains("1 person needs something", (await trainer.Get("/register")).Text);
        var page = await register.Follow("See what");
        Assert.Contains(Words, page.Text);
        Assert.Contains("Not met yet", page.Text);
        Assert.Equal(1, await ground.Sql<long>($"select count(*) from audit_entries where verb = 'looked at what the people of a session need' and subject_id = '{hall.Session.Id}' and actor_id = '{hall.Trainer.Id}'"));

        var met = await page.Submit($"It is met: {hall.People[0].Name}", ("Input.Met", (await BookingAsync(hall)).ToString()));
        Assert.Contains($"Met, says {hall.Trainer.Name} on Wed 15 May 2024", met.Text);
        Assert.Contains("and it is met", (await trainer.Get($"/register/{hall.Session.Ref}")).Text);
        Assert.Equal(hall.Trainer.Id, await ground.Sql<Guid>($"select needs_met_by from bookings where id = '{await BookingAsync(hall)}'"));

        var back = await met.Submit($"Not met after all: {hall.People[0].Name}", ("Input.Unmet", (await BookingAsync(hall)).ToString()));
        Assert.Contains("Not met yet", back.Text);
        Assert.Equal(2, await ground.Sql<long>($"select count(*) from audit_entries where verb like 'said that somebody''s needs are%' and subject_id = '{await BookingAsync(hall)}'"));
    }

    [Fact] // S2: 14 days before to 14 days after, or until it is signed if that is later
    public async Task A_trainer_sees_needs_within_their_days_only_and_the_business_unit_always()
    {
        try
        {
            var hall = await OpenAsync("2024-05-15 10:00 to 15:30");
            var unit = await ground.Given.Unit();
            foreach (var (day, access) in new[]
            {
                ("2024-04-30 23:59", RegisterAccess.TooEarly), ("2024-05-01 00:00", RegisterAccess.Open), ("2024-05-15 09:00", RegisterAccess.Open), ("2024-05-29 23:59", RegisterAccess.Open),
                ("2024-06-10 09:00", RegisterAccess.Open),
            })
            {
                ground.Clock.Set(day);
                Assert.Equal(access, (await AskAsync(hall, hall.Trainer)).Access);
                Assert.Single((await AskAsync(hall, unit)).Sheet!.Needs);
            }

            await hall.Signed();
            Assert.Equal(RegisterAccess.Over, (await AskAsync(hall, hall.Trainer)).Access);
            Assert.IsType<MeetOutcome.NotFound>(await MeetAsync(hall, hall.Trainer));
            Assert.IsType<MeetOutcome.Done>(await MeetAsync(hall, unit));
        }
        finally
        {
            ground.Clock.Set("2024-05-15 09:00");
        }
    }

    [Fact] // S1, S2
    public async Task Nobody_else_may_see_or_tick_needs()
    {
        var agency = await ground.Given.Agency();
        var hall = await OpenAsync(agency: agency);
        var lead = await ground.Given.Person(agency);
        await ground.Given.Role(lead, Role.AgencyLead, agency);
        var otherTrainer = (await OpenAsync()).Trainer;

        foreach (var other in new[] { lead, otherTrainer, hall.People[0], hall.People[1] })
        {
            Assert.Equal(RegisterAccess.None, (await AskAsync(hall, other)).Access);
            Assert.IsType<MeetOutcome.NotFound>(await MeetAsync(hall, other));
        }

        var site = await ground.SiteAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await (await site.SignedInAsync(lead.Id)).Get($"/sessions/{hall.Session.Ref}/needs")).Status);
        var stranger = await site.SignedInAsync(otherTrainer.Id);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.Get($"/sessions/{hall.Session.Ref}/needs")).Status);
    }

    [Fact] // S2: a forged post to a session that is theirs ticks nobody's needs elsewhere
    public async Task A_trainer_ticks_nothing_of_another_session_through_their_own()
    {
        var (mine, other) = (await OpenAsync(), await OpenAsync());
        var trainer = await (await ground.SiteAsync()).SignedInAsync(mine.Trainer.Id);
        var page = await trainer.Get($"/sessions/{mine.Session.Ref}/needs");

        await page.Submit($"It is met: {mine.People[0].Name}", ("Input.Met", (await BookingAsync(other)).ToString()));
        await page.Submit($"It is met: {mine.People[0].Name}", ("Input.Met", "nonsense"));

        Assert.Equal(0, await ground.Sql<long>("select count(*) from bookings where needs_met_at is not null and session_id in (select session_id from session_trainers where person_id = '" + other.Trainer.Id + "')"));
    }

    [Fact] // S2: no page and no endpoint but those shows needs
    public async Task No_other_page_or_answer_of_the_program_shows_needs()
    {
        var agency = await ground.Given.Agency();
        var hall = await OpenAsync(agency: agency);
        var (holder, colleague) = (hall.People[0], hall.People[1]);
        var lead = await ground.Given.Person(agency);
        await ground.Given.Role(lead, Role.AgencyLead, agency);
        var chair = await ground.Given.Person();
        await ground.Given.Role(chair, Role.Chair);
        var administrator = await ground.Given.Person();
        await ground.Given.Role(administrator, Role.Administrator);
        var unit = await ground.Given.Unit();
        var site = await ground.SiteAsync();
        var booking = await BookingAsync(hall);
        string[] about =
        [
            $"/sessions/{hall.Session.Ref}", $"/sessions/{hall.Session.Ref}/book", $"/register/{hall.Session.Ref}", $"/register/{hall.Session.Ref}/add", $"/api/v1/registers/{hall.Session.Ref}", $"/api/v1/sessions/{hall.Session.Ref}",
            $"/my/bookings/{booking}/cancel", $"/manage/people/{holder.Id}", $"/manage/people/{holder.Id}/erase", $"/manage/people/{holder.Id}/name", $"/my/bookings/{booking}", $"/sessions/{hall.Session.Ref}/needs",
        ];
        var plain = SiteAddresses.Of(site.Services.GetRequiredService<EndpointDataSource>()).Where(address => address.Method == "GET" && !address.Plain.Contains('{', StringComparison.Ordinal)).Select(address => address.Plain);
        var shown = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var (who, person) in new[] { ("holder", holder), ("colleague", colleague), ("lead", lead), ("trainer", hall.Trainer), ("chair", chair), ("administrator", administrator), ("unit", unit) })
        {
            var visitor = await site.SignedInAsync(person.Id);
            foreach (var path in about.Concat(plain).Where(path => path is not "/account/privacy/everything"))
            {
                var text = WebUtility.HtmlDecode(await (await visitor.Http.GetAsync(path)).Content.ReadAsStringAsync());
                if (text.Contains("no nuts", StringComparison.Ordinal))
                {
                    shown.Add($"{who} {path.Replace(hall.Session.Ref, "S", StringComparison.Ordinal).Replace(booking.ToString(), "B", StringComparison.Ordinal)}");
                }
            }
        }

        Assert.Equal(["holder /my/bookings/B", "trainer /sessions/S/needs", "unit /sessions/S/needs"], shown);
    }

    [Fact]
    public async Task The_booking_page_asks_what_people_need_and_keeps_what_was_typed()
    {
        var person = await ground.Given.Person();
        var session = await ground.Given.Session();
        var page = await (await (await ground.SiteAsync()).SignedInAsync(person.Id)).Get($"/sessions/{session.Ref}/book");

        Assert.Contains("What do you need from us? (optional)", page.Text);
        var refused = await page.Submit("Book a place", ("Input.Needs", new string('x', 1001)));
        Assert.Contains("What you need must be 1000 characters or fewer", refused.Document.QuerySelector("#Input_Needs-error")!.TextContent);
        Assert.Equal(1001, refused.Document.QuerySelector("textarea")!.TextContent.Trim().Length);
        Assert.Contains("What you needA quiet room", (await page.Submit("Book a place", ("Input.Needs", "A quiet room"))).Text);
    }

    private async Task<Hall> OpenAsync(string part = "2024-05-20 10:00 to 15:30", Agency? agency = null)
    {
        var hall = await Hall.Open(ground, 2, agency, part);
        await ground.Sql($"update bookings set needs = '{Words}' where session_id = '{hall.Session.Id}' and person_id = '{hall.People[0].Id}'");
        return hall;
    }

    private Task<Guid> BookingAsync(Hall hall) => ground.Sql<Guid>($"select id from bookings where session_id = '{hall.Session.Id}' and person_id = '{hall.People[0].Id}'");

    private Task<NeedsAnswer> AskAsync(Hall hall, Person person) => ground.With(async (SessionNeeds needs) => await needs.AskAsync(hall.Session.Ref, await ground.Given.Actor(person)));

    private Task<MeetOutcome> MeetAsync(Hall hall, Person person) =>
        ground.With(async (MeetNeeds meet) => await meet.RunAsync(await BookingAsync(hall), true, await ground.Given.Actor(person)));
}
