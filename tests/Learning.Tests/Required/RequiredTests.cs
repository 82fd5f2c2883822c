using Learning.Attendance;
using Learning.Catalogue;
using Learning.People;
using Learning.Required;
using Learning.Tests.Figures;
using Learning.Tests.Support;

namespace Learning.Tests.Required;

/// <summary>Who needs which course, by when, and what counts as having it.</summary>
public sealed class RequiredTests(Ground ground) : IClassFixture<Ground>
{
    private readonly Told told = new(ground);

    [Fact] // B8's kind: rules by workforce, level, job and agency with its departments
    public async Task A_rule_asks_whom_it_names_and_nobody_else()
    {
        var (agency, other) = (await ground.Given.Agency(), await ground.Given.Agency());
        var department = await ground.Given.Agency(parent: agency.Id);
        var course = await CourseAsync(36);
        await Rule(course, agency: agency, workforce: Workforce.Adults, level: "3", jobWords: "Social Worker", dueDays: 30);
        async Task<int> Asked(Agency at, Workforce workforce, string? level, string? job)
        {
            var person = await ground.Given.Person();
            await ground.Given.Save(new Employment { Id = Guid.CreateVersion7(), PersonId = person.Id, AgencyId = at.Id, Workforce = workforce, Level = level, JobTitle = job, StartsOn = new(2024, 5, 1) });
            return (await Mine(person)).Count;
        }

        ground.Clock.Set("2024-05-16 09:00");
        Assert.Equal(1, await Asked(agency, Workforce.Adults, "3", "Senior social worker"));
        Assert.Equal(1, await Asked(department, Workforce.Adults, "3", "Social worker"));
        Assert.Equal(0, await Asked(other, Workforce.Adults, "3", "Social worker"));
        Assert.Equal(0, await Asked(agency, Workforce.Children, "3", "Social worker"));
        Assert.Equal(0, await Asked(agency, Workforce.Adults, "2", "Social worker"));
        Assert.Equal(0, await Asked(agency, Workforce.Adults, "3", null));
    }

    [Fact] // Due so many days after joining, or after the rule began where that is later; or by a date
    public async Task What_is_due_is_due_after_joining_or_by_a_date_and_then_overdue()
    {
        ground.Clock.Set("2024-05-16 09:00");
        var agency = await ground.Given.Agency();
        var (days, dated) = (await CourseAsync(36), await CourseAsync(36));
        await Rule(days, agency: agency, dueDays: 30);
        await Rule(dated, agency: agency, dueOn: "2024-06-30");
        var old = await ground.Given.Person(agency);
        var fresh = await ground.Given.Person();
        await ground.Given.Job(fresh, agency, "2024-05-20");
        Assert.Equal([("2024-06-15", RequiredState.Due), ("2024-06-30", RequiredState.Due)], (await Mine(old)).Select(Said));
        ground.Clock.Set("2024-06-16 09:00");
        Assert.Equal([("2024-06-15", RequiredState.Overdue), ("2024-06-30", RequiredState.Due)], (await Mine(old)).Select(Said));
        Assert.Equal([("2024-06-19", RequiredState.Due), ("2024-06-30", RequiredState.Due)], (await Mine(fresh)).Select(Said));
    }

    [Fact] // S2
    public async Task My_record_says_of_each_course_that_ones_work_needs_whether_it_is_in_date_due_or_overdue()
    {
        ground.Clock.Set("2023-05-01 09:00");
        var agency = await ground.Given.Agency();
        var (held, late, soon) = (await CourseAsync(36), await CourseAsync(36), await CourseAsync(36));
        await Rule(held, agency: agency, dueDays: 30);
        await Rule(late, agency: agency, dueOn: "2024-04-30");
        await Rule(soon, agency: agency, dueOn: "2024-06-30");
        var person = await ground.Given.Person(agency);
        await told.Complete(held, person, "2023-06-01");
        ground.Clock.Set("2024-05-16 09:00");

        var page = await (await (await ground.SiteAsync()).SignedInAsync(person.Id)).Get("/my/record");
        Assert.Equal(
            [$"{late.Title}|Overdue|Tue 30 Apr 2024|Never", $"{soon.Title}|Due|Sun 30 Jun 2024|Never", $"{held.Title}|In date|Mon 1 Jun 2026|Thu 1 Jun 2023"],
            page.Document.QuerySelectorAll("[aria-labelledby=needed-title] tbody tr").Select(row => string.Join('|', row.Children.Select(cell => cell.TextContent.Trim()))));
        Assert.Null((await (await (await ground.SiteAsync()).SignedInAsync((await ground.Given.Person()).Id)).Get("/my/record")).Document.QuerySelector("[aria-labelledby=needed-title]"));
    }

