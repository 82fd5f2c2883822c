using System.Collections.Concurrent;

using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Figures;

/// <summary>
/// What was signed, read once a process: it never changes (F7), so that a page of it needs neither the text of its numbers, which of a hundred partnerships is half a megabyte, nor the definition again. The names of its agencies and
/// courses are kept for a minute.
/// </summary>
public sealed class SignedCopies(Zone zone)
{
    private const int Most = 40;
    private static readonly TimeSpan NamesKept = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<Guid, (ReportDefinition Definition, ComputedReport Computed)> signed = new();
    private readonly ConcurrentDictionary<(Guid Signing, DateOnly LastDay), (KnownNames Names, DateTimeOffset At)> names = new();

    /// <summary>The definition and the numbers of a signing that there is.</summary>
    public async Task<(ReportDefinition Definition, ComputedReport Computed)> OfAsync(Guid signing, LearningDb db, CancellationToken stop)
    {
        if (signed.TryGetValue(signing, out var known))
        {
            return known;
        }

        var kept = await db.ReportSignings.AsNoTracking().Where(row => row.Id == signing)
            .Join(db.ReportVersions, row => row.DefinitionDigest, version => version.Digest, (row, version) => new { row.Report, row.Figures, version.Yaml, row.AsAt }).SingleAsync(stop);
        return Keep(signed, signing, (ReadReport.Text($"{kept.Report}.yaml", kept.Yaml).At(zone.DateOf(kept.AsAt)), ReportJson.Read(kept.Figures)));
    }

    /// <summary>What the codes of a signing meant on the last day of a period, as at its instant.</summary>
    public async Task<KnownNames> NamesAsync(Signing signing, DateOnly lastDay, LearningDb db, CancellationToken stop)
    {
        if (names.TryGetValue((signing.Id, lastDay), out var known) && zone.Now - known.At is var age && age >= TimeSpan.Zero && age < NamesKept)
        {
            return known.Names;
        }

        return Keep(names, (signing.Id, lastDay), (await KnownNames.ReadAsync(db, lastDay, signing.AsAt, stop), zone.Now)).Item1;
    }

    private static T Keep<TKey, T>(ConcurrentDictionary<TKey, T> all, TKey signing, T one) where TKey : notnull
    {
        if (all.Count >= Most)
        {
            all.Clear();
        }

        return all[signing] = one;
    }
}
