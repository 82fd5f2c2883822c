using System.Net;

using AngleSharp.Html.Dom;

using FsCheck;
using FsCheck.Fluent;

using Learning.Attendance;
using Learning.Catalogue;
using Learning.People;
using Learning.Tests.Support;

namespace Learning.Tests.Attendance;

/// <summary>What an organiser sees of a session's attendance, corrects, takes away and types from paper, in a browser without JavaScript.</summary>
public class AttendancePagesTests(Ground ground) : IClassFixture<Ground>, IAsyncLifetime
{
    private Given Given => ground.Given;

    public Task InitializeAsync()
    {
        ground.Clock.Set("2024-05-15 16:00");
        return Task.CompletedTask;
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact] // A2, A7, S1, S3
    public async Task Whoever_organises_sees_each_mark_who_disagrees_and_takes_it_away()
    {
        var hall = await Hall.Open(ground, agency: await Given.Agency("Harbour Trust"));
        var organiser = await Given.Person();
        await Given.Save(new CourseOrganiser { CourseId = hall.Session.CourseId, PersonId = organiser.Id });
        await hall.Sent("one", hall.Mark(hall.People[0].Id), hall.Mark(hall.People[1].Id, MarkKind.Part, 100));
        await hall.Sent("other", hall.Mark(hall.People[0].Id, MarkKind.Dna));
        var unit = await As(await Given.Unit());

        var page = await unit.Get(Attendance(hall));
        Assert.Contains("3 people, 0 attended the course", page.Text);
        Assert.Contains("Another device says: Attended", page.Text);
        Assert.Contains("Harbour Trust", page.Text);
        Assert.Contains("In part (100 minutes)", page.Text);
        Assert.Contains("It has not been signed", page.Text);
        var person = await page.Follow(hall.People[0].Name);
        Assert.Equal(["Did not attend", "Attended"], person.Document.QuerySelectorAll(".app-rows h3").Select(mark => mark.TextContent.Trim()));
        Assert.Contains($"by {hall.Trainer.Name}", person.Text);
        Assert.Contains("neither had seen the other", person.Text);
        Assert.DoesNotContain("Correct it", person.Text);

        var csv = await unit.Http.GetStringAsync($"{Attendance(hall)}.csv");
        Assert.Contains($"{hall.Session.Ref},1,2024-05-15 10:00,{hall.People[1].Name},Harbour Trust,yes,part,100,,2024-05-15 16:00,2024-05-15 16:00,no,no,no", csv);
        Assert.Contains("yes", csv.Split("\r\n").Single(line => line.Contains(hall.People[0].Name, StringComparison.Ordinal)));
        Assert.Equal(1L, await ground.Sql<long>($"select count(*) from audit_entries where verb = 'exported a register as CSV' and subject_id = '{hall.Session.Id}'"));
        Assert.Equal(HttpStatusCode.NotFound, (await (await As(await Given.Person())).Get(Attendance(hall))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await (await As(hall.Trainer)).Get($"{Attendance(hall)}.csv")).Status);
    }

    [Fact] // A3, A6, C2
    public async Task A_correction_says_what_it_alters_before_it_is_saved()
    {
        var hall = await Hall.Open(ground, people: 2);
        await hall.Signed();
        var unit = await As(await Given.Unit());

        var page = await unit.Get($"{Attendance(hall)}/{hall.People[0].Id}");
        var wrong = await page.Submit("Show what changes", ("mark-1", "part"), ("minutes-1", "400"), ("Reason", "Left early"));
        Assert.Contains("at most 330", wrong.Document.QuerySelector("#minutes-1-error")!.TextContent);
        Assert.Equal("Left early", ((IHtmlTextAreaElement)wrong.Document.QuerySelector("[name=Reason]")!).Value);

        var shown = await page.Submit("Show what changes", ("mark-1", "dna"), ("minutes-1", ""));
        Assert.Contains("Attended becomes did not attend.", shown.Text);
        Assert.Contains("then has not attended the course: it leaves their record", shown.Text);
        Assert.Contains("It becomes a no-show on their agency’s statement", shown.Text);
        Assert.Equal(1L, await Marks(hall, 0));

        var refused = await shown.Submit("Correct the register", ("mark-1", "dna"), ("Reason", ""));
        Assert.Contains("Write why", refused.Document.QuerySelector("#Reason-error")!.TextContent);
        var done = await refused.Submit("Correct the register", ("mark-1", "dna"), ("Reason", "He had not come"));
        Assert.Equal(["Did not attend", "Attended"], done.Document.QuerySelectorAll(".app-rows h3").Select(mark => mark.TextContent.Trim()));
        Assert.Contains("He had not come", (await unit.Get(Attendance(hall))).Text);
        Assert.Contains("Nothing would change", (await done.Submit("Show what changes", ("mark-1", "dna"))).Text);
    }

