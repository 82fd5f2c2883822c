using Learning.Catalogue;

namespace Learning.Figures;

/// <summary>A report as its YAML under content/reports/ defines it: a period, boards and figures (rule F1). Data, not code.</summary>
/// <param name="Digest">SHA-256 of the file, in hexadecimal.</param>
/// <param name="Defined">Its period; a figure may have one of its own (T2).</param>
public sealed record ReportDefinition(
    string File, string Digest, string Report, string Title, DefinedPeriod Defined, IReadOnlyList<Board> Boards, IReadOnlyList<FigureDefinition> Figures)
{
    /// <summary>The text that was read.</summary>
    public string Yaml { get; init; } = "";

    /// <summary>Its dates, those that are fixed or as far as a count went.</summary>
    public Period Period => Defined.Period;

    /// <summary>Whether the period goes to the day that it is counted on (T2).</summary>
    public bool ToDate => Defined.ToDate;

    /// <summary>"1 April 2026 to 27 November 2026, to date".</summary>
    public string PeriodInWords => Defined.ToString();

    /// <summary>The period that a figure is about: its own, or the report's.</summary>
    public DefinedPeriod PeriodOf(FigureDefinition figure) => figure.Own ?? Defined;

    /// <summary>The last day of each period that it is about, the report's own first.</summary>
    public IReadOnlyList<DateOnly> LastDays => [.. Figures.Select(PeriodOf).Prepend(Defined).Select(period => period.Period.LastDay).Distinct()];

    /// <summary>The same with its periods as they are on a local day: of one to date up to and including that day. What is counted, listed or signed as at an instant is so by the periods of that instant's day.</summary>
    public ReportDefinition At(DateOnly day) => this with
    {
        Defined = Defined.At(day), Figures = Figures.Any(figure => figure.Own?.Open is not null) ? [.. Figures.Select(figure => figure with { Own = figure.Own?.At(day) })] : Figures,
    };

    /// <summary>The figure of an id; null when there is none.</summary>
    public FigureDefinition? Find(string id) => Figures.FirstOrDefault(figure => figure.Id.Equals(id, StringComparison.OrdinalIgnoreCase));
}

/// <summary>Where the period of a figure begins (F1).</summary>
public enum Window
{
    /// <summary>In the report's period, or the figure's own.</summary>
    InPeriod,

    /// <summary>From the start of the programme to the period's end.</summary>
    SinceStart,
}

/// <summary>A figure = measure + filter + window + phrase rule (F1); the as-at instant is given when it is computed.</summary>
/// <param name="Sentence">To be quoted, with {phrase} where the number goes; null: made of the title and the phrase.</param>
public sealed record FigureDefinition(
    string Id, string Title, Measure Measure, FigureFilter Filter, Window Window, IReadOnlyList<Breakdown> By, PhraseRule Phrase, string? Sentence)
{
    /// <summary>The period that it is about, where that is not the report's: a report may have several (T2).</summary>
    public DefinedPeriod? Own { get; init; }

    /// <summary>The sentence in plain words, for Easy Read, with {phrase} where the number goes; null: the sentence to quote is plain enough.</summary>
    public string? Easy { get; init; }

    /// <summary>The heading of the section that begins with it, in the order of a chapter; null: it belongs to the section before.</summary>
    public string? Heading { get; init; }
}

/// <summary>What a figure is limited to; an empty list limits nothing. Codes are checked against the database before anything is counted.</summary>
/// <param name="Agencies">Each with its departments.</param>
/// <param name="Professionals">Leaves out volunteers, carers, students, speakers, exhibitors and the public.</param>
public sealed record FigureFilter(
    IReadOnlyList<Written> Programmes, IReadOnlyList<Written> Courses, IReadOnlyList<CourseKind> Kinds, IReadOnlyList<Board> Boards,
    IReadOnlyList<Written> Sectors, IReadOnlyList<Written> Owners, IReadOnlyList<Written> Agencies, bool Professionals)
{
    public static readonly FigureFilter None = new([], [], [], [], [], [], [], false);

    /// <summary>Of what agencies return; other measures have no such limit.</summary>
    public IReadOnlyList<Written> Levels { get; init; } = [];
}

/// <summary>A word as it stands in a file, so that a mistake in it can be found again.</summary>
public readonly record struct Written(string Text, int Line, int Column)
{
    public override string ToString() => Text;
}

/// <summary>What is wrong with a definition and where: one line for the person who wrote it.</summary>
public sealed record DefinitionMistake(string File, int Line, int Column, string What)
{
    public override string ToString() => $"{File}:{Line}:{Column}: {What}";
}

/// <summary>A definition that cannot be computed; the message has a line for each mistake.</summary>
public sealed class DefinitionException(IReadOnlyList<DefinitionMistake> mistakes) : Exception(string.Join('\n', mistakes))
{
    public IReadOnlyList<DefinitionMistake> Mistakes { get; } = mistakes;
}
