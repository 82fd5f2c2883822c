namespace Learning.History;

/// <summary>Something said about a place in a folder of history, a mistake or a warning. Lines and columns are counted from 1; a column is a character, and a value's is that of its first.</summary>
public sealed record Finding(string File, int Line, int Column, string What)
{
    /// <summary>As the report prints it (H1).</summary>
    public override string ToString() => $"{File}:{Line}:{Column}: {What}";
}

/// <summary>Collects what is found while a folder is checked: mistakes, any of which refuses the folder, and warnings.</summary>
internal sealed class Findings
{
    private readonly List<(int File, Finding Finding)> mistakes = [];
    private readonly List<(int File, Finding Finding)> warnings = [];

    public bool AnyMistake => mistakes.Count > 0;

    /// <summary>In the order of the files as the rules name them, then of lines and columns.</summary>
    public IReadOnlyList<Finding> Mistakes => InOrder(mistakes);

    public IReadOnlyList<Finding> Warnings => InOrder(warnings);

    public void Mistake(Place place, string what) => mistakes.Add((place.Order, new(place.File, place.Line, place.Column, what)));

    public void Warning(Place place, string what) => warnings.Add((place.Order, new(place.File, place.Line, place.Column, what)));

    private static List<Finding> InOrder(List<(int File, Finding Finding)> found) =>
        [.. found.OrderBy(at => at.File).ThenBy(at => at.Finding.File, StringComparer.Ordinal).ThenBy(at => at.Finding.Line).ThenBy(at => at.Finding.Column).Select(at => at.Finding)];
}

/// <summary>A place in a file; <paramref name="Order"/> is the file's among the files of the rules.</summary>
internal readonly record struct Place(int Order, string File, int Line, int Column);
