using System.Globalization;

using Microsoft.EntityFrameworkCore;

namespace Learning.People;

/// <summary>
/// How long personal data stays (P5): settings of the installation, in the table <c>installation</c> under the names here. What is not there has its default; a period outside its sensible range
/// the database refuses (migration 0074).
/// </summary>
/// <param name="Years">Without activity, after which a person is erased: 2 to 25.</param>
/// <param name="NoticeDays">Whole days between the notice and the erasure: 30 to 180.</param>
/// <param name="NeedsDays">After a session, for what its people needed: 7 to 90.</param>
/// <param name="FilesMonths">After a session, for its raw attendance files: 1 to 24.</param>
public sealed record RetentionPeriods(int Years = 6, int NoticeDays = 30, int NeedsDays = 30, int FilesMonths = 12)
{
    public const string YearsSetting = "years-without-activity";
    public const string NoticeSetting = "days-of-notice";
    public const string NeedsSetting = "days-of-needs";
    public const string FilesSetting = "months-of-attendance-files";

    /// <summary>As they stand now. One statement.</summary>
    public static async Task<RetentionPeriods> ReadAsync(LearningDb db, CancellationToken stop = default)
    {
        var given = (await db.Database.SqlQuery<Setting>($"""
            select name as "Name", value as "Value" from installation where name in ({YearsSetting}, {NoticeSetting}, {NeedsSetting}, {FilesSetting})
            """).ToListAsync(stop)).ToDictionary(row => row.Name, row => int.Parse(row.Value, CultureInfo.InvariantCulture));
        var plain = new RetentionPeriods();
        return new(given.GetValueOrDefault(YearsSetting, plain.Years), given.GetValueOrDefault(NoticeSetting, plain.NoticeDays), given.GetValueOrDefault(NeedsSetting, plain.NeedsDays),
            given.GetValueOrDefault(FilesSetting, plain.FilesMonths));
    }

    private sealed record Setting(string Name, string Value);
}
