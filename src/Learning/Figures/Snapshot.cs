using System.Data;

using Learning.People;

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

using Npgsql;

namespace Learning.Figures;

/// <summary>One unchanging view of the database for everything that a report or a drill-down reads, set up for large counts. Nothing can be written in it.</summary>
internal sealed class Snapshot : IAsyncDisposable
{
    private readonly IDbContextTransaction transaction;

    private Snapshot(LearningDb db, IDbContextTransaction transaction) => (Connection, this.transaction) = ((NpgsqlConnection)db.Database.GetDbConnection(), transaction);

    public NpgsqlConnection Connection { get; }

    /// <exception cref="UnauthorizedAccessException">The actor may not see figures (S2).</exception>
    public static async Task<Snapshot> OpenAsync(LearningDb db, Actor actor, CancellationToken stop)
    {
        if (!actor.SeesFigures)
        {
            throw new UnauthorizedAccessException("Figures are for the subgroup, the chair and the business unit (rule S2).");
        }

        var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, stop);

        // Compiling such statements takes longer than running them, and their sorts fit into memory.
        await db.Database.ExecuteSqlRawAsync("set transaction read only; set local jit = off; set local work_mem = '64MB'", stop);
        return new Snapshot(db, transaction);
    }

    public ValueTask DisposeAsync() => transaction.DisposeAsync();
}
