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

/// <summary>The mail server of LEARNING_SMTP: smtp://user:password@host:port?tls=none|starttls|implicit. Reserved characters of user and password are percent-encoded.</summary>
public sealed record MailServer(string Host, int Port, string? User, string? Password, MailTls Tls)
{
    /// <summary>
    /// Reads the setting; null where there is none. Without tls it is starttls; without a port 587, or 465 (implicit) or 25 (none).
    /// Throws <see cref="FormatException"/> with a sentence that says what is wrong, and never the password.
    /// </summary>
    public static MailServer? Of(string? setting)
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
        var (user, password) = uri.UserInfo.Split(':', 2) is [{ Length: > 0 } name, .. var rest] ? (Uri.UnescapeDataString(name), rest.Length == 1 ? Uri.UnescapeDataString(rest[0]) : null) : (null, null);
        if (uri.UserInfo.Length > 0 && (user is null || string.IsNullOrEmpty(password)))
        {
            throw new FormatException($"LEARNING_SMTP has a user or a password without the other: {shape}.");
        }

        var port = uri.Port > 0 ? uri.Port : tls switch { MailTls.StartTls => 587, MailTls.Implicit => 465, _ => 25 };
        return new MailServer(uri.IdnHost.Trim('[', ']'), port, user, password, tls);
    }

    /// <summary>How long an answer to one letter is waited for, from the connection to the server's acceptance.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>"mail.example port 587".</summary>
    public string Place => $"{Host} port {Port}";

    /// <summary>Says where, never the password.</summary>
    public override string ToString() => Place;
}
