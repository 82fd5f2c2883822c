using System.Net;

using Learning.Catalogue;
using Learning.People;
using Learning.Required;
using Learning.Tests.Figures;
using Learning.Tests.Support;

namespace Learning.Tests.Required;

/// <summary>A lead sees who of their people is in date, due and overdue, and nudges them.</summary>
public sealed class AgencyRequiredTests(Ground ground) : IClassFixture<Ground>
{
    private readonly Told told = new(ground);

    [Fact] // S2: validity counts whoever employed them then; the earlier record is not shown; nobody of another agency, nobody who has left
    public async Task A_lead_sees_validity_of_their_people_and_of_nobody_else()
    {
        ground.Clock.Set("2024-06-10 09:00");
        var (agency, lead, course) = await LeadAsync();
        var other = await ground.Given.Agency();
        var moved = await ground.Given.Person(given: "Moved");
        await ground.Given.Job(moved, other, "2020-01-01", "2024-06-01");
        await ground.Given.Job(moved, agency, "2024-06-01");
        await told.Complete(course, moved, "2024-02-02", other);
        await ground.Given.Job(await ground.Given.Person(given: "Leftbehind"), agency, "2020-01-01", "2024-06-10");
        await ground.Given.Person(other, given: "Elsewhere");
        await ground.Given.Person(agency, given: "Never");

        var page = await lead.Get("/agency/required");
        Assert.Contains("Moved", page.Text);
        Assert.Contains("Never", page.Text);
        foreach (var hidden in new[] { "Leftbehind", "Elsewhere", "2 Feb 2024", other.Name }) Assert.DoesNotContain(hidden, page.Text);
        Assert.Equal(["Need it|2", "In date|1", "Due|0", "Overdue|1"], page.Document.QuerySelectorAll("#by-course").Length == 0 ? [] : page.Document.QuerySelectorAll("table")[0].QuerySelectorAll("tbody tr:first-child td").Select(cell => $"{cell.GetAttribute("data-label")}|{string.Concat(cell.TextContent.TakeWhile(char.IsDigit))}"));
        Assert.DoesNotContain("2024-02-02", await lead.Http.GetStringAsync("/agency/required.csv"));
        Assert.DoesNotContain("Moved", (await lead.Get($"/agency/required?state=overdue&course={course.Code}")).Document.QuerySelector("main")!.TextContent);
        Assert.Contains("Nobody matches", (await lead.Get("/agency/required?q=nobody")).Text);
        Assert.DoesNotContain("Never", (await lead.Get($"/agency/required?agency={other.Code}")).Text);
    }

    [Fact] // S3: what is taken away is on the trail, whole and as filtered
    public async Task The_list_is_taken_away_as_it_is_filtered_and_the_trail_says_so()
    {
        ground.Clock.Set("2024-06-10 09:00");
        var (agency, lead, course) = await LeadAsync();
        await ground.Given.Person(agency, given: "=Formula");
        var csv = await lead.Http.GetStringAsync($"/agency/required.csv?state=overdue&course={course.Code.ToLowerInvariant()}");
        Assert.Contains("'=Formula", csv);
        Assert.Contains($",{course.Code},", csv);
        Assert.Contains(",overdue,2024-05-16,no,", csv);
        Assert.Equal(1L, await ground.Sql<long>("select count(*) from audit_entries where verb = 'exported required training as CSV'"));
    }

    [Fact] // M1, M2: one letter a person, course and week, however often it is pressed
    public async Task Somebody_is_nudged_once_a_week_about_a_course()
    {
        ground.Clock.Set("2024-06-10 09:00");
        var (agency, lead, course) = await LeadAsync();
        var (late, done) = (await ground.Given.Person(agency, given: "Late"), await ground.Given.Person(agency, given: "Done"));
        await told.Complete(course, done, "2024-06-01");
        var page = await (await lead.Get("/agency/required")).Submit("Nudge all who are due or overdue");
        Assert.Contains("1 letter on the way", page.Text);
        page = await (await lead.Get("/agency/required")).Submit("Nudge all who are due or overdue");
        Assert.Contains("Nobody was nudged", page.Text);
        Assert.Contains("within a week somebody is nudged once", page.Text);
        ground.Clock.Set("2024-06-17 08:59");
        lead = await (await ground.SiteAsync()).SignedInAsync(await ground.Sql<Guid>($"select person_id from role_grants where agency_id = '{agency.Id}'"));
        await (await lead.Get("/agency/required")).Submit("Nudge all who are due or overdue");
        Assert.Equal(1L, await Letters(late));
        ground.Clock.Set("2024-06-17 09:01");
        await (await lead.Get("/agency/required")).Submit($"Nudge {late.GivenName} {late.FamilyName} about {course.Title}");
        Assert.Equal((2L, 0L), (await Letters(late), await Letters(done)));
    }

