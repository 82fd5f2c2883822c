using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Messages;

/// <summary>The words of a kind of letter: those that the business unit wrote last, or those that were delivered (null version).</summary>
public sealed record LetterWords(string Kind, int? Version, string Subject, string Body);

/// <summary>A version as it is listed. <paramref name="Delivered"/>: it went back to the words as they are delivered.</summary>
public sealed record LetterVersionSeen(int Version, DateTimeOffset MadeAt, string? By, bool Delivered, string? Subject, string? Body);

/// <summary>The business unit's own words of letters (see <see cref="EditLetter"/>).</summary>
public sealed class LetterVersions(LearningDb db, LetterTemplates templates)
{
    private sealed record Newest(string Kind, int Version, string? Subject, string? Body);

    /// <summary>Each kind that has a template, by name, with the version that counts; nothing for anybody but the business unit.</summary>
    public async Task<IReadOnlyList<LetterWords>> ListAsync(Actor actor, CancellationToken stop = default)
    {
        if (!actor.IsUnit)
        {
            return [];
        }

        var own = await OwnAsync(db, stop);
        return [.. templates.Kinds.Order(StringComparer.Ordinal).Select(kind => own.GetValueOrDefault(kind) ?? templates.Delivered(kind))];
    }

    /// <summary>The versions of a kind, newest first.</summary>
    public async Task<IReadOnlyList<LetterVersionSeen>> HistoryAsync(string kind, Actor actor, CancellationToken stop = default) => !actor.IsUnit ? [] : await db.Database.SqlQuery<LetterVersionSeen>($"""
        select v.version as "Version", v.made_at as "MadeAt", nullif(btrim(p.given_name || ' ' || p.family_name), '') as "By", v.subject is null as "Delivered", v.subject as "Subject", v.body as "Body"
        from letter_versions v left join persons p on p.id = v.made_by where v.kind = {kind} order by v.version desc
        """).ToListAsync(stop);

    /// <summary>The kinds whose newest words are the unit's own: asked once a claim of messages.</summary>
    internal static Task<IReadOnlyDictionary<string, LetterWords>> OwnAsync(LearningDb db, CancellationToken stop) => LetterMemory.OfAsync(db, nameof(LetterVersions), async () =>
        (IReadOnlyDictionary<string, LetterWords>)(await db.Database.SqlQuery<Newest>($"""
            select kind as "Kind", version as "Version", subject as "Subject", body as "Body" from (select distinct on (kind) * from letter_versions order by kind, version desc) newest where subject is not null
            """).ToListAsync(stop)).ToDictionary(one => one.Kind, one => new LetterWords(one.Kind, one.Version, one.Subject!, one.Body!)));
}
