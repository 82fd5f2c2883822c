using Learning.Bookings;
using Learning.Messages;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Reminders;

/// <summary>Which reminders to approvers fall due (B9): at 9am of the second and of the fifth working day after somebody asked, while nobody has answered and booking is open.</summary>
internal static class ApprovalReminders
{
    private sealed record Open(Guid Id, Guid SessionId, string Approver, DateTimeOffset AskedAt, DateTimeOffset ClosesAt);

    public static async Task<List<Outgoing>> DueAsync(LearningDb db, DateTimeOffset since, DateTimeOffset until, Zone zone, CancellationToken stop)
    {
        // Five working days are sixteen at the most, over Christmas.
        var open = await db.Database.SqlQuery<Open>($"""
            select b.id as "Id", b.session_id as "SessionId", a.approver_email as "Approver", a.asked_at as "AskedAt", s.booking_closes_at as "ClosesAt"
            from booking_approvals a join bookings b on b.id = a.booking_id join sessions s on s.id = b.session_id
            where a.decided_at is null and a.approver_email is not null and a.asked_at > {since.AddDays(-30)} and b.state = 'requested' and s.status = 'planned' and s.booking_closes_at > {since}
            """).ToListAsync(stop);
        return
        [
            .. from one in open
               from days in ApprovalRules.RemindedAfter
               let at = zone.InstantOf(WorkingDays.After(zone.DateOf(one.AskedAt), days).ToDateTime(new TimeOnly(9, 0)))
               where at > since && at <= until && at < one.ClosesAt
               select ApprovalLetters.Reminder(one.Id, one.SessionId, one.Approver, days, at),
        ];
    }
}
