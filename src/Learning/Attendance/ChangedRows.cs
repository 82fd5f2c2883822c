using System.Globalization;

using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Attendance;

/// <summary>What of a form is new.</summary>
/// <param name="Marks">One for each row that somebody changed: two people who save at once do not undo each other.</param>
/// <param name="Wrong">A sentence for a field; then nothing of the form is to be stored.</param>
/// <param name="Proposed">For a name that fits several colleagues, or none quite: who may be meant.</param>
public sealed record RowsRead(IReadOnlyList<MarkEntry> Marks, IReadOnlyList<(string Field, string Sentence)> Wrong, ILookup<Guid, Colleague> Proposed);

/// <summary>Reads the rows of a form against what its page had shown: only what differs from that, and from what stands by now, is a mark. Three queries at most.</summary>
public sealed class ChangedRows(LearningDb db, Colleagues colleagues, Zone zone)
{
    public async Task<RowsRead> ReadAsync(RegisterSheet sheet, SheetPart part, RegisterForm form, CancellationToken stop = default)
    {
        var people = sheet.People.ToDictionary(person => person.PersonId);
        Guid[] seen = [.. form.Rows.Select(row => row.Seen).OfType<Guid>()];
        var shown = await db.Marks.AsNoTracking().Where(mark => seen.Contains(mark.Id) && mark.SessionId == sheet.Session.Id).ToDictionaryAsync(mark => mark.Id, stop);
        var rows = form.Rows.Where(row => row.Mark is not null).Select(row => new Row(
            row, people.GetValueOrDefault(row.PersonId), row.Seen is { } id ? shown.GetValueOrDefault(id) : null, people.GetValueOrDefault(row.PersonId)?.Marks.GetValueOrDefault(part.Id))).ToList();

        var named = rows.Where(row => row.Input is { Kind: MarkKind.Substitute, Name.Length: > 0, Email.Length: 0, Chosen: null } && row.Keeps is null
            && ReadSentMarks.IsText(row.Input.Name, Arrivals.LongestName)).ToList();
        var found = await colleagues.AskAsync([.. named.Select(row => (row.Input.PersonId, row.Person?.AgencyId, row.Input.Name))], sheet.Session.CountedOn, stop);

        var (marks, wrong) = (new List<MarkEntry>(), new List<(string, string)>());
        foreach (var row in rows)
        {
            var (read, mistake) = Read(row, part, found[row.Input.PersonId].ToList());
            if (mistake is { } sentence)
            {
                wrong.Add((row.Input.Field(sentence.Field), $"{row.Person?.Name ?? "Somebody who left the list"}: {sentence.Sentence}"));
            }
            else if (read is { } mark && row.IsNew(mark))
            {
                marks.Add(mark);
            }
        }

        // A seat is recorded as it is shown without anybody's doing: only what was pressed otherwise is a mark.
        marks.AddRange(from input in form.Seats
                       let seat = sheet.Seats.FirstOrDefault(seat => seat.SeatId == input.SeatId)
                       where seat is not null && input.Kind is not null && (input.Decides || (input.Mark != input.Shown && input.Kind != seat.In(part.Id)))
                       select MarkEntry.OfSeat(Guid.CreateVersion7(), part.Id, input.SeatId, input.Kind!.Value, zone.Now, input.Seen));
        return new RowsRead(marks, wrong, found);
    }

    private (MarkEntry? Mark, (string Field, string Sentence)? Wrong) Read(Row row, SheetPart part, List<Colleague> found)
    {
        if (row.Input.Kind is not { } kind || kind is MarkKind.Vacant or MarkKind.NotAppointed)
        {
            return (null, ("mark", "choose one of the five"));
        }

        MarkEntry Made(int? minutes, Somebody? substitute) =>
            new(Guid.CreateVersion7(), part.Id, row.Input.PersonId, kind, minutes, substitute, zone.Now, row.Input.Seen);

        switch (kind)
        {
            case MarkKind.Part when row.Input.Minutes.Length > 0:
                return int.TryParse(row.Input.Minutes, NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) && minutes <= part.Minutes
                    ? (Made(minutes, null), null)
                    : (null, ("minutes", $"write the minutes as a whole number, at most {part.Minutes}"));
            case MarkKind.Substitute:
                var (who, sentence) = Substitute(row, found);
                return who is null ? (null, ("name", sentence!)) : (Made(null, who), null);
            default:
                return (Made(null, null), null);
        }
    }

    private static (Somebody? Who, string? Sentence) Substitute(Row row, List<Colleague> found)
    {
        var input = row.Input;
        if (row.Keeps is { } same)
        {
            return (same, null);
        }

        if (input.Chosen is { } chosen)
        {
            return chosen == input.PersonId ? (null, "nobody is their own substitute") : (chosen, null);
        }

        if (input.Name.Length > 0 && !ReadSentMarks.IsText(input.Name, Arrivals.LongestName))
        {
            return (null, "write the name of who came in plain letters");
        }

        if (input.Email.Length > 0)
        {
            return !Arrivals.IsAddress(input.Email) ? (null, "write the e-mail address of who came like name@agency.example")
                : input.Name.Length == 0 ? (null, "write the name of who came, too")
                : (new Somebody(null, input.Email, input.Name), null);
        }

        return input.Name.Length == 0 ? (null, "write who came instead")
            : found.Where(colleague => colleague.Exact).ToList() is [var only] ? (only.Id, null)
            : found.Count > 0 ? (null, "choose which colleague came, or give an e-mail address")
            : (null, $"nobody at {row.Person?.Agency ?? "their agency"} is called {input.Name}: give their e-mail address, too");
    }

    /// <param name="Shown">The event that the page had shown.</param>
    /// <param name="Standing">What stands by now.</param>
    private sealed record Row(RowInput Input, SheetPerson? Person, Mark? Shown, SheetMark? Standing)
    {
        /// <summary>The substitute that the page had shown already, when the field still says the same.</summary>
        public Guid? Keeps => Input is { Kind: MarkKind.Substitute, Email.Length: 0, Chosen: null } && Shown?.SubstituteId is { } id && Standing?.SubstituteName is { } name
            && Standing.Mark.SubstituteId == id && EntryPeople.SameName(name, Input.Name) ? id : null;

        public bool IsNew(MarkEntry mark) =>
            Input.Decides || !(Says(Shown, mark) || (Says(Standing?.Mark, mark) && !Standing!.Disputed));

        private static bool Says(Mark? one, MarkEntry other) =>
            one is not null && (one.Kind, one.Minutes, one.SubstituteId) == (other.Mark, other.Minutes, other.Substitute?.Id) && other.Substitute?.Email is null;
    }
}
