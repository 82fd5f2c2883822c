using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Learning.Tests;

/// <summary>The house guards itself: arrows between areas, words that name nothing, pages that save, files that grow.</summary>
public partial class HouseTests
{
    // "May be used by" runs from left to right; what shares a place may not use each other.
    private static readonly string[][] Order =
    [
        ["Time", "Database", "Csv"], ["Audit"], ["People"], ["Messages"], ["Accounts"], ["Membership"], ["Catalogue"], ["ELearning", "Bookings"], ["Attendance"], ["Evaluation"], ["Conferences"], ["Required"], ["Reminders"], ["History"],
        ["Figures"], ["Returns"], ["Certificates"], ["Records"], ["Reports"], ["Demonstration"], ["Jobs"], ["Web"], ["Commands"],
    ];

    private static readonly string Root = Path.GetFullPath(Path.Combine(Here(), "..", ".."));

    private static readonly string Source = Path.Combine(Root, "src", "Learning");

    [Fact]
    public void Dependencies_run_one_way()
    {
        var wrong = from file in Files("*.cs", "*.razor")
                    let area = Area(file)
                    where area is not null
                    from Match line in Using().Matches(File.ReadAllText(file))
                    let used = line.Groups[1].Value
                    // Every page may use the shell and its form parts.
                    where Place(used) >= Place(area) && used != area && !(used == "Web" && file.EndsWith(".razor", StringComparison.Ordinal))
                    select $"{Path.GetRelativePath(Source, file)} uses {used}";
        Assert.Empty(wrong);
    }

    [Fact]
    public void Every_folder_is_an_area() =>
        Assert.Empty(Directory.GetDirectories(Source).Select(folder => Path.GetFileName(folder)!)
            .Except([.. Order.SelectMany(areas => areas), "bin", "obj", "wwwroot", "Properties"]));

    [Fact]
    public void No_name_says_nothing() =>
        Assert.DoesNotContain(Files("*.cs", "*.razor"), file => Empty().IsMatch(Path.GetFileNameWithoutExtension(file)));

    [Fact]
    public void Pages_do_not_save() =>
        Assert.DoesNotContain(Files("*.razor"), file => File.ReadAllText(file).Contains("SaveChanges", StringComparison.Ordinal));

    [Fact]
    public void No_page_has_inline_styles_or_scripts() =>
        Assert.DoesNotContain(Files("*.razor"), file => Inline().IsMatch(File.ReadAllText(file)));

    [Fact] // Blazor drops a space at the beginning of an element: the word before would run into the hidden one, for whoever has it read out
    public void Hidden_words_stand_apart_from_the_word_before() =>
        Assert.DoesNotContain(Files("*.razor"), file => File.ReadAllText(file).Contains("govuk-visually-hidden\"> @", StringComparison.Ordinal));

    [Fact] // a page is drawn again whenever something around it is: what it says it has looked at must be there by then
    public void A_page_has_looked_when_all_that_it_shows_is_there() =>
        Assert.DoesNotContain(Files("*.razor"), file => LookedTooSoon().IsMatch(File.ReadAllText(file)));

    [Fact]
    public void The_readme_is_short_and_its_commands_exist()
    {
        var readme = File.ReadAllText(Path.Combine(Root, "README.md"));
        var script = File.ReadAllText(Path.Combine(Root, "learning"));
        Assert.True(readme.Split('\n').Length <= 80);
        Assert.All(Command().Matches(readme).Select(match => match.Groups[1].Value), command => Assert.Contains(command, script));
    }

    private static IEnumerable<string> Files(params string[] patterns) =>
        patterns.SelectMany(pattern => Directory.EnumerateFiles(Source, pattern, SearchOption.AllDirectories))
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
                && !file.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

    private static string? Area(string file) =>
        Path.GetRelativePath(Source, file).Split(Path.DirectorySeparatorChar) is [var area, _, ..] ? area : null;

    private static int Place(string area) => Array.FindIndex(Order, areas => areas.Contains(area));

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;

    [GeneratedRegex(@"^\s*@?using (?:static )?Learning\.(\w+)", RegexOptions.Multiline)]
    private static partial Regex Using();

    [GeneratedRegex("(Manager|Service|Helper|Base|Dto|Common|Utils?|Misc)s?$")]
    private static partial Regex Empty();

    [GeneratedRegex(@"<style|<script(?![^>]*\bsrc=)|\sstyle=""|\son(click|change|input|load|submit)=""", RegexOptions.IgnoreCase)]
    private static partial Regex Inline();

    // Set, not followed by the way out, and then waited for something in the same method.
    [GeneratedRegex(@"^ {8}(looked|loaded) = true;\r?\n(?:(?!    \}\r?$).*\n)*?.*\bawait ", RegexOptions.Multiline)]
    private static partial Regex LookedTooSoon();

    [GeneratedRegex(@"\./learning (\w+)")]
    private static partial Regex Command();
}
