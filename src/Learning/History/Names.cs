using Learning.Database;

namespace Learning.History;

/// <summary>
/// The names by which rows point at one another (codes, references, addresses), in the folder or already in the system (H2). Case and surrounding space never matter.
/// A name that nobody has is a mistake, with the nearest that somebody has, unless the row that should have brought it is itself a mistake: that is said once, there.
/// </summary>
internal sealed class Names<T>(string noun, Findings findings) where T : class
{
    // Beyond this many different unknown names the wrong folder was given, and looking for what each was meant to be takes long and helps nobody.
    private const int SuggestedAtMost = 100;
    private const int MeantAtMost = 600;

    private readonly Dictionary<string, T> known = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> excused = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> meant = [];
    private readonly Dictionary<string, string> suggestions = new(StringComparer.OrdinalIgnoreCase);
    private bool allExcused;

    /// <summary>Everything that is known.</summary>
    public IReadOnlyDictionary<string, T> All => known;

    /// <summary>Makes a name known; false where it was already.</summary>
    public bool Add(string name, T named) => known.TryAdd(name, named);

    /// <summary>Lets a name mean something else from now on.</summary>
    public void Set(string name, T named) => known[name] = named;

    /// <summary>What has the name, or null.</summary>
    public T? Get(string name) => known.GetValueOrDefault(name);

    /// <summary>What has the name, or null, without making a string of it.</summary>
    public T? Get(ReadOnlySpan<char> name) => known.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var named) ? named : null;

    /// <summary>The row that was to bring one of these names is wrong: nobody is told that they are unknown.</summary>
    public void Excuse(params IEnumerable<string> names) => excused.UnionWith(names);

    /// <summary>A row that was to bring a name has it wrongly written: nobody is told that what looks much like it is unknown.</summary>
    public void ExcuseLike(string written)
    {
        if (written.Length >= 3 && meant.Count < MeantAtMost)
        {
            meant.Add(written);
        }
    }

    /// <summary>The file that brings the names cannot be read: no name is called unknown.</summary>
    public void ExcuseAll() => allExcused = true;

    /// <summary>What a value names, or null: it is empty, or unknown, and that is said where it is a mistake.</summary>
    public T? Find(Cell cell) => cell.IsThere() ? Find(cell, cell.Characters) : null;

    /// <summary>The same for a part of a value: an item of a list, the address after "substitute:".</summary>
    public T? Find(Cell cell, ReadOnlySpan<char> name)
    {
        if (Get(name) is { } named)
        {
            return named;
        }

        return Find(cell.Place, name.ToString());
    }

    /// <summary>The same for a value that was read earlier, because a later row may bring the name.</summary>
    public T? Find(Place place, string name)
    {
        if (Get(name) is { } named)
        {
            return named;
        }

        if (Unknown(name) is { } what)
        {
            findings.Mistake(place, what);
        }

        return null;
    }

    // What is wrong with a name that nobody has; null where a mistake elsewhere explains it.
    private string? Unknown(string name)
    {
        if (allExcused || excused.Contains(name) || meant.Exists(written => IsMeant(name, written)))
        {
            return null;
        }

        if (!suggestions.TryGetValue(name, out var what))
        {
            var nearest = suggestions.Count < SuggestedAtMost ? Nearest.Of(name, known.Keys, Math.Max(1, name.Length / 3)) : null;
            what = $"unknown {noun} \"{(name.Length <= 60 ? name : name[..60] + "…")}\"{(nearest is null ? "" : $"; the nearest known is {nearest}")}";
            suggestions.Add(name, what);
        }

        return what;
    }

    // An address with a slip or two, without its end, or only what stands before the @. Short names are too near one another to guess.
    private static bool IsMeant(string name, string written) =>
        name.Equals(written, StringComparison.OrdinalIgnoreCase)
        || name.Split('@')[0].Equals(written, StringComparison.OrdinalIgnoreCase)
        || (written.Length >= 6 && (Nearest.Slips(name, written, 2) <= 2 || name.StartsWith(written, StringComparison.OrdinalIgnoreCase)));
}
