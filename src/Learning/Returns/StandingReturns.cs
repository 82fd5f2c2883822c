using Microsoft.EntityFrameworkCore;

namespace Learning.Returns;

/// <summary>A return that stands.</summary>
/// <param name="Earlier">How many were recorded before it for the same agency, level and date.</param>
public sealed record StandingReturn(Guid Id, Guid AgencyId, string Agency, string Level, string LevelName, DateOnly CountedOn, int? InScope, int? Valid, DateTimeOffset RecordedAt, bool ByFile, long Earlier);

/// <summary>What agencies have returned, as it stands now: of each agency, level and date the newest, also where it takes back. The newest date first.</summary>
public static class StandingReturns
{
    public static Task<List<StandingReturn>> ListAsync(LearningDb db, IReadOnlyCollection<Guid> agencies, CancellationToken stop = default)
    {
        var wanted = agencies.ToArray();
        return db.Database.SqlQuery<StandingReturn>($"""
            select r.id as "Id", r.agency_id as "AgencyId", a.name as "Agency", r.level as "Level", l.name as "LevelName", r.counted_on as "CountedOn", r.in_scope as "InScope", r.valid as "Valid",
                r.recorded_at as "RecordedAt", r.by_file as "ByFile", r.earlier as "Earlier"
            from (
                select distinct on (r.agency_id, r.level, r.counted_on) r.*, count(*) over (partition by r.agency_id, r.level, r.counted_on) - 1 as earlier
                from training_returns r where r.agency_id = any ({wanted})
                order by r.agency_id, r.level, r.counted_on, r.recorded_at desc, r.number desc) r
            join agencies a on a.id = r.agency_id join training_levels l on l.code = r.level
            order by r.counted_on desc, a.name, l.place
            """).ToListAsync(stop);
    }
}
