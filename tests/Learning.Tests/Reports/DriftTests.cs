using Learning.Attendance;
using Learning.Catalogue;
using Learning.Figures;
using Learning.People;
using Learning.Records;

namespace Learning.Tests.Reports;

/// <summary>F8: what a signed figure would be now, which records differ, and why: exactly those, and the signed value stays.</summary>
public sealed class DriftTests(SigningSite site) : IClassFixture<SigningSite>
{
    [Fact] // F8: nothing happened, nothing is said; what lies outside the figure neither
    public async Task Where_nothing_differs_nothing_is_listed()
    {
        var (course, report, _, _) = await SignedAsync(3, "people: measure: people", "rate: measure: dna_rate", "booked: measure: places_booked", "courses: measure: courses_available", "trainers: measure: trainers_active");
        await site.Held(await site.Told.Given.Course(), 2, "2024-09-02");
        await site.Held(course, 2, "2025-05-16");
        var drift = await site.Drift(report);
        Assert.Empty(drift.Figures);
        Assert.Equal(3.0, drift.Now.Find("people")!.Value);
    }

    [Fact] // F8: a register that came late, as a whole
    public async Task A_late_register_is_listed_record_by_record()
    {
        var (course, report, _, _) = await SignedAsync(5, "people: measure: people, by: [agency]", "held: measure: sessions_held");
        var agency = await site.Told.Given.Agency(code: "LATE");
        var late = await site.Told.Given.Session(course, 20, "2024-06-10 09:30 to 12:30");
        for (var i = 0; i < 2; i++)
        {
            await site.Told.Mark(late, await site.Told.Given.Person(), MarkKind.Attended, at: "2024-06-10 12:30", recorded: "2025-05-20 10:00", agency: agency);
        }

        await site.Told.Sign(late, "2025-05-20 10:05");
        var people = await FigureAsync(report, "people");
        Assert.Equal((5.0, 7.0, 2), (people.Signed, people.Now, people.Records));
        Assert.Equal("2 records of a register that came late", people.Because);
        Assert.All(people.Differences, one => Assert.Equal(
            new Difference(DriftKind.Came, DriftCause.LateRegister, late.Ref, course.Code, course.Title, new DateOnly(2024, 6, 10), "LATE", site.Told.At("2025-05-20 10:00").ToUniversalTime()), one));
        var held = Assert.Single((await FigureAsync(report, "held")).Differences);
        Assert.Equal((DriftKind.Came, DriftCause.Register, late.Ref), (held.Kind, held.Cause, held.Ref));
    }

    [Fact] // F8: a corrected mark either way, and one that is corrected to the same effect
    public async Task An_amended_mark_is_listed_once()
    {
        var (_, report, session, people) = await SignedAsync(5, "people: measure: people", "attendances: measure: attendances");
        await site.Told.Mark(session, people[0], MarkKind.Dna, at: "2025-05-20 10:00");
        await site.Told.Mark(session, people[1], MarkKind.Attended, at: "2025-05-20 10:00");
        await site.Told.Mark(session, await site.Told.Given.Person(), MarkKind.Attended, at: "2025-05-20 10:00");
        var figure = await FigureAsync(report, "people");
        Assert.Equal((5.0, 5.0, 3), (figure.Signed, figure.Now, figure.Records));
        Assert.Equal(
            [(DriftKind.Came, DriftCause.LateMark), (DriftKind.Gone, DriftCause.AmendedMark), (DriftKind.Changed, DriftCause.AmendedMark)],
            figure.Differences.Select(one => (one.Kind, one.Cause)).Order());
    }

