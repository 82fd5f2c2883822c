using Learning.Catalogue;
using Learning.Database;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

using Npgsql;

namespace Learning.Attendance;

/// <summary>How a register stands: read after its session's row is locked, or for a page.</summary>
/// <param name="IsTrainer">Who asks is a trainer of the session.</param>
/// <param name="SignedAt">Null: not signed, or reopened since.</param>
/// <param name="LastSignedAt">When it was signed last, also when it was reopened since; null: never.</param>
/// <param name="ReopenedReason">Why it was opened again, when it is.</param>
/// <param name="Reopenings">How often it was reopened (A2).</param>
/// <param name="TypedToCheck">Marks typed from paper that a second person has to check before it is signed, where the installation wants that.</param>
/// <param name="Version">Rises with each mark, signature, reopening, and change of a booking or of who sits on a seat.</param>
public sealed record RegisterState(
    bool IsTrainer, DateTimeOffset? SignedAt, string? SignedBy, DateTimeOffset? LastSignedAt, string? ReopenedReason, int Reopenings, long Version, int TypedToCheck = 0)
{
    public bool Signed => SignedAt is not null;

    /// <summary>What the register is to who asks.</summary>
    public RegisterAccess Access(Actor actor, Session session, Zone zone) => RegisterRules.Access(actor, IsTrainer, session, Signed, zone);

    public static async Task<RegisterState> OfAsync(LearningDb db, Guid sessionId, Actor actor, CancellationToken stop) => (await db.Database.SqlQuery<RegisterState>(Question(sessionId, actor)).ToListAsync(stop)).Single();

    /// <summary>The same within a trip that asks more: one row.</summary>
    internal static List<RegisterState> Ask(OneTrip trip, Guid sessionId, Actor actor) => trip.Ask(Question(sessionId, actor), row => new RegisterState(
        row.GetBoolean(0), At(row, 1), Text(row, 2), At(row, 3), Text(row, 4), row.GetInt32(5), row.GetInt64(6), row.GetInt32(7)));

    private static FormattableString Question(Guid sessionId, Actor actor) => $"""
        select exists (select from session_trainers where session_id = {sessionId} and person_id in (select same from persons_of({actor.PersonId}) same)) as "IsTrainer",
               case when e.event = 'signed' then e.recorded_at end as "SignedAt",
               case when e.event = 'signed' then (select btrim(given_name || ' ' || family_name) from persons where id = e.recorded_by) end as "SignedBy",
               (select max(recorded_at) from register_events where session_id = {sessionId} and event = 'signed') as "LastSignedAt",
               case when e.event = 'reopened' then e.reason end as "ReopenedReason",
               (select count(*)::integer from register_events where session_id = {sessionId} and event = 'reopened') as "Reopenings",
               ((select count(*) from marks where session_id = {sessionId}) + (select count(*) from register_events where session_id = {sessionId})
                   + (select count(*) from booking_changes where session_id = {sessionId})
                   + (select coalesce(sum(f.changes), 0) from forum_seats f join sessions s on s.course_id = f.course_id where s.id = {sessionId}))::bigint as "Version",
               case when exists (select from installation where name = 'typed-registers-by-two' and value = 'yes') then (
                   select count(*)::integer from marks m where m.session_id = {sessionId} and m.device like 'typed %'
                       and m.number > coalesce((select max(c.up_to) from typed_checks c where c.session_id = {sessionId}), 0)) else 0 end as "TypedToCheck"
        from (select) one
        left join lateral (select event, recorded_at, recorded_by, reason from register_events where session_id = {sessionId} order by recorded_at desc, id desc limit 1) e on true
        """;

    private static DateTimeOffset? At(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<DateTimeOffset>(column);

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
