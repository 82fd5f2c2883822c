using Learning.Accounts;
using Learning.People;

using Microsoft.EntityFrameworkCore;

namespace Learning.Membership;

/// <summary>
/// Finds or makes the person of an address that has just been proven, and their account (P1, P6): somebody on file keeps the name and the record that they have, and
/// whoever proves it at the same time from elsewhere finds the same person. In the verb's transaction.
/// </summary>
internal static class PersonOfAddress
{
    /// <summary>The person, whom the address belongs to from now on at the latest.</summary>
    /// <param name="meant">Somebody on file whose address it is to be, where it is nobody's yet.</param>
    public static async Task<Guid> FindOrMakeAsync(LearningDb db, string email, string givenName, string familyName, DateTimeOffset now, CancellationToken stop, Guid? meant = null)
    {
        if (await AddressHolder.OfAsync(db, email, stop) is null)
        {
            var id = meant ?? Guid.CreateVersion7(now);
            if (meant is not null)
            {
                // An invitation and a code on paper may bring two addresses to one record at once: the second sees that there is a main one.
                await db.Database.ExecuteSqlAsync($"select from persons where id = {id} for no key update", stop);
            }
            else
            {
                await db.Database.ExecuteSqlAsync($"insert into persons (id, given_name, family_name, created_at) values ({id}, {givenName}, {familyName}, {now})", stop);
            }

            // Whoever made the address known meanwhile made the person too: then this one goes again.
            var added = await db.Database.ExecuteSqlAsync($"""
                insert into person_emails (email, person_id, main) values ({email}, {id}, not exists (select from person_emails where person_id = {id} and main)) on conflict (email) do nothing
                """, stop);
            if (added == 0 && meant is null)
            {
                await db.Database.ExecuteSqlAsync($"delete from persons where id = {id}", stop);
            }

            // An address tells them apart from now on.
            await db.PeopleByName.Where(one => one.PersonId == id).ExecuteDeleteAsync(stop);
        }

        await db.PersonEmails.Where(row => row.Email == email).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.VerifiedAt, row => row.VerifiedAt ?? now).SetProperty(row => row.BouncedAt, (DateTimeOffset?)null), stop);
        return (await AddressHolder.OfAsync(db, email, stop))!.Value;
    }

    /// <summary>The account of somebody who has none yet; null where they have one already.</summary>
    public static async Task<Account?> NewAccountAsync(LearningDb db, Guid person, CancellationToken stop) =>
        await db.Users.AnyAsync(account => account.PersonId == person, stop) ? null : await AccountOf.PersonAsync(db, person, stop);
}
