using Microsoft.EntityFrameworkCore;

namespace Learning.Bookings;

/// <summary>Whose a place was and is (B11): its holder, whom they had it from, whom they gave it to. A name is null for who is no longer named.</summary>
public sealed record Lineage(string? Holder, bool TookOver, string? From, bool PassedOn, string? To)
{
    /// <summary>How a page speaks of somebody.</summary>
    public static string Called(string? name) => name ?? "a colleague";

    /// <summary>Of a booking that there is. Whoever asks has asked whether they may see it.</summary>
    public static Task<Lineage> OfAsync(LearningDb db, Guid booking, CancellationToken stop = default) => db.Database.SqlQuery<Lineage>($"""
        select nullif(btrim(h.given_name || ' ' || h.family_name), '') as "Holder", b.instead_of is not null as "TookOver", nullif(btrim(f.given_name || ' ' || f.family_name), '') as "From",
            after.id is not null as "PassedOn", nullif(btrim(t.given_name || ' ' || t.family_name), '') as "To"
        from bookings b
        join persons h on h.id = b.person_id
        left join bookings before on before.id = b.instead_of
        left join persons f on f.id = before.person_id
        left join bookings after on after.instead_of = b.id
        left join persons t on t.id = after.person_id
        where b.id = {booking}
        """).SingleAsync(stop);
}
