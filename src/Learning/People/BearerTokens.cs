using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;

using Learning.Audit;
using Learning.Time;

using Microsoft.AspNetCore.Authentication;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Learning.People;

/// <summary>Makes a bearer token that acts as a person for some hours. The token is shown once; its hash is kept. On the audit trail (S3).</summary>
public sealed class MakeAccessToken(LearningDb db, Zone zone)
{
    /// <summary>The token, or null when nobody has the address.</summary>
    public async Task<string?> RunAsync(string email, double hours, string name, Actor actor, CancellationToken stop = default)
    {
        var normal = PersonEmail.Normal(email);
        if (await db.PersonEmails.AsNoTracking().SingleOrDefaultAsync(row => row.Email == normal, stop) is not { } address)
        {
            return null;
        }

        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var row = new AccessToken
        {
            Id = Guid.CreateVersion7(), PersonId = address.PersonId, Hash = SHA256.HashData(Encoding.ASCII.GetBytes(token)), Name = name,
            CreatedAt = zone.Now, ExpiresAt = zone.Now.AddHours(hours),
        };
        db.AccessTokens.Add(row);
        db.AuditEntries.Add(new AuditEntry { At = zone.Now, ActorId = actor.PersonId, Verb = "made an access token", SubjectKind = "person", SubjectId = address.PersonId });
        await db.SaveChangesAsync(stop);
        return token;
    }
}

/// <summary>Lets a request in by its bearer token.</summary>
public sealed class BearerTokens(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, LearningDb db, Zone zone)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    /// <summary>The scheme's name.</summary>
    public const string SchemeName = "Bearer";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
        {
            return AuthenticateResult.NoResult();
        }

        var (hash, now) = (SHA256.HashData(Encoding.ASCII.GetBytes(header["Bearer ".Length..].Trim())), zone.Now);
        var found = await db.AccessTokens.AsNoTracking()
            .Where(token => token.Hash == hash && token.RevokedAt == null && token.ExpiresAt > now)
            .Join(db.Persons.Where(person => person.ErasedAt == null), token => token.PersonId, person => person.Id, (token, person) => person)
            .SingleOrDefaultAsync(Context.RequestAborted);
        if (found is null)
        {
            return AuthenticateResult.Fail("The token is unknown, has expired or was revoked.");
        }

        var identity = new ClaimsIdentity([new(WhoAsks.PersonClaim, found.Id.ToString()), new(ClaimTypes.Name, found.Name)], Scheme.Name);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name));
    }
}
