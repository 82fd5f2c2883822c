using FsCheck;
using FsCheck.Fluent;

using Learning.Figures;

namespace Learning.Tests.Figures;

/// <summary>F6: what stands for 1 to 5 persons is printed as X, and cannot be worked out from what is printed.</summary>
public sealed class SuppressionTests
{
    [Theory] // F6: the small one, and the smallest beside it; zero is no cover
    [InlineData("12 3 20 9", "12 X 20 X")]
    [InlineData("12 20 9", "12 20 9")]
    [InlineData("12 0 3", "X 0 X")]
    [InlineData("5 5 5 40", "X X X X")]
    [InlineData("5 4 3 40", "X X X 40")]
    [InlineData("1 1 40 50", "X X X 50")]
    [InlineData("1 2 40 50", "X X X 50")]
    [InlineData("5 5 40 50", "X X X 50")]
    [InlineData("3 2 40 50", "X X 40 50")]
    public void A_table_of_one_breakdown_is_safe(string numbers, string expected)
    {
        var cells = Table([.. numbers.Split(' ').Select(int.Parse)]);
        Assert.Equal(expected.Split(' '), Printed(cells).SkipLast(1));
        Assert.DoesNotContain(cells[^1], Suppression.Of(cells, Numbers.Persons));
    }

    [Fact] // F6: where nothing is left to hide behind, the total goes too
    public void The_total_is_the_last_to_be_hidden()
    {
        Assert.Equal(["X", "X"], Printed(Table([3])));
        Assert.Equal(["X", "X", "X"], Printed(Table([5, 5])));
        Assert.Equal(["X"], Printed([new Cell([], 3, true)]));
        Assert.Equal(["6"], Printed([new Cell([], 6, false)]));
        Assert.Empty(Suppression.Of([], Numbers.Persons));
    }

    [Fact] // F6: in every table every X can be at least three numbers, for a reader who knows which is small and tries them all
    public void No_X_can_be_bounded_to_fewer_than_three_values() => Prop.ForAll(Counts().ToArbitrary(), numbers =>
    {
        var cells = Table(numbers);
        var hidden = Suppression.Of(cells, Numbers.Persons);
        if (hidden.Contains(cells[^1]) || hidden.Count == 0)
        {
            return true;
        }

        var sum = numbers.Sum() - cells.SkipLast(1).Where(cell => !hidden.Contains(cell)).Sum(cell => cell.Value);
        var (small, others) = (hidden.Count(cell => cell.Small), hidden.Count(cell => !cell.Small));
        return hidden.All(cell => Enumerable.Range(cell.Small ? 1 : 6, cell.Small ? 5 : 400).Count(value =>
            Reachable((int)sum - value, small - (cell.Small ? 1 : 0), others - (cell.Small ? 0 : 1))) >= 3);

        static bool Reachable(int sum, int small, int others) => others == 0 ? sum >= small && sum <= 5 * small : sum >= small + (6 * others);
    }).QuickCheckThrowOnFailure();

    [Fact] // F6: nothing small is printed, and nothing is hidden without a reason
    public void What_is_small_is_hidden_and_a_table_without_is_whole() => Prop.ForAll(Counts().ToArbitrary(), numbers =>
    {
        var cells = Table(numbers);
        var hidden = Suppression.Of(cells, Numbers.Persons);
        return cells.Where(cell => cell.Small).All(hidden.Contains) && hidden.All(cell => cell.Value > 0) && (hidden.Count == 0 || cells.Any(cell => cell.Small));
    }).QuickCheckThrowOnFailure();

    [Fact] // F6, F4: people under two agencies make the rows add up to more than the total; neither sum gives an X away
    public void Rows_that_do_not_add_up_are_safe_too()
    {
        Cell[] cells = [new(["A"], 3, true), new(["B"], 9, false), new(["C"], 20, false), new(["*"], 30, false)];
        var hidden = Suppression.Of(cells, Numbers.Persons);
        Assert.Equal([cells[0], cells[1]], hidden.OrderBy(cell => cell.Value));
        cells[3] = new Cell(["*"], 22, false);
        // Were 3 and 9 hidden, whoever takes 22 for the sum would read 1 and 1.
        Assert.Equal([cells[0], cells[2]], Suppression.Of(cells, Numbers.Persons).OrderBy(cell => cell.Value));
    }

    [Fact] // F6: in a table of two breakdowns every row and every column is safe by itself
    public void Every_row_and_every_column_of_two_breakdowns_is_safe() => Prop.ForAll(Gen.ArrayOf(Counts(), 4).ToArbitrary(), rows =>
    {
        var grid = rows.Select(row => row.Concat(new int[5]).Take(5).ToArray()).ToArray();
        var cells = new List<Cell>();
        for (var i = 0; i <= grid.Length; i++)
        {
            for (var j = 0; j <= 5; j++)
            {
                var value = (i, j) switch
                {
                    (4, 5) => grid.Sum(row => row.Sum()),
                    (4, _) => grid.Sum(row => row[j]),
                    (_, 5) => grid[i].Sum(),
                    _ => grid[i][j],
                };
                cells.Add(new Cell([i == 4 ? "*" : $"r{i}", j == 5 ? "*" : $"c{j}"], value, value is > 0 and <= 5));
            }
        }

        var hidden = Suppression.Of(cells, Numbers.Persons);
        var lines = cells.GroupBy(cell => $"row {cell.Key[0]}").Concat(cells.GroupBy(cell => $"column {cell.Key[1]}")).ToList();

        // An X alone on its line, its total in print, could be read off.
        return cells.Where(cell => cell.Small).All(hidden.Contains) && lines.All(line => line.Count(hidden.Contains) != 1);
    }).QuickCheckThrowOnFailure();

    private static Gen<int[]> Counts() => Gen.Choose(0, 14).Select(value => value > 9 ? value * 7 : value).NonEmptyListOf().Select(list => list.Take(8).ToArray());

    private static List<Cell> Table(int[] numbers) =>
    [
        .. numbers.Select((value, i) => new Cell([$"k{i}"], value, value is > 0 and <= 5)),
        new Cell(["*"], numbers.Sum(), numbers.Sum() is > 0 and <= 5),
    ];

    private static IEnumerable<string> Printed(IReadOnlyList<Cell> cells)
    {
        var hidden = Suppression.Of(cells, Numbers.Persons);
        return cells.Select(cell => hidden.Contains(cell) ? "X" : $"{cell.Value}");
    }
}
