namespace Learning.Attendance.Meetings;

/// <summary>How long somebody was there (A8): several joins add up, and what overlaps, such as two devices at once, counts once. Pure.</summary>
public static class TimePresent
{
    /// <summary>Whole minutes of all joins.</summary>
    public static int Minutes(IEnumerable<MeetingJoin> joins) => Minutes(joins, DateTimeOffset.MinValue, DateTimeOffset.MaxValue);

    /// <summary>Whole minutes from one instant to another, such as of a part of a session.</summary>
    public static int Minutes(IEnumerable<MeetingJoin> joins, DateTimeOffset from, DateTimeOffset to) => (int)(Seconds(joins, from, to) / 60);

    /// <summary>
    /// Seconds from one instant to another. Of a join that has only a total, no more than that, and no more than lies between the two; where such ones overlap with others, it cannot be known what
    /// they share, and the longest stands.
    /// </summary>
    public static long Seconds(IEnumerable<MeetingJoin> joins, DateTimeOffset from, DateTimeOffset to)
    {
        var inside = joins.Select(join => (From: join.From > from ? join.From : from, To: join.To < to ? join.To : to, join.Seconds)).Where(join => join.From < join.To).OrderBy(join => join.From);
        long all = 0;
        // What hangs together: how far it reaches, how far and how long somebody was seen to be there without a gap, and the longest total.
        var (reach, seen, whole, total) = (DateTimeOffset.MinValue, DateTimeOffset.MinValue, TimeSpan.Zero, 0L);
        foreach (var join in inside)
        {
            if (join.From > reach)
            {
                all += Math.Max((long)whole.TotalSeconds, total);
                (reach, seen, whole, total) = (join.From, join.From, TimeSpan.Zero, 0L);
            }

            if (join.Seconds is { } seconds)
            {
                total = Math.Max(total, Math.Min(seconds, (long)(join.To - join.From).TotalSeconds));
            }
            else if (join.To > seen)
            {
                whole += join.To - (join.From > seen ? join.From : seen);
                seen = join.To;
            }

            reach = join.To > reach ? join.To : reach;
        }

        return all + Math.Max((long)whole.TotalSeconds, total);
    }
}
