using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Learning.Bookings;

/// <summary>What of a person decides about a booking besides the session's places. No lock of the session keeps it, so it is asked before the lock, and nobody waits meanwhile.</summary>
/// <param name="Overlapping">References of other sessions that the person has a live booking on and that meet at the same time (B7), part by part.</param>
/// <param name="AwaitsPlacing">Has just joined, and nobody has said yet where they work (P4).</param>
/// <param name="InAudience">The course is for their workforce of that day, or for everybody (B8).</param>
/// <param name="Missing">Titles of the courses that have to be held that day, and are not (B8).</param>
/// <param name="Waived">An organiser lets them in all the same (B8).</param>
public sealed record Elsewhere(string[] Overlapping, bool AwaitsPlacing, bool InAudience, string[] Missing, bool Waived)
{
    /// <summary>Nothing stands against it.</summary>
    public static readonly Elsewhere Clear = new([], false, true, [], false);

    /// <param name="reference">The session's; where there is none, nothing stands against it.</param>
    public static async Task<Elsewhere> OfAsync(LearningDb db, string reference, Guid? personId, DateOnly today, CancellationToken stop) =>
        await Asked(db, personId, reference, today, stop) ?? Clear;

    // Translated once: every press asks it.
    private static readonly Func<LearningDb, Guid?, string, DateOnly, CancellationToken, Task<Elsewhere?>> Asked = EF.CompileAsyncQuery(
        (LearningDb db, Guid? person, string reference, DateOnly today, CancellationToken stop) => db.Towards(person, reference, today).SingleOrDefault());

    /// <summary>The same of several people: one statement, however many they are.</summary>
    public static async Task<IReadOnlyDictionary<Guid, Elsewhere>> OfAllAsync(LearningDb db, string reference, Guid[] people, DateOnly today, CancellationToken stop)
    {
        var found = (await db.Database.SqlQuery<Row>($"""
            select asked.id as "Person", t.overlapping as "Overlapping", t.awaits_placing as "AwaitsPlacing", t.in_audience as "InAudience", t.missing as "Missing", t.waived as "Waived"
            from unnest({people}) as asked (id) cross join lateral towards(asked.id, {reference}, {today}) t
            """).ToListAsync(stop)).ToDictionary(row => row.Person);
        return people.ToDictionary(person => person, person => found.GetValueOrDefault(person) is { } row ? new Elsewhere(row.Overlapping, row.AwaitsPlacing, row.InAudience, row.Missing, row.Waived) : Clear);
    }

    private sealed record Row(Guid Person, string[] Overlapping, bool AwaitsPlacing, bool InAudience, string[] Missing, bool Waived);
}

internal sealed class ElsewhereMap : IEntityTypeConfiguration<Elsewhere>
{
    public void Configure(EntityTypeBuilder<Elsewhere> builder) => builder.HasNoKey().ToTable((string?)null);
}
