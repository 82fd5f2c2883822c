using System.Text.Json;
using System.Text.Json.Nodes;

using Learning.Audit;
using Learning.Database;
using Learning.People;

namespace Learning.Membership;

/// <summary>How a change of somebody's roles stands on the audit trail (S3): by ids, and without the reason, which may name people (P5).</summary>
internal static class RoleTrail
{
    public static void Add(LearningDb db, DateTimeOffset now, Actor actor, string verb, Guid person, Role role, Guid? agency, object about)
    {
        var details = JsonSerializer.SerializeToNode(about)!.AsObject();
        foreach (var nothing in details.Where(one => one.Value is null).Select(one => one.Key).ToList())
        {
            details.Remove(nothing);
        }

        details["role"] = role.Word();
        if (agency is { } id)
        {
            details["agency"] = JsonValue.Create(id);
        }

        db.AuditEntries.Add(new AuditEntry { At = now, ActorId = actor.PersonId, Verb = verb, SubjectKind = "person", SubjectId = person, Details = details.ToJsonString() });
    }
}
