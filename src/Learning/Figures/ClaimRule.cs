using Learning.Time;

namespace Learning.Figures;

/// <summary>Whether a sentence holds against the figure that it is bound to.</summary>
public enum ClaimHolds
{
    /// <summary>Green.</summary>
    Agrees,

    /// <summary>Red.</summary>
    Disagrees,

    /// <summary>The sentence says nothing that can be checked.</summary>
    NotClear,
}

/// <summary>What came of checking a sentence.</summary>
/// <param name="Words">Why, in a few words: "Counts attendances, says professionals".</param>
public sealed record ClaimVerdict(ClaimHolds Holds, string Words);

/// <summary>
/// Checks a sentence against a figure (C1): "over 500 professionals" is green at 501 people, red at 500, red when the figure counts attendances, and red when it counts everyone. Pure. First what is counted
/// has to be what the sentence says, then how many.
/// </summary>
public static class ClaimRule
{
    public static ClaimVerdict Check(string sentence, FigureDefinition figure, double? value)
    {
        if (ClaimWords.Read(sentence) is not { } claimed)
        {
            return new ClaimVerdict(ClaimHolds.NotClear, "Says no number that can be checked");
        }

        if (OfAnotherThing(claimed, figure) is { } other)
        {
            return new ClaimVerdict(ClaimHolds.Disagrees, other);
        }

        if (value is not { } known)
        {
            return new ClaimVerdict(ClaimHolds.Disagrees, "The figure is not known");
        }

        var number = figure.Measure.IsShare() ? known * 100 : known;
        var printed = FigureTable.Print(figure.Measure, value);
        return Holds(claimed, number) ? new ClaimVerdict(ClaimHolds.Agrees, "Agrees") : new ClaimVerdict(ClaimHolds.Disagrees, $"Says {claimed.Said}, and it is {printed}");
    }

    private static bool Holds(Claimed claimed, double value)
    {
        var (number, step) = (claimed.Number, Math.Pow(10, -claimed.Decimals));
        return claimed.Manner switch
        {
            ClaimedManner.Over => value > number,
            ClaimedManner.AtLeast => value >= number,
            ClaimedManner.Under => value < number,
            ClaimedManner.AtMost => value <= number,
            // F5: the nearest ten, where a round number is said.
            ClaimedManner.Approximately when number % 10 == 0 && !claimed.Share => Math.Round(value / 10, MidpointRounding.AwayFromZero) * 10 == number,
            ClaimedManner.Approximately => Math.Abs(value - number) <= Math.Max(step, number / 20),
            ClaimedManner.Nearly => value < number && value >= number * 0.9,
            // A number is said with as many decimals as it has there.
            _ => Math.Abs(Math.Round(value, claimed.Decimals, MidpointRounding.AwayFromZero) - number) < step / 2,
        };
    }

    // What is wrong with what is counted, in the order in which a reader would be misled most.
    private static string? OfAnotherThing(Claimed claimed, FigureDefinition figure)
    {
        var measure = figure.Measure;
        if (claimed.Share != measure.IsShare())
        {
            return claimed.Share ? $"Counts {measure.Unit()}, says a percentage" : "Is a percentage, and the sentence does not say so";
        }

        if (claimed.Share)
        {
            return null;
        }

        if (measure.IsAverage() != claimed.Average)
        {
            return claimed.Average ? $"Counts all {measure.Unit()}, says an average" : $"Is an average{(measure == Measure.AverageAttendance ? " of each session" : "")}, and the sentence does not say so";
        }

        if (measure == Measure.Reach && claimed is { Trained: true, Unit: ClaimedUnit.NotSaid })
        {
            return "Reach is not training, and the sentence says trained";
        }

        if (!Counts(measure, claimed.Unit))
        {
            return $"Counts {measure.Unit()}, says {Said(claimed.Unit)}";
        }

        if (claimed.Unit == ClaimedUnit.Professionals && !figure.Filter.Professionals)
        {
            return "Counts everyone, says professionals";
        }

        return claimed.Unit == ClaimedUnit.People && figure.Filter.Professionals && claimed.Manner is not (ClaimedManner.Over or ClaimedManner.AtLeast) ? "Counts professionals only, says people" : null;
    }

    private static bool Counts(Measure measure, ClaimedUnit unit) => unit switch
    {
        ClaimedUnit.NotSaid => true,
        ClaimedUnit.People or ClaimedUnit.Professionals => measure is Measure.People or Measure.AverageAttendance or Measure.TrainersActive,
        ClaimedUnit.Attendances => measure is Measure.Attendances or Measure.AverageAttendance,
        ClaimedUnit.Completions => measure == Measure.Completions,
        ClaimedUnit.Sessions => measure is Measure.SessionsHeld or Measure.SessionsCancelled,
        ClaimedUnit.Places => measure is Measure.PlacesOffered or Measure.PlacesBooked or Measure.PlacesLost,
        ClaimedUnit.Courses => measure == Measure.CoursesAvailable,
        ClaimedUnit.Agencies => measure == Measure.Agencies,
        ClaimedUnit.Trainers => measure == Measure.TrainersActive,
        _ => false,
    };

    private static string Said(ClaimedUnit unit) => unit.ToString().ToLowerInvariant();
}
