using Learning.History;
using Learning.People;
using Learning.Tests.Support;

namespace Learning.Tests.History;

/// <summary>A folder of history goes in, and is what it said.</summary>
public sealed class ImportTests(Ground ground) : IClassFixture<Ground>
{
    private async Task<ImportOutcome> Run(string folder, bool dryRun = false)
    {
        ground.Clock.Set("2026-11-20 09:00");
        return await ground.With((ImportHistory import) => import.RunAsync(folder, dryRun, null, Actor.Machine, default));
    }

    private async Task<ImportOutcome.Imported> Imported(WrittenFolder folder)
    {
        var outcome = await Run(folder.Path);
        Assert.True(outcome is ImportOutcome.Imported, string.Join('\n', (outcome as ImportOutcome.Refused)?.Mistakes ?? []));
        return (ImportOutcome.Imported)outcome;
    }

    /// <summary>How many rows each table has, and a digest of what they say.</summary>
    private Task<string> Everything() => ground.Sql<string>("""
        select string_agg(t.table_name || ' ' || (xpath('/row/c/text()', query_to_xml(format('select count(*) || '' '' || coalesce(md5(string_agg(md5(x::text), '''' order by md5(x::text))), '''') as c from %I x', t.table_name), false, true, '')))[1]::text, E'\n' order by t.table_name)
        from information_schema.tables t where t.table_schema = 'public' and t.table_type = 'BASE TABLE'
        """);

    [Fact]
    public async Task A_second_import_of_the_same_folder_changes_nothing() // H2
    {
        using var folder = WrittenFolder.Small("sm");
        var first = await Imported(folder);
        Assert.Empty(first.Warnings);
        Assert.True(first.AnyChange);
        var before = await Everything();

        var second = await Imported(folder);

        Assert.False(second.AnyChange, string.Join('\n', second.Counts));
        Assert.Equal(before, await Everything());
    }

    [Fact]
    public async Task A_dry_run_says_what_would_happen_and_changes_nothing()
    {
        using var folder = WrittenFolder.Small("dr");
        var before = await Everything();

        var outcome = Assert.IsType<ImportOutcome.Imported>(await Run(folder.Path, dryRun: true));

        Assert.Equal(3, outcome.Counts.Single(count => count.What == "agencies").New);
        Assert.Equal(before, await Everything());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    public async Task Random_histories_go_in_twice_without_change(int from) // H2
    {
        for (var seed = from; seed < from + 8; seed++)
        {
            await using var own = new OwnGround();
            await own.Start();
            using var folder = new WrittenFolder();
            RandomHistory.Write(folder.Path, seed);
            var first = await own.Import(folder.Path);
            Assert.True(first is ImportOutcome.Imported, $"seed {seed}: " + string.Join('\n', (first as ImportOutcome.Refused)?.Mistakes ?? []));
            var second = Assert.IsType<ImportOutcome.Imported>(await own.Import(folder.Path));
            Assert.False(second.AnyChange, $"seed {seed}: " + string.Join('\n', second.Counts));
        }
    }
}
