using System.Text.Json;

using Learning.People;

using Microsoft.EntityFrameworkCore;

namespace Learning.Figures;

/// <summary>What a signed report would be now, as it was counted last (F8).</summary>
public sealed record Drift(DateTimeOffset CountedAt, ComputedReport Now, IReadOnlyList<FigureDrift> Figures)
{
    /// <summary>What is to be said of a figure; null where nothing differs.</summary>
    public FigureDrift? Of(string figure) => Figures.FirstOrDefault(one => one.Figure == figure);
}

/// <summary>Reads the newest drift of a revision. For whoever sees figures (S2): what is not signed is not public.</summary>
public sealed class NewestDrift(LearningDb db)
{
    /// <summary>Null when it was not counted again yet, or is not for the actor's eyes.</summary>
    public async Task<Drift?> OfAsync(Signing signing, Actor actor, CancellationToken stop) =>
        actor.SeesFigures && await db.ReportDrifts.AsNoTracking().SingleOrDefaultAsync(row => row.SigningId == signing.Id, stop) is { } kept
            ? new Drift(kept.CountedAt, ReportJson.Read(kept.Figures), JsonSerializer.Deserialize<IReadOnlyList<FigureDrift>>(kept.Differences, CountDrift.Json) ?? [])
            : null;
}
