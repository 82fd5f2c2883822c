using Learning.Messages;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Required;

/// <summary>A lead's word to somebody about a course that they need, read just before it is sent (M3): none to who has done it meanwhile, or does not need it any more.</summary>
internal static class NudgeLetter
{
    public const string Kind = "training-nudge";

    internal static readonly MessageKind[] Kinds = [new(Kind, ReadAsync), new(EvidenceLetter.Kind, EvidenceLetter.ReadAsync)];

    private static async Task<Reading> ReadAsync(LearningDb db, Message message, Zone zone, CancellationToken stop)
    {
        var course = (await new MyRequired(db, zone).ListAsync(message.PersonId!.Value, stop)).FirstOrDefault(one => one.CourseId == message.SubjectId);
        return course switch
        {
            null => new Reading.Drop("they do not need it any more"),
            { State: RequiredState.InDate } => new Reading.Drop("they have done it"),
            _ => new Reading.Send(new Dictionary<string, object?>
            {
                ["course"] = course.Title, ["code"] = course.Code, ["online"] = course.Online, ["overdue"] = course.State == RequiredState.Overdue, ["by"] = British.Date(course.By!.Value),
                ["because"] = course.Because,
            }),
        };
    }
}
