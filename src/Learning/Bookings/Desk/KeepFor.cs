using Microsoft.EntityFrameworkCore;

namespace Learning.Bookings.Desk;

/// <summary>For whom places can be kept (B5), as a form asks: an agency, or a sector.</summary>
internal static class KeepFor
{
    private const string Agency = "agency ", Sector = "sector ";

    private sealed record Choice(string Value, string Words);

    /// <summary>Every sector, then every agency that there still is.</summary>
    public static async Task<IReadOnlyList<(string Value, string Words)>> ChoicesAsync(LearningDb db, DateOnly today, CancellationToken stop = default) =>
        [.. (await db.Database.SqlQuery<Choice>($"""
            select 'sector ' || sector as "Value", 'Sector: ' || sector as "Words" from (select distinct sector from agencies) s
            union all
            select 'agency ' || a.id, a.name from agencies a where not exists (select from agency_successions x where x.agency_id = a.id and x.starts_on <= {today})
            """).ToListAsync(stop)).OrderBy(choice => choice.Value.StartsWith(Agency, StringComparison.Ordinal)).ThenBy(choice => choice.Words, StringComparer.CurrentCultureIgnoreCase).Select(choice => (choice.Value, choice.Words))];

    /// <summary>The answer; neither where nothing, or something else, is chosen.</summary>
    public static (Guid? Agency, string? Sector) Read(string? chosen) =>
        chosen?.StartsWith(Agency, StringComparison.Ordinal) == true && Guid.TryParse(chosen[Agency.Length..], out var id) ? (id, null)
        : chosen?.StartsWith(Sector, StringComparison.Ordinal) == true ? (null, chosen[Sector.Length..].Replace("\0", "", StringComparison.Ordinal))
        : (null, null);
}