    [Fact] // Validity: in date until it runs out, due within sixty days of that, then overdue
    public async Task A_refresher_is_due_before_what_is_held_runs_out()
    {
        var agency = await ground.Given.Agency();
        var course = await CourseAsync(12);
        ground.Clock.Set("2023-01-10 09:00");
        await Rule(course, agency: agency, dueDays: 30);
        var person = await ground.Given.Person(agency);
        await told.Complete(course, person, "2023-06-01");
        foreach (var (day, state) in new[] { ("2023-06-01", RequiredState.InDate), ("2024-04-01", RequiredState.InDate), ("2024-04-02", RequiredState.Due), ("2024-05-31", RequiredState.Due), ("2024-06-01", RequiredState.Overdue) })
        {
            ground.Clock.Set($"{day} 09:00");
            Assert.Equal(("2024-06-01", state), Said(Assert.Single(await Mine(person))));
        }
    }

    [Fact] // E1: "this version needs everyone again"
    public async Task A_version_that_needs_everyone_again_is_due_anew_and_what_was_completed_before_does_not_count()
    {
        var agency = await ground.Given.Agency();
        var course = await CourseAsync(36);
        ground.Clock.Set("2024-01-10 09:00");
        await Rule(course, agency: agency, dueDays: 30);
        var (before, after) = (await ground.Given.Person(agency), await ground.Given.Person(agency));
        await told.Complete(course, before, "2024-02-01");
        await Published(course, "2024-05-01", null);
        ground.Clock.Set("2024-05-16 09:00");
        Assert.Equal(RequiredState.InDate, Assert.Single(await Mine(before)).State);

        await Published(course, "2024-05-15", "The law has changed");
        await told.Complete(course, after, "2024-05-16");

        Assert.Equal(("2024-06-14", RequiredState.Due), Said(Assert.Single(await Mine(before))));
        Assert.Equal(RequiredState.InDate, Assert.Single(await Mine(after)).State);
        Assert.Equal(2L, await ground.Sql<long>($"select count(*) from completions where course_id = '{course.Id}'"));
    }

    [Fact] // A7, P3: attended by the marks that stand, and whatever record is counted as theirs
    public async Task What_was_attended_counts_as_it_does_everywhere()
    {
        ground.Clock.Set("2024-06-10 09:00");
        var agency = await ground.Given.Agency();
        var course = await ground.Given.Course();
        await Rule(course, agency: agency, dueDays: 0);
        var session = await ground.Given.Session(course, 20, "2024-06-03 09:30 to 12:00");
        var (came, amended, stood, merged) = (await ground.Given.Person(agency), await ground.Given.Person(agency), await ground.Given.Person(agency), await ground.Given.Person(agency));
        var (holder, twin) = (await ground.Given.Person(), await ground.Given.Person());
        await told.Mark(session, came, MarkKind.Attended);
        await told.Mark(session, amended, MarkKind.Attended);
        await told.Mark(session, amended, MarkKind.Dna, at: "2024-06-03 17:00");
        await told.Mark(session, holder, MarkKind.Substitute, substitute: stood);
        await told.Mark(session, twin, MarkKind.Attended);
        await told.Merge(twin, merged, "2024-06-05 09:00");
        Assert.Equal(
            [RequiredState.InDate, RequiredState.Overdue, RequiredState.InDate, RequiredState.InDate],
            [(await Mine(came))[0].State, (await Mine(amended))[0].State, (await Mine(stood))[0].State, (await Mine(merged))[0].State]);
        // The same as the rule of prerequisites says (B8).
        foreach (var person in new[] { came, amended, stood, merged })
        {
            Assert.Equal(await ground.Sql<bool>($"select holds_course('{person.Id}', '{course.Id}', '2024-06-10')"), (await Mine(person))[0].State == RequiredState.InDate);
        }
    }

