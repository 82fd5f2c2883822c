using System.Text;

using Learning.Audit;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Records;

/// <summary>What came of a new name.</summary>
public abstract record RenameOutcome
{
    /// <summary>It is their name.</summary>
    public sealed record Renamed : RenameOutcome;

    /// <summary>Nothing was changed; the sentence is about the given name or about the family name.</summary>
    public sealed record Refused(bool Given, string Reason) : RenameOutcome;

    /// <summary>There is no such person, they were erased, or who asks is not the business unit.</summary>
    public sealed record NotFound : RenameOutcome;

    private RenameOutcome()
    {
    }
}

/// <summary>
/// Corrects a person's name: the business unit. One of the two parts may be empty, as some people have one name. Refused: no name at all, more than
/// <see cref="Longest"/> characters, characters that are none. On the audit trail, without the names (P5).
/// </summary>
public sealed class RenamePerson(IDbContextFactory<LearningDb> databases, Zone zone)
{
    /// <summary>Characters of each part.</summary>
    public const int Longest = 100;

    public async Task<RenameOutcome> RunAsync(Guid id, string? given, string? family, Actor actor, CancellationToken stop = default)
    {
        (given, family) = (given?.Trim() ?? "", family?.Trim() ?? "");
        if (Wrong(given) is { } wrongGiven)
        {
            return new RenameOutcome.Refused(Given: true, $"The given name {wrongGiven}");
        }

        if (Wrong(family) is { } wrongFamily)
        {
            return new RenameOutcome.Refused(Given: false, $"The family name {wrongFamily}");
        }

        if (given.Length + family.Length == 0)
        {
            return new RenameOutcome.Refused(Given: true, "Enter a given name or a family name");
        }

        await using var db = await databases.CreateDbContextAsync(stop);
        if (!actor.IsUnit || await db.Persons.VisibleTo(actor, db, zone.Today).SingleOrDefaultAsync(row => row.Id == id && row.ErasedAt == null, stop) is not { } person)
        {
            return new RenameOutcome.NotFound();
        }

        if ((person.GivenName, person.FamilyName) != (given, family))
        {
            (person.GivenName, person.FamilyName) = (given, family);
            db.AuditEntries.Add(new AuditEntry { At = zone.Now, ActorId = actor.PersonId, Verb = "changed a person's name", SubjectKind = "person", SubjectId = id });
            await db.SaveChangesAsync(stop);
        }

        return new RenameOutcome.Renamed();
    }

    private static string? Wrong(string part) =>
        part.Length > Longest ? $"must be {Longest} characters or fewer"
        : part.Any(char.IsControl) || part.EnumerateRunes().Any(rune => rune == Rune.ReplacementChar) ? "has a character that is none"
        : null;
}
