using Learning.Time;

namespace Learning.Figures.Drafts;

/// <summary>What a draft comes to: a definition that can be counted, or the mistakes, each with the field of the form that it is about.</summary>
public sealed record CheckedDraft(ReportDefinition? Definition, IReadOnlyList<(string Field, string Sentence)> Mistakes);

/// <summary>
/// Checks what was typed into the builder by the very rules that a file is read by, and says each mistake beside its field: a period that ends before it starts, no figures, a measure, programme, course,
/// sector or agency that there is not, a breakdown that a measure does not have.
/// </summary>
public sealed class CheckDraft(LearningDb db, Zone zone)
{
    /// <summary>Nothing is kept and nothing counted.</summary>
    public async Task<CheckedDraft> RunAsync(ReportDraft draft, CancellationToken stop)
    {
        var mistakes = new List<(string Field, string Sentence)>();
        var period = Period(draft, mistakes);
        Missing(draft, mistakes);
        if (period is not { } chosen || mistakes.Count > 0)
        {
            return new CheckedDraft(null, mistakes);
        }

        var yaml = new DraftYaml(draft, chosen);
        try
        {
            var report = ReadReport.Text($"{draft.Name}.yaml", yaml.Text);
            await Scope.OfAsync(db, report.At(zone.Today), zone.Now, stop);
            return new CheckedDraft(report, []);
        }
        catch (DefinitionException wrong)
        {
            return new CheckedDraft(null, [.. wrong.Mistakes.Select(mistake => (yaml.FieldOf(mistake.Line), Sentence(mistake.What)))]);
        }
    }

    /// <summary>A mistake of a definition as a sentence of a page.</summary>
    public static string Sentence(string what) => char.ToUpper(what[0], British.Culture) + what[1..];

    private static PeriodChoice? Period(ReportDraft draft, List<(string Field, string Sentence)> mistakes)
    {
        if (draft.Period != PeriodChoice.Own)
        {
            if (PeriodChoice.Read(draft.Period) is { } chosen)
            {
                return chosen;
            }

            mistakes.Add(("Input.Period", "Choose the period that the report is about"));
            return null;
        }

        var (from, last) = (Day(draft.From, "Input.From", "first"), Day(draft.LastDay, "Input.LastDay", "last"));
        if (from is not { } first || last is not { } end)
        {
            return null;
        }

        if (end >= first)
        {
            return PeriodChoice.Of(new Period(first, end.AddDays(1)));
        }

        mistakes.Add(("Input.LastDay", "The period ends before it starts. Its last day is on or after its first"));
        return null;

        DateOnly? Day(string? typed, string field, string which)
        {
            if (British.TryDate(typed, out var date) && date is not null)
            {
                return date;
            }

            mistakes.Add((field, $"Give the {which} day of the period, such as {(which == "first" ? "01/04/2025" : "31/03/2026")}"));
            return null;
        }
    }

    private static void Missing(ReportDraft draft, List<(string Field, string Sentence)> mistakes)
    {
        Require("Input.Title", draft.Title, "Give the report a title");
        Require("Input.Name", draft.Name, "Give the report a short name for its address, such as 2025-26");
        var figures = draft.Figures ?? [];
        if (figures.Count == 0)
        {
            mistakes.Add(("add", "Add at least one figure: a report without figures says nothing"));
        }

        for (var number = 0; number < figures.Count; number++)
        {
            Require($"Input.Figures[{number}].Title", figures[number].Title, $"Give figure {number + 1} a title");
            Require($"Input.Figures[{number}].Measure", figures[number].Measure, $"Choose what figure {number + 1} counts");
            if (!string.IsNullOrEmpty(figures[number].Period) && PeriodChoice.Read(figures[number].Period) is null)
            {
                mistakes.Add(($"Input.Figures[{number}].Period", $"Choose the period of figure {number + 1}"));
            }
        }

        void Require(string field, string? text, string sentence)
        {
            if (string.IsNullOrWhiteSpace(text))
            {
                mistakes.Add((field, sentence));
            }
        }
    }
}
