using System.Net;

using Learning.Attendance;
using Learning.Catalogue;
using Learning.ELearning;
using Learning.People;
using Learning.Records;
using Learning.Tests.Support;

using Microsoft.EntityFrameworkCore;

namespace Learning.Tests.Records;

public class AgencyPagesTests(Ground ground) : IClassFixture<Ground>
{
    [Fact] // S2
    public async Task A_lead_sees_the_people_of_their_agency_and_its_departments_and_nobody_else()
    {
        var (agency, lead) = await LeadAsync("Council");
        var housing = await ground.Given.Agency("Housing", parent: agency.Id);
        var other = await ground.Given.Agency();
        await ground.Given.Person(agency, family: "Ownperson");
        await ground.Given.Person(housing, family: "Departmental");
        await ground.Given.Person(other, family: "Elsewhere");
        await ground.Given.Job(await ground.Given.Person(family: "Leftperson"), agency, "2020-01-01", "2024-05-15");
        await ground.Given.Job(await ground.Given.Person(family: "Comesperson"), agency, "2024-05-16");
        await ground.Given.Job(await ground.Given.Person(family: "Lastday"), agency, "2020-01-01", "2024-05-16");

        var page = await lead.Get("/agency");

        Assert.Contains("Council", page.Document.QuerySelector("h1")!.TextContent);
        foreach (var shown in new[] { "Ownperson", "Departmental", "Lastday" }) Assert.Contains(shown, page.Text);
        foreach (var hidden in new[] { "Elsewhere", "Leftperson", "Comesperson" }) Assert.DoesNotContain(hidden, page.Text);
        Assert.DoesNotContain("Ownperson", (await lead.Get($"/agency?agency={housing.Code}")).Text);
        Assert.Contains("Departmental", (await lead.Get($"/agency?agency={housing.Code.ToLowerInvariant()}")).Text);
        Assert.DoesNotContain("Elsewhere", (await lead.Get($"/agency?agency={other.Code}")).Text);
        Assert.Contains("My agency", page.Document.QuerySelector("nav")!.TextContent);
    }

    [Fact]
    public async Task The_numbers_say_who_has_no_account_who_has_no_address_and_who_is_invited()
    {
        var (agency, lead) = await LeadAsync();
        var here = await ground.Given.Person(agency);
        await (await ground.SiteAsync()).AccountAsync(here.Id);
        await ground.Given.Person(agency);
        var byName = await ground.Given.Person(agency, family: "Byname");
        await ground.Sql($"delete from person_emails where person_id = '{byName.Id}'");
        await ground.Given.Save(Invitation(agency, "one@numbers.example", 14), Invitation(agency, "late@numbers.example", -1));

        var numbers = (await lead.Get("/agency")).Document.QuerySelectorAll(".app-tally > div").ToDictionary(part => part.QuerySelector("dt")!.TextContent.Trim(), part => part.QuerySelector("dd")!.TextContent);

        Assert.Equal(("4", "2", "1", "1"), (numbers["people"], numbers["without an account"], numbers["without an address"], numbers["invited, not in yet"]));
    }

    [Fact] // A7
    public async Task People_are_found_and_sorted_by_name_department_and_last_learning()
    {
        var (agency, lead) = await LeadAsync();
        var department = await ground.Given.Agency("A department", parent: agency.Id);
        var (never, old, fresh) = (await ground.Given.Person(agency, given: "Never", family: "Aaa_%"), await ground.Given.Person(agency, given: "Old", family: "Bbb"), await ground.Given.Person(department, given: "Fresh", family: "Ccc"));
        var course = await ground.Given.Course(CourseKind.ELearning, title: "Learnt online");
        await ground.Given.Save(Completion(course, old, "2021-01-05"), Completion(course, fresh, "2024-05-01"), Completion(course, fresh, "2022-05-01"));
        var session = await ground.Given.Session(null, 20, "2024-05-10 09:30 to 16:00");
        await MarkAsync(session, never, MarkKind.Part);

        Assert.Equal(["Never Aaa_%", "Old Bbb", "Fresh Ccc"], await NamesAsync(lead, "/agency?q="));
        Assert.Equal(["Fresh Ccc", "Never Aaa_%", "Old Bbb"], await NamesAsync(lead, "/agency?sort=department"));
        Assert.Equal(["Never Aaa_%", "Old Bbb", "Fresh Ccc"], await NamesAsync(lead, "/agency?sort=learning"));
        Assert.Equal(["Never Aaa_%"], await NamesAsync(lead, "/agency?q=aaa_%25"));
        Assert.Equal(["Fresh Ccc"], await NamesAsync(lead, "/agency?q=ccc%20fresh&sort=nonsense&page=-1"));
        Assert.Contains("Nobody matches all of this", (await lead.Get("/agency?q=nobody")).Text);
        Assert.Contains("Wed 1 May 2024", (await lead.Get("/agency?q=ccc")).Text);
        Assert.Contains("Nothing yet", (await lead.Get("/agency?q=never")).Text);
    }

