using Learning.Audit;
using Learning.Bookings.Desk;
using Learning.Database;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Bookings.Workshops;

/// <summary>A speaker, exhibitor or helper as they were typed.</summary>
/// <param name="Role">A word of <see cref="ConferenceRole"/>.</param>
/// <param name="Workshop">The reference of the workshop where they speak; empty: in front of all.</param>
/// <param name="Email">Where they have a record here; empty: they need none.</param>
public sealed record TypedPerson(string? Role, string? Name, string? SaidAs, string? Organisation, string? Biography, string? Workshop, string? Email);

/// <summary>
/// Says who speaks, shows something or helps at a conference. They take no place and are counted apart from its delegates (F1 who): whoever of them has a record here counts as what they are there. Taking
/// somebody off twice is once. Refused: no role, no name, texts that are too long, a workshop of another conference, an address that is nobody's, and somebody who is named already.
/// </summary>
public sealed class NameForConference(LearningDb db, Zone zone)
{
    public const int LongestName = 120, LongestBiography = 1500;

    public async Task<DeskOutcome> AddAsync(string reference, TypedPerson typed, Actor actor, CancellationToken stop = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (await ConferenceDoor.OfOrganiserAsync(db, reference, actor, zone.Today, stop) is not { } door)
        {
            return new DeskOutcome.NotFound();
        }

        var mistakes = new List<DeskMistake>();
        string? Line(DeskField field, string? text)
        {
            var line = DeskText.Line(text, int.MaxValue);
            if (line?.Length > LongestName)
            {
                mistakes.Add(new(field, $"Write this in {LongestName} characters or fewer"));
            }

            return line;
        }

        var (name, said, organisation) = (Line(DeskField.Title, typed.Name), Line(DeskField.Subject, typed.SaidAs), Line(DeskField.HeldFor, typed.Organisation));
        var biography = string.IsNullOrWhiteSpace(typed.Biography) ? null : typed.Biography.Replace("\0", "", StringComparison.Ordinal).Trim();
        var workshop = string.IsNullOrWhiteSpace(typed.Workshop) ? null : door.Workshops.FirstOrDefault(one => string.Equals(one.Ref, typed.Workshop.Trim(), StringComparison.OrdinalIgnoreCase));
        if (!Words.TryParse<ConferenceRole>(typed.Role, out var role))
        {
            mistakes.Add(new(DeskField.Mode, "Choose what they do there"));
        }

        if (name is null)
        {
            mistakes.Add(new(DeskField.Title, "Enter their name"));
        }

        if (biography?.Length > LongestBiography)
        {
            mistakes.Add(new(DeskField.Message, $"Write the biography in {British.Number(LongestBiography)} characters or fewer"));
        }

        if (workshop is null && !string.IsNullOrWhiteSpace(typed.Workshop))
        {
            mistakes.Add(new(DeskField.Course, "Choose a workshop of this conference"));
        }

        var person = await WhoAsync(door.Conference.Id, typed.Email, mistakes, stop);
        if (mistakes.Count > 0)
        {
            return new DeskOutcome.Refused(mistakes);
        }

        var now = zone.Now;
        var position = 1 + (await db.ConferencePeople.Where(one => one.ConferenceId == door.Conference.Id).MaxAsync(one => (int?)one.Position, stop) ?? 0);
        db.ConferencePeople.Add(new ConferencePerson
        {
            Id = Guid.CreateVersion7(now), ConferenceId = door.Conference.Id, WorkshopId = workshop?.Id, Role = role, PersonId = person, Name = name!, SaidAs = said, Organisation = organisation, Biography = biography,
            Position = position, AddedAt = now,
        });
        db.AuditEntries.Add(new AuditEntry { At = now, ActorId = actor.PersonId, Verb = $"named a {role.Word()} of a conference", SubjectKind = "session", SubjectId = door.Conference.Id });
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return new DeskOutcome.Done();
    }

    public async Task<DeskOutcome> RemoveAsync(string reference, Guid id, Actor actor, CancellationToken stop = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (await OrganisedSession.LockAsync(db, reference, actor, zone.Today, stop) is not { } session)
        {
            return new DeskOutcome.NotFound();
        }

        await db.ConferencePeople.Where(one => one.Id == id && one.ConferenceId == session.Id).ExecuteDeleteAsync(stop);
        db.AuditEntries.Add(new AuditEntry { At = zone.Now, ActorId = actor.PersonId, Verb = "took somebody off the people of a conference", SubjectKind = "session", SubjectId = session.Id });
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return new DeskOutcome.Done();
    }

    private async Task<Guid?> WhoAsync(Guid conference, string? email, List<DeskMistake> mistakes, CancellationToken stop)
    {
        if (string.IsNullOrWhiteSpace(email))
        {
            return null;
        }

        var address = PersonEmail.Normal(email);
        var person = address.Any(char.IsControl) ? null : await db.PersonEmails.Where(one => one.Email == address).Select(one => (Guid?)LearningDb.CountedAs(one.PersonId)).SingleOrDefaultAsync(stop);
        if (person is null)
        {
            mistakes.Add(new(DeskField.Trainers, "Nobody here has this address. Leave it empty if they need no record"));
        }
        else if (await db.ConferencePeople.AnyAsync(one => one.ConferenceId == conference && one.PersonId == person, stop))
        {
            mistakes.Add(new(DeskField.Trainers, "They are named already"));
        }

        return person;
    }
}
