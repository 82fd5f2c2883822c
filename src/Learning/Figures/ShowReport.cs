using Learning.People;
using Learning.Time;

namespace Learning.Figures;

/// <summary>A report as its pages show it: signed, or a draft as it was counted last.</summary>
/// <param name="Definition">What the numbers that are shown were counted by: of a signed report the version that was signed.</param>
/// <param name="Current">The definition as it stands now; null when it is there no more.</param>
public sealed record ShownReport(ReportDefinition Definition, SignedReport? Signed, Built? Built, Drift? Drift, ReportDefinition? Current)
{
    /// <summary>The numbers; null: not counted yet.</summary>
    public ComputedReport? Computed => Signed?.Computed ?? Built?.Report;

    /// <summary>The definition was changed after the signature: what was signed stays.</summary>
    public bool ChangedSinceSigned => Signed is not null && Current is not null && Current.Digest != Signed.Definition.Digest;

    /// <summary>A newer revision has taken this one's place.</summary>
    public Signing? SupersededBy => Signed?.Revisions is [var newest, ..] && newest.Revision > Signed.Signing.Revision ? newest : null;
}

/// <summary>Finds what the pages of a report and of its figures show to whoever asks: the newest signed revision, or the one that is named; before the first signature the draft, for those who see figures (S2).</summary>
public sealed class ShowReport(ReportDefinitions files, Signings signings, NewestBuild builds, NewestDrift drifts, Zone zone)
{
    /// <param name="revision">"r1"; null: the newest.</param>
    public async Task<ShownReport?> FindAsync(string report, string? revision, Actor actor, CancellationToken stop)
    {
        int? number = null;
        if (revision is not null)
        {
            if (revision is not ['r' or 'R', .. var digits] || !int.TryParse(digits, out var parsed) || parsed < 1)
            {
                return null;
            }

            number = parsed;
        }

        if (await signings.FindAsync(report, number, actor, stop) is { } signed)
        {
            return new ShownReport(signed.Definition, signed, null, await drifts.OfAsync(signed.Signing, actor, stop), actor.SeesFigures ? await files.FindAsync(report, stop) : null);
        }

        if (number is not null || !actor.SeesFigures || await files.FindAsync(report, stop) is not { } definition)
        {
            return null;
        }

        // Of a period to date the page says the one that was counted.
        var built = await builds.OfAsync(definition, actor, stop);
        return new ShownReport(definition.At(zone.DateOf(built?.Report.AsAt ?? zone.Now)), null, built, null, definition);
    }
}
