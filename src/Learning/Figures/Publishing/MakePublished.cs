using Learning.Database;
using Learning.Time;

namespace Learning.Figures.Publishing;

/// <summary>What a publication is made of: the numbers of a report and the words for them.</summary>
/// <param name="Names">What codes mean on the last day of each period that it is about.</param>
/// <param name="Trends">By the figure's id, as each report signed it.</param>
public sealed record ToPublish(
    ReportDefinition Definition, ComputedReport Computed, IReadOnlyDictionary<DateOnly, KnownNames> Names, Signing? Signing, IReadOnlyDictionary<string, IReadOnlyList<PublishedPoint>> Trends);

/// <summary>Puts a report's numbers into the form that everybody may have (F6, F10): the only maker of <see cref="PublishedReport"/>.</summary>
public sealed class MakePublished(MeasureWords words, EasyWords easy, Protection protection, Zone zone)
{
    /// <summary>The publication, without any number that is held back.</summary>
    public PublishedReport Of(ToPublish report, string partnership)
    {
        var (definition, signing) = (report.Definition, report.Signing);
        var copy = PublishedCopy.Of(report.Computed);
        return new PublishedReport(
            definition.Report, signing?.Revision, definition.Title, Capital(definition.PeriodInWords), Moment(copy.AsAt),
            signing is null ? "Draft. Nobody has signed it, and its numbers can still change." : $"Signed by {SigningWords.Signer(signing)}, L&D chair, on {British.DateWithoutDay(zone.DateOf(signing.SignedAt))}, as revision {signing.Revision}.",
            signing?.Reason, partnership, protection.Mark, protection.Legend,
            [.. definition.Figures.Select(figure => (figure, Computed: copy.Find(figure.Id))).Where(pair => pair.Computed is not null).Select(pair => Figure(report, pair.figure, pair.Computed!))]);
    }

    /// <summary>A number as it is printed, with the installation's mark for one that is held back.</summary>
    public PublishedCell Cell(Measure measure, ComputedFigure copy) => copy.Suppressed ? new PublishedCell(protection.Mark, null) : new PublishedCell(FigureTable.Print(measure, copy.Value), copy.Value);

    private PublishedFigure Figure(ToPublish report, FigureDefinition figure, ComputedFigure copy)
    {
        var measure = figure.Measure;
        var names = report.Names[report.Definition.PeriodOf(figure).Period.LastDay];
        var phrase = protection.Show(copy.Phrase);
        return new PublishedFigure(
            figure.Id, FigureWords.Reference(report.Definition.Report, figure.Id, report.Signing?.Revision), figure.Title, FigureWords.Sentence(figure, phrase), easy.Say(figure, copy),
            measure, FigureTable.Unit(measure, copy.Value), measure.IsShare(), Cell(measure, copy), Parts(measure, copy), report.Signing?.Restates(figure.Id) == true, words.Of(measure).Counts, words.Of(measure).Detail,
            FigureWords.Limits(report.Definition, figure, names), FigureWords.When(report.Definition, figure, names), copy.Digest,
            Table(copy, names), report.Trends.GetValueOrDefault(figure.Id) ?? [], figure.Heading);
    }

    private PublishedTable? Table(ComputedFigure copy, KnownNames names)
    {
        if (ShownTable.Of(copy, names, exact: false) is not { } shown)
        {
            return null;
        }

        var notes = new List<string>();
        if (shown.HasHidden || copy.Rounded)
        {
            notes.Add(protection.Legend);
        }

        if (copy.Unit is "people" or "agencies")
        {
            notes.Add("Somebody who belongs to two rows counts in both and once in the total.");
        }

        return new PublishedTable(FigureWords.By(copy.By), shown.Head, shown.Columns, [.. shown.Lines.Select(Row)], shown.Total is { } total ? Row(total with { Name = "All" }) : null, notes);

        PublishedRow Row(ShownLine line) => new(line.Name, [.. line.Cells.Zip(line.Values, (printed, value) => new PublishedCell(protection.Show(printed), value))]);
    }

    // F3: never without what it is made of.
    private static string? Parts(Measure measure, ComputedFigure copy) => copy switch
    {
        { Asked: { } asked } => $"{British.Number(copy.Denominator ?? 0)} {(measure == Measure.ConfidenceGain ? "answers with both numbers" : "scores")}; {British.Number(copy.Responses ?? 0)} of {British.Number(asked)} who were asked answered",
        { Denominator: { } below } when measure.IsShare() => $"{British.Number(copy.Numerator ?? 0)} of {British.Number(below)}",
        { Denominator: { } below } => $"{British.Number(copy.Numerator ?? 0)} attendances at {British.Count(below, "session")}",
        _ => null,
    };

    private string Moment(DateTimeOffset instant) => $"{British.DateWithoutDay(zone.DateOf(instant))}, {British.Time(TimeOnly.FromDateTime(zone.LocalOf(instant)))}";

    private static string Capital(string words) => char.ToUpper(words[0], British.Culture) + words[1..];
}
