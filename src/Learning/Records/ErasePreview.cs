using Learning.Audit;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

using Npgsql;

namespace Learning.Records;

/// <summary>Something that goes or stays, counted.</summary>
public sealed record Counted(long Number, string Word, string Plural)
{
    /// <summary>"2 addresses".</summary>
    public string InWords => British.Count(Number, Word, Plural);
}

/// <summary>What an erasure would do.</summary>
/// <param name="Records">How many records of theirs were merged (P3), theirs included.</param>
/// <param name="Ending">References of the sessions ahead on which their booking ends.</param>
/// <param name="Losing">References of the sessions ahead that lose them as a trainer.</param>
/// <param name="First">What to do before; empty when it can be done now.</param>
/// <param name="Asked">Their own wish, if one is open.</param>
public sealed record ErasureSeen(
    Guid Id, string Name, bool Erased, int Records, IReadOnlyList<Counted> Goes, IReadOnlyList<Counted> Stays, IReadOnlyList<string> Ending, IReadOnlyList<string> Losing, IReadOnlyList<string> First,
    ErasureRequest? Asked);

/// <summary>The question what an erasure would remove and what would stay, for the business unit. Looking is on the trail (S3).</summary>
public sealed class ErasePreview(LearningDb db, Zone zone)
{
    private static readonly (string Word, string Plural, string Sql)[] Stay =
    [
        ("booking", "bookings", "select count(*) from bookings where person_id = any(@erased)"),
        ("mark on a register", "marks on registers", "select count(*) from marks where person_id = any(@erased) or substitute_id = any(@erased)"),
        ("completion", "completions", "select count(*) from completions where person_id = any(@erased)"),
        ("session that they gave", "sessions that they gave", "select count(*) from session_trainers where person_id = any(@erased)"),
        ("line of the audit trail, by number only", "lines of the audit trail, by number only", "select count(*) from audit_entries where actor_id = any(@erased) or subject_id = any(@erased)"),
    ];

    /// <summary>Null where there is no such person, or who asks is not the business unit.</summary>
    public async Task<ErasureSeen?> AskAsync(Guid id, Actor actor, CancellationToken stop = default)
    {
        if (!actor.IsUnit || await WhoGoes.OfAsync(db, id, stop) is not { } who)
        {
            return null;
        }

        db.AuditEntries.Add(new AuditEntry { At = zone.Now, ActorId = actor.PersonId, Verb = "looked at what an erasure would remove", SubjectKind = "person", SubjectId = id });
        await db.SaveChangesAsync(stop);
        var now = zone.Now;
        var goes = WhatGoes.All.Where(gone => gone.Words is not null).ToList();
        var counts = await CountsAsync([.. goes.Select(CountOf), .. Stay.Select(stay => stay.Sql)], who, stop);
        return new ErasureSeen(
            id, who.Name, await db.Persons.AnyAsync(person => person.Id == who.Persons[0] && person.ErasedAt != null, stop), who.Persons.Length,
            [.. goes.Select((gone, i) => new Counted(counts[i], gone.Words!, gone.Plural ?? gone.Words + "s")).Where(one => one.Number > 0)],
            [.. Stay.Select((stay, i) => new Counted(counts[goes.Count + i], stay.Word, stay.Plural)).Where(one => one.Number > 0)],
            await AheadAsync("select ref from sessions where starts_at > @now and id in (select session_id from bookings where person_id = any(@erased) and state in ('requested', 'confirmed', 'waiting', 'offered')) order by starts_at, ref", who, stop),
            await AheadAsync("select ref from sessions where starts_at > @now and status = 'planned' and id in (select session_id from session_trainers where person_id = any(@erased)) order by starts_at, ref", who, stop),
            EraseRules.First(await who.FactsAsync(db, now, zone.Today, stop)),
            await db.ErasureRequests.AsNoTracking().FirstOrDefaultAsync(request => who.Persons.Contains(request.PersonId) && request.Decision == null, stop));
    }

    private static string CountOf(Gone gone) => $"select count(*) from {gone.Table} where ({gone.Where}){(gone.Counted is null ? "" : $" and ({gone.Counted})")}";

    private async Task<List<long>> CountsAsync(IReadOnlyList<string> questions, WhoGoes who, CancellationToken stop) =>
        await ReadAsync(string.Join(" union all ", questions.Select((sql, i) => $"select {i} as place, ({sql}) as number")) + " order by place", who, reader => reader.GetInt64(1), stop);

    private Task<List<string>> AheadAsync(string sql, WhoGoes who, CancellationToken stop) => ReadAsync(sql, who, reader => reader.GetString(0), stop);

    private async Task<List<T>> ReadAsync<T>(string sql, WhoGoes who, Func<NpgsqlDataReader, T> read, CancellationToken stop)
    {
        await db.Database.OpenConnectionAsync(stop);
        try
        {
            await using var command = new NpgsqlCommand(sql, (NpgsqlConnection)db.Database.GetDbConnection());
            who.Fill(command.Parameters, zone.Now, zone.Today);
            await using var reader = await command.ExecuteReaderAsync(stop);
            var rows = new List<T>();
            while (await reader.ReadAsync(stop))
            {
                rows.Add(read(reader));
            }

            return rows;
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }
}
