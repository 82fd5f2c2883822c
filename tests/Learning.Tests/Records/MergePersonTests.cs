using Learning.Accounts;
using Learning.Attendance;
using Learning.Bookings;
using Learning.Figures;
using Learning.Messages;
using Learning.People;
using Learning.Records;
using Learning.Tests.Support;

using Microsoft.EntityFrameworkCore;

namespace Learning.Tests.Records;

/// <summary>Two records of one human being become one, dated and reversible (P3).</summary>
public class MergePersonTests(Ground ground) : IClassFixture<Ground>
{
    [Fact] // P3, T4
    public async Task A_merge_and_its_undoing_change_only_figures_as_at_instants_after_them()
    {
        var (kept, other) = await TwoAsync();
        var course = await ground.Given.Course();
        var session = await ground.Given.Session(course, 20, "2024-05-01 09:30 to 12:30");
        foreach (var person in new[] { kept, other })
        {
            await ground.Given.Booking(session, person);
            await AttendAsync(session, person);
        }

        var before = ground.Zone.Now;
        ground.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.IsType<MergeOutcome.Done>(await MergeAsync(kept, other));
        var merged = ground.Zone.Now;
        ground.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal((2, 1), (await PeopleAsync(course.Code, before), await PeopleAsync(course.Code, merged)));

        Assert.IsType<MergeOutcome.Done>(await UnmergeAsync(other));
        var apart = ground.Zone.Now;
        ground.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal((2, 1, 2), (await PeopleAsync(course.Code, before), await PeopleAsync(course.Code, merged), await PeopleAsync(course.Code, apart)));
        Assert.Equal(2, await PeopleAsync(course.Code, null));
    }

