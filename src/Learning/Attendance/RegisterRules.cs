using Learning.Catalogue;
using Learning.People;
using Learning.Time;

namespace Learning.Attendance;

/// <summary>What a register is to somebody.</summary>
public enum RegisterAccess
{
    /// <summary>Not for their eyes: as if it were not there (S1).</summary>
    None,

    /// <summary>Theirs, but only from 14 days before.</summary>
    TooEarly,

    /// <summary>Theirs once; it was signed and 14 days are over (S2).</summary>
    Over,

    Open,
}

/// <summary>The rules of a register. Pure: from facts to an answer; they draw the buttons and guard the verbs.</summary>
public static class RegisterRules
{
    /// <summary>How many days before and after the session its trainers may open the register (S2).</summary>
    public const int OpenDays = 14;

    /// <summary>For how many days after signing a late mark reopens the register by itself (A3).</summary>
    public const int ReopensDays = 14;

    /// <summary>Characters of a reason for reopening.</summary>
    public const int LongestReason = 500;

    /// <summary>
    /// Who may open a register (S2): the business unit always; its trainers from 14 days before the day it starts to 14 days after the day it ends, or until
    /// it is signed if that is later. Nobody else.
    /// </summary>
    public static RegisterAccess Access(Actor actor, bool isTrainer, Session session, bool signed, Zone zone)
    {
        var today = zone.Today;
        return actor.IsUnit ? RegisterAccess.Open
            : !isTrainer ? RegisterAccess.None
            : today < zone.DateOf(session.StartsAt).AddDays(-OpenDays) ? RegisterAccess.TooEarly
            : signed && today > zone.DateOf(session.EndsAt).AddDays(OpenDays) ? RegisterAccess.Over
            : RegisterAccess.Open;
    }

    /// <summary>Whether marks of who has this access are taken. What a tablet kept comes when it comes: also when the register is closed to its trainer (A3).</summary>
    public static bool TakesMarks(RegisterAccess access) => access is RegisterAccess.Open or RegisterAccess.Over;

    /// <summary>A reason as it is kept.</summary>
    public static string? ReasonOf(string? typed) => typed?.Replace("\0", "", StringComparison.Ordinal).Trim();

    /// <summary>Why a reason for reopening cannot be kept; null: it can.</summary>
    public static string? WhyNotReason(string? reason) =>
        string.IsNullOrEmpty(reason) ? "Write why the register is reopened"
        : reason.Length > LongestReason ? $"Write the reason in {LongestReason} characters or fewer"
        : null;

    /// <summary>Whether a mark that comes now reopens a signed register (A3).</summary>
    public static bool Reopens(DateTimeOffset signedAt, DateTimeOffset now) => now <= signedAt.AddDays(ReopensDays);

    /// <summary>A device's time by our clock: corrected by how far its own was off when it sent, and never in the future (A2).</summary>
    public static DateTimeOffset Corrected(DateTimeOffset at, DateTimeOffset deviceNow, DateTimeOffset now)
    {
        var corrected = at + (now - deviceNow);
        return corrected > now ? now : corrected.AddTicks(-(corrected.Ticks % TimeSpan.TicksPerMicrosecond));
    }

    /// <summary>The whole minutes that make "in part" count as attended (A7): of 330 with three quarters required, 248.</summary>
    public static int MinutesNeeded(int minutesOfPart, decimal requiredShare) => (int)Math.Ceiling(minutesOfPart * requiredShare);

    /// <summary>Whether somebody attended the course (A7): enough of its parts.</summary>
    public static bool AttendedCourse(int attended, int parts, decimal requiredShare) => attended > 0 && attended >= parts * requiredShare;

    /// <summary>Whether a mark says that the part was attended: by the holder, or, of a substitute, by who came instead (A7). "In part" without minutes does not.</summary>
    public static bool Attended(MarkKind kind, int? minutes, int minutesOfPart, decimal requiredShare) =>
        kind is MarkKind.Attended or MarkKind.Substitute || (kind is MarkKind.Part && minutes >= minutesOfPart * requiredShare);
}
