namespace Learning.History;

/// <summary>Finds where a chain of things that each point at one other comes back to where it was.</summary>
internal static class Circles
{
    /// <summary>Each circle that can be reached, once.</summary>
    public static List<List<T>> Of<T>(IEnumerable<T> from, Func<T, T?> next) where T : class
    {
        var (circles, done) = (new List<List<T>>(), new HashSet<T>());
        foreach (var start in from)
        {
            var path = new List<T>();
            var at = start;
            while (at is not null && done.Add(at))
            {
                path.Add(at);
                at = next(at);
            }

            if (at is not null && path.IndexOf(at) is var begins and >= 0)
            {
                circles.Add(path[begins..]);
            }
        }

        return circles;
    }
}
