using Learning.Attendance;
using Learning.People;
using Learning.Time;

namespace Learning.Conferences;

/// <summary>What came of a ticket at a door.</summary>
public abstract record DoorOutcome
{
    /// <summary>They are in, by this or by an earlier scan.</summary>
    /// <param name="Again">They were in already.</param>
    public sealed record In(Guid PersonId, bool Again) : DoorOutcome;

    /// <summary>Nothing was recorded.</summary>
    public sealed record Refused(string Sentence) : DoorOutcome;

    /// <summary>There is no such door, or not for the eyes of who asks (S1).</summary>
    public sealed record NotFound : DoorOutcome;

    private DoorOutcome()
    {
    }
}

/// <summary>
/// Lets somebody in at the door of a conference, or of a workshop's room, in a browser without a script: a mark "attended" of that register (A2), by the way that all marks come about. Who is in already is not
/// marked again. Refused: a ticket that is none of this conference's, and somebody who is not on a workshop's list, who is told by the page where their workshop is.
/// </summary>
public sealed class AdmitDelegate(DoorLists doors, RecordMarks record, Zone zone)
{
    /// <param name="part">Its number.</param>
    /// <param name="ticket">As it was scanned or typed; null: the person is chosen from the list.</param>
    public async Task<DoorOutcome> RunAsync(string reference, int part, string? ticket, Guid? person, Actor actor, CancellationToken stop = default)
    {
        var (_, sheet, door) = await doors.AskAsync(reference, actor, stop);
        if (sheet?.Parts.FirstOrDefault(one => one.Number == part) is not { } asked)
        {
            return new DoorOutcome.NotFound();
        }

        var holder = person is { } chosen ? door!.People.FirstOrDefault(one => one.PersonId == chosen) : door!.Holder(ticket);
        if (holder is null)
        {
            return new DoorOutcome.Refused("This is not a ticket of this conference, or its place was given up. Find them by name");
        }

        var row = sheet.People.FirstOrDefault(one => one.PersonId == holder.PersonId);
        if (row is null && person is null)
        {
            return new DoorOutcome.Refused($"{holder.Name} is not on this list. {Where(door, holder)}");
        }

        var standing = row?.Marks.GetValueOrDefault(asked.Id)?.Mark;
        if (standing?.Kind == MarkKind.Attended)
        {
            return new DoorOutcome.In(holder.PersonId, Again: true);
        }

        var mark = new MarkEntry(Guid.CreateVersion7(zone.Now), asked.Id, holder.PersonId, MarkKind.Attended, null, null, zone.Now, standing?.Id);
        return await record.RunAsync(reference, new MarkBatch(RegisterForm.NewDevice(), zone.Now, [mark]), actor, stop) switch
        {
            RecordOutcome.Recorded => new DoorOutcome.In(holder.PersonId, Again: false),
            RecordOutcome.Refused refused => new DoorOutcome.Refused(refused.Reason),
            _ => new DoorOutcome.NotFound(),
        };
    }

    /// <summary>Where somebody belongs at the time of a door: "Their workshop at 10:45am to 11:45am is Dental neglect, Room B."</summary>
    public static string Where(DoorList door, DoorPerson person)
    {
        var times = door.Places.FirstOrDefault(place => place.Ref == door.Session)?.Times;
        return person.Workshops.Select(reference => door.Places.FirstOrDefault(place => place.Ref == reference)).FirstOrDefault(place => place?.Times == times) is { } place
            ? $"Their workshop then is {place.Title}{(place.Room is null ? "" : $", {place.Room}")}." : "They have no workshop then.";
    }
}
