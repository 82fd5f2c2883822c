using System.Text.Json;

namespace Learning.Messages;

/// <summary>There is no token to sign in to the mail server by. The message is a sentence, without a secret.</summary>
public sealed class MailTokenException(string message) : Exception(message);

/// <summary>
/// LEARNING_MAIL_OAUTH: where the access token comes from that users of LEARNING_SMTP and LEARNING_BOUNCE_MAILBOX sign in by who have no password there (XOAUTH2). Either the path of a file that holds it and that something else
/// keeps fresh, or the address of a token endpoint with the client's id and secret, <c>https://CLIENT:SECRET@login.example/tenant/oauth2/v2.0/token?scope=…</c>, which is asked for one by client credentials (RFC 6749, 4.4) when
/// the last has a minute left.
/// </summary>
public sealed class MailTokens(string? file, Uri? endpoint, string client, string secret, string scope, TimeProvider? clock = null)
{
    private static readonly TimeSpan Leeway = TimeSpan.FromMinutes(1), Patience = TimeSpan.FromSeconds(20);
    private static readonly HttpClient Http = new() { Timeout = Patience };

    private static readonly Known Nothing = new("", DateTimeOffset.MinValue);

    private Known known = Nothing;

    private sealed record Known(string Token, DateTimeOffset Until);

    /// <summary>Reads the setting; null where there is none. Throws <see cref="FormatException"/> with a sentence that never says the secret.</summary>
    public static MailTokens? Of(string? setting, TimeProvider? clock = null)
    {
        if (string.IsNullOrWhiteSpace(setting))
        {
            return null;
        }

        if (Path.IsPathRooted(setting.Trim()))
        {
            return new(setting.Trim(), null, "", "", "", clock);
        }

        const string shape = "it is the path of a file that holds an access token, or https://CLIENT:SECRET@host/path?scope=SCOPE of a token endpoint (reserved characters percent-encoded)";
        if (!Uri.TryCreate(setting.Trim(), UriKind.Absolute, out var uri) || !(uri.Scheme == "https" || (uri.Scheme == "http" && uri.IsLoopback)) || uri.Fragment.Length > 0)
        {
            throw new FormatException($"LEARNING_MAIL_OAUTH is neither a file nor a token endpoint: {shape}.");
        }

        var (client, secret) = MailServer.UserOf(uri);
        if (client is null || secret is null || (uri.Query.Length > 0 && !uri.Query.StartsWith("?scope=", StringComparison.Ordinal)))
        {
            throw new FormatException($"LEARNING_MAIL_OAUTH lacks the client, its secret or the scope: {shape}.");
        }

        return new(null, new UriBuilder(uri) { UserName = "", Password = "", Query = "" }.Uri, client, secret,
            uri.Query.Length == 0 ? "" : Uri.UnescapeDataString(uri.Query["?scope=".Length..]), clock);
    }

    /// <summary>A token that is good for now; of two who ask at once each may get its own. Throws <see cref="MailTokenException"/>.</summary>
    public async Task<string> TokenAsync(CancellationToken stop = default)
    {
        if (file is not null)
        {
            return await ReadAsync(file, stop);
        }

        var now = (clock ?? TimeProvider.System).GetUtcNow();
        if (known is { } last && last.Until > now)
        {
            return last.Token;
        }

        var got = await AskAsync(now, stop);
        known = got;
        return got.Token;
    }

    /// <summary>The mail server would not have the last one: another is asked for next time.</summary>
    public void Forget() => known = Nothing;

    private static async Task<string> ReadAsync(string file, CancellationToken stop)
    {
        try
        {
            return (await File.ReadAllTextAsync(file, stop)).Trim() is { Length: > 0 } token ? token : throw new MailTokenException($"The file {file} holds no access token.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MailTokenException($"The file {file} with the access token cannot be read.");
        }
    }

    private async Task<Known> AskAsync(DateTimeOffset now, CancellationToken stop)
    {
        Dictionary<string, string> form = new() { ["grant_type"] = "client_credentials", ["client_id"] = client, ["client_secret"] = secret };
        if (scope.Length > 0)
        {
            form["scope"] = scope;
        }

        try
        {
            using var body = new FormUrlEncodedContent(form);
            using var answer = await Http.PostAsync(endpoint, body, stop);
            using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(stop));
            if (!answer.IsSuccessStatusCode || !json.RootElement.TryGetProperty("access_token", out var token) || token.GetString() is not { Length: > 0 } found)
            {
                throw new MailTokenException($"{endpoint!.Host} gave no access token: it answered {(int)answer.StatusCode}{Why(json.RootElement)}.");
            }

            var seconds = json.RootElement.TryGetProperty("expires_in", out var lasts) && lasts.TryGetInt32(out var given) ? given : 0;
            return new(found, now + TimeSpan.FromSeconds(seconds) - Leeway);
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or InvalidOperationException || (e is OperationCanceledException && !stop.IsCancellationRequested))
        {
            throw new MailTokenException($"{endpoint!.Host} gave no access token: {(e is JsonException or InvalidOperationException ? "its answer is none" : Letter.OneLine(e.Message))}");
        }
    }

    // "invalid_client": a word of a list, not what was sent.
    private static string Why(JsonElement answer) => answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.String ? $", {Letter.OneLine(error.GetString()!)}" : "";
}
