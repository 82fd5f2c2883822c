using Learning.Bookings;
using Learning.Bookings.Desk;
using Learning.Catalogue;
using Learning.Messages;
using Learning.People;
using Learning.Tests.Support;

namespace Learning.Tests.Bookings;

/// <summary>A session or a series is planned in one form, in local wall time (T1), or nothing of it is.</summary>
public class PlanSessionTests(Ground ground) : IClassFixture<Ground>, IAsyncLifetime
{
    private Actor unit = null!;
    private Course course = null!;

    public async Task InitializeAsync()
    {
        ground.Clock.Set("2024-05-15 09:00");
        unit = await ground.Given.Actor(await ground.Given.Unit());
        course = await ground.Given.Course();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact] // T1, T3
    public async Task Two_days_are_planned_with_their_trainers_and_everything_that_follows_from_the_wall_time()
    {
        var trainer = await ground.Given.Person(email: "gives@agency.example");

        var planned = await PlanAsync(Typed() with
        {
            When = new([new("2024-10-25", "9.30am", "4pm"), new("", "", ""), new("28/10/2024", "09:30", "16:00", " The second ")], "hybrid", " Estuary  Hall ", "https://meet.example/1", "2024-10-18"),
            Capacity = "24", Minimum = "8", DecideOn = "2024-10-11", Trainers = "Gives@agency.example\r\n",
        });

        Assert.Equal([$"{course.Code}-2024-10"], planned);
        // The clocks go back in between, and both days begin at half past nine.
        Assert.Equal("2024-10-25 08:30:00, 2024-10-28 16:00:00, 2024-10-28, 2024-10-18 16:00:00, Estuary Hall, 24, 8, 2024-10-11, hybrid", await ground.Sql<string>($"""
            select concat_ws(', ', starts_at at time zone 'UTC', ends_at at time zone 'UTC', counted_on, booking_closes_at at time zone 'UTC', venue, capacity, minimum, decide_on, mode) from sessions where ref = '{planned[0]}'
            """));
        Assert.Equal("1  09:30:00; 2 The second 09:30:00", await ground.Sql<string>($"""
            select string_agg(p.number || ' ' || coalesce(p.title, '') || ' ' || p.starts_local::time, '; ' order by p.number) from session_parts p join sessions s on s.id = p.session_id where s.ref = '{planned[0]}'
            """));
        Assert.Equal(trainer.Id, await ground.Sql<Guid>($"select t.person_id from session_trainers t join sessions s on s.id = t.session_id where s.ref = '{planned[0]}'"));
        Assert.Equal(1L, await ground.Sql<long>($"select count(*) from session_history h join sessions s on s.id = h.session_id where s.ref = '{planned[0]}'"));
        Assert.Equal("planned a session", await ground.Sql<string>($"select verb from audit_entries a join sessions s on s.id = a.subject_id where s.ref = '{planned[0]}'"));
    }

    [Fact]
    public async Task A_series_has_a_reference_each_and_stays_at_its_hour_across_a_clock_change()
    {
        Assert.Equal([$"{course.Code}-2024-10", $"{course.Code}-2024-10-2", $"{course.Code}-2024-11"], await PlanAsync(Typed("2024-10-10") with { Repeat = "fortnightly", Times = "3" }));
        Assert.Equal([$"{course.Code}-2024-10-3"], await PlanAsync(Typed("2024-10-11")));
        Assert.Equal([$"{course.Code}-2025-01", $"{course.Code}-2025-02", $"{course.Code}-2025-03"], await PlanAsync(Typed("2025-01-31") with { Repeat = "monthly", Times = "3" }));

        Assert.Equal("2024-10-10 08:30:00, 2024-10-24 08:30:00, 2024-11-07 09:30:00", await ground.Sql<string>($"""
            select string_agg((starts_at at time zone 'UTC')::text, ', ' order by starts_at) from sessions where series_id = (select series_id from sessions where ref = '{course.Code}-2024-10')
            """));
        Assert.Equal("2025-02-28", await ground.Sql<string>($"select counted_on::text from sessions where ref = '{course.Code}-2025-02'"));
    }

