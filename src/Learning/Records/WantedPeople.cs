using Learning.Bookings;
using Learning.Catalogue;

using Microsoft.EntityFrameworkCore;

namespace Learning.Records;

/// <summary>What the pages of booking for several people carry in their addresses: the session, and whom somebody chose.</summary>
internal static class WantedPeople
{
    /// <summary>The session with its course, whatever the case of its reference; null when there is none.</summary>
    public static Task<Session?> SessionAsync(LearningDb db, string reference) => reference.Any(char.IsControl)
        ? Task.FromResult<Session?>(null)
        : db.Sessions.FromSql($"select * from sessions where upper(ref) = upper({reference})").Include(session => session.Course).AsNoTracking().SingleOrDefaultAsync();

    /// <summary>Each once, in the order chosen; what is no number is nobody, and nobody is the one after the most.</summary>
    public static Guid[] Of(string[]? typed) => [.. (typed ?? []).Select(text => Guid.TryParse(text, out var id) ? id : Guid.Empty).Where(id => id != Guid.Empty).Distinct().Take(BookSeveral.Most)];

    /// <summary>As an address has them.</summary>
    public static string Query(IEnumerable<Guid> people) => string.Join('&', people.Select(id => $"who={id}"));
}
