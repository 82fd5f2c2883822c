using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

using Learning.People;

using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Learning.Accounts;

/// <summary>
/// Passkeys (WebAuthn) as the framework keeps and checks them. They are kept on the device with the account's name, so that nobody types who they are, and each use is confirmed there by
/// fingerprint, face or PIN: two factors in one. What the browser answers is sent with a page's own form; what it is asked comes from the addresses here.
/// </summary>
internal static class Passkeys
{
    /// <summary>The site that passkeys are made for: the one that LEARNING_URL names, else the one that was asked.</summary>
    public static void Configure(IdentityPasskeyOptions options, Uri? site)
    {
        options.ServerDomain = site?.IdnHost;
        options.UserVerificationRequirement = options.ResidentKeyRequirement = "required";
        options.AuthenticatorTimeout = TimeSpan.FromMinutes(5);
        options.ValidateOrigin = context => ValueTask.FromResult(!context.CrossOrigin && context.Origin == (site ?? new Uri($"{context.HttpContext.Request.Scheme}://{context.HttpContext.Request.Host}")).GetLeftPart(UriPartial.Authority));
    }

    /// <summary>Between question and answer, what was asked is kept in a cookie that only this site can read or write.</summary>
    public static void Cookie(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = "learning-passkey";
        options.Cookie.Path = "/account";
        options.Cookie.SameSite = SameSiteMode.Strict;
        options.ExpireTimeSpan = TimeSpan.FromMinutes(5);
    }

    /// <summary>The addresses of the questions: to make a passkey, to sign in by any, to show one of one's own.</summary>
    public static void MapPasskeys(this IEndpointRouteBuilder app)
    {
        var questions = app.MapGroup("/account/passkeys").AddEndpointFilter(async (context, next) =>
            await context.HttpContext.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(context.HttpContext) ? await next(context) : Results.BadRequest());
        questions.MapPost("/sign-in", async (SignInManager<Account> door) => Json(await door.MakePasskeyRequestOptionsAsync(null))).AllowAnonymous();
        questions.MapPost("/prove", async (SignInManager<Account> door, ThisSession session, LearningDb db, CancellationToken stop) =>
            await OwnAsync(session, db, stop) is { } account ? Json(await door.MakePasskeyRequestOptionsAsync(account)) : Results.NotFound()).RequireAuthorization(Policies.SignedIn);
        questions.MapPost("/new", async (SignInManager<Account> door, ThisSession session, LearningDb db, CancellationToken stop) =>
            await OwnAsync(session, db, stop) is { } account ? Json(await door.MakePasskeyCreationOptionsAsync(await AsUserAsync(account, db, stop))) : Results.NotFound()).RequireAuthorization(Policies.SignedIn);
    }

    /// <summary>The challenge that an answer signs, hashed; null where it names none.</summary>
    public static byte[]? ChallengeOf(string credentialJson)
    {
        try
        {
            using var credential = JsonDocument.Parse(credentialJson);
            using var signed = JsonDocument.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(credential.RootElement.GetProperty("response").GetProperty("clientDataJSON").GetString()));
            return SHA256.HashData(Encoding.UTF8.GetBytes(signed.RootElement.GetProperty("challenge").GetString()!));
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentNullException)
        {
            return null;
        }
    }

    private static IResult Json(string options) => Results.Text(options, "application/json");

    private static async Task<Account?> OwnAsync(ThisSession session, LearningDb db, CancellationToken stop) =>
        await session.ReadAsync(stop) is { } here ? await db.Users.SingleAsync(account => account.Id == here.AccountId, stop) : null;

    private static async Task<PasskeyUserEntity> AsUserAsync(Account account, LearningDb db, CancellationToken stop) => new()
    {
        Id = account.Id.ToString(),
        Name = await db.PersonEmails.Where(email => email.PersonId == account.PersonId && email.Main).Select(email => email.Email).FirstOrDefaultAsync(stop) ?? account.UserName ?? "",
        DisplayName = (await db.Persons.SingleAsync(person => person.Id == account.PersonId, stop)).Name,
    };
}
