using System.Globalization;
using System.Text;

using Learning.Figures;
using Learning.History;
using Learning.People;
using Learning.Records;
using Learning.Reports;
using Learning.Tests.Figures;
using Learning.Tests.History;

using Microsoft.EntityFrameworkCore;

namespace Learning.Tests.Reports;

/// <summary>
/// Random histories, imported and signed at several instants, each time as a new revision: each signed figure is what an independent count of the same files gives as at its signature, and the drift from one to the next lists
/// exactly the attendances that came or went in between. Then comes what comes in life, late marks and corrections, late completions, moves, new names of agencies, a merge and an erasure: every revision keeps value and
/// digest through all of it, and what would be counted now is what the independent count says of it.
/// </summary>
public sealed class SignedHistoriesTests
{
    private static readonly DateOnly From = new(2023, 4, 1), To = new(2025, 4, 1);

    [Theory] // F1 to F4, F7, F8, T4, P2, P3, P5, H0
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    public async Task What_was_signed_stands_and_the_drift_is_exact(int seed)
    {
        var site = new SigningSite();
        await site.InitializeAsync();
        var folder = Directory.CreateTempSubdirectory("learning-signed-");
        try
        {
            await WalkAsync(site, folder.FullName, seed);
        }
        finally
        {
            folder.Delete(recursive: true);
            await site.DisposeAsync();
        }
    }

    private static async Task WalkAsync(SigningSite site, string folder, int seed)
    {
        RandomHistory.Write(folder, seed);
        site.Ground.Clock.Set("2026-11-20 09:00");
        await ImportAsync(site, folder, seed);
        var before = new HistoryFiles(folder);
        List<Question> questions = [new("attendances", From, To, default), .. RandomQuestions.About(before, seed, 30).Select(question => question with { From = From, To = To }).Where(question => !(question.SinceStart && question.Programme is null))];
        await site.WriteText("history", Yaml(questions));
        var revisions = new List<SignedReport>();
        foreach (var at in Instants(before))
        {
            site.Ground.Clock.SetTo(at);
            if (revisions is [.., var last])
            {
                Exactly(await site.Drift("history"), before, last.Signing.AsAt, before, seed);
            }

            revisions.Add(await SignAsync(site, revisions.Count));
            Assert.Equal(at, revisions[^1].Signing.AsAt);
            Same(new IndependentCount(before), questions, revisions[^1].Computed, $"seed {seed}, as signed at {at:u}");
        }

        Assert.True(revisions.Select(revision => revision.Computed.Find("q0")!.Value).Distinct().Count() > 1, $"seed {seed}: nothing happened between the signatures");
        var signed = revisions[^1];

        // Late marks, corrections and completions come in a second folder; somebody moves, from a day after all of it.
        site.Ground.Clock.Set("2026-11-22 09:00");
        Later(folder, before, new Random(seed));
        await ImportAsync(site, folder, seed);
        var after = new HistoryFiles(folder);
        await StandAsync(site, revisions, seed);
        var drift = await site.Drift("history");
        Same(new IndependentCount(after), questions, drift.Now, $"seed {seed}, as it is now");
        Exactly(drift, before, signed.Signing.AsAt, after, seed);
        Told(drift, new IndependentCount(before), new IndependentCount(after), questions, signed.Signing.AsAt, seed);

        // A new name, and an employment that ends: nothing that was counted is of another agency by them (P2).
        site.Ground.Clock.Set("2026-11-23 09:00");
        await site.Ground.Sql("update agencies set name = 'Renamed', holds_from = '2026-11-01', changed_at = '2026-11-22 12:00' where code = 'AG0'");
        await site.Ground.Sql("update employments set ends_on = '2026-11-21' where id = (select id from employments where ends_on is null and starts_on < '2026-01-01' order by id limit 1)");
        await StandAsync(site, revisions, seed);
        Same(new IndependentCount(after), questions, (await site.Drift("history")).Now, $"seed {seed}, after a new name and a move");

        // Two records of one person, who were at no session together, are merged: they count once from then on, and twice as at any instant before (P3). Then both are erased.
        var merged = await MergeAsync(site);
        await StandAsync(site, revisions, seed);
        var one = await NumbersAsync(site, after, merged);
        Same(new IndependentCount(after, one), questions, (await site.Drift("history")).Now, $"seed {seed}, after a merge");
        var eve = await site.With((ComputeReport compute) => compute.RunAsync(signed.Definition, site.Told.At("2026-11-23 14:59"), Actor.Machine, default));
        Same(new IndependentCount(after), questions, eve, $"seed {seed}, before the merge");
        foreach (var person in merged)
        {
            await site.With((ErasePerson erase) => erase.RunAsync(person, "They asked.", Actor.Machine));
        }

        site.Ground.Clock.Set("2026-11-25 09:00");
        await StandAsync(site, revisions, seed);
        Same(new IndependentCount(after, one), questions, (await site.Drift("history")).Now, $"seed {seed}, after an erasure");
        Exactly(await site.Drift("history"), before, signed.Signing.AsAt, after, seed, merged: merged.Count > 0);
    }

