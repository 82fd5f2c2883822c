using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;

using Learning.Database;
using Learning.People;
using Learning.Time;

using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Learning.Accounts;

/// <summary>Lets a request of the API in by its bearer token. What the token may do are its scopes, which the endpoints state (<see cref="Policies.Scope"/>); what its person may do is asked anew each time.</summary>
public sealed class BearerTokens(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, LearningDb db, Zone zone)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    /// <summary>The scheme's name.</summary>
    public const string SchemeName = "Bearer";

    // How exactly it is kept when a token was last used.
    private static readonly TimeSpan UsedWithin = TimeSpan.FromMinutes(5);

    private sealed record Row(Person Person, AccessToken Token, HeldRole? Held);

    // One question for the token and for what its person may do, translated once, because every request asks both.
    private static readonly Func<LearningDb, byte[], DateTimeOffset, DateOnly, IAsyncEnumerable<Row>> Asked = EF.CompileAsyncQuery(
        (LearningDb db, byte[] hash, DateTimeOffset now, DateOnly today) => db.AccessTokens.AsNoTracking()
            .Where(token => token.Hash == hash && token.RevokedAt == null && token.ExpiresAt > now)
            .Join(db.Persons.Where(person => person.ErasedAt == null), token => token.PersonId, person => person.Id, (token, person) => new { Person = person, Token = token })
            .SelectMany(found => db.RolesOf(found.Person.Id, today, found.Token.Strong).DefaultIfEmpty(), (found, held) => new Row(found.Person, found.Token, held)));

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
        {
            return AuthenticateResult.NoResult();
        }

        var (hash, now, today) = (SHA256.HashData(Encoding.ASCII.GetBytes(header["Bearer ".Length..].Trim())), zone.Now, zone.Today);
        var asked = await Asked(db, hash, now, today).ToListAsync(Context.RequestAborted);
        if (asked.FirstOrDefault() is not { } found)
        {
            return AuthenticateResult.Fail("The token is unknown, has expired or was revoked.");
        }

        if (found.Token.LastUsedAt is not { } used || used < now - UsedWithin)
        {
            // Nobody waits for the disk to hear of it: after a crash it may be some minutes too early.
            await db.Database.ExecuteSqlAsync($"with used as (update access_tokens set last_used_at = {now} where id = {found.Token.Id}) select set_config('synchronous_commit', 'off', true)", Context.RequestAborted);
        }

        WhoAsks.Know(Context, Actor.Of(found.Person.Id, found.Token.Strong, [.. asked.Select(row => row.Held).OfType<HeldRole>()]));

        var identity = new ClaimsIdentity(
            [
                new(WhoAsks.PersonClaim, found.Person.Id.ToString()), new(ClaimTypes.Name, found.Person.Name), new(WhoAsks.StrongClaim, found.Token.Strong ? "yes" : "no"),
                new(Policies.Scope.TokenClaim, found.Token.Id.ToString()), .. found.Token.Scopes.Select(scope => new Claim(Policies.Scope.Claim, scope)),
            ], Scheme.Name);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name));
    }

    // Says which scope is missing, as RFC 6750 has it, so that whoever runs the program knows which token to make.
    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        var missing = (Context.GetEndpoint()?.Metadata.GetOrderedMetadata<IAuthorizeData>() ?? []).Select(rule => Policies.Scope.Of(rule.Policy))
            .FirstOrDefault(scope => scope is { } needed && !Context.User.HasClaim(Policies.Scope.Claim, needed.Word()));
        if (missing is not { } lacks)
        {
            return base.HandleForbiddenAsync(properties);
        }

        Response.Headers.WWWAuthenticate = $"Bearer error=\"insufficient_scope\", scope=\"{lacks.Word()}\"";
        return TypedResults.Problem(
            $"This token may not be used for “{lacks.Word()}”. Make one that may, under Manage → Access tokens.", statusCode: StatusCodes.Status403Forbidden,
            extensions: new Dictionary<string, object?> { ["scope"] = lacks.Word() }).ExecuteAsync(Context);
    }
}