    [Fact] // A3
    public async Task A_late_mark_is_taken_in_or_set_aside_on_the_page()
    {
        var hall = await Hall.Open(ground, people: 2);
        await hall.Signed();
        ground.Clock.Advance(TimeSpan.FromDays(15));
        await hall.Sent("lost tablet", hall.Mark(hall.People[0].Id, MarkKind.Dna), hall.Mark(hall.People[1].Id, MarkKind.Dna));
        var unit = await As(await Given.Unit());

        var page = await unit.Get(Attendance(hall));
        Assert.Contains("count for nothing unless they are taken in", page.Text);
        var refused = await page.Submit($"Take it in: {hall.People[0].Name}");
        Assert.Contains("Write why", refused.Text);
        var id = refused.Document.QuerySelectorAll("textarea").Select(area => area.GetAttribute("name")!).ToList();
        var taken = await refused.Submit($"Take it in: {hall.People[0].Name}", [.. id.Select(name => (name, (string?)"The tablet was lost"))]);
        Assert.Contains("It was taken in", taken.Text);
        Assert.Contains("It was set aside", (await taken.Submit($"Set it aside: {hall.People[1].Name}")).Text);
        Assert.Equal((2L, 1L), (await Marks(hall, 0), await Marks(hall, 1)));
    }

    [Fact] // A1, A2
    public async Task A_register_on_paper_is_typed_with_one_letter_for_each_person()
    {
        var hall = await Hall.Open(ground, people: 5);
        await hall.Sent("tablet", hall.Mark(hall.People[4].Id, MarkKind.Dna));
        var trainer = await As(hall.Trainer);
        var paper = await trainer.Get($"/register/{hall.Session.Ref}/paper");
        Assert.Equal(5 + 6, paper.Document.QuerySelectorAll("tbody tr").Length);

        var page = await paper.Follow("type it in");
        (string, string?)[] typed = [(Box(hall, 0), "Y"), (Box(hall, 1), "200"), (Box(hall, 2), "a"), (Box(hall, 3), "q")];
        var refused = await page.Submit("Save what is typed", typed);
        Assert.Contains("type y, a, n or minutes up to 330", refused.Document.QuerySelector($"#{Box(hall, 3)}-error")!.TextContent);
        Assert.Equal("200", refused.Document.QuerySelector($"#{Box(hall, 1)}")!.GetAttribute("value"));
        Assert.Equal(0L, await Marks(hall, 0));

        // Meanwhile somebody else marks: what was typed without having seen it is a dispute, not an overwriting.
        ground.Clock.Advance(TimeSpan.FromMinutes(1));
        await hall.Sent("tablet", hall.Mark(hall.People[0].Id, MarkKind.Dna));
        await refused.Submit("Save what is typed", (Box(hall, 0), "y"), (Box(hall, 3), "n"), ("shown", "2024-05-15T15:00:00Z"));

        var sheet = await hall.Sheet();
        Assert.Equal(
            [MarkKind.Attended, MarkKind.Part, MarkKind.Apologies, MarkKind.Dna, MarkKind.Dna],
            [.. hall.People.Select(person => sheet.People.Single(row => row.PersonId == person.Id).Marks[hall.Part].Mark.Kind)]);
        Assert.True((await hall.Standing(hall.People[0])).Disputed);
        Assert.Equal((200, 1L), ((await hall.Standing(hall.People[1])).Mark.Minutes, await Marks(hall, 4)));
        await hall.Sign();
        Assert.Contains("This register is signed", (await trainer.Get($"/register/{hall.Session.Ref}/typed")).Text);
        Assert.Equal(HttpStatusCode.NotFound, (await (await As(await Given.Person())).Get($"/register/{hall.Session.Ref}/typed")).Status);
    }

    [Fact] // A1
    public void What_is_typed_for_a_mark_reads_as_that_mark()
    {
        Prop.ForAll(
            Gen.OneOf(
                Gen.Elements(MarkKind.Attended, MarkKind.Apologies, MarkKind.Dna, MarkKind.Part).Select(kind => (kind, (int?)null)),
                Gen.Choose(0, 330).Select(minutes => (MarkKind.Part, (int?)minutes))).ToArbitrary(),
            mark => TypedMark.Read($" {TypedMark.Of(mark.Item1, mark.Item2)} ", 330) == mark).QuickCheckThrowOnFailure();
        Assert.All(["", "x", "331", "-1", "yy", "1.5", "99999999999"], typed => Assert.Null(TypedMark.Read(typed, 330)));
    }

    private static string Attendance(Hall hall) => $"/manage/sessions/{hall.Session.Ref}/attendance";

    private static string Box(Hall hall, int who) => $"typed-1-{hall.People[who].Id:N}";

    private Task<long> Marks(Hall hall, int who) => ground.Sql<long>($"select count(*) from marks where session_id = '{hall.Session.Id}' and person_id = '{hall.People[who].Id}'");

    private async Task<Visitor> As(Person person) => await (await ground.SiteAsync()).SignedInAsync(person.Id);
}