    // T4, F7: the very same rows give the very same digests, and what is kept is what was signed.
    private static async Task StandAsync(SigningSite site, IReadOnlyList<SignedReport> revisions, int seed)
    {
        foreach (var signed in revisions)
        {
            var kept = await site.Signed("history", signed.Signing.Revision);
            Assert.Equal(signed.Computed.Figures.Select(figure => (figure.Id, figure.Value, figure.Digest)), kept.Computed.Figures.Select(figure => (figure.Id, figure.Value, figure.Digest)));
            var again = await site.With((ComputeReport compute) => compute.RunAsync(signed.Definition, signed.Signing.AsAt, Actor.Machine, default));
            Assert.True(signed.Computed.Figures.Zip(again.Figures).All(pair => pair.First.Digest == pair.Second.Digest && pair.First.Value == pair.Second.Value), $"seed {seed}: counted again as at the signature of r{signed.Signing.Revision} it is something else");
        }
    }

    // When most had been recorded of the period, when all but the last of it had, and long after.
    private static IEnumerable<DateTimeOffset> Instants(HistoryFiles files)
    {
        var marked = files.Marks.Select(mark => mark.MarkedAt.ToUniversalTime()).Where(at => at > HistoryFiles.Midnight(From) && at < HistoryFiles.Midnight(To)).Order().ToList();
        return [marked[marked.Count / 2], marked[marked.Count * 4 / 5], new DateTimeOffset(2026, 11, 20, 9, 0, 0, TimeSpan.Zero)];
    }

    // F8: whichever figure the files say differs is told with both values.
    private static void Told(Drift drift, IndependentCount then, IndependentCount now, IReadOnlyList<Question> questions, DateTimeOffset signedAt, int seed)
    {
        foreach (var (question, number) in questions.Select((question, number) => (question, number)))
        {
            var (was, becomes) = (then.Count(question with { AsAt = signedAt }), now.Count(question with { AsAt = drift.Now.AsAt }));
            var told = drift.Of($"q{number}");
            Assert.True(told is null ? AgainstTheCountTests.Same(was.Value, (double?)becomes.Value) : AgainstTheCountTests.Same(was.Value, told.Signed) && AgainstTheCountTests.Same(becomes.Value, told.Now) && told.Records > 0,
                $"seed {seed}: {question} was {was.Value} and is {becomes.Value}; told is {told?.Signed} to {told?.Now} by {told?.Records}");
        }
    }

