using Learning.Catalogue;
using Learning.Database;

namespace Learning.Figures.Drafts;

/// <summary>A definition as it stands in the builder's form, typed and perhaps wrong.</summary>
public sealed class ReportDraft
{
    /// <summary>The most figures that the form has room for; a file may have more.</summary>
    public const int MostFigures = 60;

    public string? Name { get; set; }
    public string? Title { get; set; }

    /// <summary>A choice of <see cref="PeriodChoice"/>, or "own".</summary>
    public string? Period { get; set; }
    public string? From { get; set; }
    public string? LastDay { get; set; }
    public string[]? Boards { get; set; }
    public List<FigureDraft>? Figures { get; set; }

    /// <summary>The button that was pressed: save, preview, add, up-2, down-2, out-2.</summary>
    public string? Do { get; set; }

    /// <summary>The digest of the definition that this was begun from; empty: of none.</summary>
    public string? After { get; set; }

    /// <summary>The form of a definition.</summary>
    public static ReportDraft Of(ReportDefinition report, DateOnly today)
    {
        var (own, now) = (PeriodChoice.Of(report.Defined), report.At(today).Period);
        var choice = report.ToDate ? own : PeriodChoice.On(today).FirstOrDefault(choice => choice.Key == own.Key);
        return new ReportDraft
        {
            Name = report.Report, Title = report.Title, Period = choice?.Key ?? PeriodChoice.Own, From = $"{now.From:yyyy-MM-dd}", LastDay = $"{now.LastDay:yyyy-MM-dd}",
            Boards = [.. report.Boards.Select(board => board.Word())], Figures = [.. report.Figures.Select(FigureDraft.Of)], After = report.Digest,
        };
    }

    /// <summary>Adds a figure, takes one out or moves one, as a button of the form says; false where it says something else.</summary>
    public bool Rearrange()
    {
        var figures = Figures ??= [];
        var words = (Do ?? "").Split('-');
        var at = words.Length == 2 && int.TryParse(words[1], out var number) && number >= 0 && number < figures.Count ? number : -1;
        switch (words[0])
        {
            case "add" when figures.Count < MostFigures:
                figures.Add(new FigureDraft());
                return true;
            case "out" when at >= 0:
                figures.RemoveAt(at);
                return true;
            case "up" when at > 0:
                (figures[at - 1], figures[at]) = (figures[at], figures[at - 1]);
                return true;
            case "down" when at >= 0 && at < figures.Count - 1:
                (figures[at + 1], figures[at]) = (figures[at], figures[at + 1]);
                return true;
            case "add" or "out" or "up" or "down":
                return true;
            default:
                return false;
        }
    }
}

/// <summary>A figure in the builder's form. Codes of several stand in one field with semicolons between them.</summary>
public sealed class FigureDraft
{
    public string? Id { get; set; }
    public string? Title { get; set; }
    public string? Measure { get; set; }
    public string? Programmes { get; set; }
    public string? Courses { get; set; }
    public string[]? Kinds { get; set; }
    public string[]? Boards { get; set; }
    public string? Sectors { get; set; }
    public string? Owners { get; set; }
    public string? Agencies { get; set; }

    /// <summary>Of what agencies return.</summary>
    public string? Levels { get; set; }
    public bool Professionals { get; set; }

    /// <summary>A choice of <see cref="PeriodChoice"/>; empty: the report's.</summary>
    public string? Period { get; set; }
    public string? Window { get; set; }
    public string? By { get; set; }
    public string? AndBy { get; set; }
    public string? Phrase { get; set; }
    public string? Sentence { get; set; }

    /// <summary>In plain words, for Easy Read.</summary>
    public string? Easy { get; set; }

    /// <summary>Of the section that begins with it.</summary>
    public string? Heading { get; set; }

    /// <summary>The form of a figure.</summary>
    public static FigureDraft Of(FigureDefinition figure) => new()
    {
        Id = figure.Id, Title = figure.Title, Measure = figure.Measure.Word(), Programmes = Codes(figure.Filter.Programmes), Courses = Codes(figure.Filter.Courses),
        Kinds = [.. figure.Filter.Kinds.Select(kind => kind.Word())], Boards = [.. figure.Filter.Boards.Select(board => board.Word())],
        Sectors = Codes(figure.Filter.Sectors), Owners = Codes(figure.Filter.Owners), Agencies = Codes(figure.Filter.Agencies), Professionals = figure.Filter.Professionals, Levels = Codes(figure.Filter.Levels),
        Period = figure.Own is { } own ? PeriodChoice.Of(own).Key : null, Window = figure.Window == Figures.Window.SinceStart ? "since-start" : "in-period",
        By = figure.By.Count > 0 ? figure.By[0].Word() : null, AndBy = figure.By.Count > 1 ? figure.By[1].Word() : null, Phrase = figure.Phrase.ToString(), Sentence = figure.Sentence, Easy = figure.Easy, Heading = figure.Heading,
    };

    /// <summary>Whether it is limited to something, so that the form shows by what.</summary>
    public bool IsLimited => !string.IsNullOrWhiteSpace(Programmes + Courses + Sectors + Owners + Agencies + Levels) || Kinds is { Length: > 0 } || Boards is { Length: > 0 } || Professionals;

    private static string? Codes(IReadOnlyList<Written> codes) => codes.Count == 0 ? null : string.Join("; ", codes);
}
