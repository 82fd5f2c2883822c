using System.Net;

using Learning.Audit;
using Learning.Membership;
using Learning.People;
using Learning.Tests.Support;

using Microsoft.EntityFrameworkCore;

namespace Learning.Tests.Membership;

/// <summary>The audit trail as administrators search it (S2, S3).</summary>
public class TrailTests : IAsyncLifetime
{
    private readonly Ground ground = new();
    private Person administrator = null!;

    [Fact] // S2
    public async Task Only_administrators_read_it()
    {
        var (unit, chair) = (await ground.Given.Unit(), await ground.Given.Person());
        await ground.Given.Role(chair, Role.Chair);
        await WriteAsync("did something", unit);

        Assert.Empty(await FindAsync(All, unit));
        Assert.Empty(await FindAsync(All, chair));
        Assert.Single(await FindAsync(All, administrator));
    }

    [Fact] // S3
    public async Task It_is_found_by_person_verb_kind_number_and_day()
    {
        var (person, other) = (await ground.Given.Person(email: "sought@agency.example"), await ground.Given.Person());
        await WriteAsync("booked a place", person, "booking");
        await WriteAsync("looked at a person's record", other, "person", person.Id);
        await WriteAsync("booked a place", other, "booking");
        ground.Clock.Set("2024-06-01 23:59");
        await WriteAsync("signed a register", other, "session");

        Assert.Equal(["looked at a person's record", "booked a place"], await FindAsync(All with { Who = " Sought@agency.example " }, administrator));
        Assert.Equal(2, (await FindAsync(All with { Who = person.Id.ToString() }, administrator)).Count);
        Assert.Empty(await FindAsync(All with { Who = "nobody@agency.example" }, administrator));
        Assert.Equal(2, (await FindAsync(All with { Verb = "booked a place" }, administrator)).Count);
        Assert.Equal(["signed a register"], await FindAsync(All with { Kind = "session" }, administrator));
        Assert.Equal(["looked at a person's record"], await FindAsync(All with { Subject = person.Id, Kind = "person", Verb = "looked at a person's record" }, administrator));
        Assert.Equal(["signed a register"], await FindAsync(All with { Verb = "signed a register", From = new(2024, 6, 1), Until = new(2024, 6, 1) }, administrator));
        Assert.Empty(await FindAsync(All with { Verb = "signed a register", Until = new(2024, 5, 31) }, administrator));
        Assert.Empty(await FindAsync(All with { Verb = "signed a register", From = new(2024, 6, 2) }, administrator));
    }

    [Fact] // S3
    public async Task Looking_for_a_person_is_on_the_trail_and_looking_for_oneself_is_not()
    {
        var person = await ground.Given.Person();
        await FindAsync(All with { Who = administrator.Id.ToString() }, administrator);
        await FindAsync(All with { Who = person.Id.ToString() }, administrator);

        await using var db = ground.Db();
        var entry = await db.AuditEntries.SingleAsync(one => one.Verb == "searched the audit trail for a person");
        Assert.Equal((administrator.Id, person.Id), (entry.ActorId, entry.SubjectId));
    }

    [Fact] // P3
    public async Task What_a_person_did_before_they_were_merged_is_found_too()
    {
        var (person, former) = (await ground.Given.Person(), await ground.Given.Person(email: "former@agency.example"));
        await WriteAsync("booked a place", former);
        await ground.Given.Save(new PersonMerge { PersonId = former.Id, IntoId = person.Id, RecordedAt = ground.Zone.Now, Reason = "One person" });

        Assert.Contains("booked a place", await FindAsync(All with { Who = person.Id.ToString() }, administrator));
        Assert.Contains("booked a place", await FindAsync(All with { Who = "former@agency.example" }, administrator));
    }

    [Fact]
    public async Task Its_pages_follow_one_another_without_gap_or_repetition()
    {
        for (var i = 0; i < TrailSearch.Size + 3; i++)
        {
            await WriteAsync($"line {i}", administrator);
        }

        var visitor = await (await ground.SiteAsync()).SignedInAsync(administrator.Id);
        var first = await visitor.Get("/manage/audit?kind=thing");
        var second = await first.Follow("Next page");
        List<string> seen = [.. Lines(first), .. Lines(second)];

        Assert.Equal(Enumerable.Range(0, TrailSearch.Size + 3).Reverse().Select(i => $"line {i}"), seen);
        Assert.Equal(Lines(first), Lines(await second.Follow("Back to the newest lines")));

        static IEnumerable<string> Lines(Page page) => page.Document.QuerySelectorAll("tbody td:nth-child(3)").Select(cell => cell.TextContent.Trim());
    }

