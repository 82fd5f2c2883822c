using Learning.Database;

using Microsoft.EntityFrameworkCore;

namespace Learning.Attendance;

/// <summary>A mark as it was recorded, whether or not it stands.</summary>
/// <param name="By">Who recorded it; null: a program, or somebody erased.</param>
/// <param name="Instead">Who came in their place, with a mark "substitute".</param>
public sealed record RecordedMark(Guid Id, int PartNumber, MarkKind Kind, int? Minutes, string? Instead, DateTimeOffset MarkedAt, DateTimeOffset RecordedAt, string? By, IReadOnlyList<MarkFlag> Flags);

/// <summary>A mark that came long after the signature (A3).</summary>
/// <param name="Name">Whose it is: a person's, or an empty seat's.</param>
/// <param name="TakenIn">What was decided; null: nothing yet.</param>
public sealed record LateMark(Guid Id, string Name, int? PartNumber, MarkKind Kind, int? Minutes, DateTimeOffset MarkedAt, DateTimeOffset RecordedAt, bool? TakenIn);

/// <summary>A signature of a register, or a reopening with its reason (A6).</summary>
public sealed record RegisterStep(RegisterEventKind Event, DateTimeOffset At, string? By, string? Reason);

/// <summary>What was recorded of a session's attendance, all of it (A2: all events are kept). One statement each, however many there are.</summary>
public static class AttendanceHistory
{
    private sealed record MarkRow(Guid Id, int PartNumber, string Word, int? Minutes, string? Instead, DateTimeOffset MarkedAt, DateTimeOffset RecordedAt, string? By, string? Flag);

    private sealed record LateRow(Guid Id, string Name, int? PartNumber, string Word, int? Minutes, DateTimeOffset MarkedAt, DateTimeOffset RecordedAt, bool? TakenIn);

    private sealed record StepRow(string Word, DateTimeOffset At, string? By, string? Reason);

    /// <summary>Every mark of one person, the newest first.</summary>
    public static async Task<IReadOnlyList<RecordedMark>> OfAsync(LearningDb db, Guid session, Guid person, CancellationToken stop = default) => (await db.Database.SqlQuery<MarkRow>($"""
        select m.id as "Id", p.number as "PartNumber", m.mark as "Word", m.minutes as "Minutes", nullif(btrim(i.given_name || ' ' || i.family_name), '') as "Instead",
            m.marked_at as "MarkedAt", m.recorded_at as "RecordedAt", nullif(btrim(o.given_name || ' ' || o.family_name), '') as "By", m.flag as "Flag"
        from marks m join session_parts p on p.id = m.part_id left join persons i on i.id = m.substitute_id left join persons o on o.id = m.recorded_by
        where m.session_id = {session} and m.person_id = {person} order by m.number desc
        """).ToListAsync(stop)).ConvertAll(row => new RecordedMark(row.Id, row.PartNumber, Words.Parse<MarkKind>(row.Word), row.Minutes, row.Instead, row.MarkedAt, row.RecordedAt, row.By, MarkFlags.Of(row.Flag)));

    /// <summary>What came long after the signature, what nobody has decided first.</summary>
    public static async Task<IReadOnlyList<LateMark>> LateAsync(LearningDb db, Guid session, CancellationToken stop = default) => (await db.Database.SqlQuery<LateRow>($"""
        select m.id as "Id", coalesce(f.name, nullif(btrim(o.given_name || ' ' || o.family_name), ''), 'Name removed') as "Name", p.number as "PartNumber", m.mark as "Word", m.minutes as "Minutes",
            m.marked_at as "MarkedAt", m.recorded_at as "RecordedAt", d.taken_in as "TakenIn"
        from mark_strays m left join persons o on o.id = m.person_id left join forum_seats f on f.id = m.seat_id left join session_parts p on p.id = m.part_id left join mark_stray_decisions d on d.stray_id = m.id
        where m.session_id = {session} and m.why = {MarkFlag.LongAfterSigning.Word()} and (o.id is not null or f.id is not null) order by d.stray_id is not null, m.recorded_at desc, m.id
        """).ToListAsync(stop)).ConvertAll(row => new LateMark(row.Id, row.Name, row.PartNumber, Words.Parse<MarkKind>(row.Word), row.Minutes, row.MarkedAt, row.RecordedAt, row.TakenIn));

    /// <summary>Signatures and reopenings, the newest first.</summary>
    public static async Task<IReadOnlyList<RegisterStep>> StepsAsync(LearningDb db, Guid session, CancellationToken stop = default) => (await db.Database.SqlQuery<StepRow>($"""
        select e.event as "Word", e.recorded_at as "At", nullif(btrim(o.given_name || ' ' || o.family_name), '') as "By", e.reason as "Reason"
        from register_events e left join persons o on o.id = e.recorded_by where e.session_id = {session} order by e.recorded_at desc, e.id desc
        """).ToListAsync(stop)).ConvertAll(row => new RegisterStep(Words.Parse<RegisterEventKind>(row.Word), row.At, row.By, row.Reason));
}
