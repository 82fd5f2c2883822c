using Learning.Accounts;
using Learning.Audit;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Learning.Bookings;

/// <summary>The secret address of somebody's own calendar feed. What is kept of it is a hash; one is live at a time.</summary>
public sealed class CalendarLink
{
    public required Guid Id { get; init; }
    public required Guid PersonId { get; init; }
    public required byte[] Hash { get; init; }
    public required DateTimeOffset MadeAt { get; init; }
    public DateTimeOffset? EndedAt { get; set; }
}

/// <summary>
/// Makes the address of somebody's own calendar feed, which is shown once: whoever has it reads where they are booked, without signing in. A newer one ends the older, and it can be ended. On the
/// audit trail (S3).
/// </summary>
public sealed class ChangeCalendarLink(LearningDb db, Zone zone)
{
    /// <summary>The secret of the new address; null for a visitor.</summary>
    public async Task<string?> MakeAsync(Actor actor, CancellationToken stop = default)
    {
        if (actor.PersonId is not { } person)
        {
            return null;
        }

        var secret = Secret.New();
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        await EndLiveAsync(person, stop);
        db.CalendarLinks.Add(new CalendarLink { Id = Guid.CreateVersion7(zone.Now), PersonId = person, Hash = Secret.Hash(secret), MadeAt = zone.Now });
        Trail(person, "made a calendar link");
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return secret;
    }

    /// <summary>Ends it: calendars that read it find nothing any more. Twice is once.</summary>
    public async Task EndAsync(Actor actor, CancellationToken stop = default)
    {
        if (actor.PersonId is not { } person)
        {
            return;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (await EndLiveAsync(person, stop))
        {
            Trail(person, "ended a calendar link");
            await db.SaveChangesAsync(stop);
        }

        await transaction.CommitAsync(stop);
    }

    // The person's row is the lock: two presses at once leave one live address.
    private async Task<bool> EndLiveAsync(Guid person, CancellationToken stop)
    {
        await db.Database.ExecuteSqlAsync($"select from persons where id = {person} for no key update", stop);
        return await db.CalendarLinks.Where(link => link.PersonId == person && link.EndedAt == null).ExecuteUpdateAsync(set => set.SetProperty(link => link.EndedAt, zone.Now), stop) > 0;
    }

    private void Trail(Guid person, string verb) => db.AuditEntries.Add(new AuditEntry { At = zone.Now, ActorId = person, Verb = verb, SubjectKind = "person", SubjectId = person });
}

internal sealed class CalendarLinkMap : IEntityTypeConfiguration<CalendarLink>
{
    public void Configure(EntityTypeBuilder<CalendarLink> builder)
    {
        builder.ToTable("calendar_links");
        builder.HasOne<Person>().WithMany().HasForeignKey(link => link.PersonId);
    }
}
