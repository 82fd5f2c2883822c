using Learning.People;

using Microsoft.EntityFrameworkCore;

namespace Learning.Accounts;

/// <summary>Whose account an address opens: any address of a person is theirs (P1, P6), whichever they signed up with.</summary>
public static class AccountOf
{
    /// <summary>
    /// The account of whoever has the address, tracked; null where nobody has it, they have no account, or they were erased. Who is merged (P3) is the one they are counted as: so the second
    /// step of that account is asked for.
    /// </summary>
    public static Task<Account?> AddressAsync(LearningDb db, string email, CancellationToken stop = default)
    {
        var normal = PersonEmail.Normal(email);
        return db.Users.SingleOrDefaultAsync(account =>
            db.PersonEmails.Any(address => address.Email == normal && LearningDb.CountedAs(address.PersonId) == account.PersonId)
            && db.Persons.Any(person => person.Id == account.PersonId && person.ErasedAt == null), stop);
    }

    /// <summary>The account of a person, or of the one they are counted as (P3), tracked; made where they have none. Two servers that make it at once make one.</summary>
    public static async Task<Account> PersonAsync(LearningDb db, Guid personId, CancellationToken stop = default)
    {
        personId = (await db.Database.SqlQuery<Guid>($"select counted_as({personId}) as \"Value\"").ToListAsync(stop)).Single();
        // Its name is the person's number: addresses come and go.
        var (id, name, stamp) = (Guid.CreateVersion7(), personId.ToString("N"), Secret.New());
        await db.Database.ExecuteSqlAsync($"""
            insert into accounts (id, person_id, user_name, normalized_user_name, email_confirmed, security_stamp, concurrency_stamp, phone_number_confirmed, two_factor_enabled, lockout_enabled, access_failed_count)
            values ({id}, {personId}, {name}, {name.ToUpperInvariant()}, true, {stamp}, {stamp}, false, false, false, 0)
            on conflict (person_id) do nothing
            """, stop);
        return await db.Users.SingleAsync(account => account.PersonId == personId, stop);
    }
}
