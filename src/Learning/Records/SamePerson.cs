using Microsoft.EntityFrameworkCore;

namespace Learning.Records;

/// <summary>All records of one human being (P3): of whoever is counted as somebody else, of that one, and of whoever else is counted as them.</summary>
internal static class SamePerson
{
    /// <summary>The ids, the one that the others are counted as first. One statement.</summary>
    public static Task<List<Guid>> OfAsync(LearningDb db, Guid id, CancellationToken stop = default) => db.Database.SqlQuery<Guid>($"""
        select id as "Value" from counted_as({id}) counted, persons_of(counted) id order by id <> counted, id
        """).ToListAsync(stop);
}
