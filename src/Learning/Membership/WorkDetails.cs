using Learning.Database;
using Learning.People;

namespace Learning.Membership;

/// <summary>What somebody does at an agency: a job title and a training level if they have any, and whom they work with.</summary>
public sealed record WorkDetails(string? JobTitle, Workforce Workforce, string? Level)
{
    /// <summary>Reads what was typed; null where anything is wrong with it, which is then said.</summary>
    /// <param name="whose">"your" or "their".</param>
    internal static WorkDetails? Read(string? jobTitle, string? workforce, string? level, string whose, List<MoveMistake> mistakes)
    {
        var before = mistakes.Count;
        var title = Line(jobTitle, MoveField.JobTitle, $"{whose} job title", JoiningRules.LongestJobTitle, mistakes);
        if (!Words.TryParse<Workforce>(workforce, out var with))
        {
            mistakes.Add(new(MoveField.Workforce, whose == "your" ? "Choose whom you work with, or what brings you here" : "Choose whom they work with, or what brings them here"));
        }

        var training = Line(level, MoveField.Level, $"{whose} training level", JoiningRules.LongestLevel, mistakes);
        return mistakes.Count > before ? null : new WorkDetails(title, with, training);
    }

    private static string? Line(string? typed, MoveField field, string what, int longest, List<MoveMistake> mistakes)
    {
        var text = JoiningRules.Said(typed);
        if (text is not null && !JoiningRules.IsLine(text, longest))
        {
            mistakes.Add(new(field, $"Enter {what} in one line of at most {longest} characters"));
        }

        return text;
    }
}
