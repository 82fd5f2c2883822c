using Learning.Messages;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Certificates;

/// <summary>The business unit's answer, to whoever said that something is missing; read just before it is sent (M3).</summary>
internal static class CorrectionLetter
{
    public const string Name = "record-answered";

    internal static readonly MessageKind Kind = new(Name, ReadAsync);

    private sealed record Facts(string Course, bool Corrected, string Answer);

    private static async Task<Reading> ReadAsync(LearningDb db, Message message, Zone zone, CancellationToken stop)
    {
        var facts = (await db.Database.SqlQuery<Facts>($"""
            select r.course as "Course", r.decision = 'corrected' as "Corrected", r.answer as "Answer" from record_corrections r where r.id = {message.SubjectId} and r.decision is not null
            """).ToListAsync(stop)).SingleOrDefault();
        return facts is null ? new Reading.Drop("what they said is not kept any more") : new Reading.Send(new Dictionary<string, object?> { ["course"] = facts.Course, ["corrected"] = facts.Corrected, ["said"] = facts.Answer });
    }
}
