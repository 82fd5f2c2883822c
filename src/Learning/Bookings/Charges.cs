using System.Globalization;

using Microsoft.EntityFrameworkCore;

namespace Learning.Bookings;

/// <summary>What a late cancellation and a no-show cost an agency (B12), in pounds: settings of the installation. Null: nothing, which is the default. Never a payment here.</summary>
public sealed record Charges(decimal? Late = null, decimal? NoShow = null)
{
    public const string LateSetting = "charge-late";
    public const string NoShowSetting = "charge-no-show";

    private sealed record Setting(string Name, string Value);

    /// <summary>As they stand now. One statement.</summary>
    public static async Task<Charges> ReadAsync(LearningDb db, CancellationToken stop = default)
    {
        var given = (await db.Database.SqlQuery<Setting>($"""select name as "Name", value as "Value" from installation where name in ({LateSetting}, {NoShowSetting})""").ToListAsync(stop))
            .ToDictionary(row => row.Name, row => decimal.Parse(row.Value, CultureInfo.InvariantCulture));
        return new(Amount(given, LateSetting), Amount(given, NoShowSetting));
    }

    // Nothing is no charge.
    private static decimal? Amount(Dictionary<string, decimal> given, string name) => given.GetValueOrDefault(name) is > 0 and var amount ? amount : null;
}
