using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

using Learning.Audit;
using Learning.Database;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Accounts;

/// <summary>A token that somebody wants for themselves. <paramref name="Id"/> is made with the form, so that pressing twice makes one.</summary>
public sealed record TokenWanted(Guid Id, string? Name, int Days, IReadOnlyCollection<TokenScope> Scopes);

/// <summary>What came of making a token.</summary>
public abstract record TokenOutcome
{
    /// <summary>The token itself: shown once, kept nowhere.</summary>
    public sealed record Made(string Token, DateTimeOffset ExpiresAt) : TokenOutcome;

    /// <summary>None was made.</summary>
    public sealed record Refused(TokenReason Reason) : TokenOutcome;

    /// <summary>It is not the actor's to have.</summary>
    public sealed record NotAllowed : TokenOutcome;

    private TokenOutcome()
    {
    }
}

/// <summary>Makes a bearer token that acts as a person. The token is shown once; its hash is kept. On the audit trail (S3).</summary>
public sealed class MakeAccessToken(LearningDb db, Zone zone)
{
    /// <summary>For oneself, with scopes (<see cref="TokenRules.MayHave"/>).</summary>
    public async Task<TokenOutcome> RunAsync(TokenWanted wanted, Actor actor, CancellationToken stop = default)
    {
        if (!TokenRules.MayHave(actor))
        {
            return new TokenOutcome.NotAllowed();
        }

        if (TokenRules.WhyNot(wanted.Name, wanted.Days, wanted.Scopes) is { } why)
        {
            return new TokenOutcome.Refused(why);
        }

        // Who makes several at once makes them one after the other.
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        await db.Database.ExecuteSqlAsync($"select from persons where id = {actor.PersonId} for no key update", stop);
        if (await db.AccessTokens.AnyAsync(token => token.Id == wanted.Id, stop))
        {
            return new TokenOutcome.Refused(TokenReason.MadeAlready);
        }

        if (await db.AccessTokens.CountAsync(token => token.PersonId == actor.PersonId && token.RevokedAt == null && token.ExpiresAt > zone.Now, stop) >= TokenRules.Most)
        {
            return new TokenOutcome.Refused(TokenReason.TooMany);
        }

        var (token, row) = Make(wanted.Id, actor.PersonId!.Value, wanted.Name!.Trim(), wanted.Scopes, actor.IsStrong, TimeSpan.FromDays(wanted.Days), actor);
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return new TokenOutcome.Made(token, row.ExpiresAt);
    }

    /// <summary>For whoever has an address, with every scope: only for the owner of the machine. Null when nobody has the address.</summary>
    public async Task<string?> RunAsync(string email, double hours, string name, Actor actor, CancellationToken stop = default)
    {
        var normal = PersonEmail.Normal(email);
        if (!actor.IsMachine || await db.PersonEmails.AsNoTracking().SingleOrDefaultAsync(row => row.Email == normal, stop) is not { } address)
        {
            return null;
        }

        var (token, _) = Make(Guid.CreateVersion7(), address.PersonId, name, Enum.GetValues<TokenScope>(), strong: true, TimeSpan.FromHours(hours), actor);
        await db.SaveChangesAsync(stop);
        return token;
    }

    private (string Token, AccessToken Row) Make(Guid id, Guid person, string name, IReadOnlyCollection<TokenScope> scopes, bool strong, TimeSpan lasts, Actor actor)
    {
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var row = new AccessToken
        {
            Id = id, PersonId = person, Hash = SHA256.HashData(Encoding.ASCII.GetBytes(token)), Name = name, Scopes = [.. scopes.Distinct().Order().Select(scope => scope.Word())], Strong = strong,
            CreatedAt = zone.Now, ExpiresAt = zone.Now + lasts,
        };
        db.AccessTokens.Add(row);
        db.AuditEntries.Add(new AuditEntry
        {
            At = zone.Now, ActorId = actor.PersonId, Verb = "made an access token", SubjectKind = "person", SubjectId = person,
            Details = JsonSerializer.Serialize(new { token = row.Id, scopes = row.Scopes, until = row.ExpiresAt }),
        });
        return (token, row);
    }
}