    [Fact]
    public async Task A_page_of_fifty_asks_as_many_questions_as_a_page_of_one_and_leads_on()
    {
        var (agency, lead) = await LeadAsync();
        await ground.Sql($"""
            with people as (insert into persons (id, given_name, family_name, created_at) select gen_random_uuid(), 'Many', 'Person' || lpad(n::text, 3, '0'), now() from generate_series(1, 120) n returning id)
            insert into employments (id, person_id, agency_id, workforce, starts_on) select gen_random_uuid(), id, '{agency.Id}', 'children', '2020-01-01' from people
            """);

        var page = await lead.Get("/agency?q=many");
        Assert.Contains("120 people, page 1 of 3", page.Text);
        Assert.Contains("Person050", page.Text);
        Assert.DoesNotContain("Person051", page.Text);
        page = await (await page.Follow("Next page")).Follow("Next page");
        Assert.Contains("Person120", page.Text);
        Assert.DoesNotContain("Next page", page.Text);

        var count = new StatementCount();
        await using var site = await count.SiteAsync(ground);
        var counted = await site.SignedInAsync(await ground.Sql<Guid>($"select person_id from role_grants where agency_id = '{agency.Id}'"));
        await counted.Get("/agency");
        Assert.Equal(await count.Of(() => counted.Get("/agency?q=person001")), await count.Of(() => counted.Get("/agency?q=many")));
    }

    [Fact] // S2, S3
    public async Task A_record_is_shown_since_they_joined_the_agency_and_looking_is_on_the_trail()
    {
        var (agency, lead) = await LeadAsync();
        var (housing, before) = (await ground.Given.Agency(parent: agency.Id), await ground.Given.Agency());
        var person = await ground.Given.Person(given: "Mover", family: "Person");
        await ground.Given.Job(person, before, "2018-01-01", "2022-01-01");
        await ground.Given.Job(person, housing, "2022-01-01", "2023-06-01");
        await ground.Given.Job(person, agency, "2023-06-01");
        await ground.Given.Save(Completion(await ground.Given.Course(CourseKind.ELearning, title: "Learnt before"), person, "2021-12-31"), Completion(await ground.Given.Course(CourseKind.ELearning, title: "Learnt in housing"), person, "2022-01-01"));
        await ground.Given.Booking(await ground.Given.Session(await ground.Given.Course(title: "To come")), person);
        await ground.Sql($"update bookings set needs = 'a-secret-need' where person_id = '{person.Id}'");

        var page = await (await lead.Get("/agency?q=mover")).Follow("Mover Person");

        Assert.Contains("Since they joined you, 1 January 2022", page.Text);
        Assert.Contains("Learnt in housing", page.Text);
        Assert.Contains("To come", page.Text);
        Assert.DoesNotContain("Learnt before", page.Text);
        Assert.DoesNotContain(before.Name, page.Text);
        Assert.DoesNotContain("a-secret-need", page.Text);
        Assert.Equal(1, await ground.Sql<long>($"select count(*) from audit_entries where verb = 'looked at a person''s record' and subject_id = '{person.Id}' and actor_id is not null"));

        var unit = await (await ground.SiteAsync()).SignedInAsync((await ground.Given.Unit()).Id);
        Assert.Contains("Learnt before", (await unit.Get($"/agency/people/{person.Id}")).Text);
    }

