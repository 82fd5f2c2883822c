namespace Learning.Messages;

/// <summary>How the connection to a mail server is protected.</summary>
public enum MailTls
{
    None,

    /// <summary>In the clear at first, encrypted before anything is said; refused where the server does not offer it.</summary>
    StartTls,

    /// <summary>Encrypted from the first byte.</summary>
    Implicit,
}

/// <summary>The mail server of LEARNING_SMTP: smtp://user:password@host:port?tls=none|starttls|implicit. Reserved characters of user and password are percent-encoded; a user without a password signs in by a token (<see cref="MailTokens"/>).</summary>
public sealed record MailServer(string Host, int Port, string? User, string? Password, MailTls Tls)
{
    /// <summary>
    /// Reads the setting; null where there is none. Without tls it is starttls; without a port 587, or 465 (implicit) or 25 (none).
    /// Throws <see cref="FormatException"/> with a sentence that says what is wrong, and never the password.
    /// </summary>
    public static MailServer? Of(string? setting, MailTokens? tokens = null)
    {
        if (string.IsNullOrWhiteSpace(setting))
        {
            return null;
        }

        const string shape = "it is smtp://user:password@host:port?tls=starttls (tls: none, starttls or implicit; reserved characters of user and password percent-encoded)";
        if (!Uri.TryCreate(setting.Trim(), UriKind.Absolute, out var uri) || uri.Scheme != "smtp" || uri.Host.Length == 0 || uri.AbsolutePath is not ("/" or "") || uri.Fragment.Length > 0)
        {
            throw new FormatException($"LEARNING_SMTP is not an address of a mail server: {shape}.");
        }

        var tls = uri.Query switch
        {
            "" or "?tls=starttls" => MailTls.StartTls,
            "?tls=none" => MailTls.None,
            "?tls=implicit" => MailTls.Implicit,
            _ => throw new FormatException($"LEARNING_SMTP ends in something unknown after its \"?\": {shape}."),
        };
        var (user, password) = UserOf(uri);
        if (uri.UserInfo.Length > 0 && (user is null || (password is null && tokens is null)))
        {
            throw new FormatException($"LEARNING_SMTP has a user or a password without the other: {shape}; a user who signs in by LEARNING_MAIL_OAUTH has none.");
        }

        var port = uri.Port > 0 ? uri.Port : tls switch { MailTls.StartTls => 587, MailTls.Implicit => 465, _ => 25 };
        return new MailServer(uri.IdnHost.Trim('[', ']'), port, user, password, tls) { Tokens = user is not null && password is null ? tokens : null };
    }

    /// <summary>What the user signs in by who has no password; null: by the password, or not at all.</summary>
    public MailTokens? Tokens { get; init; }

    /// <summary>User and password of an address, taken out of their encoding.</summary>
    internal static (string? User, string? Password) UserOf(Uri uri)
    {
        string? Of(string? part) => part is { Length: > 0 } ? Uri.UnescapeDataString(part) : null;
        var parts = uri.UserInfo.Split(':', 2);
        return (Of(parts[0]), Of(parts.ElementAtOrDefault(1)));
    }

    /// <summary>How long an answer to one letter is waited for, from the connection to the server's acceptance.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>"mail.example port 587".</summary>
    public string Place => $"{Host} port {Port}";

    /// <summary>Says where, never the password.</summary>
    public override string ToString() => Place;
}
