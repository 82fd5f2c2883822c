using Learning.Messages;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Membership;

/// <summary>A person's addresses in the hands of a verb that changes them, locked by the person's row: two presses at once are one after the other.</summary>
internal sealed class PersonAddresses
{
    private readonly LearningDb db;
    private readonly DateTimeOffset now;

    private PersonAddresses(LearningDb db, DateTimeOffset now, Guid person, List<PersonEmail> all) => (this.db, this.now, PersonId, All) = (db, now, person, all);

    public Guid PersonId { get; }

    public List<PersonEmail> All { get; }

    public PersonEmail? Main => All.Find(address => address.Main);

    public PersonEmail? Find(string email) => All.Find(address => address.Email == email);

    /// <summary>In the verb's transaction; null where there is no such person, or no longer.</summary>
    public static async Task<PersonAddresses?> LockAsync(LearningDb db, Guid person, Zone zone, CancellationToken stop)
    {
        var locked = await db.Database.SqlQuery<Guid>($"""select id as "Value" from persons where id = {person} and erased_at is null for no key update""").ToListAsync(stop);
        return locked.Count == 0 ? null
            : new PersonAddresses(db, zone.Now, person, await db.PersonEmails.Where(address => address.PersonId == person).OrderBy(address => address.Email).ToListAsync(stop));
    }

    /// <summary>Makes one of the addresses the main one. What the person signs in as goes by it, too.</summary>
    public async Task MakeMainAsync(PersonEmail address, CancellationToken stop)
    {
        // One main address a person, at each moment (P6): the old one gives way first.
        await db.Database.ExecuteSqlAsync($"update person_emails set main = false where person_id = {PersonId} and main", stop);
        await db.Database.ExecuteSqlAsync($"update person_emails set main = true, verified_at = coalesce(verified_at, {now}) where email = {address.Email}", stop);
        await NameAccountAsync(address.Email, stop);
    }

    /// <summary>Forgets one that is not the main one.</summary>
    public async Task RemoveAsync(PersonEmail address, CancellationToken stop)
    {
        await db.Database.ExecuteSqlAsync($"delete from person_emails where email = {address.Email} and not main", stop);
        await NameAccountAsync(Main!.Email, stop);
    }

    /// <summary>Tells the person of a change to how they are reached, at an address that they had before it.</summary>
    public void Tell(string at, string what, string email, Guid subject) => Outbox.Add(db, now, new Outgoing
    {
        Kind = AddressLetters.Notice, PersonId = PersonId, Address = at, SubjectId = subject, Occurrence = $"{what} {Guid.CreateVersion7(now)}", Why = "An address of theirs was changed.", Data = new { what, email },
    });

    // The framework's account has a name of its own, which must never be an address that has become somebody else's.
    private Task<int> NameAccountAsync(string email, CancellationToken stop) => db.Database.ExecuteSqlAsync($"""
        update accounts set user_name = {email}, normalized_user_name = {email.ToUpperInvariant()}, email = {email}, normalized_email = {email.ToUpperInvariant()}
        where person_id = {PersonId} and normalized_email is distinct from {email.ToUpperInvariant()}
        """, stop);
}