    [Fact] // F8, P3: a merge, and setting apart again
    public async Task A_merge_is_listed_for_what_it_changes()
    {
        var (course, report, session, people) = await SignedAsync(5, "people: measure: people", "attendances: measure: attendances");
        var (other, _) = await site.Held(course, 0, "2024-07-08");
        await site.Told.Mark(other, people[0], MarkKind.Attended, at: "2024-07-08 16:00");
        var chair = await site.Chair();
        Assert.IsType<Learning.Reports.SigningOutcome.Signed>(await site.Sign(report, chair, 1, "Another session."));
        site.Ground.Clock.Set("2025-06-20 09:00");
        await site.Told.Merge(people[0], people[1], "2025-06-10 10:00");

        // Two sessions of the one become the other's: of the first session two records become one, of the second the record counts for another.
        var figure = await FigureAsync(report, "people");
        Assert.Equal((5.0, 4.0), (figure.Signed, figure.Now));
        Assert.Equal([(DriftKind.Gone, session.Ref), (DriftKind.Changed, other.Ref)], figure.Differences.Select(one => (one.Kind, one.Ref!)).Order());
        Assert.All(figure.Differences, one => Assert.Equal(DriftCause.Merge, one.Cause));
        Assert.Equal((6.0, 5.0), ((await FigureAsync(report, "attendances")).Signed, (await FigureAsync(report, "attendances")).Now));
        await site.Told.Merge(people[0], null, "2025-06-11 10:00");
        Assert.Empty((await site.Drift(report)).Figures);
    }

    [Fact] // F8, P5: an erasure changes nothing of the figure; who it was is not told either
    public async Task An_erasure_changes_nothing()
    {
        var (_, report, _, people) = await SignedAsync(5, "people: measure: people, by: [agency]");
        var before = await site.Signed(report);
        await site.With((ErasePerson erase) => erase.RunAsync(people[0].Id, "They asked.", Actor.Machine));
        var drift = await site.Drift(report);
        Assert.Equal((5.0, before.Computed.Figures[0].Digest), (drift.Now.Figures[0].Value, drift.Now.Figures[0].Digest));
        Assert.Empty(drift.Figures);
    }

    [Fact] // F8, P2: an agency that was renamed, or corrected into another sector, is told; the total stays
    public async Task A_renamed_agency_is_listed()
    {
        site.Ground.Clock.Set("2025-05-15 09:00");
        var course = await site.Told.Given.Course();
        var agency = await site.Told.Given.Agency("Hospice", "Health", code: $"HO{course.Code}");
        await site.Held(course, 6, agency: agency);
        var report = await site.Report(course, "agency: measure: people, by: [agency]", "sector: measure: people, by: [sector]", "limited: measure: people, sector: Health");
        await site.Sign(report, await site.Chair());
        site.Ground.Clock.Set("2025-06-01 09:00");
        await site.Ground.Sql($"update agencies set name = 'Harbour Hospice', holds_from = '2020-01-01', changed_at = '2025-05-20 10:00' where id = '{agency.Id}'");
        var renamed = Assert.Single((await FigureAsync(report, "agency")).Differences);
        Assert.Equal((DriftCause.Agency, $"{agency.Code} was called Hospice and is called Harbour Hospice"), (renamed.Cause, renamed.Words));
        Assert.Equal(["agency"], (await site.Drift(report)).Figures.Select(figure => figure.Figure));

        await site.Ground.Sql($"update agencies set sector = 'Voluntary', holds_from = '2020-01-01', changed_at = '2025-05-21 10:00' where id = '{agency.Id}'");
        var sector = await FigureAsync(report, "sector");
        Assert.Equal((6.0, 6.0), (sector.Signed, sector.Now));
        Assert.Equal(DriftCause.Agency, Assert.Single(sector.Differences).Cause);
        var limited = await FigureAsync(report, "limited");
        Assert.Equal((6.0, 0.0, 6), (limited.Signed, limited.Now, limited.Differences.Count(one => one.Kind == DriftKind.Gone)));
        Assert.All(limited.Differences, one => Assert.Equal(DriftCause.Agency, one.Cause));
    }

