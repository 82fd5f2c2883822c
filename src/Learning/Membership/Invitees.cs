using Learning.People;

namespace Learning.Membership;

/// <summary>Somebody named in a list.</summary>
/// <param name="Department">The code of the part of the agency, as written; null: the agency that the list is for.</param>
/// <param name="DepartmentAt">Where it stands in its line.</param>
internal sealed record Invitee(
    int Line, string Email, string? GivenName = null, string? FamilyName = null, string? JobTitle = null, Workforce? Workforce = null, string? Level = null, string? Department = null, int DepartmentAt = 1);

/// <summary>What is wrong with a list, and where: line and column from 1.</summary>
public sealed record ListMistake(int Line, int Column, string Sentence);

/// <summary>Why nothing could be read of what was sent.</summary>
public enum ListRefusal
{
    Nothing,
    TooLarge,

    /// <summary>A workbook of Excel or its kin.</summary>
    Workbook,

    /// <summary>Not UTF-8, or no text at all.</summary>
    NotText,
    TooManyPeople,
}

/// <summary>A list as it was read: who is named without mistake, each address once, and every mistake.</summary>
internal sealed class Invitees
{
    private readonly Dictionary<string, int> lines = [];
    private readonly List<Invitee> people = [];
    private readonly List<ListMistake> mistakes = [];

    public IReadOnlyList<Invitee> People => people;

    public IReadOnlyList<ListMistake> Mistakes => mistakes;

    /// <summary>How many are named, with mistakes or without.</summary>
    public int Named { get; private set; }

    public void Name() => Named++;

    public void Mistake(int line, int column, string sentence) => mistakes.Add(new ListMistake(line, column, sentence));

    /// <summary>An address in its one spelling, when it is one and stands here for the first time; else what is wrong is said.</summary>
    public string? Email(string text, int line, int column)
    {
        if (!PersonEmail.IsAddress(text))
        {
            Mistake(line, column, text.Length == 0 ? "The e-mail address is missing" : $"“{Short(text)}” is not an e-mail address");
            return null;
        }

        var email = PersonEmail.Normal(text);
        if (lines.TryAdd(email, line))
        {
            return email;
        }

        Mistake(line, column, lines[email] == line ? $"{email} is there twice" : $"{email} is on line {lines[email]} already");
        return null;
    }

    /// <summary>One line of text or null; what is longer, or no text, is said.</summary>
    public string? Text(string text, string what, int longest, int line, int column)
    {
        if (text.Length > 0 && !JoiningRules.IsLine(text, longest))
        {
            Mistake(line, column, text.Length > longest ? $"The {what} is longer than {longest} characters" : $"The {what} has a character that cannot be printed");
            return null;
        }

        return text.Length == 0 ? null : text;
    }

    public void Add(Invitee invitee) => people.Add(invitee);

    /// <summary>So much of what was written as a sentence can hold, on one line.</summary>
    public static string Short(string text) => Messages.Letter.OneLine(text.Length <= 60 ? text : $"{text[..60]}…");
}
