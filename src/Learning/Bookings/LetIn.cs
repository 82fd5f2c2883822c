using Learning.Audit;
using Learning.Catalogue;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Learning.Bookings;

/// <summary>That somebody may book a session whom the course is not for, or who lacks what it builds on (B8): by whom, when and why.</summary>
public sealed class BookingWaiver
{
    public required Guid Id { get; init; }
    public required Guid SessionId { get; init; }
    public required Guid PersonId { get; init; }
    public required string Reason { get; init; }
    public required DateTimeOffset MadeAt { get; init; }
    public Guid? MadeBy { get; init; }
}

/// <summary>An organiser lets somebody book a session all the same (B8), on record. Twice is once. Refused: no reason; somebody the actor may not see.</summary>
public sealed class LetIn(LearningDb db, Zone zone)
{
    public async Task<DeskOutcome> RunAsync(string reference, Guid person, string? reason, Actor actor, CancellationToken stop = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (await OrganisedSession.LockAsync(db, reference, actor, zone.Today, stop) is not { } session
            || !await db.Persons.VisibleTo(actor, db, zone.Today).AnyAsync(one => one.Id == person && one.ErasedAt == null, stop))
        {
            return new DeskOutcome.NotFound();
        }

        if (DeskRules.WhyNotReason(reason) is { } why)
        {
            return DeskOutcome.Because(DeskField.Reason, why);
        }

        if (!await db.BookingWaivers.AnyAsync(waiver => waiver.SessionId == session.Id && waiver.PersonId == person, stop))
        {
            var now = zone.Now;
            db.BookingWaivers.Add(new BookingWaiver { Id = Guid.CreateVersion7(now), SessionId = session.Id, PersonId = person, Reason = reason!.Trim(), MadeAt = now, MadeBy = actor.PersonId });
            db.AuditEntries.Add(new AuditEntry { At = now, ActorId = actor.PersonId, Verb = "waived what a course asks for", SubjectKind = "person", SubjectId = person });
            await db.SaveChangesAsync(stop);
        }

        await transaction.CommitAsync(stop);
        return new DeskOutcome.Done();
    }
}

internal sealed class BookingWaiverMap : IEntityTypeConfiguration<BookingWaiver>
{
    public void Configure(EntityTypeBuilder<BookingWaiver> builder)
    {
        builder.ToTable("booking_waivers");
        builder.HasOne<Session>().WithMany().HasForeignKey(waiver => waiver.SessionId);
        builder.HasOne<Person>().WithMany().HasForeignKey(waiver => waiver.PersonId);
    }
}
