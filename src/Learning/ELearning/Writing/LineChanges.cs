namespace Learning.ELearning.Writing;

/// <summary>How a line of a text came about.</summary>
public enum LineChange
{
    Same,
    Gone,
    New,
}

/// <summary>What changed between two texts, line by line. Pure.</summary>
public static class LineChanges
{
    // Beyond it the middle of the two texts is shown as replaced: a table of all pairs of lines has its price.
    private const int MostLines = 1500;

    public static IReadOnlyList<(LineChange Change, string Line)> Between(string old, string @new)
    {
        var (from, to) = (Lines(old), Lines(@new));
        var head = from.Zip(to).TakeWhile(pair => pair.First == pair.Second).Count();
        var tail = from[head..].Reverse().Zip(to[head..].Reverse()).TakeWhile(pair => pair.First == pair.Second).Count();
        return
        [
            .. from[..head].Select(line => (LineChange.Same, line)),
            .. Middle(from[head..^tail], to[head..^tail]),
            .. from[^tail..].Select(line => (LineChange.Same, line)),
        ];
    }

    private static string[] Lines(string text) => text.Length == 0 ? [] : text.TrimEnd('\n').Split('\n');

    private static List<(LineChange, string)> Middle(string[] from, string[] to)
    {
        if (from.Length > MostLines || to.Length > MostLines)
        {
            return [.. from.Select(line => (LineChange.Gone, line)), .. to.Select(line => (LineChange.New, line))];
        }

        // The longest common part of what is left of each, from the end.
        var common = new int[from.Length + 1, to.Length + 1];
        for (var i = from.Length - 1; i >= 0; i--)
        {
            for (var j = to.Length - 1; j >= 0; j--)
            {
                common[i, j] = from[i] == to[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }

        var (changes, a, b) = (new List<(LineChange, string)>(), 0, 0);
        while (a < from.Length || b < to.Length)
        {
            if (a < from.Length && b < to.Length && from[a] == to[b])
            {
                changes.Add((LineChange.Same, from[a]));
                (a, b) = (a + 1, b + 1);
            }
            else if (b >= to.Length || (a < from.Length && common[a + 1, b] >= common[a, b + 1]))
            {
                changes.Add((LineChange.Gone, from[a++]));
            }
            else
            {
                changes.Add((LineChange.New, to[b++]));
            }
        }

        return changes;
    }
}
