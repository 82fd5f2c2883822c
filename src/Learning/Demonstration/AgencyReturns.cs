using Learning.Returns;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Demonstration;

/// <summary>
/// What the agencies of the demonstration returned in the last six quarters that have ended: illustrative numbers from their headcounts, in the shape of the published matrix. Some agencies miss a quarter, and
/// one corrects what it had returned.
/// </summary>
internal static class AgencyReturns
{
    private const int Quarters = 6;

    // Each with the share of its people in scope, by level.
    private static readonly (string Code, (string Level, double Share)[] Levels)[] Agencies =
    [
        ("GP", [("3", 0.4)]), ("ICB", [("2", 0.6), ("4", 0.05), ("5", 0.02), ("board", 0.1)]), ("MSEFT", [("2", 0.7), ("3", 0.2)]), ("EPUT", [("2", 0.6), ("3", 0.35)]), ("POL", [("1", 1), ("2", 0.5)]),
        ("SCC-CS", [("1", 1), ("3", 0.6)]), ("ECFRS", [("1", 1)]), ("SAVS", [("1", 1)]), ("NELFT", [("3", 0.5)]),
    ];

    public static async Task WriteAsync(LearningDb db, Zone zone, CancellationToken stop)
    {
        var agencies = await db.Agencies.Where(agency => agency.Headcount != null).ToDictionaryAsync(agency => agency.Code, stop);
        var year = ReturnsYear.Of(zone.Today);
        var ends = Enumerable.Range(0, Quarters + 4).Select(back => year.First.AddMonths(12 - (3 * back)).AddDays(-1)).Where(end => end < zone.Today.AddDays(-14)).Take(Quarters).Reverse().ToList();
        foreach (var (at, (code, levels)) in Agencies.Index())
        {
            foreach (var (quarter, end) in ends.Index())
            {
                // The fire service missed a quarter, the voluntary services have not returned lately.
                if ((code == "ECFRS" && quarter == 3) || (code == "SAVS" && quarter >= Quarters - 2) || !agencies.TryGetValue(code, out var agency))
                {
                    continue;
                }

                foreach (var (level, share) in levels)
                {
                    var inScope = Math.Max(1, (int)Math.Round(agency.Headcount!.Value * share));
                    var valid = inScope - (int)(inScope * (((at * 7) + (quarter * 5) + level.Length) % 17) / 100.0);
                    Add(db, agency.Id, level, end, inScope, valid, zone.StartOf(end.AddDays(9)));
                    if (code == "GP" && quarter == 1)
                    {
                        Add(db, agency.Id, level, end, inScope, Math.Max(0, valid - 3), zone.StartOf(end.AddDays(30)));
                    }
                }
            }
        }

        await db.SaveChangesAsync(stop);
    }

    private static void Add(LearningDb db, Guid agency, string level, DateOnly on, int inScope, int valid, DateTimeOffset at) => db.TrainingReturns.Add(new TrainingReturn
    {
        Id = Guid.CreateVersion7(), AgencyId = agency, Level = level, CountedOn = on, InScope = inScope, Valid = valid, RecordedAt = at,
    });
}
