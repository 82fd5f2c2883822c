using Learning.Audit;
using Learning.Database;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Records.Retention;

/// <summary>Somebody on the list of those who are going to be erased.</summary>
/// <param name="What">What they last did, as <see cref="RetentionWords.Activity"/> puts it.</param>
/// <param name="Notice">What became of the notice: "due", "sent", "parked" or "dropped"; null: none was queued.</param>
/// <param name="Since">They did something since last night: the day. They stay.</param>
/// <param name="HeldSince">Since when the business unit keeps them, and why.</param>
public sealed record RetentionLine(
    Guid Id, string GivenName, string FamilyName, string? Email, bool Bounces, string? Agency, DateOnly LastActiveOn, string What, DateOnly EraseOn, DateTimeOffset ListedAt, DateTimeOffset? NoticedAt, string? Notice,
    DateTimeOffset? SentAt, string? Refused, DateTimeOffset? HeldSince, string? HeldFor, DateOnly? Since, long Total)
{
    public string Name => PersonName.Of(GivenName, FamilyName, Id);
}

/// <summary>Something that the program deletes by itself.</summary>
/// <param name="Held">How many there are now.</param>
/// <param name="Job">The line of the timetable that does it.</param>
public sealed record GoesByItself(string What, string After, long Held, string Job);

/// <summary>The list in numbers.</summary>
/// <param name="Next">Whom the coming night erases.</param>
/// <param name="Needs">Of how many bookings it deletes what people needed.</param>
/// <param name="Untold">Of those who are not kept, the ones whom no notice reaches.</param>
public sealed record RetentionNumbers(int Listed, int Next, int Kept, int Untold, int Needs);

/// <summary>
/// The question who is going to be erased and what else goes by itself (P5): for the business unit alone. One statement for a page of the list, however many there are. Looking at the names is on the audit
/// trail (S3).
/// </summary>
public sealed class RetentionList(LearningDb db, Zone zone)
{
    /// <summary>Lines on a page.</summary>
    public const int Size = 50;

    private sealed record Counts(long Needs, long SignUps, long Lists, long Invitations, long Claims, long Codes, long Sessions, long Browsers, long Runs);

    /// <summary>The lines of the filter's page; each says how many there are in all.</summary>
    public async Task<IReadOnlyList<RetentionLine>> FindAsync(RetentionFilter filter, Actor actor, CancellationToken stop = default)
    {
        if (!actor.IsUnit)
        {
            return [];
        }

        db.AuditEntries.Add(new AuditEntry { At = zone.Now, ActorId = actor.PersonId, Verb = "looked at who is going to be erased", SubjectKind = "people" });
        await db.SaveChangesAsync(stop);
        return await Ask(filter, Size, (filter.Page - 1) * Size).ToListAsync(stop);
    }

    /// <summary>How the whole list stands.</summary>
    public async Task<RetentionNumbers> NumbersAsync(Actor actor, CancellationToken stop = default)
    {
        if (!actor.IsUnit)
        {
            return new(0, 0, 0, 0, 0);
        }

        var periods = await RetentionPeriods.ReadAsync(db, stop);
        var all = await Inactive.AskAsync(db, zone, zone.Today, listed: true, one: null, stop);
        var next = all.Count(person => person.IsDue(periods, zone, zone.Today.AddDays(1)));
        return new(all.Count, Math.Min(next, EraseInactive.MostErasures), all.Count(person => person.Held), all.Count(person => !person.Held && (!person.Reachable || person.Notice == "parked")), await PurgeNeeds.DueAsync(db, zone, zone.Today.AddDays(1), stop));
    }

    /// <summary>All of them, as they come from the database.</summary>
    internal IAsyncEnumerable<RetentionLine> EverybodyAsync(RetentionFilter filter) => Ask(filter, null, 0).AsAsyncEnumerable();

