using Learning.Audit;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Records.Retention;

/// <summary>How long somebody's record stays.</summary>
/// <param name="OverOn">The first day on which they could be erased, if nothing more happens.</param>
/// <param name="Listed">Null: they are not on the list.</param>
/// <param name="Hold">The business unit keeps them; <paramref name="HeldBy"/> says who.</param>
public sealed record RecordStays(Guid Id, string Name, DateOnly LastActiveOn, string What, DateOnly OverOn, RetentionCase? Listed, RecordHold? Hold, string? HeldBy);

/// <summary>The question how long a record stays, for the business unit; null where there is no such person, or they were erased. Looking is on the audit trail (S3).</summary>
public sealed class HoldSeen(LearningDb db, Zone zone)
{
    public async Task<RecordStays?> AskAsync(Guid id, Actor actor, CancellationToken stop = default)
    {
        if (!actor.IsUnit || await db.Persons.VisibleTo(actor, db, zone.Today).AsNoTracking().SingleOrDefaultAsync(person => person.Id == id && person.ErasedAt == null, stop) is not { } person
            || (await Inactive.AskAsync(db, zone, DateOnly.MaxValue, listed: false, id, stop)).SingleOrDefault() is not { } found)
        {
            return null;
        }

        db.AuditEntries.Add(new AuditEntry { At = zone.Now, ActorId = actor.PersonId, Verb = "looked at how long a person's record stays", SubjectKind = "person", SubjectId = id });
        await db.SaveChangesAsync(stop);
        var all = await SamePerson.OfAsync(db, id, stop);
        var hold = await db.RecordHolds.AsNoTracking().Where(row => all.Contains(row.PersonId) && row.LiftedAt == null).OrderBy(row => row.HeldAt).FirstOrDefaultAsync(stop);
        var by = hold is null ? null : await db.Persons.VisibleTo(actor, db, zone.Today).AsNoTracking().SingleOrDefaultAsync(row => row.Id == hold.HeldBy, stop);
        return new RecordStays(
            id, PersonName.Of(person.GivenName, person.FamilyName, person.Id), found.ActiveOn, found.What, RetentionRules.OverOn(found.ActiveOn, await RetentionPeriods.ReadAsync(db, stop)),
            await db.RetentionCases.AsNoTracking().SingleOrDefaultAsync(row => row.PersonId == found.Id, stop), hold, by is null ? null : PersonName.Of(by.GivenName, by.FamilyName, by.Id));
    }
}
