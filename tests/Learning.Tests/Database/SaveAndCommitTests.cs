using System.Data.Common;

using Learning.Audit;
using Learning.Database;
using Learning.Tests.Support;

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;

using Npgsql;

namespace Learning.Tests.Database;

/// <summary>B2, M1: what a verb saves last goes with its commit, in one round trip, and is there whole or not at all.</summary>
public class SaveAndCommitTests(Ground ground) : IClassFixture<Ground>
{
    [Fact]
    public async Task What_is_saved_is_committed_with_it_and_the_transaction_is_over()
    {
        var subject = Guid.CreateVersion7();
        await using var db = ground.Db();
        await using var transaction = await db.Database.BeginTransactionAsync();
        db.Add(Entry(subject));

        await db.SaveAndCommitAsync(transaction, default);

        Assert.Equal(1, await CountAsync(subject));
        Assert.Null(db.Database.CurrentTransaction);
    }

    [Fact]
    public async Task No_savepoint_is_made_that_nobody_could_let_go_after_the_commit()
    {
        var seen = new SavepointsAndFailures();
        await using var usual = ground.Db();
        await using var db = new LearningDb(new DbContextOptionsBuilder<LearningDb>((DbContextOptions<LearningDb>)usual.GetService<IDbContextOptions>()).AddInterceptors(seen).Options);
        await using var transaction = await db.Database.BeginTransactionAsync();
        db.Add(Entry(Guid.CreateVersion7()));

        await db.SaveAndCommitAsync(transaction, default);

        Assert.Empty(seen.Names);
        Assert.True(db.Database.AutoSavepointsEnabled);
    }

    [Fact]
    public async Task Others_go_on_before_it_is_on_the_disk_and_whoever_saved_it_after()
    {
        await using var db = ground.Db();
        await db.Database.OpenConnectionAsync();
        await db.Database.ExecuteSqlAsync($"set synchronous_commit = on"); // As it is where it matters; the tests' own server does not wait.
        await using var transaction = await db.Database.BeginTransactionAsync();
        db.Add(Entry(Guid.CreateVersion7()));
        var before = await ground.Sql<string>("select pg_current_wal_insert_lsn()::text");

        await db.SaveAndCommitAsync(transaction, default);

        Assert.True(await ground.Sql<bool>($"select pg_current_wal_flush_lsn() > '{before}'"), "What was committed is still in memory alone.");
        Assert.Equal("on", await db.Database.SqlQuery<string>($"select current_setting('synchronous_commit') as \"Value\"").SingleAsync());
    }

    [Fact]
    public async Task What_was_done_before_is_committed_also_where_nothing_is_left_to_save()
    {
        var subject = Guid.CreateVersion7();
        await using var db = ground.Db();
        await using var transaction = await db.Database.BeginTransactionAsync();
        await db.Database.ExecuteSqlAsync($"insert into audit_entries (at, verb, subject_kind, subject_id) values (now(), 'was tested', 'test', {subject})");

        await db.SaveAndCommitAsync(transaction, default);

        Assert.Equal(1, await CountAsync(subject));
    }

    [Fact]
    public async Task More_than_one_batch_is_committed_after_the_last()
    {
        var subject = Guid.CreateVersion7();
        await using var db = ground.Db();
        await using var transaction = await db.Database.BeginTransactionAsync();
        db.AddRange(Enumerable.Range(0, 2500).Select(_ => Entry(subject)));

        await db.SaveAndCommitAsync(transaction, default);

        Assert.Equal(2500, await CountAsync(subject));
    }

    [Fact]
    public async Task A_row_that_the_database_refuses_takes_the_others_with_it()
    {
        var subject = Guid.CreateVersion7();
        await using var db = ground.Db();
        await using (var transaction = await db.Database.BeginTransactionAsync())
        {
            db.AddRange(Entry(subject), new Learning.People.PersonEmail { Email = "nobody@late.example", PersonId = Guid.CreateVersion7(), Main = true });

            var refused = await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveAndCommitAsync(transaction, default));
            Assert.IsType<PostgresException>(refused.InnerException);
        }

        Assert.Equal(0, await CountAsync(subject));
        Assert.Equal(0, await db.AuditEntries.CountAsync(entry => entry.SubjectId == subject));
    }

    private static AuditEntry Entry(Guid subject) => new() { At = DateTimeOffset.UnixEpoch, Verb = "was tested", SubjectKind = "test", SubjectId = subject };

    private Task<long> CountAsync(Guid subject) => ground.Sql<long>($"select count(*) from audit_entries where subject_id = '{subject}'");

    private sealed class SavepointsAndFailures : DbTransactionInterceptor
    {
        public List<string> Names { get; } = [];

        public override Task CreatedSavepointAsync(DbTransaction transaction, TransactionEventData eventData, CancellationToken cancellationToken = default)
        {
            Names.Add("a savepoint");
            return Task.CompletedTask;
        }

        public override Task TransactionFailedAsync(DbTransaction transaction, TransactionErrorEventData eventData, CancellationToken cancellationToken = default)
        {
            Names.Add(eventData.Action);
            return Task.CompletedTask;
        }
    }
}
