namespace Learning.Attendance;

/// <summary>
/// Which of the events of one person and part stands (rule A2): the newest corrected time; once the register was reopened, the order of recording. The
/// events are kept all; this is the one place that says which of them the register shows. Pure.
/// </summary>
/// <param name="Mark">The event that stands.</param>
/// <param name="Disputed">Two devices say different things without having seen each other, and nobody has decided since.</param>
/// <param name="Other">In a dispute, the newest event that says otherwise.</param>
/// <param name="Decided">What stands is what somebody decided who had seen that two devices disagreed.</param>
public sealed record StandingMark(Mark Mark, bool Disputed, Mark? Other, bool Decided = false)
{
    /// <summary>Whether an event, recorded later than the one that stands, takes its place.</summary>
    public static bool Supersedes(Mark later, Mark standing) =>
        later.Reopening != standing.Reopening ? later.Reopening > standing.Reopening : later.Reopening > 0 || later.MarkedAt >= standing.MarkedAt;

    /// <summary>Whether an event that arrives contradicts the one that stands without having seen it: what was imported has no device and is never a party.</summary>
    public static bool Conflicts(Mark arriving, Mark? standing) =>
        standing is { Device: not null } && arriving.Device is not null && arriving.Device != standing.Device
        && arriving.Seen != standing.Id && !SayTheSame(arriving, standing);

    /// <summary>Whether two events say the same of the person.</summary>
    public static bool SayTheSame(Mark one, Mark other) => (one.Kind, one.Minutes, one.SubstituteId) == (other.Kind, other.Minutes, other.SubstituteId);

    /// <summary>The standing mark of one person and part, from all their events in the order of recording; null when there are none.</summary>
    public static StandingMark? Of(IEnumerable<Mark> events)
    {
        Mark? standing = null, decision = null;
        var disputed = new List<Mark>();
        foreach (var mark in events)
        {
            if (standing is not null && MarkFlags.Of(mark.Flag).Contains(MarkFlag.Conflict))
            {
                disputed.AddRange([standing, mark]);
            }
            else if (disputed.Exists(party => party.Id == mark.Seen && party.Device != mark.Device))
            {
                // Somebody has seen what another device said, and has decided.
                disputed.Clear();
                decision = mark;
            }
            else if (disputed.Count > 0)
            {
                disputed.Add(mark);
            }

            standing = standing is null || Supersedes(mark, standing) ? mark : standing;
        }

        var other = standing is null ? null : disputed.FindLast(mark => !SayTheSame(mark, standing));
        return standing is null ? null : new StandingMark(standing, other is not null, other, standing == decision);
    }
}