    [Theory] // S2
    [InlineData(new[] { "2020-01-01|" }, "2020-01-01")]
    [InlineData(new[] { "2019-01-01|2020-01-01", "2021-01-01|" }, "2021-01-01")]
    [InlineData(new[] { "2019-01-01|2021-06-01", "2021-01-01|" }, "2019-01-01")]
    [InlineData(new[] { "2018-01-01|2019-01-01", "2019-01-01|2021-01-01", "2021-01-01|" }, "2018-01-01")]
    [InlineData(new[] { "2018-01-01|2019-01-01" }, "2024-05-15")]
    [InlineData(new string[0], "2024-05-15")]
    public void Since_when_somebody_is_with_the_agency_reaches_back_as_long_as_there_is_no_gap(string[] jobs, string since) => Assert.Equal(
        DateOnly.Parse(since),
        LookAtAgencyPerson.Since(
            [.. jobs.Select(job => job.Split('|')).Select(job => new Employment
            {
                Id = Guid.CreateVersion7(), PersonId = Guid.Empty, AgencyId = Guid.Empty, Workforce = Workforce.Children, StartsOn = DateOnly.Parse(job[0]), EndsOn = job[1].Length == 0 ? null : DateOnly.Parse(job[1]),
            })], new DateOnly(2024, 5, 15)));

