using Learning.Messages;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Required;

/// <summary>What a lead said of evidence, to whoever sent it; read just before it is sent (M3).</summary>
internal static class EvidenceLetter
{
    public const string Kind = "evidence-decided";

    private sealed record Decided(string Course, string Title, string? Decision, string? Reason);

    internal static async Task<Reading> ReadAsync(LearningDb db, Message message, Zone zone, CancellationToken stop)
    {
        var evidence = await db.Database.SqlQuery<Decided>($"""
            select c.title as "Course", v.title as "Title", v.decision as "Decision", v.reason as "Reason" from learning_evidence v join courses c on c.id = v.course_id where v.id = {message.SubjectId}
            """).SingleOrDefaultAsync(stop);
        return evidence is not { Decision: { } decision }
            ? new Reading.Drop("they have taken it back")
            : new Reading.Send(new Dictionary<string, object?> { ["course"] = evidence.Course, ["title"] = evidence.Title, ["accepted"] = decision == "accepted", ["reason"] = evidence.Reason });
    }
}
