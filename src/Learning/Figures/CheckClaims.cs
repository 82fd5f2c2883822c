using Learning.People;

using Microsoft.EntityFrameworkCore;

namespace Learning.Figures;

/// <summary>A sentence with what came of checking it.</summary>
/// <param name="Id">Null: it was published, and stands in content/claims/.</param>
/// <param name="Source">Where it was published; null: it is meant to be written.</param>
/// <param name="Printed">What the figure is: "512 people".</param>
/// <param name="Now">Of a signed figure, what the sentence would be if it were counted again, where that differs.</param>
public sealed record CheckedClaim(Guid? Id, string Sentence, string? Source, string Figure, string Title, string Printed, ClaimVerdict Verdict, ClaimVerdict? Now);

/// <summary>Checks the sentences of a report against its figures (C1): against what is signed, or the newest count of a draft; of what is signed also against what it would be now.</summary>
public sealed class CheckClaims(PublishedClaims published, LearningDb db)
{
    /// <summary>Those that were published about the period, and those that are meant to be written. For those who see figures (S2).</summary>
    public async Task<IReadOnlyList<CheckedClaim>> OfAsync(ShownReport report, Actor actor, CancellationToken stop)
    {
        if (!actor.SeesFigures)
        {
            return [];
        }

        var name = report.Definition.Report;
        var meant = await db.Claims.AsNoTracking().Where(claim => claim.Report == name && claim.WithdrawnAt == null).OrderBy(claim => claim.MadeAt).ThenBy(claim => claim.Id).ToListAsync(stop);
        return
        [
            .. (await published.OfAsync(name, stop)).Select(claim => Checked(report, null, claim.Sentence, claim.Source, claim.Figure)),
            .. meant.Select(claim => Checked(report, claim.Id, claim.Sentence, null, claim.Figure)),
        ];
    }

    /// <summary>Checks a sentence as it is typed.</summary>
    public static CheckedClaim Typed(ShownReport report, string sentence, string figure) => Checked(report, null, sentence, null, figure);

    private static CheckedClaim Checked(ShownReport report, Guid? id, string sentence, string? source, string figure)
    {
        if (report.Definition.Find(figure) is not { } definition || report.Computed?.Find(figure) is not { } computed)
        {
            return new CheckedClaim(id, sentence, source, figure, figure, "not counted", new ClaimVerdict(ClaimHolds.NotClear, "The report has no such figure, or it is not counted yet"), null);
        }

        var verdict = ClaimRule.Check(sentence, definition, computed.Value);
        var now = report.Drift?.Of(definition.Id) is { } drift && drift.Now != drift.Signed ? ClaimRule.Check(sentence, definition, drift.Now) : null;
        return new CheckedClaim(
            id, sentence, source, definition.Id, definition.Title, $"{FigureTable.Print(definition.Measure, computed.Value)} {FigureTable.Unit(definition.Measure, computed.Value)}".TrimEnd(),
            verdict, now is null || now == verdict ? null : now);
    }
}
