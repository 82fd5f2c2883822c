using System.Runtime.CompilerServices;

namespace Learning.Tests.Permissions;

/// <summary>Who asks: nobody, or a person with one role (rule S1). All of them work for the same agency.</summary>
public enum Asker
{
    Nobody,
    Practitioner,
    Lead,
    Trainer,
    Subgroup,
    Chair,
    Unit,
    Administrator,
}

/// <summary>Whose data an address is filled with.</summary>
public enum Whose
{
    /// <summary>There is nobody's data in it.</summary>
    None,

    /// <summary>The asker's own.</summary>
    Self,

    /// <summary>Of the asker's agency: a colleague's, or a session that the trainer among them gives.</summary>
    Own,

    /// <summary>Of another agency, with which the asker has nothing to do.</summary>
    Other,
}

/// <summary>A row of matrix.txt: what an address answers to each asker.</summary>
internal sealed record MatrixRow(int Line, string Address, IReadOnlyList<Whose> Whose, IReadOnlyDictionary<Asker, string> Answers);

/// <summary>
/// The permission matrix, tests/Learning.Tests/Permissions/matrix.txt: who may open what. A line is a method, an address as the program routes it (a form of a page is named after a #),
/// whose data it is filled with, and the answers to each asker.
/// </summary>
internal static class Matrix
{
    public static readonly Asker[] Askers = Enum.GetValues<Asker>();

    public static string File => Path.Combine(Path.GetDirectoryName(Here())!, "matrix.txt");

    public static IReadOnlyList<MatrixRow> Read() => [.. System.IO.File.ReadAllLines(File).Select((text, index) => (text, line: index + 1))
        .Where(row => row.text.Trim() is { Length: > 0 } and not ['#', ..]).Select(row => Read(row.text, row.line))];

    private static MatrixRow Read(string text, int line)
    {
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        Assert.True(words.Length == 3 + Askers.Length, $"matrix.txt:{line}: a row is a method, an address, whose data, and {Askers.Length} answers; this one has {words.Length} words.");
        return new MatrixRow(line, $"{words[0]} {words[1]}", [.. words[2].Split('+').Select(word => WhoseOf(word, line))], Askers.Zip(words[3..]).ToDictionary());
    }

    private static Whose WhoseOf(string word, int line)
    {
        if (word == "-")
        {
            return Whose.None;
        }

        Assert.True(Enum.TryParse<Whose>(word, ignoreCase: true, out var whose) && whose.ToString().Equals(word, StringComparison.OrdinalIgnoreCase),
            $"matrix.txt:{line}: \"{word}\" is not whose data it is: -, self, own or other.");
        return whose;
    }

    /// <summary>The line above the rows.</summary>
    public static string Head => $"{"# who asks:",-69} {string.Join(' ', Askers.Select(asker => asker.ToString().PadRight(Wide(asker))))}".TrimEnd();

    /// <summary>Rows as they would stand in the file; what is the same for several is one row.</summary>
    public static string Write(string address, IEnumerable<(Whose Whose, IReadOnlyDictionary<Asker, string> Answers)> rows) => string.Join('\n', rows
        .GroupBy(row => string.Join(' ', Askers.Select(asker => row.Answers[asker].PadRight(Wide(asker)))))
        .Select(same => $"{address.Split(' ')[0],-6} {address.Split(' ')[1],-46} {string.Join('+', same.Select(row => Word(row.Whose))),-14} {same.Key}".TrimEnd()));

    private static int Wide(Asker asker) => Math.Max("sign-in".Length, asker.ToString().Length);

    private static string Word(Whose whose) => whose == Whose.None ? "-" : whose.ToString().ToLowerInvariant();

    private static string Here([CallerFilePath] string file = "") => file;
}