    [Fact] // F8: a session that is cancelled, moved or enlarged; a register that is opened again; a late completion
    public async Task What_happens_to_a_session_or_a_course_is_listed()
    {
        var (course, report, session, _) = await SignedAsync(4, "people: measure: people", "places: measure: places_offered", "fill: measure: fill_rate", "done: measure: completions");
        await site.Told.Change(session, "2025-05-20 10:00", row => row.Capacity = 50);
        var places = Assert.Single((await FigureAsync(report, "places")).Differences);
        Assert.Equal((DriftKind.Changed, DriftCause.Session), (places.Kind, places.Cause));
        var fill = await FigureAsync(report, "fill");
        Assert.Equal((0.1, 0.08), (fill.Signed, fill.Now));
        Assert.Equal(DriftCause.Session, Assert.Single(fill.Differences).Cause);
        await site.Told.Complete(course, await site.Told.Given.Person(), "2024-08-01");
        await site.Ground.OwnerSql($"alter table completions disable trigger completions_append_only; update completions set recorded_at = '2025-05-20 10:00' where course_id = '{course.Id}'; alter table completions enable trigger completions_append_only");
        Assert.Equal(DriftCause.LateCompletion, Assert.Single((await FigureAsync(report, "done")).Differences).Cause);
        await site.Told.Reopen(session, "2025-05-21 10:00");
        Assert.Equal([(DriftKind.Gone, DriftCause.Register)], (await FigureAsync(report, "places")).Differences.Select(one => (one.Kind, one.Cause)));
        Assert.Contains((await FigureAsync(report, "fill")).Differences, one => one is { Kind: DriftKind.Gone, Cause: DriftCause.Register });
        await site.Told.Change(session, "2025-05-22 10:00", row => row.CountedOn = new DateOnly(2025, 4, 1));
        Assert.Equal(4, (await FigureAsync(report, "people")).Differences.Count(one => one is { Kind: DriftKind.Gone, Cause: DriftCause.Session }));
    }

    [Fact] // F8, H0: what bears no date of its own is told by session
    public async Task A_change_of_the_catalogue_is_listed()
    {
        site.Ground.Clock.Set("2025-05-15 09:00");
        var (course, other) = (await site.Told.Given.Course(), await site.Told.Given.Course());
        var programme = await site.Told.Given.Programme(course);
        var (session, _) = await site.Held(course, 3);
        var (elsewhere, _) = await site.Held(other, 2);
        var report = await site.Write($"P{course.Code}", course, $"people: measure: people");
        await site.WriteText(report, $"report: {report}\ntitle: T\nperiod: {{from: 2024-04-01, to: 2025-04-01}}\nfigures:\n  - {{id: people, measure: people, programme: {programme.Code}}}\n");
        await site.Sign(report, await site.Chair());
        await site.Told.Given.Save(new CourseProgramme { CourseId = other.Id, ProgrammeId = programme.Id });
        var came = await FigureAsync(report, "people");
        Assert.Equal((3.0, 5.0), (came.Signed, came.Now));
        var one = Assert.Single(came.Differences);
        Assert.Equal((DriftKind.Came, DriftCause.Undated, elsewhere.Ref), (one.Kind, one.Cause, one.Ref));
        Assert.Equal("As at the signature it had 0 records then and has 2 now: the catalogue was changed, or history was imported for an earlier time", one.Words);
        Assert.NotEqual(session.Ref, elsewhere.Ref);
    }

