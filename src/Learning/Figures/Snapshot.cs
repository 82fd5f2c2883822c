using System.Data;

using Learning.People;

using Microsoft.EntityFrameworkCore;

using Npgsql;

namespace Learning.Figures;

/// <summary>One unchanging view of the database for everything that a report or a drill-down reads, set up for large counts. Nothing can be written in it.</summary>
internal sealed class Snapshot : IAsyncDisposable
{
    // Compiling such statements takes longer than running them; their sorts fit into memory; and how they are best run depends on the window and courses of each.
    private const string Settings = "set transaction read only; set local jit = off; set local work_mem = '64MB'; set local plan_cache_mode = force_custom_plan";

    // Two reports at a time may count on two connections each; whoever comes then counts on one, so that no request waits for a connection because of a report.
    private static readonly SemaphoreSlim Seconds = new(2);

    private readonly IAsyncDisposable transaction;
    private readonly bool second;

    private Snapshot(NpgsqlConnection connection, IAsyncDisposable transaction, bool second) => (Connection, this.transaction, this.second) = (connection, transaction, second);

    public NpgsqlConnection Connection { get; }

    /// <exception cref="UnauthorizedAccessException">The actor may not see figures (S2).</exception>
    public static async Task<Snapshot> OpenAsync(LearningDb db, Actor actor, CancellationToken stop)
    {
        if (!actor.SeesFigures)
        {
            throw new UnauthorizedAccessException("Figures are for the subgroup, the chair and the business unit (rule S2).");
        }

        var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, stop);
        await db.Database.ExecuteSqlRawAsync(Settings, stop);
        return new Snapshot((NpgsqlConnection)db.Database.GetDbConnection(), transaction, second: false);
    }

    /// <summary>The very same view on a second connection, so that two statements run side by side; null when others have taken what there is.</summary>
    public async Task<Snapshot?> SecondAsync(NpgsqlDataSource database, CancellationToken stop)
    {
        if (!await Seconds.WaitAsync(0, stop))
        {
            return null;
        }

        NpgsqlConnection? connection = null;
        try
        {
            await using var export = new NpgsqlCommand("select pg_export_snapshot()", Connection);
            var name = (string)(await export.ExecuteScalarAsync(stop))!;
            connection = await database.OpenConnectionAsync(stop);
            var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, stop);
            await using var same = new NpgsqlCommand($"set transaction snapshot '{name}'; {Settings}", connection);
            await same.ExecuteNonQueryAsync(stop);
            return new Snapshot(connection, transaction, second: true);
        }
        catch
        {
            await (connection?.DisposeAsync() ?? ValueTask.CompletedTask);
            Seconds.Release();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync();
        if (second)
        {
            await Connection.DisposeAsync();
            Seconds.Release();
        }
    }
}