    [Fact] // M2: a race of two leads; without the lock and the key both would write
    public async Task Two_who_press_at_once_send_one_letter()
    {
        ground.Clock.Set("2024-06-10 09:00");
        var (agency, _, _) = await LeadAsync();
        var late = await ground.Given.Person(agency);
        var second = await ground.Given.Person(agency);
        await ground.Given.Role(second, Role.AgencyLead, agency);
        var actor = await ground.Given.Actor(second);
        var filter = RequiredFilter.Of(null, null, null, null, null);
        var all = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => ground.With((NudgePeople nudge) => nudge.RunAsync(filter, null, actor)))));
        Assert.Equal(1L, await Letters(late));
        Assert.Equal(await ground.Sql<long>($"select count(*) from messages where kind = 'training-nudge' and subject_id in (select course_id from required_rules where agency_id = '{agency.Id}')"), all.Sum(outcome => outcome!.Nudged));
    }

    [Fact] // M3: asked again just before it is sent
    public async Task A_nudge_is_not_sent_to_who_has_done_it_meanwhile()
    {
        ground.Clock.Set("2024-06-10 09:00");
        var (agency, lead, course) = await LeadAsync();
        var (late, quick) = (await ground.Given.Person(agency), await ground.Given.Person(agency));
        await (await lead.Get("/agency/required")).Submit("Nudge all who are due or overdue");
        await told.Complete(course, quick, "2024-06-10");
        await using var db = ground.Db();
        var letters = db.Messages.Where(message => message.Kind == "training-nudge" && (message.PersonId == late.Id || message.PersonId == quick.Id)).ToList();
        var kind = NudgeLetter.Kinds.Single(one => one.Name == NudgeLetter.Kind);
        var sent = Assert.IsType<Learning.Messages.Reading.Send>(await kind.Read(db, letters.Single(letter => letter.PersonId == late.Id), ground.Zone, default));
        Assert.Equal((course.Title, true), ((string)sent.Values["course"]!, (bool)sent.Values["overdue"]!));
        Assert.Equal("they have done it", Assert.IsType<Learning.Messages.Reading.Drop>(await kind.Read(db, letters.Single(letter => letter.PersonId == quick.Id), ground.Zone, default)).Why);
    }

    [Fact] // Ten thousand people: as many statements as for three, and a page in order
    public async Task A_page_of_ten_thousand_people_asks_as_many_questions_as_one_of_three()
    {
        ground.Clock.Set("2024-06-10 09:00");
        var (agency, lead, course) = await LeadAsync();
        var count = new StatementCount();
        await using var site = await count.SiteAsync(ground);
        var counted = await site.SignedInAsync(await ground.Sql<Guid>($"select person_id from role_grants where agency_id = '{agency.Id}'"));
        await counted.Get("/agency/required");
        var few = await count.Of(() => counted.Get("/agency/required"));
        await ground.Sql($"""
            with people as (insert into persons (id, given_name, family_name, created_at) select gen_random_uuid(), 'Many', 'Person' || lpad(n::text, 5, '0'), now() from generate_series(1, 10000) n returning id),
            jobs as (insert into employments (id, person_id, agency_id, workforce, starts_on) select gen_random_uuid(), id, '{agency.Id}', 'children', '2020-01-01' from people returning person_id)
            insert into completions (id, course_id, person_id, completed_on, recorded_at) select gen_random_uuid(), '{course.Id}', person_id, '2024-01-01', '2024-01-01' from jobs where random() < 0.9
            """);
        await ground.OwnerSql("analyze");
        Assert.Equal(few, await count.Of(() => counted.Get("/agency/required")));
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var page = await lead.Get("/agency/required");
        Console.WriteLine($"required, 10,000 people: {clock.ElapsedMilliseconds} ms");
        Assert.Contains("page 1 of 200", page.Text);
        Assert.Equal(HttpStatusCode.OK, (await lead.Get("/agency/required?page=200")).Status);
    }

    private Task<long> Letters(Person person) => ground.Sql<long>($"select count(*) from messages where kind = 'training-nudge' and person_id = '{person.Id}'");

    // An agency with a course that all of it needed by 16 May, done once by its lead.
    private async Task<(Agency Agency, Visitor Lead, Course Course)> LeadAsync()
    {
        var agency = await ground.Given.Agency();
        var person = await ground.Given.Person(agency, given: "Lead");
        await ground.Given.Role(person, Role.AgencyLead, agency);
        var course = await ground.Given.Course(CourseKind.ELearning);
        await ground.Given.Save(new RequiredRule { Id = Guid.CreateVersion7(), CourseId = course.Id, AgencyId = agency.Id, Workforce = Workforce.Children, DueOn = new(2024, 5, 16), StartsOn = new(2024, 1, 1), Because = "It was agreed", MadeAt = ground.Zone.Now });
        await ground.Sql($"update employments set workforce = 'joint' where person_id = '{person.Id}'");
        return (agency, await (await ground.SiteAsync()).SignedInAsync(person.Id), course);
    }
}
