using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Learning.Tests.Permissions;

/// <summary>
/// You cannot load what you may not see (rule S2, house rule 9): every question about people begins with VisibleTo. What does not stands in people-queries.txt, file by file, with what
/// guards it instead; the source is read for both. A question that is nowhere named fails, and so does a line that nothing stands behind.
/// </summary>
public partial class PeopleQueriesTests
{
    [Fact] // S2
    public void Every_question_about_people_begins_with_whom_the_reader_may_see_or_says_what_guards_it()
    {
        var allowed = File.ReadAllLines(Path.Combine(Folder, "people-queries.txt")).Where(line => line.Trim() is { Length: > 0 } and not ['#', ..])
            .Select(line => line.Split((char[]?)null, 3, StringSplitOptions.RemoveEmptyEntries)).ToDictionary(words => words[0], words => (Count: int.Parse(words[1]), Why: words.ElementAtOrDefault(2) ?? ""));
        var found = Directory.EnumerateFiles(Source, "*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".cs" or ".razor" && !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Select(file => (Name: Path.GetRelativePath(Source, file).Replace(Path.DirectorySeparatorChar, '/'), Count: Questions(File.ReadAllText(file))))
            .Where(file => file.Count > 0).ToDictionary(file => file.Name, file => file.Count);

        var wrong = found.Where(file => allowed.GetValueOrDefault(file.Key).Count != file.Value)
            .Select(file => $"{file.Key} asks {file.Value} times about people without VisibleTo, and people-queries.txt says {allowed.GetValueOrDefault(file.Key).Count}: begin with VisibleTo, or write the line \"{file.Key}  {file.Value}  what guards it\"")
            .Concat(allowed.Keys.Except(found.Keys).Select(file => $"{file} asks nothing of the kind any more: take its line out of people-queries.txt"))
            .Concat(allowed.Where(line => line.Value.Why.Length == 0).Select(line => $"{line.Key}: people-queries.txt does not say what guards it"));
        Assert.True(!wrong.Any(), string.Join('\n', wrong));
    }

    // Every use of the set of people but one that goes straight on to VisibleTo, and every statement of SQL that names their table.
    private static int Questions(string text) => Linq().Count(text) + Sql().Count(text);

    private static string Folder => Path.GetDirectoryName(Here())!;

    private static string Source => Path.GetFullPath(Path.Combine(Folder, "..", "..", "..", "src", "Learning"));

    private static string Here([CallerFilePath] string file = "") => file;

    [GeneratedRegex(@"\b[Dd]b\.Persons\b(?!\s*\.VisibleTo\()|\bSet<Person>\(\)")]
    private static partial Regex Linq();

    [GeneratedRegex(@"\b(from|join|into|update)\s+persons\b", RegexOptions.IgnoreCase)]
    private static partial Regex Sql();
}
