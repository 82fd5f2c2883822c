using Learning.Figures;

namespace Learning.Tests.Figures;

/// <summary>F6, proven: a solver bounds every X of random tables from everything that is printed, and a search says how few cells would have done.</summary>
public sealed class ProtectionTests
{
    private static readonly DateOnly April = new(2024, 4, 1);

    public static TheoryData<int, int> Sizes => new() { { 1, 1 }, { 1, 5 }, { 6, 1 }, { 2, 2 }, { 3, 4 }, { 5, 6 }, { 8, 3 } };

    [Theory] // F6: by two breakdowns with all totals, for a reader who knows which X is small and one who knows nothing
    [MemberData(nameof(Sizes))]
    public void No_X_of_two_breakdowns_can_be_bounded_to_fewer_than_three_numbers(int rows, int columns)
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var cells = Random(new Random(seed), rows, columns);
            var hidden = Suppression.Of(cells, Numbers.Persons);
            Assert.All(cells.Where(cell => cell.Small), cell => Assert.Contains(cell, hidden));
            Assert.True(new PrintedTable(cells, hidden, Informed).IsSafe, $"seed {seed}: {Show(cells, hidden)}");
            Assert.True(new PrintedTable(cells, hidden, Plain).IsSafe, $"seed {seed}: {Show(cells, hidden)}");
        }
    }

    [Fact] // F4, F6: people under two agencies make rows add up to more than their totals; whoever takes the totals for sums learns nothing of an X
    public void Totals_that_are_no_sums_give_nothing_away()
    {
        for (var seed = 0; seed < 120; seed++)
        {
            var random = new Random(seed);
            var cells = Random(random, 1 + (seed % 4), 1 + (seed % 5)).Select(cell => cell.Key.Contains("*") && cell.Value > 8 ? cell with { Value = cell.Value - random.Next(3) } : cell).ToList();
            var hidden = Suppression.Of(cells, Numbers.Persons);
            var possible = new PrintedTable(cells, hidden, Plain).Possible().ToList();

            // Where what is printed cannot add up at all, it says nothing of an X either.
            Assert.True(possible.TrueForAll(count => count >= 3) || possible.TrueForAll(count => count == 0), $"seed {seed}: {Show(cells, hidden)}");
        }
    }

    [Fact] // F6: of small tables no more than twice as many cells are hidden as the fewest that would do
    public void Little_more_is_hidden_than_has_to_be()
    {
        var (ours, fewest) = (0, 0);
        for (var seed = 0; seed < 30; seed++)
        {
            var cells = Random(new Random(1000 + seed), 2 + (seed % 2), 3);
            var hidden = Suppression.Of(cells, Numbers.Persons);
            var best = Fewest(cells);
            Assert.True(hidden.Count <= 2 * best, $"seed {seed}: {hidden.Count} hidden, {best} would do: {Show(cells, hidden)}");
            (ours, fewest) = (ours + hidden.Count, fewest + best);
        }

        Assert.True(ours <= 1.2 * fewest, $"{ours} hidden in all, {fewest} would do");
    }

    [Fact] // F6: an X of one table is printed by no other table of the report, nor can it be worked out of a rate and what it is over
    public void The_tables_of_a_report_protect_each_other()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var cells = Random(new Random(seed), 4, 4);
            var both = Rows(cells, cell => cell.Key);
            var agencies = Rows(cells.Where(cell => cell.Key[1] == "*"), cell => [cell.Key[0]]);
            var courses = Rows(cells.Where(cell => cell.Key[0] == "*"), cell => [cell.Key[1]]);
            var filled = courses.ConvertAll(row => row with { Of = 100 });
            var hidden = ProtectReport.Of(
                [Figure("both", Measure.Attendances, both, Breakdown.Agency, Breakdown.Course), Figure("agencies", Measure.Attendances, agencies, Breakdown.Agency), Figure("filled", Measure.FillRate, filled, Breakdown.Course)], Protection.House);

            // What any of them prints is known; a rate of a hundred places is a number.
            var printed = new HashSet<string>();
            foreach (var (rows, table, name) in new (List<TallyRow>, IReadOnlySet<TallyRow>, Func<TallyRow, string>)[]
            {
                (both, hidden[0], row => string.Join('/', row.Key)), (agencies, hidden[1], row => $"{row.Key[0]}/*"), (filled, hidden[2], row => $"*/{row.Key[0]}"),
            })
            {
                printed.UnionWith(rows.Where(row => !table.Contains(row)).Select(name));
            }

            var secret = cells.Where(cell => !printed.Contains(string.Join('/', cell.Key))).ToHashSet();
            Assert.All(cells.Where(cell => cell.Small), cell => Assert.Contains(cell, secret));
            Assert.True(new PrintedTable(cells, secret, Plain).IsSafe, $"seed {seed}: {Show(cells, secret)}");
        }
    }

    [Fact] // F6: the same number in two figures without a table
    public void What_one_figure_holds_back_no_other_prints()
    {
        var (few, many) = (new TallyRow([], 4, null, 4, 0), new TallyRow(["*"], 4, null, 4, 0));
        List<TallyRow> rows = [new(["A"], 4, null, 4, 0), new(["B"], 0, null, 0, 0), many];
        var hidden = ProtectReport.Of([Figure("one", Measure.People, [few]), Figure("two", Measure.People, rows, Breakdown.Agency)], Protection.House);
        Assert.Contains(few, hidden[0]);
        Assert.Contains(many, hidden[1]);
    }

    [Fact] // the other method: 1 to 7 people are X, everything else is rounded to 5, and rates are of rounded counts
    public void Numbers_can_be_rounded_instead()
    {
        var protection = new Protection(ProtectionMethod.Round, "[c]");
        List<TallyRow> rows = [new(["A"], 7, null, 7, 0), new(["B"], 8, null, 8, 0), new(["C"], 0, null, 0, 0), new(["*"], 15, null, 15, 0)];
        var figure = Figure("people", Measure.People, rows, Breakdown.Agency);
        var computed = FigureTable.Of(figure.Figure, figure.Tally, ProtectReport.Of([figure], protection)[0], protection);
        Assert.Equal(["X", "10", "0", "15"], computed.Rows.Select(row => row.Printed));
        var copy = PublishedCopy.Of(computed);
        Assert.Equal([null, 10, 0, 15], copy.Rows.Select(row => row.Value));
        Assert.Equal([7, 8, 0, 15], computed.Rows.Select(row => row.Value));
        Assert.Equal("[c]", protection.Show(computed.Rows[0].Printed));

        var rate = Figure("dna", Measure.DnaRate, [new(["A"], 12, 41, 12, 41), new(["*"], 12, 41, 12, 41)], Breakdown.Agency);
        var published = PublishedCopy.Of(FigureTable.Of(rate.Figure, rate.Tally, ProtectReport.Of([rate], protection)[0], protection));
        Assert.Equal((0.25, 10L, 40L, "25%"), (published.Value, published.Numerator, published.Denominator, published.Rows[0].Printed));
    }

    [Fact] // F6: two figures of which the wider counts a few more tell of those few; so does one that prints what another holds back
    public void Figures_that_tell_of_a_few_when_they_are_subtracted_are_found()
    {
        var year = new Scope(null, null, null, false, April, April.AddYears(1), []);
        var all = Subtracted("all", year, 100);
        string[] Words(params SubtractedFigure[] others) => [.. Subtractions.Of([all], others).Select(found => found.Words)];
        Assert.Contains("1 to 5 more", Assert.Single(Words(Subtracted("professionals", year with { Professionals = true }, 97))), StringComparison.Ordinal);
        Assert.Single(Words(Subtracted("half", year with { To = April.AddMonths(6) }, 95)));
        Assert.Empty(Words(Subtracted("half", year with { To = April.AddMonths(6) }, 94)));
        Assert.Empty(Words(Subtracted("half", year with { To = April.AddMonths(6) }, 100)));
        Assert.Empty(Words(Subtracted("other period", year with { From = April.AddMonths(-1), To = April.AddMonths(11) }, 97)));
        Assert.Contains("holds back the other prints", Assert.Single(Words(Subtracted("same", year, 100) with { Computed = Computed(100) with { Suppressed = true } })), StringComparison.Ordinal);
        Assert.Empty(Words(Subtracted("same", year, 100)));
    }

    private static SubtractedFigure Subtracted(string id, Scope scope, double value) => new($"R/{id}", Definition(id, Measure.People), scope, Computed(value));

    private static ComputedFigure Computed(double value) => new("id", "people", "people", value, null, null, $"{value}", [], [], "sha256:");

    private static FigureDefinition Definition(string id, Measure measure, params Breakdown[] by) => new(id, id, measure, FigureFilter.None, Window.InPeriod, by, PhraseRule.Exact, null);

    private static Counted Figure(string id, Measure measure, List<TallyRow> rows, params Breakdown[] by) => new(
        Definition(id, measure, by), new Scope(null, null, null, false, April, April.AddYears(1), []), new Tally(rows[^1], rows[..^1], ""));

    private static List<TallyRow> Rows(IEnumerable<Cell> cells, Func<Cell, IReadOnlyList<string>> key) => [.. cells.Select(cell => new TallyRow(key(cell), cell.Value, null, cell.Value, 0)).OrderBy(row => row.Key.All(one => one == "*"))];

    // Who knows that an X is 1 to 5 or at least 6.
    private static (double Low, double High) Informed(Cell cell) => cell.Small ? (1, 5) : (6, double.PositiveInfinity);

    private static (double Low, double High) Plain(Cell cell) => (1, double.PositiveInfinity);

    private static List<Cell> Random(Random random, int rows, int columns)
    {
        // Some tables are full of small numbers and zeros, some have few.
        var (most, zeros) = (random.Next(3) switch { 0 => 8, 1 => 25, _ => 200 }, random.Next(5));
        var inner = new long[rows, columns];
        for (var r = 0; r < rows; r++)
        {
            for (var c = 0; c < columns; c++)
            {
                inner[r, c] = random.Next(8) < zeros ? 0 : random.Next(most + 1);
            }
        }

        var cells = new List<Cell>();
        for (var r = 0; r <= rows; r++)
        {
            for (var c = 0; c <= columns; c++)
            {
                long value = 0;
                for (var i = 0; i < rows; i++)
                {
                    for (var j = 0; j < columns; j++)
                    {
                        value += (r == rows || r == i) && (c == columns || c == j) ? inner[i, j] : 0;
                    }
                }

                cells.Add(new Cell([r == rows ? "*" : $"r{r}", c == columns ? "*" : $"c{c}"], value, value is > 0 and <= 5));
            }
        }

        return cells;
    }

    // By trying every choice, from none more than the small ones.
    private static int Fewest(List<Cell> cells)
    {
        var small = cells.Where(cell => cell.Small).ToHashSet();
        var others = cells.Where(cell => !cell.Small && cell.Value > 0).ToList();
        for (var more = 0; ; more++)
        {
            if (Choices(others, more, 0).Any(chosen => new PrintedTable(cells, chosen.Concat(small).ToHashSet(), Informed).IsSafe))
            {
                return small.Count + more;
            }

            Assert.True(more <= others.Count);
        }
    }

    private static IEnumerable<IEnumerable<Cell>> Choices(List<Cell> cells, int count, int from)
    {
        if (count == 0)
        {
            yield return [];
            yield break;
        }

        for (var first = from; first <= cells.Count - count; first++)
        {
            foreach (var rest in Choices(cells, count - 1, first + 1))
            {
                yield return rest.Prepend(cells[first]);
            }
        }
    }

    private static string Show(IReadOnlyList<Cell> cells, IReadOnlySet<Cell> hidden) =>
        string.Join(" | ", cells.GroupBy(cell => cell.Key[0]).Select(row => string.Join(' ', row.Select(cell => hidden.Contains(cell) ? $"X{cell.Value}" : $"{cell.Value}"))));
}
