using Learning.Database;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Messages;

/// <summary>What somebody looks for among the messages; null: any. What is not a state is no filter.</summary>
public sealed record MessageFilter(string? Words, MessageState? State, string? Kind, string? Session, int Page)
{
    /// <summary>Reads what an address asks for.</summary>
    public static MessageFilter Of(string? words, string? state, string? kind, string? session, string? page) => new(
        Said(words), Learning.Database.Words.TryParse<MessageState>(state, out var one) ? one : null, Said(kind), Said(session),
        int.TryParse(page, out var number) && number is > 0 and < 100_000 ? number : 1);

    /// <summary>The address of the list with this filter.</summary>
    public string Address
    {
        get
        {
            var asked = new (string Name, string? Value)[] { ("q", Words), ("state", State?.Word()), ("kind", Kind), ("session", Session), ("page", Page > 1 ? $"{Page}" : null) }
                .Where(one => one.Value is not null).Select(one => $"{one.Name}={Uri.EscapeDataString(one.Value!)}").ToList();
            return asked.Count == 0 ? "/manage/messages" : $"/manage/messages?{string.Join('&', asked)}";
        }
    }

    private static string? Said(string? text) => Letter.OneLine(text ?? "") is { Length: > 0 } line ? line : null;
}

/// <summary>A message in the list.</summary>
public sealed record MessageLine(
    Guid Id, string Kind, MessageState State, string Person, string? Address, string Why, string? Session, DateTimeOffset DueAt, DateTimeOffset NextTryAt, DateTimeOffset? SettledAt,
    int Attempts, string? Outcome, string? Subject);

/// <summary>Every message that was or will be sent, newest due first, a page at a time: one statement. Only for the business unit (S2).</summary>
public sealed class MessageList(LearningDb db)
{
    /// <summary>Lines on a page.</summary>
    public const int Size = 50;

    private sealed record Row(
        Guid Id, string Kind, string State, string Person, string? Address, string Why, string? Session, DateTimeOffset DueAt, DateTimeOffset NextTryAt, DateTimeOffset? SettledAt,
        int Attempts, string? Outcome, string? Subject);

    /// <summary>The lines, and whether there are more.</summary>
    public async Task<(IReadOnlyList<MessageLine> Lines, bool More)> FindAsync(MessageFilter filter, Actor actor, CancellationToken stop = default)
    {
        if (!actor.IsUnit)
        {
            return ([], false);
        }

        var like = filter.Words is null ? null : $"%{filter.Words.Replace("\\", "\\\\").Replace("%", "\\%").Replace("_", "\\_")}%";
        var rows = await db.Database.SqlQuery<Row>($"""
            select m.id as "Id", m.kind as "Kind", m.state as "State", coalesce(nullif(btrim(p.given_name || ' ' || p.family_name), ''), case when m.person_id is null then 'An address' else 'A person who was erased' end) as "Person",
                coalesce(m.sent_to, m.address, e.email) as "Address", m.why as "Why", s.ref as "Session", m.due_at as "DueAt", m.next_try_at as "NextTryAt",
                m.settled_at as "SettledAt", m.attempts as "Attempts", m.outcome as "Outcome", m.sent_subject as "Subject"
            from messages m
            left join persons p on p.id = m.person_id
            left join person_emails e on e.person_id = m.person_id and e.main
            left join sessions s on s.id = m.session_id
            where ({filter.State?.Word()}::text is null or m.state = {filter.State?.Word()})
                and ({filter.Kind}::text is null or m.kind = {filter.Kind})
                and ({filter.Session}::text is null or upper(s.ref) = upper({filter.Session}))
                and ({like}::text is null or p.given_name || ' ' || p.family_name ilike {like} or coalesce(m.sent_to, m.address, e.email) ilike {like} or m.sent_subject ilike {like})
            order by m.due_at desc, m.id desc
            limit {Size + 1} offset {(filter.Page - 1) * Size}
            """).ToListAsync(stop);
        return ([.. rows.Take(Size).Select(row => new MessageLine(row.Id, row.Kind, Learning.Database.Words.Parse<MessageState>(row.State), row.Person, row.Address, row.Why, row.Session,
            row.DueAt, row.NextTryAt, row.SettledAt, row.Attempts, row.Outcome, row.Subject))], rows.Count > Size);
    }
}
