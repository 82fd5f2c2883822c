using Learning.Attendance.Seats;
using Learning.Audit;
using Learning.Bookings;
using Learning.Catalogue;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Attendance;

/// <summary>Somebody with a confirmed place, or a seat of the forum, and no mark in a part.</summary>
public sealed record Unmarked(Guid PartId, int PartNumber, Guid PersonId, string Name);

/// <summary>What came of signing.</summary>
public abstract record SignOutcome
{
    /// <summary>The register is signed, by this press or an earlier one.</summary>
    public sealed record Signed(DateTimeOffset At) : SignOutcome;

    /// <summary>Not before these have a mark (A6).</summary>
    public sealed record Missing(IReadOnlyList<Unmarked> People) : SignOutcome;

    /// <summary>Nothing was signed.</summary>
    public sealed record Refused(string Reason) : SignOutcome;

    /// <summary>There is no such register, or not for the eyes of who asks (S1).</summary>
    public sealed record NotFound : SignOutcome;

    private SignOutcome()
    {
    }
}

/// <summary>
/// Signs a register: from then on the session is one that was held. Refused while anybody with a confirmed place, or a seat of the forum, lacks a mark in any part, with their names
/// (rule A6), on a cancelled session, and while what was typed from paper waits for a second person, where the installation wants that. A seat that nobody holds is recorded as vacant or not appointed (A1), and who sat where is kept as it was signed. Signing what is signed changes nothing, and a device's signature that comes again changes nothing either (A3), also when the register was
/// reopened since.
/// </summary>
public sealed class SignRegister(IDbContextFactory<LearningDb> databases, Zone zone)
{
    /// <param name="deviceEvent">The id that a device gave its signature.</param>
    public async Task<SignOutcome> RunAsync(string reference, Actor actor, Guid? deviceEvent = null, CancellationToken stop = default)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        db.Database.AutoSavepointsEnabled = false;
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (!RegisterSheets.IsReference(reference) || await db.LockSessionAsync(reference, stop) is not { } session)
        {
            return new SignOutcome.NotFound();
        }

        var state = await RegisterState.OfAsync(db, session.Id, actor, stop);
        var access = state.Access(actor, session, zone);
        if (deviceEvent is not null && await db.RegisterEvents.AsNoTracking().SingleOrDefaultAsync(row => row.DeviceEvent == deviceEvent, stop) is { } before)
        {
            return before.SessionId != session.Id ? new SignOutcome.Refused("This id belongs to the signature of another register.")
                : RegisterRules.TakesMarks(access) ? new SignOutcome.Signed(before.RecordedAt)
                : new SignOutcome.NotFound();
        }

        switch (access)
        {
            case RegisterAccess.TooEarly:
                return new SignOutcome.Refused($"This register opens {RegisterRules.OpenDays} days before the session.");
            case not RegisterAccess.Open:
                return new SignOutcome.NotFound();
        }

        if (state.SignedAt is { } already)
        {
            return new SignOutcome.Signed(already);
        }

        if (session.Status == SessionStatus.Cancelled)
        {
            return new SignOutcome.Refused("This session is cancelled, so there is nothing to sign.");
        }

        if (state.TypedToCheck > 0)
        {
            return new SignOutcome.Refused($"{British.Count(state.TypedToCheck, "mark was", "marks were")} typed from paper. Somebody who did not type them checks them before the register is signed.");
        }

        var seats = await SignSeats.LockedAsync(db, session, stop);
        if (await MissingAsync(db, session.Id, stop) is { Count: > 0 } missing)
        {
            return new SignOutcome.Missing(missing);
        }

        var now = zone.Now;
        await SignSeats.MarkAsync(db, session, seats, state.Reopenings, now, actor.PersonId, stop);
        var signed = new RegisterEvent { SessionId = session.Id, Event = RegisterEventKind.Signed, RecordedAt = now, RecordedBy = actor.PersonId, DeviceEvent = deviceEvent };
        db.RegisterEvents.Add(signed);
        db.AuditEntries.Add(new AuditEntry { At = now, ActorId = actor.PersonId, Verb = "signed a register", SubjectKind = "session", SubjectId = session.Id });
        await db.SaveChangesAsync(stop);
        await SignSeats.RunAsync(db, signed, seats, stop);
        await transaction.CommitAsync(stop);
        return new SignOutcome.Signed(now);
    }

    private static Task<List<Unmarked>> MissingAsync(LearningDb db, Guid sessionId, CancellationToken stop) =>
        db.Database.SqlQuery<Unmarked>($"""
            select distinct p.id as "PartId", p.number as "PartNumber", who.id as "PersonId", btrim(who.given_name || ' ' || who.family_name) as "Name", who.family_name, who.given_name
            from session_parts p
            cross join (
                select person_id from bookings where session_id = {sessionId} and state = 'confirmed' union select person_id from seats_at({sessionId}) where person_id is not null) expected
            join persons who on who.id = expected.person_id
            where p.session_id = {sessionId} and not exists (select from marks m where m.session_id = p.session_id and m.part_id = p.id and m.person_id = expected.person_id)
            order by p.number, who.family_name, who.given_name
            """).ToListAsync(stop);
}
