using System.Text.Json;

using Learning.Audit;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Messages;

/// <summary>What came of editing a letter.</summary>
public abstract record EditLetterOutcome
{
    /// <summary>This version counts from the next letter on.</summary>
    public sealed record Saved(int Version) : EditLetterOutcome;

    /// <summary>Nothing was kept; a sentence says what is wrong with the words.</summary>
    public sealed record Refused(string Why) : EditLetterOutcome;

    /// <summary>There is no such letter, or who asks is not the business unit.</summary>
    public sealed record NotFound : EditLetterOutcome;

    private EditLetterOutcome()
    {
    }
}

/// <summary>
/// The business unit changes the words of a letter: a new version, which counts from the next letter on; the older ones stay, and the delivered words can be had back. Refused are words that cannot be filled: a name in
/// double braces that this letter does not have, a block that is not closed, what a letter cannot be made of. What is shared by all letters, their foot and frame, is the installation's.
/// </summary>
public sealed class EditLetter(LearningDb db, LetterTemplates templates, Zone zone)
{
    private const int LongestSubject = 300, LongestBody = 20_000;

    /// <param name="subject">Null with a null body: back to the delivered words.</param>
    public async Task<EditLetterOutcome> RunAsync(string kind, string? subject, string? body, Actor actor, CancellationToken stop = default)
    {
        if (!actor.IsUnit || !templates.Kinds.Contains(kind))
        {
            return new EditLetterOutcome.NotFound();
        }

        if ((subject is not null || body is not null) && WhyNot(kind, subject, body) is { } why)
        {
            return new EditLetterOutcome.Refused(why);
        }

        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({"letter " + kind}, 0))", stop);
        var version = (await db.Database.SqlQuery<int>($"select coalesce(max(version), 0) + 1 as \"Value\" from letter_versions where kind = {kind}").ToListAsync(stop)).Single();
        await db.Database.ExecuteSqlAsync($"insert into letter_versions (kind, version, subject, body, made_at, made_by) values ({kind}, {version}, {subject?.Trim()}, {body?.ReplaceLineEndings("\n").Trim()}, {zone.Now}, {actor.PersonId})", stop);
        db.AuditEntries.Add(new AuditEntry { At = zone.Now, ActorId = actor.PersonId, Verb = "changed the words of a letter", SubjectKind = "letter", Details = JsonSerializer.Serialize(new { kind, version }) });
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return new EditLetterOutcome.Saved(version);
    }

    /// <summary>What is wrong with typed words; null: nothing.</summary>
    internal string? WhyNot(string kind, string? subject, string? body) =>
        string.IsNullOrWhiteSpace(subject) ? "Enter a subject" : subject.Length > LongestSubject ? $"The subject is longer than {LongestSubject} characters"
        : string.IsNullOrWhiteSpace(body) ? "Enter the words" : body.Length > LongestBody ? $"The words are longer than {LongestBody} characters"
        : (subject + body).Any(one => char.IsControl(one) && one is not ('\n' or '\r' or '\t')) ? "There is a character in it that nobody can read"
        : templates.WhyNot(kind, subject, body);
}
