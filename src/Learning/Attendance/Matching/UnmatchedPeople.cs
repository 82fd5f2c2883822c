using System.Runtime.Serialization;

using Learning.Database;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Attendance.Matching;

/// <summary>From where somebody is known of whom nobody can say yet who they are.</summary>
public enum UnmatchedSource
{
    /// <summary>A guest of a meeting's report (A8).</summary>
    Meeting,

    /// <summary>A mark that its register could not hold (A3).</summary>
    Mark,

    /// <summary>Somebody who came and of whom an address alone is known (A4, A5): they are a person, without a name.</summary>
    Address,

    /// <summary>Somebody who checked in by a code with an address that is nobody's, at a session that is over without anybody having counted heads (A5).</summary>
    [EnumMember(Value = "check-in")]
    CheckIn,
}

/// <summary>Somebody who waits to be matched.</summary>
/// <param name="Id">Of the report's person, of the mark, or of the person who has an address alone.</param>
/// <param name="Name">As it came; null: none did.</param>
/// <param name="Why">Of a mark: what was the matter with it.</param>
public sealed record UnmatchedPerson(UnmatchedSource Source, Guid Id, string? Name, string? Email, string Ref, string Title, DateOnly On, DateTimeOffset Since, MarkFlag? Why)
{
    /// <summary>Where the one action is: join them to a person, make them one, or leave them out.</summary>
    public string Address => Source switch
    {
        UnmatchedSource.Address => $"/manage/people/{Id}",
        UnmatchedSource.CheckIn => $"/register/{Uri.EscapeDataString(Ref)}/here",
        _ => $"/manage/matches/{Id}",
    };

    /// <summary>What came of them, in a few words.</summary>
    public string Words => Source switch
    {
        UnmatchedSource.Meeting => "In a meeting’s report",
        UnmatchedSource.Mark => Why?.Sentence() ?? "A mark without a place",
        UnmatchedSource.CheckIn => "Checked in by a code; nobody has counted heads",
        _ => "Came, and gave an address alone",
    };
}

/// <summary>
/// The question who waits to be matched, for the business unit: everybody of every source in one list, the longest waiting first. One statement. An import of history leaves nobody behind: it is refused whole (H1, H2).
/// </summary>
public sealed class UnmatchedPeople(LearningDb db, Zone zone)
{
    /// <summary>Listed at once.</summary>
    public const int Most = 500;

    private sealed record Row(string Source, Guid Id, string? Name, string? Email, string Ref, string Title, DateOnly On, DateTimeOffset Since, string? Why);

    /// <summary>Nobody, for anybody but the business unit (S2).</summary>
    public async Task<IReadOnlyList<UnmatchedPerson>> AskAsync(Actor actor, CancellationToken stop = default) => !actor.IsUnit ? [] :
    [
        .. (await db.Database.SqlQuery<Row>($"""
            select u.source as "Source", u.id as "Id", u.name as "Name", u.email as "Email", s.ref as "Ref", c.title as "Title", s.counted_on as "On", u.since as "Since", u.why as "Why"
            from unmatched_people({zone.Now}) u join sessions s on s.id = u.session_id join courses c on c.id = s.course_id order by u.since, u.id limit {Most}
            """).ToListAsync(stop))
            .Select(row => new UnmatchedPerson(Words.Parse<UnmatchedSource>(row.Source), row.Id, row.Name, row.Email, row.Ref, row.Title, row.On, row.Since, Words.TryParse<MarkFlag>(row.Why, out var why) ? why : null)),
    ];

    /// <summary>One of them; null where there is none, or it is matched, or the asker is not the business unit.</summary>
    public async Task<UnmatchedPerson?> FindAsync(Guid id, Actor actor, CancellationToken stop = default) => (await AskAsync(actor, stop)).FirstOrDefault(one => one.Id == id);
}
