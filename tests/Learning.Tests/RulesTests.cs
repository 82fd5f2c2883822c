using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Learning.Tests;

/// <summary>Every rule that is built is shown by a test that cites its number; what is not built yet is named here, and nowhere forgotten.</summary>
public partial class RulesTests
{
    private static readonly string[] NotBuiltYet =
    [
        "E5",
    ];

    [Fact]
    public void Every_rule_is_cited_by_a_test()
    {
        var tests = Path.GetDirectoryName(Here())!;
        var rules = Heading().Matches(File.ReadAllText(Path.Combine(tests, "..", "..", "docs", "rules.md"))).Select(match => match.Value).Distinct().ToList();
        Assert.True(rules.Count > 60);
        var cited = Directory.EnumerateFiles(tests, "*.cs", SearchOption.AllDirectories).Where(file => file != Here())
            .SelectMany(file => Heading().Matches(File.ReadAllText(file)).Select(match => match.Value)).ToHashSet();
        Assert.Empty(rules.Except(cited).Except(NotBuiltYet));
    }

    private static string Here([CallerFilePath] string file = "") => file;

    [GeneratedRegex(@"\b[TPBAEMFSCH]\d{1,2}\b")]
    private static partial Regex Heading();
}