    [Theory] // F8, F9, T4: whatever happens after the signature, what was signed and the listed records make what is counted now, and only what was touched is listed
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task What_was_signed_and_the_listed_records_make_what_is_counted_now(int seed)
    {
        site.Ground.Clock.Set("2025-05-15 09:00");
        var random = new Random(seed);
        var course = await site.Told.Given.Course();
        var held = new List<(Session Session, List<Person> People)>();
        for (var month = 4; month < 10; month++)
        {
            held.Add(await site.Held(course, random.Next(2, 8), $"2024-{month:00}-10"));
        }

        var report = await site.Report(course, "attendances: measure: attendances", "people: measure: people");
        var chair = await site.Chair();
        Assert.IsType<Learning.Reports.SigningOutcome.Signed>(await site.Sign(report, chair));
        var signed = await site.Signed(report);
        var (touched, all) = (new HashSet<string>(), held.SelectMany(one => one.People).ToList());
        for (var change = 0; change < 14; change++)
        {
            var (session, people) = held[random.Next(held.Count)];
            var at = $"2025-05-{16 + change} 10:00";
            switch (random.Next(4))
            {
                case 0:
                    await site.Told.Mark(session, people[random.Next(people.Count)], random.Next(2) == 0 ? MarkKind.Dna : MarkKind.Attended, at: at);
                    break;
                case 1:
                    await site.Told.Mark(session, all[random.Next(all.Count)], MarkKind.Attended, at: at);
                    break;
                case 2:
                    var (one, other) = (all[random.Next(all.Count)], all[random.Next(all.Count)]);
                    if (one != other)
                    {
                        await site.Told.Merge(one, other, at);
                        touched.UnionWith(held.Select(any => any.Session.Ref));
                    }

                    break;
                default:
                    await site.With((ErasePerson erase) => erase.RunAsync(all[random.Next(all.Count)].Id, "They asked.", Actor.Machine));
                    break;
            }

            touched.Add(session.Ref);
        }

        site.Ground.Clock.Set("2025-06-20 09:00");
        var drift = await site.Drift(report);
        var attendances = drift.Of("attendances");
        var (came, gone) = (attendances?.Differences.Count(one => one.Kind == DriftKind.Came) ?? 0, attendances?.Differences.Count(one => one.Kind == DriftKind.Gone) ?? 0);
        Assert.Equal(drift.Now.Find("attendances")!.Value, signed.Computed.Find("attendances")!.Value + came - gone);
        Assert.All(attendances?.Differences ?? [], one => Assert.Contains(one.Ref!, touched));
        Assert.All(attendances?.Differences ?? [], one => Assert.NotEqual(DriftCause.Undated, one.Cause));
        var again = await site.With((ComputeReport compute) => compute.RunAsync(signed.Definition, signed.Signing.AsAt, Actor.Machine, default));
        Assert.Equal(signed.Computed.Figures.Select(figure => (figure.Value, figure.Digest)), again.Figures.Select(figure => (figure.Value, figure.Digest)));
        Assert.Equal(signed.Computed.Figures.Select(figure => figure.Digest), (await site.Signed(report)).Computed.Figures.Select(figure => figure.Digest));
    }

    [Fact] // F8, C2: what an agency returned, corrected or took back since
    public async Task What_agencies_return_since_is_listed()
    {
        site.Ground.Clock.Set("2025-05-15 09:00");
        var (one, other, third) = (await site.Told.Given.Agency(), await site.Told.Given.Agency(), await site.Told.Given.Agency());
        await Return(one, "2024-06-30", 40, 30);
        await Return(other, "2024-06-30", 20, 10);
        var report = $"RET{one.Code}";
        await site.WriteText(report, $"report: {report}\ntitle: T\nperiod: {{from: 2024-04-01, to: 2025-04-01}}\nfigures:\n  - {{id: it, measure: compliance, agency: [{one.Code}, {other.Code}, {third.Code}]}}\n");
        Assert.IsType<Learning.Reports.SigningOutcome.Signed>(await site.Sign(report, await site.Chair()));
        Assert.Empty((await site.Drift(report)).Figures);
        site.Ground.Clock.Set("2025-06-01 09:00");
        await Return(one, "2024-06-30", 40, 36);
        await Return(other, "2024-06-30", null, null);
        await Return(third, "2024-09-30", 10, 9);
        var figure = await FigureAsync(report, "it");
        Assert.Equal((40.0 / 60, 45.0 / 50), (figure.Signed, figure.Now));
        Assert.All(figure.Differences, change => Assert.Equal(DriftCause.Return, change.Cause));
        Assert.Equal(new[] { one.Code, other.Code, third.Code }.Order(), figure.Differences.Select(change => change.Agency!).Distinct().Order());
        Assert.Contains(figure.Differences, change => change.Agency == third.Code && DriftWords.Of(change) == "Came: the agency returned it since");
        Assert.Contains(figure.Differences, change => change.Agency == other.Code && DriftWords.Of(change) == "Counts no more: the agency corrected it or took it back");
        Assert.Equal(40.0 / 60, (await site.Signed(report)).Computed.Find("it")!.Value);
    }

    private async Task Return(Agency agency, string on, int? inScope, int? valid) => Assert.IsType<Learning.Returns.ReturnOutcome.Done>(await site.With((Learning.Returns.EnterReturns enter) =>
        enter.RunAsync([new Learning.Returns.NewReturn(agency.Id, "3", DateOnly.Parse(on), inScope, valid)], byFile: false, Actor.Machine)));

