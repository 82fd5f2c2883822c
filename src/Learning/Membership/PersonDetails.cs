using Learning.Database;
using Learning.People;

namespace Learning.Membership;

/// <summary>What is asked about somebody who joins.</summary>
public enum Detail
{
    GivenName,
    FamilyName,
    Email,
    JobTitle,
    Workforce,
    Level,
    Slip,
    Note,
    Agency,
}

/// <summary>A sentence about one answer.</summary>
public sealed record DetailMistake(Detail Detail, string Sentence);

/// <summary>Who somebody is and what they do, as it was typed.</summary>
public sealed record TypedDetails(string? GivenName, string? FamilyName, string? JobTitle, string? Workforce, string? Level);

/// <summary>The same, read: plain lines, a workforce that there is.</summary>
public sealed record PersonDetails(string GivenName, string FamilyName, string? JobTitle, Workforce Workforce, string? Level)
{
    /// <summary>Reads what was typed. Null where anything is wrong with it, which is then said, in the order of the questions.</summary>
    /// <param name="allowed">The workforces to choose from.</param>
    /// <param name="whose">"your" or "their".</param>
    /// <param name="asksName">False where the name is known: then none is read.</param>
    /// <param name="asksWork">False where the work is known: then none is read.</param>
    public static PersonDetails? Read(TypedDetails typed, IReadOnlyList<Workforce> allowed, string whose, List<DetailMistake> mistakes, bool asksName = true, bool asksWork = true)
    {
        var before = mistakes.Count;
        var given = asksName ? Line(typed.GivenName, Detail.GivenName, $"{whose} given name", JoiningRules.LongestName, mistakes, needed: true) : null;
        var family = asksName ? Line(typed.FamilyName, Detail.FamilyName, $"{whose} family name", JoiningRules.LongestName, mistakes, needed: true) : null;
        if (!asksWork)
        {
            return mistakes.Count > before ? null : new PersonDetails(given ?? "", family ?? "", null, default, null);
        }

        var title = Line(typed.JobTitle, Detail.JobTitle, $"{whose} job title", JoiningRules.LongestJobTitle, mistakes);
        if (!Words.TryParse<Workforce>(typed.Workforce, out var workforce) || !allowed.Contains(workforce))
        {
            mistakes.Add(new(Detail.Workforce, whose == "your" ? "Choose whom you work with, or what brings you here" : "Choose whom they work with, or what brings them here"));
        }

        var level = Line(typed.Level, Detail.Level, $"{whose} training level", JoiningRules.LongestLevel, mistakes);
        return mistakes.Count > before ? null : new PersonDetails(given ?? "", family ?? "", title, workforce, level);
    }

    /// <summary>An address as it was typed, in its one spelling; null where it is none, which is then said.</summary>
    public static string? ReadEmail(string? typed, string whose, List<DetailMistake> mistakes)
    {
        if (JoiningRules.Said(typed) is not { } text)
        {
            mistakes.Add(new(Detail.Email, $"Enter {whose} work e-mail address"));
            return null;
        }

        if (!PersonEmail.IsAddress(text))
        {
            mistakes.Add(new(Detail.Email, "Enter an e-mail address like name@agency.example"));
            return null;
        }

        return PersonEmail.Normal(text);
    }

    private static string? Line(string? typed, Detail detail, string what, int longest, List<DetailMistake> mistakes, bool needed = false)
    {
        var text = JoiningRules.Said(typed);
        if (text is null ? needed : !JoiningRules.IsLine(text, longest))
        {
            mistakes.Add(new(detail, text is null ? $"Enter {what}" : $"Enter {what} in one line of at most {longest} characters"));
        }

        return text;
    }
}
