using Learning.Database;

namespace Learning.Figures;

/// <summary>A figure that is or will be published, with what it counts.</summary>
/// <param name="Reference">By which a reader finds it: "2023-24/people".</param>
internal sealed record SubtractedFigure(string Reference, FigureDefinition Definition, Scope Scope, ComputedFigure Computed);

/// <summary>Two figures by which a reader learns of a few people, and how.</summary>
internal sealed record Subtraction(SubtractedFigure Larger, SubtractedFigure Smaller, string Words);

/// <summary>
/// What follows from two published figures that no one of them says (F6): where one counts all that another counts and a little more, their difference is a number of few people; where both count the
/// same and only one holds it back, the other gives it away. Pure.
/// </summary>
internal static class Subtractions
{
    private static readonly HashSet<Measure> Measures = [Measure.People, Measure.Attendances, Measure.Completions, Measure.Reach, Measure.PlacesBooked];

    /// <summary>Every pair of which at least one is among the figures that are to be signed.</summary>
    public static IEnumerable<Subtraction> Of(IReadOnlyList<SubtractedFigure> signed, IReadOnlyList<SubtractedFigure> others)
    {
        foreach (var (one, number) in signed.Select((figure, number) => (figure, number)).Where(pair => Measures.Contains(pair.figure.Definition.Measure)))
        {
            foreach (var other in signed.Skip(number + 1).Concat(others).Where(other => other.Definition.Measure == one.Definition.Measure))
            {
                var (wide, narrow) = (Contains(one.Scope, other.Scope), Contains(other.Scope, one.Scope));
                if ((wide && narrow ? Same(one, other) : wide ? Few(one, other) : narrow ? Few(other, one) : null) is { } words)
                {
                    yield return wide ? new Subtraction(one, other, words) : new Subtraction(other, one, words);
                }
            }
        }
    }

    // The numbers that both print: their totals, and the rows where both tables are by the same.
    private static string? Few(SubtractedFigure wide, SubtractedFigure narrow)
    {
        var small = Pairs(wide, narrow).Count(pair => pair is { One: { } more, Other: { } less } && more - less is > 0 and <= 5);
        return small == 0 ? null : $"{Name(wide)} counts all that {Name(narrow)} counts, and 1 to 5 more{In(small)}: whoever subtracts them learns of a few people";
    }

    private static string? Same(SubtractedFigure one, SubtractedFigure other)
    {
        var told = Pairs(one, other).Count(pair => pair.One is null != pair.Other is null);
        return told == 0 ? null : $"{Name(one)} and {Name(other)} count the same, and what one of them holds back the other prints{In(told)}";
    }

    private static IEnumerable<(double? One, double? Other)> Pairs(SubtractedFigure one, SubtractedFigure other)
    {
        var (first, second) = (PublishedCopy.Of(one.Computed), PublishedCopy.Of(other.Computed));
        yield return (first.Value, second.Value);
        if (!first.By.SequenceEqual(second.By))
        {
            yield break;
        }

        var rows = second.Rows.ToDictionary(row => string.Join('\n', row.Key.Values));
        foreach (var row in first.Rows.Where(row => row.Key.Values.Any(key => key != Breakdowns.Total)))
        {
            if (rows.TryGetValue(string.Join('\n', row.Key.Values), out var same))
            {
                yield return (row.Value, same.Value);
            }
        }
    }

    private static string Name(SubtractedFigure figure) => $"“{figure.Definition.Title}” ({figure.Reference})";

    private static string In(int numbers) => numbers == 1 ? "" : $", at {numbers} numbers";

    // Everything that the narrow one lets through, the wide one lets through.
    private static bool Contains(Scope wide, Scope narrow) =>
        All(wide.Courses, narrow.Courses) && All(wide.Boards, narrow.Boards) && All(wide.Agencies, narrow.Agencies) && All(wide.Levels, narrow.Levels)
        && (!wide.Professionals || narrow.Professionals) && (wide.From is null || wide.From <= narrow.From) && wide.To >= narrow.To;

    private static bool All<T>(T[]? wide, T[]? narrow) => wide is null || (narrow is not null && narrow.All(wide.Contains));
}