    [Theory]
    [InlineData(DeskField.Day, "2024-05-14", "still to come")]
    [InlineData(DeskField.Day, "2029-05-16", "within the next 5 years")]
    [InlineData(DeskField.Day, "31/02/2025", "Enter its date")]
    [InlineData(DeskField.Day, "", "Enter its date")]
    [InlineData(DeskField.Starts, "half nine", "Enter when it starts")]
    [InlineData(DeskField.Ends, "09:00", "after the start")]
    [InlineData(DeskField.Ends, "08:00", "after the start")]
    [InlineData(DeskField.Ends, "", "Enter when it ends")]
    [InlineData(DeskField.Capacity, "0", "at least 1 place")]
    [InlineData(DeskField.Capacity, "100000", "at most 5,000")]
    [InlineData(DeskField.Capacity, "99999999999999", "Enter how many")]
    [InlineData(DeskField.Capacity, "", "Enter how many")]
    [InlineData(DeskField.Mode, "by post", "Choose how")]
    [InlineData(DeskField.JoinLink, "javascript:alert(1)", "https://")]
    [InlineData(DeskField.Closes, "2024-07-01", "before the session starts")]
    [InlineData(DeskField.Closes, "2024-05-14", "still to come")]
    [InlineData(DeskField.Closes, "soon", "Enter a date")]
    [InlineData(DeskField.Trainers, "nobody@agency.example", "nobody’s address")]
    [InlineData(DeskField.Course, "NONE", "Choose a course")]
    [InlineData(DeskField.Minimum, "40", "no more than there are places")]
    [InlineData(DeskField.DecideOn, "2024-06-30", "before the session starts")]
    [InlineData(DeskField.Repeats, "1", "from 2 to 26")]
    [InlineData(DeskField.Repeats, "1000", "from 2 to 26")]
    public async Task What_cannot_be_is_said_beside_its_field_and_nothing_is_written(DeskField field, string typed, string sentence)
    {
        var plan = Typed() with { When = Typed().When with { Mode = "hybrid" } };
        var part = plan.When.Parts[0];
        plan = field switch
        {
            DeskField.Day => plan with { When = plan.When with { Parts = [part with { Day = typed }] } },
            DeskField.Starts => plan with { When = plan.When with { Parts = [part with { Starts = typed }] } },
            DeskField.Ends => plan with { When = plan.When with { Parts = [part with { Starts = "09:00", Ends = typed }] } },
            DeskField.Mode => plan with { When = plan.When with { Mode = typed } },
            DeskField.JoinLink => plan with { When = plan.When with { JoinLink = typed } },
            DeskField.Closes => plan with { When = plan.When with { Closes = typed } },
            DeskField.Capacity => plan with { Capacity = typed },
            DeskField.Trainers => plan with { Trainers = typed },
            DeskField.Course => plan with { Course = typed },
            DeskField.Minimum => plan with { Minimum = typed, DecideOn = "2024-06-10" },
            DeskField.DecideOn => plan with { Minimum = "5", DecideOn = typed },
            _ => plan with { Repeat = "weekly", Times = typed },
        };

        var mistake = Assert.Single(Assert.IsType<PlanOutcome.Refused>(await ground.With((PlanSession verb) => verb.RunAsync(plan, unit))).Mistakes);

        Assert.Equal(field, mistake.Field);
        Assert.Contains(sentence, mistake.Sentence);
        Assert.Equal(0L, await ground.Sql<long>($"select count(*) from sessions where course_id = '{course.Id}'"));
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_said_at_once()
    {
        var plan = Typed("2024-05-01") with { Capacity = "0", Trainers = "nobody@agency.example", Course = "" };
        plan = plan with { When = plan.When with { Parts = [plan.When.Parts[0] with { Ends = "08:00" }], Mode = null } };

        var mistakes = Assert.IsType<PlanOutcome.Refused>(await ground.With((PlanSession verb) => verb.RunAsync(plan, unit))).Mistakes;

        Assert.Equal([DeskField.Course, DeskField.Day, DeskField.Ends, DeskField.Mode, DeskField.Capacity, DeskField.Trainers], mistakes.Select(mistake => mistake.Field));
    }

    [Fact]
    public async Task A_day_out_of_order_or_far_outside_is_said_beside_that_day()
    {
        Assert.Equal((1, "It starts before"), await WrongDay("2024-06-20 is first", "2024-06-19"));
        Assert.Equal((1, "It lies outside "), await WrongDay("2024-06-20 is first", "2025-06-19"));

        async Task<(int, string)> WrongDay(string first, string second)
        {
            var plan = Typed(first[..10]);
            plan = plan with { When = plan.When with { Parts = [plan.When.Parts[0], new(second, "10:00", "12:00")] } };
            var mistake = Assert.Single(Assert.IsType<PlanOutcome.Refused>(await ground.With((PlanSession verb) => verb.RunAsync(plan, unit))).Mistakes);
            return (mistake.Part, mistake.Sentence[..16]);
        }
    }

    [Fact] // S1
    public async Task Only_for_a_course_that_one_organises_and_that_has_sessions()
    {
        var owner = await ground.Given.Agency();
        var (theirs, withdrawn, online) = (await ground.Given.Course(owner: owner), await ground.Given.Course(), await ground.Given.Course(CourseKind.ELearning));
        await ground.Sql($"update courses set withdrawn_on = '2024-05-15' where id = '{withdrawn.Id}'");
        var (named, other) = (await ground.Given.Person(owner), await ground.Given.Person(owner));
        await ground.Given.Save(new CourseOrganiser { CourseId = theirs.Id, PersonId = named.Id });

        Assert.Contains("Choose a course", Sentence(await As(named, course)));
        Assert.IsType<PlanOutcome.Planned>(await As(named, theirs));
        Assert.IsType<PlanOutcome.NotFound>(await As(other, theirs));
        Assert.Contains("withdrawn", Sentence(await ground.With((PlanSession verb) => verb.RunAsync(Typed() with { Course = withdrawn.Code }, unit))));
        Assert.Contains("E-learning", Sentence(await ground.With((PlanSession verb) => verb.RunAsync(Typed() with { Course = online.Code }, unit))));

        async Task<PlanOutcome> As(Person person, Course of)
        {
            var actor = await ground.Given.Actor(person);
            return await ground.With((PlanSession verb) => verb.RunAsync(Typed() with { Course = of.Code }, actor));
        }
    }

    [Fact] // M3
    public async Task Whoever_wanted_to_hear_of_a_date_is_told_once_of_a_series_and_nobody_whose_wish_has_ended()
    {
        var (wishing, ended, elsewhere) = (await ground.Given.Person(), await ground.Given.Person(), await ground.Given.Person());
        var other = await ground.Given.Course();
        await ground.Sql($"""
            insert into course_interests (id, course_id, person_id, asked_at, ended_at, ended_because) values
                (gen_random_uuid(), '{course.Id}', '{wishing.Id}', '2024-05-01', null, null), (gen_random_uuid(), '{course.Id}', '{ended.Id}', '2024-05-01', '2024-05-02', 'taken back'),
                (gen_random_uuid(), '{other.Id}', '{elsewhere.Id}', '2024-05-01', null, null)
            """);

        await PlanAsync(Typed() with { Repeat = "weekly", Times = "4" });

        Assert.Equal([wishing.Id], await ground.Sql<Guid[]>($"select array_agg(person_id) from messages where kind = 'session-planned' and person_id in ('{wishing.Id}', '{ended.Id}', '{elsewhere.Id}')"));
        var letter = Assert.IsType<Draft.Ready>(await DraftAsync(wishing)).Letter;
        Assert.Contains("There is a date", letter.Subject);
        Assert.Contains("3 more dates", letter.Text);
        await ground.Sql($"update course_interests set ended_at = now(), ended_because = 'booked' where person_id = '{wishing.Id}'");
        Assert.IsType<Draft.Dropped>(await DraftAsync(wishing));
    }

    [Fact]
    public async Task As_somebody_with_a_browser_one_plans_mends_a_mistake_and_copies()
    {
        var visitor = await (await ground.SiteAsync()).SignedInAsync((await ground.Given.Unit()).Id);
        await ground.Given.Person(email: "copied@agency.example");
        var form = await visitor.Get($"/manage/sessions/plan?course={course.Code}");

        var wrong = await form.Submit("Plan it", ("Input.Parts[0].Day", "2024-06-20"), ("Input.Parts[0].Starts", "09:30"), ("Input.Parts[0].Ends", "09:00"), ("Input.Mode", "in person"), ("Input.Capacity", "12"), ("Input.Trainers", "copied@agency.example"));
        Assert.Equal("Enter an end that is after the start", wrong.Document.QuerySelector("#Input_Parts_0_Ends-error")!.TextContent.Replace("Error:", "").Trim());
        Assert.NotNull(wrong.Document.QuerySelector("a[href='#Input_Parts_0_Ends']"));
        Assert.Equal("2024-06-20", wrong.Document.QuerySelector("#Input_Parts_0_Day")!.GetAttribute("value"));
        var planned = await wrong.Submit("Plan it", ("Input.Parts[0].Ends", "16:00"));
        Assert.Contains("The session is planned", planned.Text);
        Assert.Equal($"/manage/sessions/{course.Code}-2024-06?done=planned", planned.Path);

        var copy = await planned.Follow("Plan another like it");
        Assert.Equal("", copy.Document.QuerySelector("#Input_Parts_0_Day")!.GetAttribute("value") ?? "");
        var again = await copy.Submit("Plan it", ("Input.Parts[0].Day", "2024-06-27"));
        Assert.Equal($"/manage/sessions/{course.Code}-2024-06-2?done=planned", again.Path);
        Assert.Equal(2L, await ground.Sql<long>($"select count(*) from session_trainers t join sessions s on s.id = t.session_id where s.course_id = '{course.Id}'"));
    }

    private TypedPlan Typed(string day = "2024-06-20") => new(course.Code, new([new(day, "09:30", "16:00")], "in person", "Estuary Hall", null, null), "20", null, null, null, null, null);

    private async Task<IReadOnlyList<string>> PlanAsync(TypedPlan typed) => Assert.IsType<PlanOutcome.Planned>(await ground.With((PlanSession verb) => verb.RunAsync(typed, unit))).Refs;

    private async Task<Draft> DraftAsync(Person person)
    {
        await using var db = ground.Db();
        var message = db.Messages.Single(one => one.PersonId == person.Id && one.Kind == "session-planned");
        return await ground.With((WriteLetter write) => write.RunAsync(db, message, default));
    }

    private static string Sentence(PlanOutcome outcome) => Assert.Single(Assert.IsType<PlanOutcome.Refused>(outcome).Mistakes).Sentence;
}
