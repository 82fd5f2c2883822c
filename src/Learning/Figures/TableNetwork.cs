namespace Learning.Figures;

/// <summary>
/// A table of one or two breakdowns as a network: each row and each column is a node; each cell is an edge between its row and its column, each total an edge back, so that what adds up flows through.
/// A printed cell is fixed; an X can move with others around a cycle.
/// </summary>
internal sealed class TableNetwork
{
    private readonly Dictionary<Cell, Edge> edgeOf;
    private readonly List<Edge>[] touching;

    /// <summary>One cell: from its row to its column, or back where it is a total of one breakdown.</summary>
    public sealed class Edge(Cell cell, int from, int to, long low, long high, long cost)
    {
        public Cell Cell { get; } = cell;
        public int From { get; } = from;
        public int To { get; } = to;
        public long Low { get; } = low;
        public long High { get; } = high;

        /// <summary>What it costs to hide it: a total is dearer than a cell, a large number than a small one.</summary>
        public long Cost { get; } = cost;
        public bool Hidden { get; set; }

        /// <summary>The number that a reader's arithmetic has for it.</summary>
        public long Flow { get; set; } = cell.Value;

        /// <summary>How far it can go up, or down.</summary>
        public long Room(bool forward) => forward ? High - Flow : Flow - Low;
    }

    /// <param name="bounds">Between what and what a cell can be once it is hidden.</param>
    public TableNetwork(IReadOnlyList<Cell> cells, Func<Cell, (long Low, long High)> bounds)
    {
        var nodes = new Dictionary<(int, string), int>();
        Edges = [.. cells.Select(cell =>
        {
            var row = Node(0, cell.Key.Count == 2 ? cell.Key[0] : "");
            var column = Node(1, cell.Key.Count == 2 ? cell.Key[1] : "");
            var (low, high) = bounds(cell);
            var back = cell.Stars % 2 == 1;
            return new Edge(cell, back ? column : row, back ? row : column, low, high, 1000 + (500 * cell.Stars) + Math.Min(cell.Value, 400));
        })];
        edgeOf = Edges.ToDictionary(edge => edge.Cell);
        touching = [.. Enumerable.Range(0, nodes.Count).Select(_ => new List<Edge>())];
        foreach (var edge in Edges)
        {
            touching[edge.From].Add(edge);
            touching[edge.To].Add(edge);
        }

        int Node(int side, string key)
        {
            if (!nodes.TryGetValue((side, key), out var node))
            {
                nodes[(side, key)] = node = nodes.Count;
            }

            return node;
        }
    }

    public IReadOnlyList<Edge> Edges { get; }

    public int Nodes => touching.Length;

    public Edge Of(Cell cell) => edgeOf[cell];

    /// <summary>Whether something at this line is hidden.</summary>
    public bool HasHidden(int node) => touching[node].Exists(edge => edge.Hidden);

    /// <summary>By how much more comes into a node than leaves it.</summary>
    public long Over(int node) => touching[node].Sum(edge => edge.To == node ? edge.Flow : -edge.Flow);

    public static long CostOf(List<(Edge Edge, bool Forward)> path) => path.Sum(step => CostOf(step.Edge));

    // An X costs next to nothing: of two ways the shorter.
    private static long CostOf(Edge edge) => edge.Hidden ? 1 : edge.Cost;

    /// <summary>The cheapest way from a node to another through X, and where it may hide more through numbers that are printed; nothing moves through a zero. Null where there is none.</summary>
    public List<(Edge Edge, bool Forward)>? Path(int start, Func<int, bool> isEnd, Edge? except, bool mayHide)
    {
        var cost = new long[touching.Length];
        Array.Fill(cost, long.MaxValue);
        var came = new (Edge Edge, bool Forward)?[touching.Length];
        var next = new PriorityQueue<int, long>();
        cost[start] = 0;
        next.Enqueue(start, 0);
        while (next.TryDequeue(out var node, out var so))
        {
            if (so > cost[node])
            {
                continue;
            }

            if (node != start && isEnd(node))
            {
                return Back(node);
            }

            foreach (var edge in touching[node])
            {
                var forward = edge.From == node;
                var to = forward ? edge.To : edge.From;
                if (edge == except || !(edge.Hidden || (mayHide && edge.Cell.Value > 0)) || edge.Room(forward) < 1 || so + CostOf(edge) >= cost[to])
                {
                    continue;
                }

                (cost[to], came[to]) = (so + CostOf(edge), (edge, forward));
                next.Enqueue(to, cost[to]);
            }
        }

        return null;

        List<(Edge Edge, bool Forward)> Back(int end)
        {
            var path = new List<(Edge Edge, bool Forward)>();
            for (var node = end; node != start;)
            {
                var step = came[node]!.Value;
                path.Insert(0, step);
                node = step.Forward ? step.Edge.From : step.Edge.To;
            }

            return path;
        }
    }
}
