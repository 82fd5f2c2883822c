using Learning.Database;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Accounts;

/// <summary>A token as its list shows it; never the token itself.</summary>
/// <param name="Owner">Whose it is; null: the reader's own.</param>
public sealed record TokenSeen(Guid Id, string? Owner, string Name, IReadOnlyList<TokenScope> Scopes, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, DateTimeOffset? LastUsedAt);

/// <summary>The tokens that can be used now, the newest first: one's own, and for an administrator everybody's. One statement.</summary>
public sealed class TokenList(LearningDb db, Zone zone)
{
    public async Task<IReadOnlyList<TokenSeen>> AskAsync(Actor actor, CancellationToken stop = default)
    {
        var (now, all, self) = (zone.Now, actor.IsAdministrator, actor.PersonId);
        var rows = await db.AccessTokens.AsNoTracking().Where(token => token.RevokedAt == null && token.ExpiresAt > now && (all || token.PersonId == self))
            .Join(db.Persons, token => token.PersonId, person => person.Id, (token, person) => new { Token = token, Person = person })
            .OrderByDescending(row => row.Token.PersonId == self).ThenByDescending(row => row.Token.CreatedAt).ToListAsync(stop);
        return [.. rows.Select(row => new TokenSeen(
            row.Token.Id, row.Token.PersonId == self ? null : row.Person.Name, row.Token.Name, [.. row.Token.Scopes.Select(Words.Parse<TokenScope>)], row.Token.CreatedAt, row.Token.ExpiresAt,
            row.Token.LastUsedAt))];
    }
}