    [Fact] // "A face-to-face level 3 counts"
    public async Task Another_course_and_every_course_of_a_kind_and_level_can_count()
    {
        ground.Clock.Set("2024-06-10 09:00");
        var agency = await ground.Given.Agency();
        var (course, named, level3, level2) = (await CourseAsync(36), await CourseAsync(null), await ground.Given.Course(), await ground.Given.Course());
        await ground.Sql($"update courses set level = '3' where id = '{level3.Id}'; update courses set level = '2' where id = '{level2.Id}'");
        await Rule(course, agency: agency, dueDays: 0);
        var (one, two, three) = (await ground.Given.Person(agency), await ground.Given.Person(agency), await ground.Given.Person(agency));
        await told.Complete(named, one, "2024-05-01");
        var (held3, held2) = (await ground.Given.Session(level3, 20, "2024-06-03 09:30 to 12:00"), await ground.Given.Session(level2, 20, "2024-06-04 09:30 to 12:00"));
        await told.Mark(held3, two, MarkKind.Attended);
        await told.Mark(held2, three, MarkKind.Attended);
        Assert.All([await Mine(one), await Mine(two), await Mine(three)], all => Assert.Equal(RequiredState.Overdue, all[0].State));
        var unit = await ground.Given.Actor(await ground.Given.Unit());
        Assert.True(await ground.With((SetRequired set) => set.CountAsync(course.Code, named.Code, null, null, unit, Wrong)));
        Assert.True(await ground.With((SetRequired set) => set.CountAsync(course.Code, null, "trained", "3", unit, Wrong)));
        Assert.Equal([RequiredState.InDate, RequiredState.InDate, RequiredState.Overdue], [(await Mine(one))[0].State, (await Mine(two))[0].State, (await Mine(three))[0].State]);
        Assert.Equal(("2027-05-01", RequiredState.InDate), Said((await Mine(one))[0]));
    }

    [Fact] // A rule that was ended asks nobody; a rule is for the business unit
    public async Task A_rule_is_ended_and_a_lead_makes_none()
    {
        ground.Clock.Set("2024-06-10 09:00");
        var agency = await ground.Given.Agency();
        var person = await ground.Given.Person(agency);
        var course = await CourseAsync(36);
        var id = await Rule(course, agency: agency, dueDays: 0);
        Assert.Single(await Mine(person));
        var lead = await ground.Given.Person(agency);
        await ground.Given.Role(lead, Role.AgencyLead, agency);
        await ground.With((SetRequired set) => set.EndAsync(id, ground.Given.Actor(lead).Result, default));
        Assert.Single(await Mine(person));
        Assert.False(await ground.With((SetRequired set) => set.AddAsync(new TypedRule(course.Code, null, null, null, null, null, "1", null, "x"), ground.Given.Actor(lead).Result, (_, _) => { })));
        var unit = await ground.Given.Actor(await ground.Given.Unit());
        await ground.With((SetRequired set) => set.EndAsync(id, unit, default));
        Assert.Empty(await Mine(person));
    }

    private static void Wrong(string field, string sentence) => Assert.Fail($"{field}: {sentence}");

    private static (string, RequiredState) Said(RequiredCourse course) => ($"{course.By:yyyy-MM-dd}", course.State);

    private Task<IReadOnlyList<RequiredCourse>> Mine(Person person) => ground.With((MyRequired required) => required.ListAsync(person.Id));

    private async Task<Course> CourseAsync(int? months)
    {
        var course = await ground.Given.Course(CourseKind.ELearning);
        await ground.Sql($"update courses set validity_months = {months?.ToString() ?? "null"} where id = '{course.Id}'");
        return course;
    }

    private async Task<Guid> Rule(Course course, Agency? agency = null, Workforce? workforce = null, string? level = null, string? jobWords = null, int? dueDays = null, string? dueOn = null)
    {
        var rule = new RequiredRule
        {
            Id = Guid.CreateVersion7(), CourseId = course.Id, AgencyId = agency?.Id, Workforce = workforce, Level = level, JobWords = jobWords, DueDays = dueDays, DueOn = dueOn is null ? null : DateOnly.Parse(dueOn),
            StartsOn = ground.Zone.Today < new DateOnly(2024, 5, 16) ? ground.Zone.Today : new DateOnly(2024, 5, 16), Because = "It was agreed", MadeAt = ground.Zone.Now,
        };
        await ground.Given.Save(rule);
        return rule.Id;
    }

    private async Task Published(Course course, string day, string? everyoneAgain)
    {
        var (digest, by) = (Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(32)), await ground.Given.Person());
        await ground.Sql($"insert into course_versions (course_id, digest, texts, first_used_at) values ('{course.Id}', '{digest}', '{{}}', '{day} 06:00Z')");
        await ground.Sql($"""
            insert into course_publications (id, course_id, digest, folder_digest, saves_through, note, everyone_again_because, published_at, published_by)
            values (gen_random_uuid(), '{course.Id}', '{digest}', '', 0, 'New', {(everyoneAgain is null ? "null" : $"'{everyoneAgain}'")}, '{day} 06:00Z', '{by.Id}')
            """);
    }
}