    /// <summary>What goes by itself besides people.</summary>
    public async Task<IReadOnlyList<GoesByItself>> AlsoAsync(Actor actor, CancellationToken stop = default)
    {
        if (!actor.IsUnit)
        {
            return [];
        }

        var periods = await RetentionPeriods.ReadAsync(db, stop);
        var counts = await db.Database.SqlQuery<Counts>($"""
            select (select count(*) from bookings where needs is not null) as "Needs",
                (select count(*) from sign_ups) as "SignUps", (select count(*) from bulk_runs) as "Lists", (select count(*) from invitations) as "Invitations",
                (select count(*) from address_claims) + (select count(*) from main_address_changes) as "Claims", (select count(*) from sign_in_codes) as "Codes",
                (select count(*) from account_sessions) as "Sessions", (select count(*) from known_devices) as "Browsers", (select count(*) from job_runs) as "Runs"
            """).SingleAsync(stop);
        return
        [
            new("What people need in order to take part", $"{periods.NeedsDays} days after the session", counts.Needs, "Delete needs"),
            new("Sign-ups that nobody confirmed or that are done", "a week, or once they are placed", counts.SignUps, "Forget what nobody took up"),
            new("Lists of people to invite", "a week", counts.Lists, "Forget what nobody took up"),
            new("Invitations", "two months after their end", counts.Invitations, "Forget what nobody took up"),
            new("Addresses that nobody confirmed, and changes of a main address", "a day, and 30 days", counts.Claims, "Forget unconfirmed addresses"),
            new("Links and codes to sign in", "a day after they ran out", counts.Codes, "Forget old sign-ins"),
            new("Sessions on devices", "30 days after they ended", counts.Sessions, "Forget old sign-ins"),
            new("Browsers that are known", "half a year unseen", counts.Browsers, "Forget old sign-ins"),
            new("What the jobs did", "30 days", counts.Runs, "each job"),
        ];
    }

    private IQueryable<RetentionLine> Ask(RetentionFilter filter, int? limit, int offset)
    {
        string[] parts = [.. (filter.Words ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Like.Holding)];
        var (today, state, sort) = (zone.Today, filter.State?.Word(), filter.Sort.Word());
        return db.Database.SqlQuery<RetentionLine>($"""
            with listed as (
                select c.*, p.given_name, p.family_name, e.email, e.bounced_at is not null as bounces, h.held_at, h.reason, m.state as notice, m.sent_at
                from retention_cases c join persons p on p.id = c.person_id and p.erased_at is null
                left join person_emails e on e.person_id = p.id and e.main
                left join messages m on m.id = c.message_id
                left join lateral (select held_at, reason from record_holds h where h.person_id in (select persons_of(p.id)) and h.lifted_at is null order by held_at limit 1) h on true),
            found as (
                select l.*, count(*) over () as total from listed l
                where not exists (select from unnest({parts}) part where concat_ws(' ', given_name, family_name, email) not ilike part)
                    and case {state} when 'kept' then held_at is not null
                        when 'refused' then refused is not null and held_at is null
                        when 'untold' then held_at is null and (email is null or bounces or notice = 'parked')
                        when 'going' then held_at is null and refused is null
                        else true end
                order by case {sort} when 'day' then erase_on when 'activity' then last_active_on end, lower(family_name), lower(given_name), person_id
                limit {limit} offset {offset})
            select f.person_id as "Id", f.given_name as "GivenName", f.family_name as "FamilyName", f.email as "Email", f.bounces as "Bounces", a.name as "Agency", f.last_active_on as "LastActiveOn", f.last_active as "What",
                f.erase_on as "EraseOn", f.listed_at as "ListedAt", f.noticed_at as "NoticedAt", f.notice as "Notice", f.sent_at as "SentAt", f.refused as "Refused", f.held_at as "HeldSince", f.reason as "HeldFor",
                case when l.active_on > f.last_active_on then l.active_on end as "Since", f.total as "Total"
            from found f
            cross join lateral last_activity(array(select persons_of(f.person_id)), {zone.Name}, {today}) l
            left join employments j on j.id = employment_on(f.person_id, {today}) left join agencies a on a.id = j.agency_id
            order by case {sort} when 'day' then f.erase_on when 'activity' then f.last_active_on end, lower(f.family_name), lower(f.given_name), f.person_id
            """);
    }
}
