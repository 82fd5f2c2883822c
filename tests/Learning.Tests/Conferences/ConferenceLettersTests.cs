using Learning.Attendance;
using Learning.Bookings;
using Learning.Bookings.Desk;
using Learning.Bookings.Workshops;
using Learning.Evaluation;
using Learning.Messages;
using Learning.Reminders;
using Learning.Tests.Bookings.Workshops;
using Learning.Tests.Support;

using Microsoft.EntityFrameworkCore;

using Delegate = Learning.Tests.Bookings.Workshops.Delegate;

namespace Learning.Tests.Conferences;

/// <summary>What is written to delegates, and what counts of the day.</summary>
public class ConferenceLettersTests(Ground ground) : IClassFixture<Ground>, IAsyncLifetime
{
    public Task InitializeAsync()
    {
        ground.Clock.Set("2024-05-15 09:00");
        return Task.CompletedTask;
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact] // B14, M1, M3
    public async Task The_letter_says_the_workshops_with_the_reason_as_they_stand_and_its_calendar_entry_lists_them()
    {
        var conference = await GivenConference.In(ground, 260, 2, 3, 3);
        var (amara, gone) = (await conference.Delegate("1A 2B"), await conference.Delegate("1A"));
        await conference.GiveOut();
        await amara.Choose("1B");
        await gone.Cancel();

        var send = Assert.IsType<Reading.Send>(await ReadAsync("workshops-given", amara.Booking));
        var workshops = Assert.IsType<List<Dictionary<string, object?>>>(send.Values["workshops"]);
        Assert.Equal(["Workshop 1B", "Workshop 2B"], workshops.Select(one => one["title"]));
        Assert.Equal("You chose it yourself.", workshops[0]["why"]);
        Assert.Equal("10:45am to 11:45am: Workshop 1B, Room 1\n12pm to 1pm: Workshop 2B, Room 1", send.Calendar!.Description!.Replace("12noon", "12pm").Replace("midday", "12pm"));
        Assert.Equal(amara.Booking, send.Calendar.Id);
        Assert.IsType<Reading.Send>(await ReadAsync("workshops-changed", amara.Booking));
        Assert.IsType<Reading.Drop>(await ReadAsync("workshops-given", gone.Booking));
    }

    [Fact] // M4, B14
    public async Task How_to_come_is_written_a_week_and_a_day_before_once_for_the_conference_and_never_for_a_workshop()
    {
        var conference = await GivenConference.In(ground, 260, 1, 3);
        var amara = await conference.Delegate("1A");
        await conference.GiveOut();
        await ground.With((DescribeConference describe) => describe.RunAsync(conference.Ref, new("Ten minutes from the station", "Your ticket", null), conference.Unit));
        foreach (var hour in new[] { "2024-05-28 10:00", "2024-05-29 09:30", "2024-06-04 09:30" })
        {
            ground.Clock.Set(hour);
            await ground.With((QueueReminders queue) => queue.RunAsync());
            await ground.With((QueueReminders queue) => queue.RunAsync());
        }

        Assert.Equal("conference-ahead-1, conference-ahead-7", await ground.Sql<string>($"select string_agg(kind, ', ' order by kind) from messages where person_id = '{amara.Person.Id}' and (kind like '%ahead%' or kind like '%reminder%')"));
        var send = Assert.IsType<Reading.Send>(await ReadAsync("conference-ahead-1", amara.Booking));
        Assert.Equal(["Ten minutes from the station"], Assert.IsType<string[]>(send.Values["there"]));
        Assert.Equal(["Your ticket"], Assert.IsType<string[]>(send.Values["bring"]));
        Assert.IsType<Reading.Drop>(await ReadAsync("conference-ahead-7", amara.Booking));
    }