    // F8: the attendances that differ, one by one, from the files alone.
    private static void Exactly(Drift drift, HistoryFiles before, DateTimeOffset signedAt, HistoryFiles after, int seed, bool merged = false)
    {
        var (then, now) = (Attended(before, signedAt), Attended(after, drift.Now.AsAt));
        var differences = drift.Of("q0")?.Differences ?? [];
        var (came, gone) = (Listed(DriftKind.Came), Listed(DriftKind.Gone));
        List<string> nowOnly = [.. Without(now, then)], thenOnly = [.. Without(then, now)];
        if (merged)
        {
            // After a merge (P3) an attendance is listed as gone from the one record and come to the other, which the files know nothing of.
            Cancel(came, gone);
            Cancel(nowOnly, thenOnly);
        }

        Assert.True(Sorted(nowOnly) == Sorted(came), $"seed {seed}: came {Sorted(nowOnly)}, listed {Sorted(came)}");
        Assert.True(Sorted(thenOnly) == Sorted(gone), $"seed {seed}: gone {Sorted(thenOnly)}, listed {Sorted(gone)}");

        List<string> Listed(DriftKind kind) => [.. differences.Where(one => one.Kind == kind).Select(one => one.Ref!)];

        static void Cancel(List<string> came, List<string> gone) => gone.Where(came.Remove).ToList().ForEach(both => gone.Remove(both));

        static HashSet<(string Session, int Person)> Attended(HistoryFiles files, DateTimeOffset asAt) =>
            [.. new HistoryAsAt(files, asAt).Attendances().Where(one => one.Date >= From && one.Date < To).Select(one => (one.Session!.Ref, one.Person!.Number))];

        static IEnumerable<string> Without(HashSet<(string Session, int Person)> all, HashSet<(string Session, int Person)> others) => all.Where(one => !others.Contains(one)).Select(one => one.Session);

        static string Sorted(IEnumerable<string> refs) => string.Join(' ', refs.Order(StringComparer.Ordinal));
    }

    private static void Same(IndependentCount count, IReadOnlyList<Question> questions, ComputedReport computed, string when)
    {
        foreach (var (question, figure) in questions.Zip(computed.Figures))
        {
            var expected = count.Count(question with { AsAt = computed.AsAt });
            Assert.True(AgainstTheCountTests.Same(expected.Value, figure.Value) && expected.Denominator == figure.Denominator, $"{when}: {question}: {expected.Value} counted, {figure.Value} computed");
            var rows = figure.Rows.Where(row => !row.IsTotal).ToDictionary(row => string.Join('|', figure.By.Select(by => row.Key[by])), row => row.Value);
            var counted = expected.Rows.Where(row => row.Value is not null).ToDictionary(row => row.Key, row => row.Value);
            Assert.True(counted.Count == rows.Count && counted.All(row => rows.TryGetValue(row.Key, out var value) && AgainstTheCountTests.Same(row.Value, value)), $"{when}: {question}: other rows");
        }
    }

    private static async Task<SignedReport> SignAsync(SigningSite site, int after)
    {
        var definition = (await site.With((ReportDefinitions definitions) => definitions.FindAsync("history", default)))!;
        var open = await site.With((Unfinished unfinished) => unfinished.OfAsync(definition, Actor.Machine, default));
        var (chair, reason, accepted) = (await site.Chair(), after == 0 ? null : "More has come in.", open.Select(item => item.Key).ToArray());
        var outcome = await site.Sign("history", chair, after, reason, accepted);
        if (outcome is SigningOutcome.NotFinished warned)
        {
            // Random figures tell of a few when they are subtracted from each other (F6): that is accepted by name as well.
            outcome = await site.Sign("history", chair, after, reason, [.. accepted, .. warned.Items.Select(item => item.Key)]);
        }

        Assert.IsType<SigningOutcome.Signed>(outcome);
        return await site.Signed("history");
    }

    private static async Task ImportAsync(SigningSite site, string folder, int seed)
    {
        var outcome = await site.With((ImportHistory import) => import.RunAsync(folder, false, null, Actor.Machine, default));
        Assert.True(outcome is ImportOutcome.Imported, $"seed {seed}: {string.Join('\n', (outcome as ImportOutcome.Refused)?.Mistakes ?? [])}");
    }

