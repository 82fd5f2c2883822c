namespace Learning.Figures;

/// <summary>A sentence of a figure when there is one of what it counts: "1 session was held", though it is written for many. Pure.</summary>
public static class OneOfIt
{
    private static readonly Dictionary<string, string> Ones = new(StringComparer.Ordinal)
    {
        ["people"] = "person", ["attendees"] = "attendee", ["professionals"] = "professional", ["practitioners"] = "practitioner", ["attendances"] = "attendance", ["completions"] = "completion",
        ["sessions"] = "session", ["workshops"] = "workshop", ["webinars"] = "webinar", ["places"] = "place", ["courses"] = "course", ["agencies"] = "agency", ["organisations"] = "organisation", ["trainers"] = "trainer",
        ["apologies"] = "apology", ["seats"] = "seat", ["meetings"] = "meeting", ["check-ins"] = "check-in",
    };

    private static readonly Dictionary<string, string> Verbs = new(StringComparer.Ordinal) { ["were"] = "was", ["are"] = "is", ["have"] = "has", ["do"] = "does" };

    // A counted word is the first of so many after the number.
    private const int Near = 6;

    /// <summary>The sentence with its number put in; "1" makes one of the word that follows, and of the verb after it.</summary>
    public static string Say(string sentence, string phrase)
    {
        if (phrase != "1" || sentence.Split("{phrase}") is not [var before, var after])
        {
            return sentence.Replace("{phrase}", phrase, StringComparison.Ordinal);
        }

        var words = after.Split(' ');
        var counted = Array.FindIndex(words, 0, Math.Min(words.Length, Near), word => Ones.ContainsKey(word.TrimEnd('.', ',', ';', ':')));
        if (counted >= 0)
        {
            var bare = words[counted].TrimEnd('.', ',', ';', ':');
            words[counted] = Ones[bare] + words[counted][bare.Length..];
            // "1 person has now", "1 professional at the conference was".
            var verb = Array.FindIndex(words, counted + 1, Math.Min(words.Length - counted - 1, 1), Verbs.ContainsKey);
            if (verb >= 0)
            {
                words[verb] = Verbs[words[verb]];
            }
        }

        return $"{before}1{string.Join(' ', words)}";
    }

    /// <summary>"1 person", "3 people": a number with the word of what it counts, which is written for many.</summary>
    public static string Word(double? number, string many) => number == 1 && Ones.TryGetValue(many, out var one) ? one : many;
}
