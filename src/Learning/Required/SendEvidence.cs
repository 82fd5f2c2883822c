using System.Security.Cryptography;

using Learning.Audit;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Required;

/// <summary>What was typed and chosen.</summary>
public sealed record TypedEvidence(string? Title, string? Provider, string? DoneOn, byte[]? File);

/// <summary>
/// Sends evidence of learning elsewhere for a course that the sender needs, and takes it back while nobody has decided. The file is taken for what it is, not for what it is called: PDF, PNG or JPEG of 5 MB at most;
/// the same file for the same course is sent once. For the sender alone (S2).
/// </summary>
public sealed class SendEvidence(LearningDb db, MyRequired required, Zone zone)
{
    /// <summary>Whether it was sent, or had been; where not, <paramref name="wrong"/> was told why. Null: the course is none that they need.</summary>
    public async Task<bool?> RunAsync(string course, TypedEvidence typed, Actor actor, Action<string, string> wrong, CancellationToken stop = default)
    {
        if (actor.PersonId is not { } person || (await required.ListAsync(person, stop)).FirstOrDefault(one => one.Code.Equals(course, StringComparison.OrdinalIgnoreCase)) is not { } needed)
        {
            return null;
        }

        var good = true;
        void Say(string field, string sentence)
        {
            good = false;
            wrong(field, sentence);
        }

        EvidenceRules.Check(typed.Title, typed.Provider, British.TryDate(typed.DoneOn, out var on), on, zone.Today, Say);
        if (EvidenceRules.WhyNotFile(typed.File) is { } why)
        {
            Say("Input.File", why);
        }

        if (!good)
        {
            return false;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        await db.Persons.FromSql($"select * from persons where id = {person} for update").AsNoTracking().SingleAsync(stop);
        var hash = SHA256.HashData(typed.File!);
        if (await db.LearningEvidence.AnyAsync(one => one.PersonId == person && one.CourseId == needed.CourseId && one.Sha256 == hash, stop))
        {
            return true;
        }

        if (await db.LearningEvidence.CountAsync(one => one.PersonId == person && one.Decision == null, stop) >= EvidenceRules.MostWaiting)
        {
            wrong("Input.File", $"{EvidenceRules.MostWaiting} pieces of evidence wait for your lead already");
            return false;
        }

        var (type, extension) = EvidenceRules.TypeOf(typed.File!)!.Value;
        var id = Guid.CreateVersion7();
        db.LearningEvidence.Add(new LearningEvidence
        {
            Id = id, PersonId = person, CourseId = needed.CourseId, Title = typed.Title!.Trim(), Provider = typed.Provider!.Trim(), DoneOn = on!.Value, FileName = $"evidence-{id:N}.{extension}", MediaType = type,
            Size = typed.File!.Length, Sha256 = hash, SentAt = zone.Now,
        });
        db.EvidenceFiles.Add(new EvidenceFile { EvidenceId = id, Content = typed.File });
        db.AuditEntries.Add(new AuditEntry { At = zone.Now, ActorId = person, Verb = "sent evidence of learning", SubjectKind = "person", SubjectId = person });
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return true;
    }

    /// <summary>Takes back what nobody has decided about; it goes with its file. Nothing happens to anything else.</summary>
    public async Task TakeBackAsync(Guid id, Actor actor, CancellationToken stop = default) =>
        await db.LearningEvidence.Where(one => one.Id == id && one.PersonId == actor.PersonId && one.Decision == null).ExecuteDeleteAsync(stop);
}
