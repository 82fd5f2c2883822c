using Learning.Database;
using Learning.People;

using Microsoft.EntityFrameworkCore;

namespace Learning.Membership;

/// <summary>How many of a list stand somewhere, and the first of them.</summary>
public sealed record StandingCount(ListStanding Standing, int People, IReadOnlyList<string> First);

/// <summary>A list as its page shows it.</summary>
public sealed record BulkSeen(BulkRun Run, string Agency, IReadOnlyList<StandingCount> Standings, int MistakeCount, IReadOnlyList<ListMistake> Mistakes)
{
    /// <summary>Mistakes that are shown; the page says how many more there are.</summary>
    public const int ShownMistakes = 500;

    private const int ShownPeople = 100;

    private sealed record Row(string Standing, int People, string[] First);

    /// <summary>How many stand so.</summary>
    public int Of(ListStanding standing) => Standings.FirstOrDefault(one => one.Standing == standing)?.People ?? 0;

    /// <summary>Null where there is no such list, or it is of no agency of the actor's (S2).</summary>
    public static async Task<BulkSeen?> FindAsync(LearningDb db, Guid id, Actor actor, CancellationToken stop = default)
    {
        var led = actor.LeadOf.ToArray();
        var run = await db.BulkRuns.AsNoTracking().SingleOrDefaultAsync(one => one.Id == id && (actor.IsUnit || led.Contains(one.AgencyId)), stop);
        if (run is null)
        {
            return null;
        }

        var standings = await db.Database.SqlQuery<Row>($"""
            select standing as "Standing", count(*)::int as "People", (array_agg(email || ' (line ' || line || ')' order by number))[:{ShownPeople}] as "First"
            from bulk_rows where run_id = {id} group by standing
            """).ToListAsync(stop);
        return new BulkSeen(
            run, await db.Agencies.Where(agency => agency.Id == run.AgencyId).Select(agency => agency.Name).SingleAsync(stop),
            [.. standings.Select(row => new StandingCount(Words.Parse<ListStanding>(row.Standing), row.People, row.First)).OrderBy(one => one.Standing)],
            await MistakesOf(db, id).CountAsync(stop), await MistakesOf(db, id).Take(ShownMistakes).ToListAsync(stop));
    }

    internal static IQueryable<ListMistake> MistakesOf(LearningDb db, Guid run) => db.Database.SqlQuery<ListMistake>($"""
        select line as "Line", at_column as "Column", sentence as "Sentence" from bulk_mistakes where run_id = {run} order by number limit 1000000
        """);
}
