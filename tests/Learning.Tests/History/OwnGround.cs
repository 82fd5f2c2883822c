using Learning.History;
using Learning.People;
using Learning.Tests.Support;

namespace Learning.Tests.History;

/// <summary>A database for one history alone, on a day by which every random history is past.</summary>
public sealed class OwnGround : IAsyncDisposable
{
    public Ground Ground { get; } = new();

    public Given Given => Ground.Given;

    public Task Start()
    {
        Ground.Clock.Set("2026-11-20 09:00");
        return Ground.InitializeAsync();
    }

    public Task<ImportOutcome> Import(string folder) =>
        Ground.With((ImportHistory import) => import.RunAsync(folder, false, null, Actor.Machine, default));

    /// <summary>The rows of a query as lines, their values parted by spaces; null is nothing.</summary>
    public Task<string> Lines(string sql) => Ground.Sql<string>($$"""
        select coalesce(string_agg(trim(regexp_replace(translate(q::text, '()"', ''), ',+', ' ', 'g')), E'\n'), '') from ({{sql}}) q
        """);

    public async ValueTask DisposeAsync() => await Ground.DisposeAsync();
}
