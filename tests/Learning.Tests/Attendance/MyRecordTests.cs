using Learning.Attendance;
using Learning.Catalogue;
using Learning.ELearning;
using Learning.People;
using Learning.Tests.Support;

using Microsoft.EntityFrameworkCore;

namespace Learning.Tests.Attendance;

/// <summary>A person's own record: attended by A7, completed, nothing of anybody else.</summary>
public class MyRecordTests(Ground ground) : IClassFixture<Ground>
{
    private Given Given => ground.Given;

    [Fact] // A7, T3
    public async Task A_session_counts_when_all_its_parts_were_attended_on_the_day_its_last_part_starts()
    {
        var person = await Given.Person();
        var (whole, half) = (await TwoDays("Both days"), await TwoDays("First day only"));
        await Mark(whole, 1, person, MarkKind.Attended);
        await Mark(whole, 2, person, MarkKind.Part, 293); // 75% of 390 minutes is 292.5
        await Mark(half, 1, person, MarkKind.Attended);
        await Mark(half, 2, person, MarkKind.Part, 292);

        Assert.Equal(["2024-03-12 Both days"], await Record(person));
    }

    [Fact] // A1, A2
    public async Task The_mark_that_stands_decides_and_a_substitute_was_there_instead_of_the_holder()
    {
        var (holder, substitute) = (await Given.Person(), await Given.Person());
        var (corrected, given) = (await TwoDays("Corrected"), await TwoDays("Given on"));
        foreach (var part in new[] { 1, 2 })
        {
            await Mark(corrected, part, holder, MarkKind.Attended, at: 1);
            await Mark(corrected, part, holder, MarkKind.Dna, at: 2);
            await Mark(given, part, holder, MarkKind.Attended, at: 1);
            await Mark(given, part, holder, MarkKind.Substitute, at: 2, substitute: substitute);
        }

        Assert.Empty(await Record(holder));
        Assert.Equal(["2024-03-12 Given on"], await Record(substitute));
        await Mark(given, 1, holder, MarkKind.Attended, at: 3);
        Assert.Empty(await Record(substitute));
    }

    [Fact] // T3, S2
    public async Task Completions_stand_beside_sessions_the_newest_first_and_only_one_s_own()
    {
        var (person, other) = (await Given.Person(), await Given.Person());
        var course = await Given.Course(CourseKind.ELearning, title: "By screen");
        var session = await TwoDays("In a hall");
        foreach (var one in new[] { person, other })
        {
            await Mark(session, 1, one, MarkKind.Attended);
            await Given.Save(new Completion
            {
                Id = Guid.CreateVersion7(), CourseId = course.Id, PersonId = one.Id, CompletedOn = new DateOnly(2024, 4, 2), RecordedAt = ground.Zone.Now,
            });
        }

        await Mark(session, 2, person, MarkKind.Attended);
        Assert.Equal(["2024-04-02 By screen", "2024-03-12 In a hall"], await Record(person));
        Assert.Equal(["2024-04-02 By screen"], await Record(other));

        var visitor = await (await ground.SiteAsync()).SignedInAsync(person.Id);
        var page = await visitor.Get("/my/record");
        Assert.Equal(["By screen", "In a hall"], page.Document.QuerySelectorAll("tbody th").Select(cell => cell.TextContent));
        Assert.Contains("Tue 12 Mar 2024", page.Text);

        // The year begins in April: the session is in the year before.
        var tally = (await visitor.Get("/my")).Document.QuerySelectorAll(".app-tally dd").Select(cell => cell.TextContent);
        Assert.Equal(["0", "0", "1"], tally);
    }

    [Theory]
    [InlineData("2024-03-31", "2023-04-01")]
    [InlineData("2024-04-01", "2024-04-01")]
    public void The_year_begins_on_the_first_of_April(string today, string year) =>
        Assert.Equal(DateOnly.Parse(year), MyRecord.YearOf(DateOnly.Parse(today)));

    private async Task<Session> TwoDays(string title) =>
        await Given.Session(await Given.Course(title: title), 20, "2024-03-05 09:30 to 16:00", "2024-03-12 09:30 to 16:00");

    private async Task Mark(Session session, int part, Person person, MarkKind kind, int? minutes = null, int at = 1, Person? substitute = null)
    {
        await using var db = ground.Db();
        var partId = await db.SessionParts.Where(row => row.SessionId == session.Id && row.Number == part).Select(row => row.Id).SingleAsync();
        await Given.Save(new Mark
        {
            Id = Guid.CreateVersion7(), PartId = partId, SessionId = session.Id, PersonId = person.Id, Kind = kind, Minutes = minutes, SubstituteId = substitute?.Id,
            MarkedAt = session.StartsAt.AddMinutes(at), RecordedAt = session.StartsAt.AddMinutes(at),
        });
    }

    private async Task<List<string>> Record(Person person)
    {
        await using var db = ground.Db();
        return [.. (await MyRecord.ListAsync(db, person.Id)).Select(entry => $"{entry.On:yyyy-MM-dd} {entry.Title}")];
    }
}