    [Fact] // S2: numbers, and the name of who did it
    public async Task The_page_shows_numbers_and_only_the_actors_name()
    {
        var (unit, person) = (await ground.Given.Unit(), await ground.Given.Person(given: "Hidden", family: "Name"));
        await WriteAsync("looked at a person's record", unit, "person", person.Id);

        var page = await (await (await ground.SiteAsync()).SignedInAsync(administrator.Id)).Get($"/manage/audit?subject={person.Id}");

        Assert.Contains(unit.Name, page.Text);
        Assert.Contains(person.Id.ToString(), page.Text);
        Assert.DoesNotContain("Hidden", page.Text);
    }

    [Fact]
    public async Task What_cannot_be_looked_for_is_said_beside_its_field()
    {
        var visitor = await (await ground.SiteAsync()).SignedInAsync(administrator.Id);

        var page = await visitor.Get("/manage/audit?who=%27&subject=%27%3B--&from=tomorrow&until=31%2F02%2F2024&before=x&verb=%25");

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("A number looks like", page.Text);
        Assert.Contains("Enter the first day as a date like 31/12/2026", page.Text);
        Assert.Contains("Enter the last day as a date like 31/12/2026", page.Text);
        Assert.Contains("No line matches", page.Text);
        Assert.Equal("tomorrow", page.Document.QuerySelector("[name=from]")!.GetAttribute("value"));
    }

    [Fact] // S3
    public async Task The_file_has_the_lines_asked_for_without_formulas_and_is_on_the_trail_first()
    {
        var person = await ground.Given.Person(given: "=HYPERLINK", family: "(1)");
        await WriteAsync("signed in", person, "person", person.Id);
        await WriteAsync("signed a register", person, "session");
        var visitor = await (await ground.SiteAsync()).SignedInAsync(administrator.Id);

        using var answer = await visitor.Http.GetAsync("/manage/audit.csv?kind=person&verb=signed+in");
        var lines = (await answer.Content.ReadAsStringAsync()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal("number,at,actor,actor_name,did,subject_kind,subject,details", lines[0]);
        Assert.Contains(lines, line => line.Contains($"{person.Id},\"'=HYPERLINK (1)\",signed in,person", StringComparison.Ordinal) || line.Contains($"{person.Id},'=HYPERLINK (1),signed in,person", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.Contains("signed a register", StringComparison.Ordinal));
        Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
        await using var db = ground.Db();
        Assert.Equal(administrator.Id, (await db.AuditEntries.SingleAsync(entry => entry.Verb == "exported the audit trail as CSV")).ActorId);
    }

    [Fact] // house rule 6
    public async Task A_page_takes_as_many_statements_for_fifty_lines_as_for_one()
    {
        var count = new StatementCount();
        await using var site = await count.SiteAsync(ground);
        var reader = await site.SignedInAsync(administrator.Id);
        await reader.Get("/manage/audit");
        var few = await count.Of(() => reader.Get("/manage/audit"));
        for (var i = 0; i < 60; i++)
        {
            await WriteAsync("booked a place", await ground.Given.Person());
        }

        Assert.Equal(few, await count.Of(() => reader.Get("/manage/audit")));
    }

    private static readonly TrailFilter All = TrailFilter.Of(null, null, null, null, null, null, null);

    private Task WriteAsync(string verb, Person actor, string kind = "thing", Guid? subject = null) =>
        ground.Given.Save(new AuditEntry { At = ground.Zone.Now, ActorId = actor.Id, Verb = verb, SubjectKind = kind, SubjectId = subject });

    private async Task<IReadOnlyList<string>> FindAsync(TrailFilter filter, Person by)
    {
        var actor = await ground.Given.Actor(by);
        var (lines, _) = await ground.With((TrailSearch search) => search.FindAsync(TrailFilter.Of(filter.Who, filter.Verb, filter.Kind, filter.Subject?.ToString(), $"{filter.From:yyyy-MM-dd}", $"{filter.Until:yyyy-MM-dd}", null), actor));
        return [.. lines.Select(line => line.Verb).Where(verb => verb != "searched the audit trail for a person")];
    }

    public async Task InitializeAsync()
    {
        await ground.InitializeAsync();
        administrator = await ground.Given.Administrator();
    }

    public Task DisposeAsync() => ground.DisposeAsync();
}
