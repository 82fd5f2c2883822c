using Learning.Audit;
using Learning.Bookings;
using Learning.Messages;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

using Npgsql;

namespace Learning.Records;

/// <summary>What came of an erasure.</summary>
public abstract record EraseOutcome
{
    /// <summary>They are a number without identity, by this press or an earlier one.</summary>
    public sealed record Erased(DateTimeOffset At) : EraseOutcome;

    /// <summary>Nothing was changed: what to do first, a sentence each.</summary>
    public sealed record NotYet(IReadOnlyList<string> First) : EraseOutcome;

    /// <summary>Nothing was changed: the reason cannot be kept.</summary>
    public sealed record Refused(string Reason) : EraseOutcome;

    /// <summary>There is no such person, or who asks is not the business unit.</summary>
    public sealed record NotFound : EraseOutcome;

    private EraseOutcome()
    {
    }
}

/// <summary>Since when an erasure by retention was announced.</summary>
/// <param name="NoticedAt">When they were written to; null: they had no address that takes mail.</param>
internal sealed record Announced(DateTimeOffset ListedAt, DateTimeOffset? NoticedAt);

/// <summary>
/// Erases a person (rule P5), with whoever was merged with them (P3): everything in <see cref="WhatGoes"/> goes, their bookings ahead end and free their places, and a number without identity
/// stays with its marks, completions and bookings, so that every figure stands (T4). Nobody can sign in to it again; the addresses are free for somebody new. By the business unit, the command
/// line and the program itself. Who asked for it, or was erased by the business unit, is told by one last letter (<see cref="ErasureLetter"/>). Refused: <see cref="EraseRules"/>.
/// </summary>
public sealed class ErasePerson(IDbContextFactory<LearningDb> databases, Zone zone, MailSetting mail)
{
    // A place that is booked while the sessions are being locked is one more session to lock.
    private const int Tries = 5;

    public Task<EraseOutcome> RunAsync(Guid id, string? reason, Actor actor, CancellationToken stop = default) => RunAsync(id, reason, actor, null, stop);

    /// <summary>The same by retention: <paramref name="still"/> is asked once nobody can do anything as them any more; null is "not any more", and refuses. The words of the program need no check.</summary>
    internal async Task<EraseOutcome> RunAsync(Guid id, string? reason, Actor actor, Func<LearningDb, WhoGoes, CancellationToken, Task<Announced?>>? still, CancellationToken stop)
    {
        for (var tries = 1; ; tries++)
        {
            if (await TryAsync(id, reason, actor, still, stop) is { } outcome)
            {
                return outcome;
            }

            if (tries == Tries)
            {
                throw new InvalidOperationException($"The person {id} is booked on sessions faster than they can be erased.");
            }
        }
    }

    private async Task<EraseOutcome?> TryAsync(Guid id, string? reason, Actor actor, Func<LearningDb, WhoGoes, CancellationToken, Task<Announced?>>? still, CancellationToken stop)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        db.Database.AutoSavepointsEnabled = false;
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({MergePerson.Lock}, 0))", stop);
        if (!actor.IsUnit || await WhoGoes.OfAsync(db, id, stop) is not { } who)
        {
            return new EraseOutcome.NotFound();
        }

        // Nobody is merged with them meanwhile. Sessions before anything else, then the persons: whoever books, signs in or is given a role meanwhile waits for them.
        var now = zone.Now;
        var sessions = await EndBookings.LockAsync(db, who.Persons, now, stop);
        var persons = await db.Persons.FromSql($"select * from persons where id = any({who.Persons}) order by id for update").AsNoTracking().ToListAsync(stop);
        Announced? announced = null;
        if (still is not null && (announced = await still(db, who, stop)) is null)
        {
            return new EraseOutcome.Refused("They did something meanwhile, or were not told in time");
        }

        if (persons.TrueForAll(person => person.ErasedAt is not null))
        {
            return new EraseOutcome.Erased(persons[0].ErasedAt!.Value);
        }

        if (still is null && EraseRules.WhyNotReason(reason, who.NameParts) is { } wrong)
        {
            return new EraseOutcome.Refused(wrong);
        }

        if (EraseRules.First(await who.FactsAsync(db, now, zone.Today, stop)) is { Count: > 0 } first)
        {
            return new EraseOutcome.NotYet(first);
        }

        if ((await EndBookings.LockAsync(db, who.Persons, now, stop)).Count > sessions.Count)
        {
            return null;
        }

        await EndBookings.RunAsync(db, who.Persons, sessions, actor, zone, stop);
        var letter = await ErasureLetter.ToAsync(db, who, actor, mail, stop);
        await RemoveAsync(db, transaction, who, now, stop);
        await WriteAsync(db, who, reason!.Trim(), announced, actor, now, stop);
        await Outbox.QueueAsync(db, now, letter, stop);
        await transaction.CommitAsync(stop);
        return new EraseOutcome.Erased(now);
    }

    private async Task RemoveAsync(LearningDb db, IDbContextTransaction transaction, WhoGoes who, DateTimeOffset now, CancellationToken stop)
    {
        // Everything in one round trip: the statements share their parameters by name.
        await using var command = new NpgsqlCommand(
            string.Join(";\n", WhatGoes.All.Select(gone => gone.Statement).Append("select erase_words(@erased, @parts)").Append("select blank_evaluation_words(@erased)").Append("select blank_answers_in_words(@erased)").Append("select blank_certificates(@erased)").Append("select blank_package_commits(@erased, '-infinity')")), (NpgsqlConnection)db.Database.GetDbConnection(),
            (NpgsqlTransaction)transaction.GetDbTransaction());
        who.Fill(command.Parameters, now, zone.Today);
        await command.ExecuteNonQueryAsync(stop);
    }

    private static async Task WriteAsync(LearningDb db, WhoGoes who, string reason, Announced? announced, Actor actor, DateTimeOffset now, CancellationToken stop)
    {
        await db.Database.ExecuteSqlAsync($"""
            insert into erasures (person_id, erased_at, erased_by, reason, listed_at, noticed_at)
            select id, {now}, {actor.PersonId}, {reason}, {announced?.ListedAt}, {announced?.NoticedAt} from unnest({who.Persons}) id on conflict (person_id) do nothing
            """, stop);
        foreach (var request in await db.ErasureRequests.Where(request => who.Persons.Contains(request.PersonId) && request.Decision == null).ToListAsync(stop))
        {
            request.Decide(ErasureDecision.Erased, now, actor.PersonId);
        }

        foreach (var person in who.Persons)
        {
            db.AuditEntries.Add(new AuditEntry { At = now, ActorId = actor.PersonId, Verb = "erased a person", SubjectKind = "person", SubjectId = person });
        }

        await db.SaveChangesAsync(stop);
    }
}
