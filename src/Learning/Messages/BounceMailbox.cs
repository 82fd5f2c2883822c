using System.Security.Cryptography;
using System.Text;

namespace Learning.Messages;

/// <summary>
/// The mailbox of LEARNING_BOUNCE_MAILBOX that what comes back goes to: <c>imap://user:password@host:port/Folder?tls=implicit|starttls|none</c>. Reserved characters are percent-encoded; without a password the user signs in
/// by the token of LEARNING_MAIL_OAUTH (<see cref="MailTokens"/>).
/// </summary>
public sealed record BounceMailbox(string Host, int Port, string User, string? Password, MailTls Tls, string Folder)
{
    /// <summary>Reads the setting; null where there is none. Without tls it is implicit; without a port 993, or 143; without a folder INBOX. Throws <see cref="FormatException"/> with a sentence that never says the password.</summary>
    public static BounceMailbox? Of(string? setting, MailTokens? tokens = null)
    {
        if (string.IsNullOrWhiteSpace(setting))
        {
            return null;
        }

        const string shape = "it is imap://user:password@host:port/Folder?tls=implicit (tls: none, starttls or implicit; reserved characters percent-encoded)";
        if (!Uri.TryCreate(setting.Trim(), UriKind.Absolute, out var uri) || uri.Scheme != "imap" || uri.Host.Length == 0 || uri.Fragment.Length > 0)
        {
            throw new FormatException($"LEARNING_BOUNCE_MAILBOX is not an address of a mailbox: {shape}.");
        }

        var tls = uri.Query switch
        {
            "" or "?tls=implicit" => MailTls.Implicit,
            "?tls=starttls" => MailTls.StartTls,
            "?tls=none" => MailTls.None,
            _ => throw new FormatException($"LEARNING_BOUNCE_MAILBOX ends in something unknown after its \"?\": {shape}."),
        };
        var (user, password) = MailServer.UserOf(uri);
        if (user is null)
        {
            throw new FormatException($"LEARNING_BOUNCE_MAILBOX names no user: {shape}.");
        }

        if (password is null && tokens is null)
        {
            throw new FormatException($"LEARNING_BOUNCE_MAILBOX has no password, and LEARNING_MAIL_OAUTH names no token instead: {shape}.");
        }

        var folder = Uri.UnescapeDataString(uri.AbsolutePath.TrimStart('/'));
        return new(uri.IdnHost.Trim('[', ']'), uri.Port > 0 ? uri.Port : tls == MailTls.Implicit ? 993 : 143, user, password, tls, folder.Length == 0 ? "INBOX" : folder) { Tokens = password is null ? tokens : null };
    }

    /// <summary>What it signs in by where there is no password.</summary>
    public MailTokens? Tokens { get; init; }

    /// <summary>How long one answer is waited for.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>"imap.example port 993, INBOX".</summary>
    public string Place => $"{Host} port {Port}, {Folder}";

    /// <summary>Tells this mailbox from another in the record of how far it was read, and says nothing else of it.</summary>
    public string Digest => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Host}\n{Port}\n{User}\n{Folder}")));

    /// <summary>Says where, never who or the password.</summary>
    public override string ToString() => Place;
}

/// <summary>The mailbox, or that there is none.</summary>
public sealed record MailboxSetting(BounceMailbox? Mailbox);