    [Fact] // S1, S2
    public async Task Another_agencys_person_by_guessed_address_is_not_found_and_nobody_looked()
    {
        var (agency, lead) = await LeadAsync();
        var stranger = await ground.Given.Person(await ground.Given.Agency());
        var left = await ground.Given.Person();
        await ground.Given.Job(left, agency, "2020-01-01", "2024-05-01");
        foreach (var id in new[] { stranger.Id, left.Id, Guid.CreateVersion7() })
        {
            foreach (var path in new[] { $"/agency/people/{id}", $"/agency/people/{id}/book", $"/agency/people/{id}/claim-code" })
            {
                Assert.Equal(HttpStatusCode.NotFound, (await lead.Get(path)).Status);
            }

            Assert.Equal(0, await ground.Sql<long>($"select count(*) from audit_entries where subject_id = '{id}'"));
        }

        var practitioner = await (await ground.SiteAsync()).SignedInAsync((await ground.Given.Person(agency)).Id);
        foreach (var path in new[] { "/agency", "/agency/people.csv", "/agency/people/new", $"/agency/people/{stranger.Id}" })
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await practitioner.Get(path)).Status);
        }
    }

    [Fact] // S3
    public async Task The_people_are_taken_as_CSV_on_record_and_no_cell_is_a_formula()
    {
        var (agency, lead) = await LeadAsync();
        await ground.Given.Person(agency, given: "=HYPERLINK(\"http://evil.example\")", family: "@evil");
        await ground.Given.Person(await ground.Given.Agency(), family: "Elsewhere");

        var csv = await lead.Http.GetAsync("/agency/people.csv?sort=department");
        var text = await csv.Content.ReadAsStringAsync();

        Assert.Equal("people.csv", csv.Content.Headers.ContentDisposition!.FileName);
        Assert.Contains("'=HYPERLINK", text);
        Assert.Contains("'@evil", text);
        Assert.DoesNotContain("Elsewhere", text);
        Assert.Equal(3, text.Trim().Split("\r\n").Length);
        Assert.Equal(1, await ground.Sql<long>("select count(*) from audit_entries where verb = 'exported an agency''s people as CSV' and details ->> 'people' = '2'"));
    }

    [Fact] // P1
    public async Task A_lead_adds_somebody_books_for_them_prints_a_code_and_invites_by_the_pages()
    {
        var (agency, lead) = await LeadAsync();
        var session = await ground.Given.Session(await ground.Given.Course(title: "First aid for feelings"));
        var add = await lead.Get("/agency/people/new");
        Assert.Contains("Enter their given name", (await add.Submit("Add this person", ("Input.Workforce", "volunteer"))).Text);
        var person = await add.Submit("Add this person", ("Input.GivenName", "Ann"), ("Input.FamilyName", "Lee"), ("Input.Workforce", "volunteer"), ("Input.Note", "Tuesday group"));
        Assert.Contains("Ann Lee is added", person.Text);

        var twin = await (await lead.Get("/agency/people/new")).Submit("Add this person", ("Input.GivenName", "Ann"), ("Input.FamilyName", "Lee"), ("Input.Workforce", "volunteer"));
        Assert.Contains("1 person of your agency is called so already", twin.Text);
        Assert.Contains("Tuesday group", twin.Text);
        Assert.Contains("Ann Lee is added", (await twin.Submit("Add this person", ("Input.SomebodyElse", "true"))).Text);

        var book = await (await person.Follow("Book a place for Ann")).Follow("First aid for feelings");
        Assert.Contains("Book a place for Ann Lee", book.Text);
        var booked = await book.Submit("Book a place");
        Assert.Contains("Ann Lee has a place", booked.Text);
        Assert.Contains("First aid for feelings", booked.Text);
        Assert.Contains("Ann Lee already has a booking", (await lead.Get(book.Path)).Text);

        var slip = await (await booked.Follow("Make a claim code on paper")).Submit("Make a claim code");
        Assert.Matches("[A-Z0-9]{5} [A-Z0-9]{5}", slip.Document.QuerySelector(".app-slip")!.TextContent);
        Assert.Contains("Enter an e-mail address", (await booked.Submit("Invite them", ("Input.Email", "nothing"))).Text);
        Assert.Contains("Invited", (await booked.Submit("Invite them", ("Input.Email", "ann@mailbox.example"))).Text);
        Assert.Equal(agency.Id, await ground.Sql<Guid>("select agency_id from invitations where email = 'ann@mailbox.example'"));

        // Somebody of another agency is booked for by nobody here.
        var stranger = await ground.Given.Person(await ground.Given.Agency());
        Assert.Equal(HttpStatusCode.NotFound, (await lead.Get($"/sessions/{session.Ref}/book?for={stranger.Id}")).Status);
        await book.Submit("Book a place", ("for", $"{stranger.Id}"));
        Assert.Equal(0, await ground.Sql<long>($"select count(*) from bookings where person_id = '{stranger.Id}'"));
    }

    private static Learning.Membership.Invitation Invitation(Agency agency, string email, int days)
    {
        var now = new DateTimeOffset(2024, 5, 1, 0, 0, 0, TimeSpan.Zero);
        return new() { Id = Guid.CreateVersion7(), Email = email, AgencyId = agency.Id, LinkHash = Guid.CreateVersion7().ToByteArray(), InvitedAt = now, SentAt = now, EndsAt = now.AddDays(14 + days) };
    }

    private static Completion Completion(Course course, Person person, string on) =>
        new() { Id = Guid.CreateVersion7(), CourseId = course.Id, PersonId = person.Id, CompletedOn = DateOnly.Parse(on), RecordedAt = new DateTimeOffset(2024, 5, 1, 0, 0, 0, TimeSpan.Zero) };

    private async Task MarkAsync(Session session, Person person, MarkKind kind)
    {
        var part = await ground.Sql<Guid>($"select id from session_parts where session_id = '{session.Id}'");
        await ground.Given.Save(new Mark { Id = Guid.CreateVersion7(), PartId = part, SessionId = session.Id, PersonId = person.Id, Kind = kind, MarkedAt = session.EndsAt, RecordedAt = session.EndsAt });
    }

    private static async Task<IEnumerable<string>> NamesAsync(Visitor lead, string path) =>
        (await lead.Get(path)).Document.QuerySelectorAll("tbody th a").Select(link => link.TextContent).Where(name => !name.StartsWith("Lead ", StringComparison.Ordinal));

    private async Task<(Agency Agency, Visitor Lead)> LeadAsync(string? name = null)
    {
        var agency = await ground.Given.Agency(name);
        var lead = await ground.Given.Person(agency, given: "Lead", family: "Zzz");
        await ground.Given.Role(lead, Role.AgencyLead, agency);
        return (agency, await (await ground.SiteAsync()).SignedInAsync(lead.Id));
    }
}
