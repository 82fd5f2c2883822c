using System.Globalization;

using Learning.Database;

using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;

namespace Learning.Attendance;

/// <summary>A row of the register's form as somebody filled it in; fields are posted under "mark-", "minutes-" and so on with the person's id.</summary>
/// <param name="Seen">The event that the page showed when it was filled in.</param>
/// <param name="Decides">The page showed a dispute, so the answer decides it.</param>
/// <param name="Chosen">Of the colleagues that the page proposed, the one who came.</param>
public sealed record RowInput(Guid PersonId, string? Mark, string Minutes, string Name, string Email, Guid? Chosen, Guid? Seen, bool Decides)
{
    public MarkKind? Kind => Words.TryParse<MarkKind>(Mark, out var kind) ? kind : null;

    /// <summary>The name that a field of this row is posted under.</summary>
    public string Field(string field) => FieldOf(field, PersonId);

    public static string FieldOf(string field, Guid personId) => $"{field}-{personId:N}";

    /// <summary>A row as it stands before anybody touches it. In a dispute nothing is pressed, so that pressing decides.</summary>
    public static RowInput Of(SheetPerson person, SheetMark? mark) => new(
        person.PersonId, mark is null or { Disputed: true } ? null : mark.Mark.Kind.Word(), mark?.Mark.Minutes?.ToString(CultureInfo.InvariantCulture) ?? "", mark?.SubstituteName ?? "", "",
        null, mark?.Mark.Id, mark?.Disputed ?? false);
}

/// <summary>An empty seat of the form; fields are posted under "seat-", "seat-shown-", "seat-seen-" and "seat-decide-" with its id.</summary>
/// <param name="Mark">The word of vacant or not appointed; null: nothing is pressed.</param>
/// <param name="Shown">What the page had pressed by itself.</param>
public sealed record SeatInput(Guid SeatId, string? Mark, string? Shown, Guid? Seen, bool Decides)
{
    public MarkKind? Kind => Words.TryParse<MarkKind>(Mark, out var kind) && kind is MarkKind.Vacant or MarkKind.NotAppointed ? kind : null;

    /// <summary>A seat as it stands before anybody touches it. In a dispute nothing is pressed, so that pressing decides.</summary>
    public static SeatInput Of(SheetSeat seat, Guid part)
    {
        var says = seat.Marks.GetValueOrDefault(part);
        var word = says is { Disputed: true } ? null : seat.In(part)?.Word();
        return new(seat.SeatId!.Value, word, word, says?.Mark.Id, says?.Disputed ?? false);
    }
}

/// <summary>A register's form as it was posted.</summary>
/// <param name="Device">The open page that it was filled in on: two pages are two devices (A2).</param>
/// <param name="Press">The button: save, rest, present, add, find or sign.</param>
public sealed record RegisterForm(string Device, string Press, string Find, IReadOnlyList<RowInput> Rows, IReadOnlyList<SeatInput> Seats)
{
    private const string MarkField = "mark-", SeatField = "seat-";

    public static RegisterForm Read(IFormCollection form)
    {
        var (rows, seats) = (new List<RowInput>(), new List<SeatInput>());
        foreach (var key in form.Keys)
        {
            if (key.StartsWith(MarkField, StringComparison.Ordinal) && Guid.TryParseExact(key[MarkField.Length..], "N", out var id))
            {
                string Text(string field) => form[RowInput.FieldOf(field, id)].ToString().Trim();
                Guid? Id(string field) => Guid.TryParse(Text(field), out var value) ? value : null;
                rows.Add(new RowInput(id, Text("mark"), Text("minutes"), Text("name"), Text("email"), Id("who"), Id("seen"), Text("decide").Length > 0));
            }
            else if (key.StartsWith(SeatField, StringComparison.Ordinal) && Guid.TryParseExact(key[SeatField.Length..], "N", out var seat))
            {
                string? Of(string field) => form[RowInput.FieldOf(field, seat)].ToString().Trim() is { Length: > 0 } text ? text : null;
                seats.Add(new SeatInput(seat, Of("seat"), Of("seat-shown"), Guid.TryParse(Of("seat-seen"), out var seen) ? seen : null, Of("seat-decide") is not null));
            }
        }

        return new RegisterForm(DeviceOf(form["device"].ToString()), form["do"].ToString(), form["find"].ToString().Trim(), rows, seats);
    }

    /// <summary>The page's name as it was posted, or a new one where that is none.</summary>
    public static string DeviceOf(string posted) => ReadSentMarks.IsText(posted, 60) ? posted : NewDevice();

    /// <summary>A name for a page that is being shown.</summary>
    public static string NewDevice() => $"page {Guid.CreateVersion7():N}";
}

/// <summary>A page whose form has a row for everybody at a conference takes more fields than most.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ManyFieldsAttribute : Attribute, IFormOptionsMetadata
{
    private const int RowsOfAHall = 1000, FieldsOfARow = 8;

    public int? ValueCountLimit => RowsOfAHall * FieldsOfARow;
    public int? KeyLengthLimit => 100;
    public int? ValueLengthLimit => 10_000;
    public bool? BufferBody => null;
    public int? MemoryBufferThreshold => null;
    public long? BufferBodyLengthLimit => null;
    public int? MultipartBoundaryLengthLimit => null;
    public int? MultipartHeadersCountLimit => null;
    public int? MultipartHeadersLengthLimit => null;
    public long? MultipartBodyLengthLimit => null;
}
