using Edge = Learning.Figures.TableNetwork.Edge;

namespace Learning.Figures;

/// <summary>Somebody who works out what they can of a printed table (F6): how far each X can move, and what else is to be hidden where that is not far enough.</summary>
internal sealed class TableReader
{
    // Three numbers: its own and two more.
    private const int Enough = 2;
    private readonly TableNetwork table;
    private readonly bool printed;

    private TableReader(TableNetwork table, bool printed) => (this.table, this.printed) = (table, printed);

    /// <summary>For a reader who knows which X is small, and by how much rows do not add up.</summary>
    public static TableReader AsKnown(IReadOnlyList<Cell> cells, Numbers numbers) =>
        new(new TableNetwork(cells, cell => cell.Small ? (Math.Min(1, cell.Value), Math.Max(cell.Value, numbers.LargestSmall)) : (Math.Min(6, cell.Value), Numbers.NoLimit)), printed: false);

    /// <summary>For a reader who takes it that rows and columns add up to the totals that are printed.</summary>
    public static TableReader AsPrinted(IReadOnlyList<Cell> cells) => new(new TableNetwork(cells, cell => (Math.Min(1, cell.Value), Numbers.NoLimit)), printed: true);

    /// <summary>Whether some row or column does not add up to its total.</summary>
    public bool Uneven => Enumerable.Range(0, table.Nodes).Any(node => table.Over(node) != 0);

    /// <summary>Every X.</summary>
    public IReadOnlyList<Cell> Hidden => [.. table.Edges.Where(edge => edge.Hidden).Select(edge => edge.Cell)];

    public void Hide(Cell cell) => table.Of(cell).Hidden = true;

    /// <summary>Whether no X is too close when these are hidden.</summary>
    public bool IsSafe(IEnumerable<Cell> hidden)
    {
        var which = hidden.ToHashSet();
        foreach (var edge in table.Edges)
        {
            (edge.Hidden, edge.Flow) = (which.Contains(edge.Cell), edge.Cell.Value);
        }

        return (!printed || AddUp(mayHide: false, [])) && table.Edges.All(edge => !edge.Hidden || Room(edge) >= Enough);
    }

    /// <summary>What else is to be hidden so that the numbers that are printed can add up at all; nothing for a reader who knows better.</summary>
    public IReadOnlyList<Cell> ToAddUp()
    {
        var more = new List<Cell>();
        if (printed)
        {
            AddUp(mayHide: true, more);
        }

        return more;
    }

    /// <summary>What else is to be hidden so that this X can be at least three numbers: of the cycles that set it free, the cheapest.</summary>
    public IReadOnlyList<Cell> ToFree(Cell cell)
    {
        var (edge, more) = (table.Of(cell), new List<Cell>());
        while (Room(edge) < Enough && (Further(edge, up: true), Further(edge, up: false)) is var (up, down) && (up ?? down) is not null)
        {
            foreach (var (step, _) in down is null || (up is not null && TableNetwork.CostOf(up) <= TableNetwork.CostOf(down)) ? up! : down)
            {
                if (!step.Hidden)
                {
                    step.Hidden = true;
                    more.Add(step.Cell);
                }
            }
        }

        return more;
    }

    // How far an X can move, up and down together, as far as it matters.
    private int Room(Edge edge)
    {
        var moved = 0;
        foreach (var up in new[] { true, false })
        {
            var pushed = Moved(edge, up, Enough - moved);
            moved += pushed.Count;
            Back(edge, up, pushed);
        }

        return moved;
    }

    // The cheapest cycle by which it moves further than it can.
    private List<(Edge Edge, bool Forward)>? Further(Edge edge, bool up)
    {
        var pushed = Moved(edge, up, Enough);
        var cycle = pushed.Count < Enough ? Cycle(edge, up, mayHide: true) : null;
        Back(edge, up, pushed);
        return cycle;
    }

    // Moves it by one so many times as it can; gives the cycles.
    private List<List<(Edge Edge, bool Forward)>> Moved(Edge edge, bool up, int most)
    {
        var pushed = new List<List<(Edge Edge, bool Forward)>>();
        while (pushed.Count < most && Cycle(edge, up, mayHide: false) is { } cycle)
        {
            Push(cycle, 1);
            edge.Flow += up ? 1 : -1;
            pushed.Add(cycle);
        }

        return pushed;
    }

    private static void Back(Edge edge, bool up, List<List<(Edge Edge, bool Forward)>> pushed)
    {
        foreach (var cycle in pushed)
        {
            Push(cycle, -1);
            edge.Flow -= up ? 1 : -1;
        }
    }

    private static void Push(List<(Edge Edge, bool Forward)> path, long amount)
    {
        foreach (var (edge, forward) in path)
        {
            edge.Flow += forward ? amount : -amount;
        }
    }

    // A way for one more to flow on from where the edge ends to where it begins; the other way round where it is to carry less.
    private List<(Edge Edge, bool Forward)>? Cycle(Edge edge, bool up, bool mayHide) =>
        edge.Room(up) < 1 ? null : up ? table.Path(edge.To, node => node == edge.From, edge, mayHide) : table.Path(edge.From, node => node == edge.To, edge, mayHide);

    // Sends what is too much at one line through X to where it is too little; false where that cannot be.
    private bool AddUp(bool mayHide, List<Cell> more)
    {
        for (var node = 0; node < table.Nodes; node++)
        {
            while (table.Over(node) is var over && over != 0 && table.HasHidden(node))
            {
                var path = over > 0
                    ? table.Path(node, to => table.Over(to) < 0, null, mayHide)
                    : Enumerable.Range(0, table.Nodes).Where(from => table.Over(from) > 0).Select(from => table.Path(from, to => to == node, null, mayHide)).OfType<List<(Edge Edge, bool Forward)>>().MinBy(TableNetwork.CostOf);
                if (path is null)
                {
                    return false;
                }

                var (first, last) = (path[0], path[^1]);
                var (from, to) = (first.Forward ? first.Edge.From : first.Edge.To, last.Forward ? last.Edge.To : last.Edge.From);
                Push(path, Math.Min(Math.Min(table.Over(from), -table.Over(to)), path.Min(step => step.Edge.Room(step.Forward))));
                foreach (var (edge, _) in path.Where(step => !step.Edge.Hidden))
                {
                    edge.Hidden = true;
                    more.Add(edge.Cell);
                }
            }
        }

        return true;
    }
}