    private static void Later(string folder, HistoryFiles files, Random random)
    {
        foreach (var session in files.Sessions.Where(session => session.Status == "held"))
        {
            var marks = files.Marks.Where(mark => mark.Session == session.Ref && mark.Person is not null && mark.What is "attended" or "dna").ToList();
            if (marks.Count > 0 && random.Next(2) == 0)
            {
                var mark = marks[random.Next(marks.Count)];
                Append(folder, "attendance", ("session", session.Ref), ("email", mark.Person!.Addresses.First()), ("mark", mark.What == "dna" ? "attended" : "dna"), ("agency", mark.Agency), ("marked_at", "2026-11-21T10:00:00Z"), ("part", mark.Part));
            }

            var absent = files.People.Where(person => files.Marks.All(mark => mark.Session != session.Ref || (mark.Person != person && !person.Addresses.Any(address => mark.What.Contains(address, StringComparison.OrdinalIgnoreCase))))).ToList();
            if (absent.Count > 0 && random.Next(2) == 0)
            {
                Append(folder, "attendance", ("session", session.Ref), ("email", absent[random.Next(absent.Count)].Addresses.First()), ("mark", "attended"), ("marked_at", "2026-11-21T11:00:00Z"));
            }
        }

        var learning = files.Courses.First(course => course.Kind == "e-learning");
        Append(folder, "completions", ("course", learning.Code), ("email", files.People[random.Next(files.People.Count)].Addresses.First()), ("completed_on", "2024-02-29"));
    }

    private static void Append(string folder, string file, params (string Column, string Value)[] row)
    {
        var path = Path.Combine(folder, $"{file}.csv");
        var columns = File.ReadLines(path).First().TrimStart('\uFEFF').Split(',');
        var known = row.ToDictionary(one => one.Column, one => one.Value);
        File.AppendAllText(path, string.Join(',', columns.Select(column => known.GetValueOrDefault(column, ""))) + "\n", new UTF8Encoding(false));
    }

    private static async Task<List<Guid>> MergeAsync(SigningSite site)
    {
        site.Ground.Clock.Set("2026-11-24 09:00");
        await using var db = site.Ground.Db();
        var pairs = await db.Database.SqlQuery<Pair>($"""
            select a.id as "One", b.id as "Other" from persons a join persons b on a.id < b.id
            where exists (select from marks m where m.person_id = a.id) and exists (select from marks m where m.person_id = b.id)
              and not exists (select from marks m join marks n on n.session_id = m.session_id where a.id in (m.person_id, m.substitute_id) and b.id in (n.person_id, n.substitute_id))
            order by a.id, b.id limit 1
            """).ToListAsync();
        if (pairs.Count == 0)
        {
            return [];
        }

        await site.Told.Merge(await db.Persons.SingleAsync(person => person.Id == pairs[0].One), await db.Persons.SingleAsync(person => person.Id == pairs[0].Other), "2026-11-23 15:00");
        return [pairs[0].One, pairs[0].Other];
    }

    // By which numbers of the files those who are one are known.
    private static async Task<Dictionary<int, int>> NumbersAsync(SigningSite site, HistoryFiles files, List<Guid> merged)
    {
        var numbers = new List<int>();
        foreach (var person in merged)
        {
            numbers.Add(files.Known(await site.Ground.Sql<string>($"select email from person_emails where person_id = '{person}' limit 1")).Number);
        }

        return numbers is [var one, var other] ? new() { [one] = other } : [];
    }

    private static string Yaml(IEnumerable<Question> questions) => string.Create(CultureInfo.InvariantCulture, $"report: history\nperiod: {{from: {From:yyyy-MM-dd}, to: {To:yyyy-MM-dd}}}\nfigures:\n")
        + string.Concat(questions.Select((question, number) => $"  - {string.Join("\n    ", AgainstTheCountTests.Keys(question, $"q{number}"))}\n"));

    private sealed record Pair(Guid One, Guid Other);
}
