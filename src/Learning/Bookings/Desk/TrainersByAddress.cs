using Microsoft.EntityFrameworkCore;

namespace Learning.Bookings.Desk;

/// <summary>Who gives a session, by their addresses, one a line.</summary>
internal static class TrainersByAddress
{
    /// <summary>Of one session.</summary>
    public const int Most = 20;

    private sealed record Found(string Email, Guid PersonId);

    /// <summary>The people; a mistake for the first address that is nobody's.</summary>
    public static async Task<IReadOnlyList<Guid>> OfAsync(LearningDb db, string? typed, List<DeskMistake> mistakes, CancellationToken stop)
    {
        var addresses = (typed ?? "").Replace("\0", "", StringComparison.Ordinal).Split(['\r', '\n', ',', ';', ' ', '\t'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(address => address.ToLowerInvariant()).Distinct().ToArray();
        if (addresses.Length > Most)
        {
            mistakes.Add(new(DeskField.Trainers, $"Name {Most} trainers or fewer"));
            return [];
        }

        var found = addresses.Length == 0 ? [] : await db.Database.SqlQuery<Found>($"""select email as "Email", counted_as(person_id) as "PersonId" from person_emails where email = any({addresses})""").ToListAsync(stop);
        if (addresses.FirstOrDefault(address => !found.Exists(one => one.Email == address)) is { } unknown)
        {
            mistakes.Add(new(DeskField.Trainers, $"“{(unknown.Length > 80 ? unknown[..80] + "…" : unknown)}” is nobody’s address here. Trainers sign up like everybody else"));
        }

        return [.. found.Select(one => one.PersonId).Distinct()];
    }

    /// <summary>The main addresses of a session's trainers.</summary>
    public static Task<List<string>> AddressesAsync(LearningDb db, Guid session, CancellationToken stop = default) => db.Database.SqlQuery<string>($"""
        select e.email as "Value" from session_trainers t join person_emails e on e.person_id = counted_as(t.person_id) and e.main where t.session_id = {session} order by e.email
        """).ToListAsync(stop);
}