    [Fact] // P3, S2
    public async Task What_both_booked_and_attended_shows_on_one_record_until_the_merge_is_undone()
    {
        var (kept, other) = await TwoAsync();
        var (past, coming) = (await ground.Given.Session(null, 20, "2024-04-03 09:30 to 12:30"), await ground.Given.Session(null, 20, "2024-09-03 09:30 to 12:30"));
        await AttendAsync(past, other);
        var booking = await ground.Given.Booking(coming, other);
        var visitor = await (await ground.SiteAsync()).SignedInAsync(kept.Id);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await visitor.Get($"/my/bookings/{booking.Id}")).Status);

        await MergeAsync(kept, other);

        Assert.Contains("3 September", (await visitor.Get("/my/bookings")).Text);
        Assert.Contains("You are booked", (await visitor.Get($"/my/bookings/{booking.Id}")).Text);
        await using var db = ground.Db();
        Assert.Single(await MyRecord.ListAsync(db, kept.Id));
        Assert.Equal(booking.Id, Assert.IsType<BookingOutcome.Confirmed>(await ground.With(async (BookPlace book) => await book.RunAsync(new PlaceWanted(coming.Ref), await ground.Given.Actor(kept)))).Id); // B3

        await UnmergeAsync(other);
        Assert.Empty(await MyRecord.ListAsync(db, kept.Id));
        Assert.Single(await MyRecord.ListAsync(db, other.Id));
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await visitor.Get($"/my/bookings/{booking.Id}")).Status);
    }

    [Fact] // B3, B6
    public async Task Where_both_are_on_a_session_the_weaker_booking_is_withdrawn_and_the_place_goes_to_who_waits()
    {
        var (kept, other) = await TwoAsync();
        var next = await ground.Given.Person();
        var full = await ground.Given.Session(null, 2, "2024-09-03 09:30 to 12:30");
        var stays = await ground.Given.Booking(full, other);
        ground.Clock.Advance(TimeSpan.FromMinutes(1));
        var goes = await ground.Given.Booking(full, kept);
        var waits = await ground.Given.Booking(full, next, BookingState.Waiting);

        await MergeAsync(kept, other);

        await using var db = ground.Db();
        Assert.Equal(
            [BookingState.Confirmed, BookingState.Withdrawn, BookingState.Offered],
            new[] { stays, goes, waits }.Select(booking => db.Bookings.Single(row => row.Id == booking.Id).State));
    }

    [Fact] // P6, M: whoever reads the other address signs in to the one record
    public async Task Every_address_opens_the_record_that_stays_and_the_other_is_signed_out_and_both_are_told()
    {
        var (kept, other) = await TwoAsync();
        var site = await ground.SiteAsync();
        var (keptEmail, password) = await site.AccountAsync(kept.Id);
        var (otherEmail, _) = await site.AccountAsync(other.Id);
        var visitor = await site.SignedInAsync(other.Id);

        await MergeAsync(kept, other);

        Assert.StartsWith(SignIn.Page, (await visitor.Get("/account")).Path);
        var page = await (await site.Visitor().Get(SignIn.Page)).Submit("Sign in", ("Input.Email", otherEmail), ("Input.Password", password));
        Assert.Contains(keptEmail, (await (await ReSignedAsync(site, otherEmail, password)).Get("/account")).Text);
        Assert.DoesNotContain(SignIn.Page, page.Path);
        await using var db = ground.Db();
        var told = await db.Messages.Where(message => message.Kind == "records-merged" && message.SubjectId == other.Id).Select(message => message.Address!).ToListAsync();
        Assert.Equal(new[] { keptEmail, otherEmail }.Order(), told.Order());
        var draft = await ground.With(async (WriteLetter write) => await write.RunAsync(db, await db.Messages.FirstAsync(message => message.SubjectId == other.Id), default));
        Assert.Contains(otherEmail, Assert.IsType<Draft.Ready>(draft).Letter.Text);
    }

    [Fact] // S1, S2
    public async Task Nobody_else_merges_and_a_record_with_power_gains_no_addresses()
    {
        var (kept, other) = await TwoAsync();
        Assert.IsType<MergeOutcome.NotFound>(await ground.With(async (MergePerson merge) => await merge.RunAsync(kept.Id, other.Id, "why", await ground.Given.Actor(kept))));

        await ground.Given.Role(kept, Role.Administrator);
        Assert.Contains("role administrator", Assert.IsType<MergeOutcome.Refused>(await MergeAsync(kept, other)).Why);
        Assert.Contains("which a merge does not move", Assert.IsType<MergeOutcome.Refused>(await MergeAsync(other, kept)).Why);
        Assert.IsType<MergeOutcome.Done>(await ground.With((MergePerson merge) => merge.RunAsync(kept.Id, other.Id, "why", Actor.Machine)));
    }

    [Fact] // P3: never round in a circle
    public async Task Merging_each_into_the_other_at_once_happens_once()
    {
        var unit = await ground.Given.Actor(await ground.Given.Unit());
        for (var round = 0; round < 5; round++)
        {
            var (one, two) = await TwoAsync();
            var outcomes = await Task.WhenAll(
                ground.With((MergePerson merge) => merge.RunAsync(one.Id, two.Id, "why", unit)), ground.With((MergePerson merge) => merge.RunAsync(two.Id, one.Id, "why", unit)));
            Assert.Single(outcomes.OfType<MergeOutcome.Done>());
            Assert.Single(outcomes.OfType<MergeOutcome.Refused>());
        }
    }

    [Fact]
    public async Task Pairs_that_look_alike_are_offered_with_reasons_until_they_are_merged_or_said_to_be_two()
    {
        var (kept, other) = await TwoAsync();
        var unit = await ground.Given.Actor(await ground.Given.Unit());
        Task<bool> Offered() => ground.With(async (SuspectedDuplicates suspected) => (await suspected.ListAsync(unit)).Any(pair => pair.One.FamilyName == kept.FamilyName));
        Assert.True(await Offered());
        Assert.Empty(await ground.With(async (SuspectedDuplicates suspected) => await suspected.ListAsync(await ground.Given.Actor(kept))));

        await MergeAsync(kept, other);
        Assert.False(await Offered());
        await UnmergeAsync(other);
        Assert.True(await Offered());

        Assert.True(await ground.With((DismissDuplicate dismiss) => dismiss.RunAsync(other.Id, kept.Id, unit)));
        Assert.True(await ground.With((DismissDuplicate dismiss) => dismiss.RunAsync(kept.Id, other.Id, unit)));
        Assert.False(await Offered());
    }

    private static int made;

    private async Task<(Person Kept, Person Other)> TwoAsync()
    {
        var family = $"Twice{Interlocked.Increment(ref made)}";
        return (await ground.Given.Person(await ground.Given.Agency(), given: "Orla", family: family), await ground.Given.Person(await ground.Given.Agency(), given: "Orla", family: family));
    }

    private async Task<MergeOutcome> MergeAsync(Person kept, Person other)
    {
        var unit = await ground.Given.Actor(await ground.Given.Unit());
        return await ground.With((MergePerson merge) => merge.RunAsync(kept.Id, other.Id, "the same voice on the phone", unit));
    }

    private async Task<MergeOutcome> UnmergeAsync(Person other)
    {
        var unit = await ground.Given.Actor(await ground.Given.Unit());
        return await ground.With((UnmergePerson unmerge) => unmerge.RunAsync(other.Id, "they are sisters", unit));
    }

    private async Task AttendAsync(Learning.Catalogue.Session session, Person person)
    {
        await using var db = ground.Db();
        var part = await db.SessionParts.SingleAsync(row => row.SessionId == session.Id);
        await ground.Sql($"""
            insert into marks (id, part_id, session_id, person_id, mark, marked_at, recorded_at) values ('{Guid.CreateVersion7()}', '{part.Id}', '{session.Id}', '{person.Id}', 'attended', '{ground.Zone.Now:O}', '{ground.Zone.Now:O}')
            """);
    }

    private static async Task<Visitor> ReSignedAsync(WebsiteUnderTest site, string email, string password)
    {
        var visitor = site.Visitor();
        await (await visitor.Get(SignIn.Page)).Submit("Sign in", ("Input.Email", email), ("Input.Password", password));
        return visitor;
    }

    private async Task<double> PeopleAsync(string course, DateTimeOffset? asAt)
    {
        var report = ReadReport.Text("t.yaml", $"report: t\ntitle: T\nperiod: {{from: 2024-04-01, to: 2025-04-01}}\nfigures:\n  - {{id: f, title: F, measure: people, courses: [{course}], window: in-period, phrase: exact}}\n");
        return (await ground.With((ComputeReport compute) => compute.RunAsync(report, asAt, Actor.Machine, default))).Figures.Single().Value!.Value;
    }
}
