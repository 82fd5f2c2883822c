using Learning.Catalogue;
using Learning.Database;
using Learning.People;

using Microsoft.EntityFrameworkCore;

namespace Learning.Attendance;

/// <summary>A batch as it is to be stored: what the register holds, what it cannot hold, and what somebody should look at.</summary>
internal sealed record JudgedMarks(IReadOnlyList<Mark> Marks, IReadOnlyList<MarkStray> Strays, IReadOnlyList<(Guid Id, IReadOnlyList<MarkFlag> Flags)> Flagged);

/// <summary>What a batch is judged by.</summary>
/// <param name="Standing">What stands of these people and empty seats, by part and number.</param>
/// <param name="Late">The flag of whatever comes now, when the register is signed; of what comes long after, why it is a stray (A3).</param>
/// <param name="Reopening">How often the register was reopened, this batch's own reopening included.</param>
/// <param name="Arrived">Our clock when the batch came: what the device's is compared with.</param>
internal sealed record RegisterAtHand(
    Session Session, IReadOnlyDictionary<Guid, int> MinutesOfParts, Dictionary<(Guid Part, Guid Person), Mark> Standing, MarkFlag? Late, int Reopening,
    DateTimeOffset Arrived, DateTimeOffset Now, Guid? By)
{
    /// <summary>Minutes of the parts of a session, by part.</summary>
    public static Task<Dictionary<Guid, int>> PartsAsync(LearningDb db, Guid sessionId, CancellationToken stop) =>
        db.SessionParts.Where(part => part.SessionId == sessionId).ToDictionaryAsync(part => part.Id, part => part.Minutes, stop);

    /// <summary>What stands of the people and empty seats that a batch names.</summary>
    public static async Task<Dictionary<(Guid Part, Guid Person), Mark>> StandingAsync(LearningDb db, Guid sessionId, IReadOnlyList<ReadEntry> entries, CancellationToken stop)
    {
        Guid?[] holders = [.. entries.Select(entry => (Guid?)entry.HolderId).Distinct()];
        Guid?[] seats = [.. entries.Where(entry => entry.Entry.Seat is not null).Select(entry => (Guid?)entry.HolderId).Distinct()];
        var marks = await db.Marks.AsNoTracking().Where(mark => mark.SessionId == sessionId && holders.Contains(mark.PersonId)).OrderBy(mark => mark.Number).ToListAsync(stop);
        if (seats.Length > 0)
        {
            marks.AddRange(await db.Marks.AsNoTracking().Where(mark => mark.SessionId == sessionId && seats.Contains(mark.SeatId)).OrderBy(mark => mark.Number).ToListAsync(stop));
        }

        return marks.GroupBy(mark => (mark.PartId, mark.PersonId ?? mark.SeatId!.Value)).ToDictionary(events => events.Key, events => StandingMark.Of(events)!.Mark);
    }
}

/// <summary>Turns what a device sent into marks and strays, each with its flags (rules A2, A3). Pure.</summary>
internal static class JudgeMarks
{
    public static JudgedMarks Of(IReadOnlyList<ReadEntry> entries, MarkBatch batch, RegisterAtHand register)
    {
        var (marks, strays, flagged) = (new List<Mark>(), new List<MarkStray>(), new List<(Guid, IReadOnlyList<MarkFlag>)>());

        // In the order in which they were made, which is then the order of recording.
        foreach (var (entry, at) in entries.Select(entry => (entry, RegisterRules.Corrected(entry.Entry.At, batch.DeviceNow, register.Arrived))).OrderBy(pair => pair.entry.Entry.At))
        {
            if (WhyStray(entry, register) is { } why)
            {
                strays.Add(Stray(entry, at, why, batch, register));
                flagged.Add((entry.Entry.Id, [why]));
                continue;
            }

            var place = (entry.Entry.Part, entry.HolderId);
            var standing = register.Standing.GetValueOrDefault(place);
            // Whoever had seen what stands made theirs after it, however long each upload was on its way: the correction of a clock is no better than that.
            var after = standing is not null && entry.Entry.Seen == standing.Id && standing.MarkedAt > at ? standing.MarkedAt : at;
            var mark = Made(entry, after, batch, register);
            var flags = Flags(entry, mark, standing, register);
            mark.Flag = MarkFlags.Join(flags);
            marks.Add(mark);
            if (flags.Count > 0)
            {
                flagged.Add((mark.Id, flags));
            }

            register.Standing[place] = standing is null || StandingMark.Supersedes(mark, standing) ? mark : standing;
        }

        return new JudgedMarks(marks, strays, flagged);
    }

    private static MarkFlag? WhyStray(ReadEntry entry, RegisterAtHand register) =>
        register.Session.Status == SessionStatus.Cancelled ? MarkFlag.SessionCancelled
        : !register.MinutesOfParts.ContainsKey(entry.Entry.Part) ? MarkFlag.UnknownPart
        : entry.Entry.Seat is not null && entry.Seat is null ? MarkFlag.UnknownSeat
        : entry.Entry.Seat is null && entry.NamesSomebodyUnknown ? MarkFlag.UnknownPerson
        : register.Late == MarkFlag.LongAfterSigning ? MarkFlag.LongAfterSigning
        : null;

    private static List<MarkFlag> Flags(ReadEntry entry, Mark mark, Mark? standing, RegisterAtHand register)
    {
        var flags = new List<MarkFlag>();
        if (register.Late is { } late)
        {
            flags.Add(late);
        }

        if (StandingMark.Conflicts(mark, standing))
        {
            flags.Add(MarkFlag.Conflict);
        }

        if (mark.Minutes > register.MinutesOfParts[mark.PartId])
        {
            flags.Add(MarkFlag.TooManyMinutes);
        }

        return [.. flags, .. entry.Flags];
    }

    private static Mark Made(ReadEntry entry, DateTimeOffset at, MarkBatch batch, RegisterAtHand register) => new()
    {
        Id = entry.Entry.Id, PartId = entry.Entry.Part, SessionId = register.Session.Id, PersonId = entry.Entry.Seat is null ? entry.HolderId : null, Seat = entry.Seat, SeatId = entry.Entry.Seat,
        Kind = entry.Entry.Mark, Minutes = entry.Entry.Minutes, SubstituteId = entry.SubstituteId, AgencyId = entry.Holder?.AgencyId, Workforce = Of(entry.Holder?.Workforce), SubstituteAgencyId = entry.Substitute?.AgencyId,
        SubstituteWorkforce = Of(entry.Substitute?.Workforce), WalkIn = entry.Holder is { Booked: false }, Device = batch.Device, MarkedAt = at, RecordedAt = register.Now,
        RecordedBy = register.By, Seen = entry.Entry.Seen, Reopening = register.Reopening,
    };

    private static MarkStray Stray(ReadEntry entry, DateTimeOffset at, MarkFlag why, MarkBatch batch, RegisterAtHand register) => new()
    {
        Id = entry.Entry.Id, SessionId = register.Session.Id, PartId = entry.Entry.Part, PersonId = entry.Entry.Seat is null ? entry.HolderId : null, SeatId = entry.Entry.Seat, Kind = entry.Entry.Mark,
        Minutes = entry.Entry.Minutes, SubstituteId = entry.SubstituteId, Device = batch.Device, MarkedAt = at, RecordedAt = register.Now, RecordedBy = register.By, Seen = entry.Entry.Seen, Why = why,
    };

    private static Workforce? Of(string? word) => word is null ? null : Words.Parse<Workforce>(word);
}
