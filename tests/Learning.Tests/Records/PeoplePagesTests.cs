using System.Net;

using Learning.Bookings;
using Learning.ELearning;
using Learning.Messages;
using Learning.People;
using Learning.Records;
using Learning.Tests.Support;

using Microsoft.EntityFrameworkCore;

namespace Learning.Tests.Records;

/// <summary>The pages under Manage where the business unit finds people and reads a record.</summary>
public class PeoplePagesTests(Ground ground) : IClassFixture<Ground>
{
    [Fact] // S1, S2
    public async Task Only_the_business_unit_sees_people()
    {
        var agency = await ground.Given.Agency();
        var person = await ground.Given.Person(agency);
        var lead = await ground.Given.Person(agency);
        await ground.Given.Role(lead, Role.AgencyLead, agency);
        var administrator = await ground.Given.Person();
        await ground.Given.Role(administrator, Role.Administrator);
        var site = await ground.SiteAsync();
        Visitor[] others = [await site.SignedInAsync(person.Id), await site.SignedInAsync(lead.Id), await site.SignedInAsync(administrator.Id)];

        foreach (var path in new[] { "/manage/people", "/manage/people.csv", $"/manage/people/{person.Id}", $"/manage/people/{person.Id}/name" })
        {
            Assert.StartsWith("/account/sign-in", (await site.Visitor().Get(path)).Path);
            foreach (var other in others)
            {
                Assert.Equal(HttpStatusCode.Forbidden, (await other.Get(path)).Status);
            }
        }
    }

    [Fact]
    public async Task People_are_found_by_every_part_of_names_and_addresses_that_is_typed()
    {
        var found = await ground.Given.Person(given: "Per%cy", family: "Ash_worth", email: "p.ashworth@finding.example");
        await ground.Given.Save(new PersonEmail { Email = "second-address@elsewhere.example", PersonId = found.Id, Main = false });
        await ground.Given.Person(given: "Perxcy", family: "Ashxworth", email: "another@finding.example");
        var unit = await UnitAsync();

        foreach (var words in new[] { "h_w", "cy ash_w", "r%c", "PER%", "ash_worth per", "p.ashworth", "second-addr", "ash_ elsewhere.example" })
        {
            var page = await unit.Get($"/manage/people?q={Uri.EscapeDataString(words)}");
            Assert.Contains("Per%cy Ash_worth", page.Text);
            Assert.DoesNotContain("Perxcy", page.Text);
        }

        Assert.Contains("Nobody matches all of this", (await unit.Get("/manage/people?q=ash_worth+nobody")).Text);
    }

    [Fact] // P1, P3
    public async Task People_are_picked_by_agency_with_its_departments_by_role_by_account_and_by_what_became_of_their_record()
    {
        var agency = await ground.Given.Agency(name: "Estuary Council");
        var worker = await ground.Given.Person(agency, family: "Pickworker");
        var department = await ground.Given.Person(await ground.Given.Agency(parent: agency.Id), family: "Pickdepartment");
        var former = await ground.Given.Person(family: "Pickformer");
        await ground.Given.Job(former, agency, "2019-01-01", "2024-05-15");
        var lead = await ground.Given.Person(await ground.Given.Agency(), family: "Picklead");
        await ground.Given.Role(lead, Role.AgencyLead, agency);
        var trainer = await ground.Given.Person(agency, family: "Picktrainer");
        await ground.Given.Trainer(await ground.Given.Session(), trainer);
        var merged = await ground.Given.Person(agency, family: "Pickmerged");
        await ground.Given.Save(new PersonMerge { PersonId = merged.Id, IntoId = worker.Id, RecordedAt = ground.Zone.Now, Reason = "One person" });
        var erased = await ground.Given.Person(agency, family: "Pickerased");
        await ground.With((ErasePerson erase) => erase.RunAsync(erased.Id, "A test.", Actor.Machine));
        await (await ground.SiteAsync()).SignedInAsync(worker.Id);
        var unit = await UnitAsync();

        Assert.Equal(["Pickdepartment", "Picktrainer", "Pickworker"], await FamiliesAsync($"agency={agency.Code.ToLowerInvariant()}"));
        Assert.Equal(["Picklead"], await FamiliesAsync("role=agency+lead"));
        Assert.Equal(["Picktrainer"], await FamiliesAsync("role=trainer"));
        Assert.Equal(["Pickworker"], await FamiliesAsync("account=yes"));
        Assert.Equal(["Pickdepartment", "Pickformer", "Picklead", "Picktrainer"], await FamiliesAsync("account=no"));
        Assert.Equal(["Pickformer"], await FamiliesAsync("state=waiting"));
        Assert.Equal(["Pickmerged"], await FamiliesAsync("state=merged"));
        Assert.Contains($"Name removed {erased.Id.ToString()[^4..]}", (await unit.Get("/manage/people?state=erased")).Text);
        Assert.Equal(["Pickdepartment", "Pickformer", "Picklead", "Picktrainer", "Pickworker"], await FamiliesAsync("state=nonsense&role=king&account=perhaps&page=-3"));

        async Task<string[]> FamiliesAsync(string filter) =>
            [.. (await unit.Get($"/manage/people?q=Pick&{filter}")).Document.QuerySelectorAll("tbody th a").Select(link => link.TextContent.Split(' ')[^1])];
    }

