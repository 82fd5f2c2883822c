using Learning.Catalogue;
using Learning.People;

using Microsoft.EntityFrameworkCore;

namespace Learning.Attendance.Seats;

/// <summary>What came of changing a forum's seats.</summary>
public abstract record SeatOutcome
{
    /// <summary>It is so.</summary>
    /// <param name="Id">Of the seat.</param>
    public sealed record Done(Guid Id) : SeatOutcome;

    /// <summary>Nothing was changed.</summary>
    public sealed record Refused(IReadOnlyList<SeatMistake> Mistakes) : SeatOutcome
    {
        public Refused(SeatField field, string sentence) : this([new SeatMistake(field, sentence)])
        {
        }
    }

    /// <summary>There is no such forum, seat or term, or who asks is not the business unit.</summary>
    public sealed record NotFound : SeatOutcome;

    private SeatOutcome()
    {
    }
}

/// <summary>The lock of everything about a forum's seats: its course's row, held to the end of the transaction. Whoever signs a register of the forum meanwhile waits, and then reads who sits where.</summary>
internal static class ForumLock
{
    /// <summary>For the business unit; null for anybody else, and where there is no such forum.</summary>
    public static async Task<Course?> LockForumAsync(this LearningDb db, string code, Actor actor, CancellationToken stop) => !actor.IsUnit || !RegisterSheets.IsReference(code) ? null
        : (await db.Courses.FromSql($"select * from courses where upper(code) = upper({code}) and kind = 'forum' for no key update").AsNoTracking().ToListAsync(stop)).SingleOrDefault();

    /// <summary>The terms of a seat, with the names of who holds it.</summary>
    public static async Task<List<TermSeen>> TermsAsync(this LearningDb db, Guid seat, CancellationToken stop) => await db.SeatTerms.AsNoTracking().Where(term => term.SeatId == seat)
        .GroupJoin(db.Persons, term => term.PersonId, person => person.Id, (term, people) => new { term, people })
        .SelectMany(pair => pair.people.DefaultIfEmpty(), (pair, person) => new { pair.term, Name = person == null ? null : person.GivenName + " " + person.FamilyName })
        .OrderByDescending(row => row.term.StartsOn)
        .Select(row => new TermSeen(row.term.Id, row.term.StartsOn, row.term.EndsOn, row.term.PersonId == null ? null : row.Name == null || row.Name.Trim() == "" ? "Name removed" : row.Name.Trim(), row.term.Empty))
        .ToListAsync(stop);
}
