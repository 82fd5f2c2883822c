using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

using Learning.Time;

namespace Learning.Messages;

/// <summary>LEARNING_BOUNCES: the secret that the mail service signs its reports with; null: there is no such address.</summary>
public sealed record BounceSecret(string? Value)
{
    private const int Shortest = 32;

    /// <summary>Reads the setting. Throws <see cref="FormatException"/> with a sentence that says what is wrong, and never the secret.</summary>
    public static BounceSecret Of(string? setting) => string.IsNullOrWhiteSpace(setting) ? new((string?)null)
        : setting.Trim().Length >= Shortest ? new(setting.Trim())
        : throw new FormatException($"LEARNING_BOUNCES is too short: it is a secret of {Shortest} characters or more, which the mail service signs its reports with.");

    /// <summary>Says nothing.</summary>
    public override string ToString() => "";
}

/// <summary>
/// Where a mail service reports what came back (M5). Each report is signed: <c>X-Learning-Signature: t=SECONDS,v1=HEX</c>, where HEX is the HMAC-SHA256 with the shared secret of <c>SECONDS.BODY</c>, and SECONDS (since 1970) is
/// within five minutes of now. The body is JSON: <c>{"bounces": [{"address", "messageId"?, "permanent": true, "reason"?}]}</c>. Or, with the type <c>message/rfc822</c>, a delivery report as it came (<see cref="DeliveryReport"/>), from a mail server that hands on what comes to an address. 204: it is written down; 401: not signed so; 400: not such a body.
/// </summary>
public static class BounceHook
{
    private const int Most = 1000;

    private static readonly TimeSpan Apart = TimeSpan.FromMinutes(5);

    private sealed record Body(IReadOnlyList<ReportedBounce>? Bounces);

    /// <summary>Maps <c>POST /api/hooks/bounces</c>.</summary>
    public static void MapBounceHook(this IEndpointRouteBuilder app) => app.MapPost("/api/hooks/bounces", async (HttpContext context, BounceSecret secret, RecordBounces record, Zone zone) =>
    {
        if (secret.Value is null)
        {
            return Results.NotFound();
        }

        using var text = new MemoryStream();
        await context.Request.Body.CopyToAsync(text, context.RequestAborted);
        if (!IsSigned(context.Request.Headers["X-Learning-Signature"].ToString(), text.ToArray(), secret.Value, zone.Now))
        {
            return Results.Unauthorized();
        }

        if (context.Request.ContentType?.Split(';')[0].Trim().Equals("message/rfc822", StringComparison.OrdinalIgnoreCase) == true)
        {
            if (DeliveryReport.Of(text.ToArray()) is not { } report)
            {
                return Results.BadRequest();
            }

            await record.OfReportsAsync([report], context.RequestAborted);
            return Results.NoContent();
        }

        if (Read(text.ToArray()) is not { } bounces)
        {
            return Results.BadRequest();
        }

        await record.RunAsync(bounces, context.RequestAborted);
        return Results.NoContent();
    }).AllowAnonymous().DisableAntiforgery();

    /// <summary>What a service sends in the header.</summary>
    public static string Sign(byte[] body, string secret, DateTimeOffset at) => $"t={at.ToUnixTimeSeconds()},v1={Convert.ToHexStringLower(Hash(body, secret, at.ToUnixTimeSeconds()))}";

    private static bool IsSigned(string header, byte[] body, string secret, DateTimeOffset now) =>
        header.Split(',') is [['t', '=', .. var seconds], ['v', '1', '=', .. var hex]] && long.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at < 100_000_000_000
        && (DateTimeOffset.FromUnixTimeSeconds(at) - now).Duration() <= Apart && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(hex), Encoding.ASCII.GetBytes(Convert.ToHexStringLower(Hash(body, secret, at))));

    private static byte[] Hash(byte[] body, string secret, long seconds) => HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.ASCII.GetBytes($"{seconds}.").Concat(body).ToArray());

    private static IReadOnlyList<ReportedBounce>? Read(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize<Body>(body, JsonSerializerOptions.Web)?.Bounces is { Count: <= Most } bounces && bounces.All(one => one?.Address is { Length: > 2 and < 320 } address && !address.Any(char.IsControl)) ? bounces : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
