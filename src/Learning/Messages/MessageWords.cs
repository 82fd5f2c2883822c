using Learning.Time;
using Learning.Database;

namespace Learning.Messages;

/// <summary>How messages are spoken of under Manage.</summary>
public static class MessageWords
{
    /// <summary>"session-reminder-7" as "Session reminder, 7 days".</summary>
    public static string Kind(string kind) => kind switch
    {
        "session-reminder-7" => "Reminder, 7 days before",
        "session-reminder-1" => "Reminder, 1 day before",
        "session-joining" => "How to join, on the morning",
        "learning-idle" => "E-learning left unfinished",
        "training-expiry" => "Training runs out",
        "evaluation" => "Evaluation, once signed",
        "evaluation-nudge" => "Evaluation, a week after",
        "evaluation-impact" => "Evaluation, three months after",
        "digest-agency" => "An agency’s week",
        "digest-queue" => "What waits for the business unit",
        "digest-figures" => "The quarter in figures",
        "" => "",
        _ => $"{char.ToUpperInvariant(kind[0])}{kind[1..].Replace('-', ' ')}",
    };

    /// <summary>"Due on Wed 1 Nov 2023, 9am", "Parked", "Kept: there is no mail server".</summary>
    public static string State(MessageState state, DateTimeOffset nextTry, int refusals, bool hasServer, Zone zone) => state switch
    {
        MessageState.Sent => "Sent",
        MessageState.Dropped => "Not sent: no longer needed",
        MessageState.Parked => "Parked",
        _ when nextTry > zone.Now => refusals > 0 ? $"Refused {British.Count(refusals, "time")}, next try {Moment(nextTry, zone)}" : $"Due {Moment(nextTry, zone)}",
        _ => hasServer ? "Due now" : "Kept: there is no mail server",
    };

    /// <summary>"Wed 1 Nov 2023, 9am".</summary>
    public static string Moment(DateTimeOffset instant, Zone zone)
    {
        var local = zone.LocalOf(instant);
        return $"{British.ShortDate(DateOnly.FromDateTime(local))}, {British.Time(TimeOnly.FromDateTime(local))}";
    }

    /// <summary>The states as people choose among them.</summary>
    public static readonly IReadOnlyList<(string Value, string Words)> States =
        [(MessageState.Due.Word(), "Due"), (MessageState.Sent.Word(), "Sent"), (MessageState.Parked.Word(), "Parked"), (MessageState.Dropped.Word(), "No longer needed")];
}
