using Learning.Attendance;
using Learning.Catalogue;
using Learning.Database;

namespace Learning.History;

/// <summary>Reads attendance.csv: a mark on each line, later ones superseding earlier ones (H0), and completions.csv.</summary>
internal static class ReadMarks
{
    private const string SubstitutePrefix = "substitute:";

    private static readonly string Known =
        string.Join(", ", Words.All<MarkKind>()).Replace("substitute,", $"{SubstitutePrefix}EMAIL,", StringComparison.Ordinal);

    public static void Attendance(Sheet sheet, Story story, Action<int> progress)
    {
        var read = 0;
        while (sheet.Next())
        {
            if (++read % 10_000 == 0)
            {
                progress(read);
            }

            if (!sheet.RowIsWhole)
            {
                continue;
            }

            if (Mark(sheet, story) is { } mark)
            {
                story.Marks.Add(mark);
            }
        }

        progress(read);
    }

    private static ToldMark? Mark(Sheet sheet, Story story)
    {
        var (sessionCell, emailCell, markCell, minutesCell) = (sheet["session"], sheet["email"], sheet["mark"], sheet["minutes"]);
        var (partCell, seatCell) = (sheet["part"], sheet["seat"]);
        var (session, person) = (story.Sessions.Find(sessionCell), ReadBookings.Person(emailCell, story));
        var (kind, substitute) = Kind(markCell, story);
        var (minutes, agency, markedAt) = (minutesCell.Whole(), story.Agencies.Find(sheet["agency"]), sheet["marked_at"].Past(story.Now));
        var (part, seat) = (partCell.Whole(from: 1), seatCell.Text());
        var isGood = Holder(emailCell, seatCell, markCell, kind, sheet);
        if (kind is not null and not MarkKind.Part && minutesCell.IsGiven)
        {
            minutesCell.Mistake($"minutes are for the mark part, not for {kind.Value.Word()}");
            isGood = false;
        }

        if (substitute is not null && substitute == person)
        {
            markCell.Mistake("the substitute is the holder of the place");
            isGood = false;
        }

        if (session is null)
        {
            return null;
        }

        if (session.Status == ToldStatus.Cancelled)
        {
            sessionCell.Mistake($"session {session.Ref} is cancelled: it has no marks");
            isGood = false;
        }

        if (part is not null && !session.PartsAreUncertain && !session.Parts.ContainsKey(part.Value))
        {
            partCell.Mistake($"session {session.Ref} has no part {part}; it has {Parts(session)}");
            isGood = false;
        }

        if (isGood && IsSeatOnly(kind) && session.Course?.Kind is not null and not CourseKind.Forum)
        {
            markCell.Warning($"session {session.Ref} is no forum, whose seats can be {kind!.Value.Word()}");
        }

        return isGood && kind is not null && markedAt is not null
            ? new ToldMark(session, person, seat, kind.Value, minutes, substitute, agency, markedAt.Value, part, sheet.Line)
            : null;
    }

    private static (MarkKind? Kind, ToldPerson? Substitute) Kind(Cell cell, Story story)
    {
        if (!cell.IsThere())
        {
            return (null, null);
        }

        var word = cell.Characters;
        if (word.StartsWith(SubstitutePrefix, StringComparison.OrdinalIgnoreCase))
        {
            var email = word[SubstitutePrefix.Length..].Trim();
            if (story.People.Get(email) is { } known)
            {
                return (MarkKind.Substitute, known);
            }

            if (!People.PersonEmail.IsAddress(email))
            {
                cell.Mistake($"\"{email}\" is not an e-mail address");
                return (MarkKind.Substitute, null);
            }

            return (MarkKind.Substitute, story.People.Find(cell, email));
        }

        foreach (var kind in Enum.GetValues<MarkKind>())
        {
            if (kind != MarkKind.Substitute && word.Equals(kind.Word(), StringComparison.OrdinalIgnoreCase))
            {
                return (kind, null);
            }
        }

        cell.Mistake($"mark \"{word}\" is not one of {Known}");
        return (null, null);
    }

    // A seat that is empty has no e-mail; every other mark has one, and no seat.
    private static bool Holder(Cell email, Cell seat, Cell mark, MarkKind? kind, Sheet sheet)
    {
        switch (kind)
        {
            case null:
                return true;
            case MarkKind.Vacant or MarkKind.NotAppointed when email.IsGiven:
                email.Mistake($"a seat that is {kind.Value.Word()} has no e-mail");
                return false;
            case MarkKind.Vacant or MarkKind.NotAppointed when !seat.IsGiven:
                (sheet.Has("seat") ? seat : mark).Mistake($"{kind.Value.Word()} needs the name of the seat");
                return false;
            case not (MarkKind.Vacant or MarkKind.NotAppointed) when seat.IsGiven:
                seat.Mistake($"a seat is named for vacant or not-appointed, not for {kind.Value.Word()}");
                return false;
            case not (MarkKind.Vacant or MarkKind.NotAppointed) when !email.IsGiven && sheet.Has("email"):
                email.Mistake("email is missing");
                return false;
            default:
                return true;
        }
    }

    private static bool IsSeatOnly(MarkKind? kind) => kind is MarkKind.Vacant or MarkKind.NotAppointed;

    private static string Parts(ToldSession session) =>
        session.Parts.Count == 1 && session.Parts.ContainsKey(1) ? "part 1 only" : $"parts {string.Join(", ", session.Parts.Keys)}";
}