    [Fact] // B14, A7, T4, M4, F1
    public async Task Hours_are_those_of_the_workshops_really_attended_as_signed_and_the_thanks_bring_evaluation_and_materials()
    {
        var conference = await GivenConference.In(ground, 260, 2, 3, 3);
        var (amara, speaker) = (await conference.Delegate("1A 2A"), await ground.Given.Person(await ground.Given.Agency()));
        await conference.GiveOut();
        await ground.With((DescribeConference describe) => describe.RunAsync(conference.Ref, new(null, null, "The slides are under Resources"), conference.Unit));
        await ground.Given.Save(new ConferencePerson { Id = Guid.CreateVersion7(), ConferenceId = conference.Session.Id, Role = ConferenceRole.Speaker, PersonId = speaker.Id, Name = "A speaker", Position = 1, AddedAt = ground.Zone.Now });
        ground.Clock.Set("2024-06-05 16:30");
        await MarkAsync(conference.At("1A").Ref, amara.Person.Id, MarkKind.Attended, null, conference);
        await MarkAsync(conference.At("2A").Ref, amara.Person.Id, MarkKind.Part, 45, conference);
        await MarkAsync(conference.Ref, amara.Person.Id, MarkKind.Attended, null, conference);
        await MarkAsync(conference.Ref, speaker.Id, MarkKind.Attended, null, conference);
        await SignAsync(conference.At("1A").Ref, conference);
        Assert.Equal(60, await MinutesAsync(conference, amara));
        await SignAsync(conference.At("2A").Ref, conference);
        await SignAsync(conference.Ref, conference);

        Assert.Equal(105, await MinutesAsync(conference, amara));
        Assert.Equal("speaker", await ground.Sql<string>($"select workforce from marks where person_id = '{speaker.Id}'"));
        await ground.With((AskForEvaluations ask) => ask.RunAsync());
        Assert.Equal("conference-thanks, evaluation-nudge", await ground.Sql<string>($"select string_agg(kind, ', ' order by kind) from messages where person_id = '{amara.Person.Id}' and (kind like 'evaluation%' or kind = 'conference-thanks')"));
        await ground.With((AskForEvaluations ask) => ask.RunAsync());
        Assert.Equal(1, await ground.Sql<long>($"select count(*) from messages where person_id = '{amara.Person.Id}' and kind = 'conference-thanks'"));
        var request = await ground.Sql<Guid>($"select subject_id from messages where person_id = '{amara.Person.Id}' and kind = 'conference-thanks'");
        Assert.Equal(["The slides are under Resources"], Assert.IsType<string[]>(Assert.IsType<Reading.Send>(await ReadAsync("conference-thanks", request)).Values["materials"]));
    }

    private async Task<Reading> ReadAsync(string kind, Guid subject)
    {
        await using var db = ground.Db();
        var message = await db.Messages.Where(one => one.Kind == kind && one.SubjectId == subject).OrderByDescending(one => one.QueuedAt).FirstAsync();
        return await ground.With((IEnumerable<MessageKind> kinds) => kinds.Single(one => one.Name == kind).Read(db, message, ground.Zone, default));
    }

    private async Task MarkAsync(string reference, Guid person, MarkKind kind, int? minutes, GivenConference conference)
    {
        var part = await ground.Sql<Guid>($"select p.id from session_parts p join sessions s on s.id = p.session_id where s.ref = '{reference}'");
        var batch = new MarkBatch("tablet", ground.Zone.Now, [new MarkEntry(Guid.CreateVersion7(), part, person, kind, minutes, null, ground.Zone.Now, null)]);
        Assert.IsType<RecordOutcome.Recorded>(await ground.With((RecordMarks record) => record.RunAsync(reference, batch, conference.Unit)));
    }

    private async Task SignAsync(string reference, GivenConference conference) => Assert.IsType<SignOutcome.Signed>(await ground.With((SignRegister sign) => sign.RunAsync(reference, conference.Unit)));

    private Task<long> MinutesAsync(GivenConference conference, Delegate one) => ground.Sql<long>($"select coalesce(sum(minutes), 0) from minutes_of('{conference.Session.Id}', '{one.Person.Id}')");
}