    [Fact]
    public async Task A_long_list_comes_in_pages_and_says_how_many_there_are()
    {
        await ground.Sql("""
            insert into persons (id, given_name, family_name, created_at) select gen_random_uuid(), 'Manyone', 'Number' || lpad(n::text, 3, '0'), now() from generate_series(1, 120) n
            """);
        var page = await (await UnitAsync()).Get("/manage/people?q=Manyone");

        Assert.Contains("120 people, page 1 of 3", page.Text);
        Assert.Contains("Number050", page.Text);
        Assert.DoesNotContain("Number051", page.Text);
        page = await (await page.Follow("Next page")).Follow("Next page");
        Assert.Contains("Number120", page.Text);
        Assert.DoesNotContain(page.Document.QuerySelectorAll("a"), link => link.TextContent.Contains("Next page", StringComparison.Ordinal));
    }

    [Fact] // S3, P5
    public async Task The_list_is_taken_away_as_CSV_without_formulas_on_record_and_without_what_was_searched_for()
    {
        await ground.Given.Person(await ground.Given.Agency(name: "=1+1"), given: "=cmd|' /C calc'!A0", family: "Takeaway, \"Jo\"", email: "take.away@csv.example");
        var unit = await UnitAsync();

        var answer = await unit.Http.GetAsync("/manage/people.csv?q=Takeaway");
        var text = await answer.Content.ReadAsStringAsync();

        Assert.Equal("text/csv", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("people.csv", answer.Content.Headers.ContentDisposition!.FileName);
        var lines = text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith("id,given_name,family_name,email,", lines[0]);
        Assert.Contains(",\"'=cmd|' /C calc'!A0\",\"Takeaway, \"\"Jo\"\"\",take.away@csv.example,,\"'=1+1\",,children,,no,", Assert.Single(lines[1..]));
        var entry = await ground.Sql<string>("select details::text from audit_entries where verb = 'exported people as CSV' and actor_id is not null order by id desc limit 1");
        Assert.Contains("\"searched\": true", entry);
        Assert.DoesNotContain("Takeaway", entry);
    }

    [Fact] // S3
    public async Task A_record_is_shown_whole_and_looking_is_on_the_trail()
    {
        var agency = await ground.Given.Agency(name: "Harbour Hospital");
        var person = await ground.Given.Person(agency, given: "Grace", family: "Whole", email: "grace@whole.example");
        await ground.Given.Save(new PersonEmail { Email = "old@whole.example", PersonId = person.Id, Main = false });
        await ground.Given.Role(person, Role.SubgroupMember);
        var course = await ground.Given.Course(title: "Neglect, a whole day");
        var booking = await ground.Given.Booking(await ground.Given.Session(course), person);
        await ground.Given.Save(new Completion
        {
            Id = Guid.CreateVersion7(), CourseId = (await ground.Given.Course(title: "Thresholds online")).Id, PersonId = person.Id, CompletedOn = new(2024, 3, 1), RecordedAt = ground.Zone.Now,
        });
        await QueueAsync(person, booking);

        var page = await (await UnitAsync()).Get($"/manage/people/{person.Id}");

        foreach (var words in new[]
        {
            "Grace Whole", "grace@whole.examplemain", "old@whole.examplenot confirmed", "Harbour Hospitalsince 1 January 2020, works with children", "Subgroup membersince 1 January 2020", "Never signed in",
            "Neglect, a whole day", "Booked since Wed 15 May 2024", "Thresholds online Fri 1 Mar 2024 Completed", "Booking confirmedA test.",
        })
        {
            Assert.Contains(words, page.Text);
        }

        Assert.Equal(1, await ground.Sql<long>($"select count(*) from audit_entries where verb = 'looked at a person''s record' and subject_id = '{person.Id}' and actor_id is not null"));
    }

    [Fact]
    public async Task A_record_that_does_not_exist_is_not_found_and_leaves_no_trace()
    {
        var nobody = Guid.CreateVersion7();
        var unit = await UnitAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await unit.Get($"/manage/people/{nobody}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await unit.Get($"/manage/people/{nobody}/name")).Status);
        Assert.Equal(0, await ground.Sql<long>($"select count(*) from audit_entries where subject_id = '{nobody}'"));
    }

    [Fact] // S3, P5
    public async Task A_name_is_corrected_and_what_cannot_be_one_is_said_beside_its_field()
    {
        var person = await ground.Given.Person(given: "Mispelt", family: "Wrongname");
        var page = await (await (await UnitAsync()).Get($"/manage/people/{person.Id}")).Follow("Correct the name");

        var empty = await page.Submit("Save the name", ("Input.Given", " "), ("Input.Family", ""));
        Assert.Contains("Enter a given name or a family name", empty.Document.QuerySelector("#Input_Given-error")!.TextContent);
        var header = await page.Submit("Save the name", ("Input.Given", "Sam"), ("Input.Family", "Smith\r\nBcc: all@council.example"));
        Assert.Contains("The family name has a character that is none", header.Document.QuerySelector("#Input_Family-error")!.TextContent);
        Assert.Contains("must be 100 characters or fewer", (await page.Submit("Save the name", ("Input.Given", new string('x', 101)))).Text);
        Assert.Equal("Mispelt", await ground.Sql<string>($"select given_name from persons where id = '{person.Id}'"));

        var after = await page.Submit("Save the name", ("Input.Given", " Siân "), ("Input.Family", "O’Rightname"));
        Assert.Contains("The name is corrected", after.Text);
        Assert.Contains("Siân O’Rightname", after.Document.QuerySelector("h1")!.TextContent);
        Assert.Equal("{}", await ground.Sql<string>($"select coalesce(details, jsonb_build_object())::text from audit_entries where verb = 'changed a person''s name' and subject_id = '{person.Id}'"));
    }

    [Fact]
    public async Task Three_of_everything_take_as_many_statements_as_one()
    {
        var counter = new StatementCount();
        await using var site = await counter.SiteAsync(ground);
        var visitor = await site.SignedInAsync((await ground.Given.Unit()).Id);
        var agency = await ground.Given.Agency();
        var person = await ground.Given.Person(agency, given: "Countme");
        await AddAsync();
        await CountAsync(); // What is prepared once is prepared now.

        var one = await CountAsync();
        await ground.Given.Person(agency, given: "Countme");
        await ground.Given.Person(agency, given: "Countme");
        await AddAsync();
        await AddAsync();
        var three = await CountAsync();

        Assert.Equal(one, three);
        Assert.All(one, count => Assert.InRange(count, 1, 20));

        async Task AddAsync()
        {
            var booking = await ground.Given.Booking(await ground.Given.Session(), person);
            await QueueAsync(person, booking);
            await ground.Given.Role(person, Role.AgencyLead, await ground.Given.Agency());
            await ground.Given.Job(person, await ground.Given.Agency(), "2021-01-01");
        }

        async Task<int[]> CountAsync()
        {
            var counts = new List<int>();
            foreach (var path in new[] { "/manage/people?q=Countme", $"/manage/people/{person.Id}" })
            {
                counts.Add(await counter.Of(async () => Assert.Equal(HttpStatusCode.OK, (await visitor.Get(path)).Status)));
            }

            return [.. counts];
        }
    }

    private async Task<Visitor> UnitAsync() => await (await ground.SiteAsync()).SignedInAsync((await ground.Given.Unit()).Id);

    private async Task QueueAsync(Person person, Booking booking)
    {
        await using var db = ground.Db();
        await using var transaction = await db.Database.BeginTransactionAsync();
        await Outbox.QueueAsync(db, ground.Zone.Now, [new Outgoing { Kind = "booking-confirmed", PersonId = person.Id, SubjectId = booking.Id, SessionId = booking.SessionId, Why = "A test." }]);
        await transaction.CommitAsync();
    }
}