    [Fact] // F8: what was said of a session after the report was signed, said anew, and said of a register that came late
    public async Task A_late_evaluation_is_listed_with_a_cause_of_its_own()
    {
        site.Ground.Clock.Set("2024-05-15 16:00");
        var hall = await Learning.Tests.Attendance.Hall.Open(site.Ground, 5);
        await hall.Signed();
        await site.With((Learning.Evaluation.AskForEvaluations verb) => verb.RunAsync());
        foreach (var person in hall.People.Take(3))
        {
            await AnswerAsync(hall, person, "useful=4, before=2, after=4");
        }

        site.Ground.Clock.Set("2024-05-20 09:00");
        var code = await site.Ground.Sql<string>($"select c.code from courses c join sessions s on s.course_id = c.id where s.id = '{hall.Session.Id}'");
        var report = $"EV{code}";
        await site.WriteText(report, $"report: {report}\ntitle: T\nperiod: {{from: 2024-04-01, to: 2024-05-20}}\nfigures:\n  - {{id: mean, measure: evaluation_mean, courses: [{code}]}}\n  - {{id: gain, measure: confidence_gain, courses: [{code}]}}\n  - {{id: people, measure: people, courses: [{code}]}}\n");
        Assert.IsType<Learning.Reports.SigningOutcome.Signed>(await site.Sign(report, await site.Chair()));
        Assert.Empty((await site.Drift(report)).Figures);
        site.Ground.Clock.Set("2024-05-25 09:00");
        await AnswerAsync(hall, hall.People[3], "useful=2, before=3, after=4");
        await AnswerAsync(hall, hall.People[0], "useful=5, before=2, after=3");
        var drift = await site.Drift(report);
        Assert.Equal(["mean", "gain"], drift.Figures.Select(figure => figure.Figure));
        foreach (var figure in drift.Figures)
        {
            Assert.All(figure.Differences, one => Assert.Equal((DriftCause.LateEvaluation, hall.Session.Ref), (one.Cause, one.Ref!)));
            Assert.Contains(figure.Differences, one => DriftWords.Of(one) == "Came: the evaluation was answered after the report was signed");
            Assert.Contains(figure.Differences, one => DriftWords.Of(one) == "The evaluation was answered again since");
            Assert.Contains("to an evaluation sent since", figure.Because, StringComparison.Ordinal);
        }

        Assert.Equal((4.0, 3.75), (drift.Of("mean")!.Signed, drift.Of("mean")!.Now));
        Assert.Equal((2.0, 1.5), (drift.Of("gain")!.Signed, drift.Of("gain")!.Now));
    }

    private async Task AnswerAsync(Learning.Tests.Attendance.Hall hall, Person person, string answers)
    {
        var said = answers.Split(", ").Select(one => one.Split('=', 2)).ToDictionary(one => one[0], one => one[1]);
        var id = await site.Ground.Sql<Guid>($"select id from evaluation_requests where session_id = '{hall.Session.Id}' and person_id = '{person.Id}' and stage = 'after'");
        var actor = await site.Told.Given.Actor(person);
        var asked = await site.With((Learning.Evaluation.AskedEvaluations all) => all.OfAsync(id, actor));
        Assert.IsType<Learning.Evaluation.EvaluationOutcome.Kept>(await site.With((Learning.Evaluation.SendEvaluation send) => send.RunAsync(asked!, Guid.CreateVersion7(), said.GetValueOrDefault)));
    }

    private async Task<FigureDrift> FigureAsync(string report, string figure) => (await site.Drift(report)).Of(figure)!;

    private async Task<(Course Course, string Report, Session Session, List<Person> People)> SignedAsync(int came, params string[] figures)
    {
        site.Ground.Clock.Set("2025-05-15 09:00");
        var course = await site.Told.Given.Course();
        var (session, people) = await site.Held(course, came);
        var report = await site.Report(course, figures);
        Assert.IsType<Learning.Reports.SigningOutcome.Signed>(await site.Sign(report, await site.Chair()));
        site.Ground.Clock.Set("2025-06-01 09:00");
        return (course, report, session, people);
    }
}
