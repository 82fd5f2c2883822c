using Learning.People;
using Learning.Time;

namespace Learning.Membership;

/// <summary>An answer that a sentence is about.</summary>
public enum MoveField
{
    Leaves,
    Agency,
    JobTitle,
    Workforce,
    Level,
    StartsOn,
    LastDay,
    Reason,
}

/// <summary>What is wrong with an answer, in words for whoever gave it.</summary>
public sealed record MoveMistake(MoveField Field, string Sentence);

/// <summary>An agency as the rules of moving know it.</summary>
/// <param name="Successor">Who stands for it on the first day, where that is another.</param>
public sealed record MoveAgency(Guid Id, string Name, string? Successor = null);

/// <summary>What may be said about where somebody works, and who decides (P1, P2, S2). Pure; the numbers are an installation's to change.</summary>
public static class MoveRules
{
    public const int LongestReason = 500;

    /// <summary>How far ahead a first or a last day may lie.</summary>
    public const int MonthsAhead = 12;

    /// <summary>Whether somebody may confirm or decline: the agency's lead, or the business unit; nobody their own.</summary>
    public static bool MayDecide(Actor actor, Guid person, Guid agency) => actor.PersonId != person && (actor.IsUnit || actor.LeadOf.Contains(agency));

    /// <summary>What stands against a first day: before the person's record begins, or too far ahead.</summary>
    public static string? WhyNotStart(DateOnly startsOn, DateOnly recordBegins, DateOnly today) =>
        startsOn < recordBegins ? $"The record begins on {British.DateWithoutDay(recordBegins)}. Give that day or a later one"
        : startsOn > today.AddMonths(MonthsAhead) ? $"Give a first day in the next {MonthsAhead} months. Tell us about a later one nearer the time"
        : null;

    /// <summary>
    /// What stands against working for an agency from a day on: another stands for it by then; the person works there already, that day or later (an employment has no last day when it begins).
    /// </summary>
    public static string? WhyNotAgency(MoveAgency agency, DateOnly startsOn, IEnumerable<Employment> jobs) =>
        agency.Successor is { } successor ? $"{agency.Name} is {successor} by that day. Choose {successor}"
        : jobs.Any(job => job.AgencyId == agency.Id && job.StartsOn != job.EndsOn && (job.EndsOn is null || startsOn < job.EndsOn))
            ? $"{agency.Name} has you on its list already, on that day or from a later one. Ask its lead, or the business unit, to change what it says"
        : null;

    /// <summary>What stands against leaving an agency: the person is not there, or the last day is before the first there, or not before the first day at the new one.</summary>
    public static MoveMistake? WhyNotLeave(MoveAgency leaves, DateOnly lastDay, DateOnly startsOn, IEnumerable<Employment> jobs)
    {
        var there = jobs.Where(job => job.AgencyId == leaves.Id && job.StartsOn != job.EndsOn && (job.EndsOn is null || lastDay < job.EndsOn)).ToList();
        return there.Count == 0 ? new(MoveField.Leaves, $"{leaves.Name} has no job of yours after that day. Choose another, or say that you work for the new one as well")
            : lastDay < there.Min(job => job.StartsOn) ? new(MoveField.LastDay, $"You began at {leaves.Name} on {British.DateWithoutDay(there.Min(job => job.StartsOn))}. Your last day is that day or a later one")
            : lastDay >= startsOn ? new(MoveField.LastDay, "Your last day there must be before your first day at the new one. If you work for both for a while, choose that you work for the new one as well")
            : null;
    }

    /// <summary>What stands against a last day of somebody's employment: before it began, or too far ahead.</summary>
    public static string? WhyNotEnd(Employment job, DateOnly lastDay, DateOnly today) =>
        lastDay < job.StartsOn ? $"They began on {British.DateWithoutDay(job.StartsOn)}. Give that day or a later one"
        : lastDay > today.AddMonths(MonthsAhead) ? $"Give a last day in the next {MonthsAhead} months"
        : null;

    /// <summary>What stands against a change of somebody's work from a day on: outside of their time there, or too far ahead.</summary>
    public static string? WhyNotChange(Employment job, DateOnly from, DateOnly today) =>
        from < job.StartsOn ? $"They began on {British.DateWithoutDay(job.StartsOn)}. Give that day or a later one"
        : from >= job.EndsOn ? $"Their last day is {British.DateWithoutDay(job.EndsOn.Value.AddDays(-1))}. Give a day up to then"
        : from > today.AddMonths(MonthsAhead) ? $"Give a day in the next {MonthsAhead} months"
        : null;
}
