using System.Text.RegularExpressions;

using Learning.People;
using Learning.Time;

namespace Learning.Membership;

/// <summary>An answer about an agency that a sentence is about.</summary>
public enum AgencyField
{
    Name,
    Code,
    Sector,
    Parent,
    Headcount,
    Domains,
    Since,
    Into,
    On,
}

/// <summary>What is wrong with an answer about an agency.</summary>
public sealed record AgencyMistake(AgencyField Field, string Sentence);

/// <summary>What may be said of an agency (P2, P4). Pure; the numbers are an installation's to change.</summary>
public static partial class AgencyRules
{
    public const int LongestName = 150;
    public const int LongestSector = 60;
    public const int LongestCode = 12;
    public const int MostHeadcount = 1_000_000;

    /// <summary>How far ahead a merger may be written down.</summary>
    public const int MonthsAhead = 12;

    /// <summary>What stands against a day since which something holds: to come, or before what it replaces began.</summary>
    public static string? WhyNotSince(DateOnly since, DateOnly replacedSince, DateOnly today) =>
        since > today ? "Give today or an earlier day. What holds from a later day is written down then"
        : since < replacedSince ? $"What is written down now holds since {British.DateWithoutDay(replacedSince)}. Give that day or a later one"
        : null;

    /// <summary>What stands against a merger's day: too far ahead, or too long ago to be one.</summary>
    public static string? WhyNotOn(DateOnly on, DateOnly today) =>
        on > today.AddMonths(MonthsAhead) ? $"Give a day in the next {MonthsAhead} months" : on.Year < 2000 ? "Give a day since 2000" : null;

    /// <summary>The name as it is kept; null where it is none.</summary>
    public static string? Name(string? typed) => JoiningRules.Said(typed) is { } name && JoiningRules.IsLine(name, LongestName) ? name : null;

    /// <summary>The sector as it is kept; null where it is none.</summary>
    public static string? Sector(string? typed) => JoiningRules.Said(typed) is { } sector && JoiningRules.IsLine(sector, LongestSector) ? sector : null;

    /// <summary>The code as it is kept: reports and imports know the agency by it, so it never changes.</summary>
    public static string? Code(string? typed) => JoiningRules.Said(typed) is { Length: <= LongestCode } code && CodeLetters().IsMatch(code) ? code.ToUpperInvariant() : null;

    /// <summary>People in scope for training; null where nothing was typed. False where it is no such number.</summary>
    public static bool TryHeadcount(string? typed, out int? headcount)
    {
        headcount = null;
        if (JoiningRules.Said(typed) is not { } text)
        {
            return true;
        }

        var read = int.TryParse(text.Replace(",", "", StringComparison.Ordinal), System.Globalization.NumberStyles.None, British.Culture, out var number) && number <= MostHeadcount;
        headcount = read ? number : null;
        return read;
    }

    /// <summary>Domains as they were typed, one a line or with commas, in their one spelling: "@Police.example" is police.example.</summary>
    public static IReadOnlyList<string> Domains(string? typed) =>
        [.. (typed ?? "").Split(['\n', '\r', ',', ';', ' ', '\t'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(domain => domain.TrimStart('@').ToLowerInvariant()).Distinct()];

    /// <summary>What stands against a domain that proposes an agency (P4): it is none, or anybody can have an address of it.</summary>
    public static string? WhyNotDomain(string domain, MailDomains known) =>
        domain.Length > PersonEmail.LongestEmail || !PersonEmail.IsDomain(domain) ? $"“{Short(domain)}” is not a domain such as council.example"
        : !known.MayBeAgencys(domain) ? $"Anybody can have an address of {domain}, so it says nothing of an agency"
        : null;

    private static string Short(string text) => text.Length <= 40 ? text : $"{text[..40]}…";

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9-]*$")]
    private static partial Regex CodeLetters();
}
