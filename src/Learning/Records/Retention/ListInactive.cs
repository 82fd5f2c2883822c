using Learning.Membership;
using Learning.Messages;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Records.Retention;

/// <summary>What a night of <see cref="ListInactive"/> did.</summary>
/// <param name="Listed">Who came onto the list.</param>
/// <param name="Told">To whom a notice was queued.</param>
/// <param name="Stay">Who left the list, because they did something.</param>
public sealed record ListedRun(int Listed, int Told, int Stay);

/// <summary>
/// Keeps the list of those who are going to be erased (P5), and writes to them so many days before, at 9am: a notice at their main address with a link that keeps their record. Who did something is
/// taken off. Who has no address that takes mail is listed as long before, for the business unit to see; so is whoever it keeps, to whom nothing is written. At most <see cref="MostNotices"/> notices a night, those who are
/// longest inactive first: an old history that is imported does not flood the mail, and nobody of it goes before the days of notice are over. Run twice, on two servers, it writes once (M2).
/// </summary>
public sealed class ListInactive(LearningDb db, Zone zone)
{
    /// <summary>Notices a night.</summary>
    public const int MostNotices = 500;

    private static readonly TimeOnly Hour = new(9, 0);

    private sealed record Written(int Listed, int Stay);

    public async Task<ListedRun> RunAsync(CancellationToken stop = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        // Nobody is merged or erased meanwhile, and no other server lists.
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({MergePerson.Lock}, 0))", stop);
        var periods = await RetentionPeriods.ReadAsync(db, stop);
        var people = await Inactive.AskAsync(db, zone, RetentionRules.ListedUpTo(zone.Today, periods), listed: false, one: null, stop);
        var told = people.Where(person => person.ToTell).Take(MostNotices).ToDictionary(person => person.Id, _ => OneTimeSecret.Link());
        var queued = await Outbox.QueueAsync(db, zone.Now, [.. told.Select(one => Notice(one.Key, one.Value))], stop);
        var written = await WriteAsync(people, told, periods, stop);
        await transaction.CommitAsync(stop);
        return new ListedRun(written.Listed, queued, written.Stay);
    }

    private Outgoing Notice(Guid person, string link)
    {
        var hour = zone.InstantOf(zone.Today.ToDateTime(Hour));
        return new()
        {
            Kind = RetentionLetters.Kind, PersonId = person, SubjectId = person, Occurrence = $"{zone.Today:yyyy-MM-dd}", Why = "They have done nothing for years, and their record would be erased.",
            Data = new { link }, DueAt = hour > zone.Now ? hour : zone.Now,
        };
    }

    private async Task<Written> WriteAsync(List<Inactive> people, Dictionary<Guid, string> told, RetentionPeriods periods, CancellationToken stop)
    {
        var ids = people.Select(person => person.Id).ToArray();
        var days = people.Select(person => person.ActiveOn).ToArray();
        var whats = people.Select(person => person.What).ToArray();
        var erased = people.Select(person => RetentionRules.ErasedOn(person.ActiveOn, person.ToldOn(zone) ?? zone.Today, periods)).ToArray();
        var hashes = people.Select(person => told.TryGetValue(person.Id, out var link) ? Convert.ToHexStringLower(OneTimeSecret.HashOf(link)) : null).ToArray();
        var (now, occurrence) = (zone.Now, $"{zone.Today:yyyy-MM-dd}");
        var stay = await db.Database.ExecuteSqlAsync($"delete from retention_cases where not person_id = any ({ids})", stop);
        var listed = await db.Database.SqlQuery<bool>($"""
            insert into retention_cases as c (person_id, last_active_on, last_active, listed_at, erase_on, link_hash, noticed_at, message_id)
            select p.id, p.active_on, p.what, {now}, p.erase_on, decode(p.hash, 'hex'), case when p.hash is not null then {now} end, m.id
            from unnest({ids}, {days}, {whats}, {erased}, {hashes}) as p (id, active_on, what, erase_on, hash)
            left join messages m on p.hash is not null and m.kind = {RetentionLetters.Kind} and m.person_id = p.id and m.subject_id = p.id and m.occurrence = {occurrence}
            on conflict (person_id) do update set last_active_on = excluded.last_active_on, last_active = excluded.last_active, erase_on = excluded.erase_on,
                link_hash = coalesce(excluded.link_hash, c.link_hash), noticed_at = coalesce(excluded.noticed_at, c.noticed_at), message_id = coalesce(excluded.message_id, c.message_id)
            returning listed_at = {now} and xmax = 0 as "Value"
            """).ToListAsync(stop);
        return new Written(listed.Count(isNew => isNew), stay);
    }
}
