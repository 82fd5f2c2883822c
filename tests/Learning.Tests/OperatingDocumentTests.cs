using System.Text.RegularExpressions;

using Learning.People;
using Learning.Tests.Support;
using Learning.Web;

using Npgsql;

namespace Learning.Tests;

/// <summary>Holds docs/operating.md and README.md to what the program reads.</summary>
public partial class OperatingDocumentTests(Ground ground) : IClassFixture<Ground>
{
    private static readonly string Operating = File.ReadAllText(Path.Combine(NamedInDocuments.Root, "docs", "operating.md"));
    private static readonly string Readme = File.ReadAllText(Path.Combine(NamedInDocuments.Root, "README.md"));

    [Fact]
    public void Every_variable_of_the_environment_that_the_program_reads_is_told_and_no_other()
    {
        var read = Directory.EnumerateFiles(Path.Combine(NamedInDocuments.Root, "src", "Learning"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => ReadVariable().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value)).Distinct().Order(StringComparer.Ordinal).ToList();
        Assert.Contains("LEARNING_SMTP", read);
        // What the script sets for the program by --data.
        Assert.Equal(read.Where(name => name != "LEARNING_DATA"), Variable().Matches(Readme).Select(match => match.Value).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_settings_are_set_as_it_says_and_the_site_is_called_so()
    {
        var sql = string.Join('\n', Operating.Split('\n').SkipWhile(line => !line.StartsWith("    insert into installation", StringComparison.Ordinal)).TakeWhile(line => line.StartsWith("    ", StringComparison.Ordinal)));
        await ground.OwnerSql(sql);
        await ground.OwnerSql(sql);

        await using var database = NpgsqlDataSource.Create(ground.ConnectionString);
        var site = ReadInstallation.From(database);
        Assert.Equal(("Estuary Safeguarding Partnership", "Estuary", "training@estuary.example"), (site.Partnership, site.Area, site.Contact));
        Assert.Contains($"| `{StrongRoles.Setting}` | `no`:", Operating);

        await using var pages = await WebsiteUnderTest.StartAsync(ground.ConnectionString, ground.Clock);
        var privacy = await pages.Visitor().Get("/privacy");
        Assert.Contains("The Estuary Safeguarding Partnership is responsible for this site", privacy.Text);
        Assert.Contains("mailto:training@estuary.example", privacy.Document.QuerySelectorAll("a").Select(link => link.GetAttribute("href")));
    }

    [Fact]
    public void The_readme_is_short() => Assert.InRange(Readme.Split('\n').Length, 20, 81);

    [GeneratedRegex("(?:GetEnvironmentVariable|Given)\\(\"(LEARNING_[A-Z_]+)\"")]
    private static partial Regex ReadVariable();

    [GeneratedRegex("LEARNING_[A-Z_]+")]
    private static partial Regex Variable();
}
