using Learning.Commands;
using Learning.History;
using Learning.Tests.History;
using Learning.Tests.Support;

namespace Learning.Tests.Commands;

/// <summary>What <c>learning import</c> prints, where, and its exit codes.</summary>
public sealed class ImportTests(Ground ground) : IClassFixture<Ground>
{
    private async Task<(int Code, string[] Output, string[] Errors)> Import(WrittenFolder folder, bool dryRun = false)
    {
        ground.Clock.Set("2026-11-20 09:00");
        using StringWriter output = new(), errors = new();
        var code = await ground.With((ImportHistory import) => ImportCommand.RunAsync(import, folder.Path, dryRun, output, errors, default));
        return (code, Lines(output), Lines(errors));
    }

    private static string[] Lines(StringWriter writer) => writer.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);

    [Fact]
    public async Task Counts_go_to_standard_output_and_warnings_to_standard_error()
    {
        using var folder = WrittenFolder.Small("ct").And("bookings.csv", "ctH1,cat@ct.example,confirmed,2023-10-03T09:00Z,,");
        var (code, output, errors) = await Import(folder);
        Assert.Equal(0, code);
        Assert.Contains("agencies: 3 in the folder, 3 new, 0 changed", output);
        Assert.Contains("marks: 2 in the folder, 2 new, 0 changed", output);
        Assert.Equal(["Warning: bookings.csv:4:1: session ctH1 had 2 places and 3 confirmed bookings; they are kept, as it is past", "Imported."], errors);
        Assert.Equal("Everything was here already.", (await Import(folder)).Errors[^1]);
        Assert.Equal("A dry run: nothing was changed.", (await Import(folder, dryRun: true)).Errors[^1]);
    }

    [Fact]
    public async Task A_refused_folder_gives_exit_code_1_and_a_line_for_each_mistake_and_for_nothing_else() // H1
    {
        using var folder = WrittenFolder.Small("rf").And("bookings.csv", "rfH1,cat@rf.example,confirmed,2023-10-03T09:00Z,,", "rfH1,cta@rf.example,confirmed,2023-10-03,,");
        var (code, output, errors) = await Import(folder);
        Assert.Equal(1, code);
        Assert.Equal(
            [
                "bookings.csv:5:6: unknown person \"cta@rf.example\"; the nearest known is cat@rf.example",
                "bookings.csv:5:31: booked_at \"2023-10-03\" is not an instant with its zone, such as 2024-03-31T22:50Z or 2024-03-31T23:50+01:00",
            ], output);
        Assert.Equal(["Nothing was imported: 2 mistakes."], errors);
    }

    [Fact]
    public async Task A_folder_without_any_of_the_files_is_a_mistake()
    {
        using var folder = new WrittenFolder();
        var (code, output, _) = await Import(folder);
        Assert.Equal(1, code);
        Assert.StartsWith($"{folder.Path}:1:1: the folder has none of agencies.csv, ", Assert.Single(output), StringComparison.Ordinal);
    }

    [Fact] // H1
    public async Task Of_ten_thousand_people_with_fifty_mistakes_the_dry_run_names_those_fifty_and_without_them_it_is_whole()
    {
        var (rows, wrong) = (new List<string> { "email,given_name,family_name,agency,job_title,workforce,level,from,to" }, new List<string>());
        for (var row = 1; row <= 10_000; row++)
        {
            var bad = row % 200 == 0;
            rows.Add($"p{row}@tt.example,Given,Person{row},ttA,Nurse,{(bad && row % 400 != 0 ? "everybody" : "children")},3,{(bad && row % 400 == 0 ? "2020-13-01" : "2020-01-01")},");
            if (bad)
            {
                wrong.Add($"people.csv:{row + 1}:");
            }
        }

        using var folder = new WrittenFolder().With("agencies.csv", "code,name,sector,statutory_partner,email_domains,headcount", "ttA,Ten thousand,Health,no,,").With("people.csv", rows);
        var (code, output, errors) = await Import(folder, dryRun: true);
        Assert.Equal(1, code);
        Assert.Equal(wrong, output.Select(line => line[..(line.IndexOf(':', "people.csv:".Length) + 1)]));
        Assert.Equal(["Nothing was imported: 50 mistakes."], errors);

        folder.With("people.csv", rows.Select(row => row.Replace("everybody", "adults", StringComparison.Ordinal).Replace("2020-13-01", "2020-12-01", StringComparison.Ordinal)));
        Assert.Equal(0, (await Import(folder, dryRun: true)).Code);
        Assert.Equal(0, await ground.Sql<long>("select count(*) from person_emails where email like '%@tt.example'"));
        Assert.Contains("people: 10,000 in the folder, 10,000 new, 0 changed", (await Import(folder)).Output);
    }
}
