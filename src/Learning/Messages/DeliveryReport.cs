using System.Text.RegularExpressions;

using Learning.People;

namespace Learning.Messages;

/// <summary>What a mail server sent back about one letter that it, or one behind it, could not deliver.</summary>
/// <param name="MessageId">The letter's own.</param>
/// <param name="Addresses">Whom it could not be delivered to: as they were written to, and as they are called where it ended up.</param>
/// <param name="Permanent">Refused for good (5.x.x); else given up after long trying.</param>
public sealed partial record DeliveryReport(string MessageId, IReadOnlyList<string> Addresses, bool Permanent, string Reason)
{
    /// <summary>
    /// Reads a mail. Null where it is none that says that a letter was not delivered: an answer, an out-of-office notice, a receipt, a complaint, a word of delay or of success, or one that does not say which letter it was.
    /// Knows delivery reports (RFC 3464, of Postfix, Exim, Sendmail, Exchange, Gmail and their kin), and the two shapes without a machine's part that are still about: Exim's with <c>X-Failed-Recipients</c>, and qmail's.
    /// </summary>
    public static DeliveryReport? Of(byte[] mail)
    {
        var root = IncomingPart.Of(mail);
        return root.All().FirstOrDefault(part => part.Type is "message/delivery-status" or "message/global-delivery-status") is { } status ? OfStatus(root, status)
            : root.Header("X-Failed-Recipients") is { } failed ? OfWords(root, failed.Split(','), root.Words)
            : QmailAddress().Match(root.Words) is { Success: true } qmail && root.Words.TrimStart().StartsWith("Hi. This is the", StringComparison.Ordinal) ? OfWords(root, [qmail.Groups[1].Value], qmail.Groups[2].Value)
            : null;
    }

    // Of several recipients, those that failed.
    private static DeliveryReport? OfStatus(IncomingPart root, IncomingPart status)
    {
        var failed = Blank().Split(status.Words).Select(group => IncomingPart.Fields(group.Split('\n')))
            .Where(fields => fields.GetValueOrDefault("Action") is { } action && action.TrimStart().StartsWith("failed", StringComparison.OrdinalIgnoreCase)).ToList();
        if (failed.Count == 0 || IdIn(root) is not { } id)
        {
            return null;
        }

        var (said, code) = (After(failed[0].GetValueOrDefault("Diagnostic-Code")), Code().Match(failed[0].GetValueOrDefault("Status") ?? ""));
        var permanent = (code.Success ? code.Value : Code().Match(said ?? "") is { Success: true } inside ? inside.Value : said ?? "5").StartsWith('5');
        return new(id, [.. failed.SelectMany(AddressesOf).Distinct()], permanent, said is { Length: > 0 } ? said : code.Success ? code.Value : "");
    }

    private static IEnumerable<string> AddressesOf(Dictionary<string, string> fields) =>
        from name in new[] { "Original-Recipient", "Final-Recipient" }
        let given = After(fields.GetValueOrDefault(name))
        where given is { Length: > 0 }
        from written in new[] { given, Xtext().Replace(given, match => ((char)Convert.ToByte(match.Groups[1].Value, 16)).ToString()) }
        select Address(written);

    private static DeliveryReport? OfWords(IncomingPart root, IEnumerable<string> addresses, string words) => IdIn(root) is not { } id ? null
        : new(id, [.. addresses.Select(Address)], !(Code().Match(words) is { Success: true } code && code.Value.StartsWith('4')), Answer().Match(words) is { Success: true } line ? line.Value.Trim() : "");

    // Of the letter that came back with the report, whole or its headers; where it did not, of which the report is an answer to.
    private static string? IdIn(IncomingPart root) =>
        root.All().Where(part => part.Type is "message/rfc822" or "text/rfc822-headers" or "message/rfc822-headers" or "message/global" or "message/global-headers").Select(part => part.Held().Header("Message-ID")?.Trim()).FirstOrDefault(id => id is not null)
        ?? (root.Parts.Count == 0 && Returned().Match(root.Words) is { Success: true } match ? match.Groups[1].Value : null)
        ?? root.Header("In-Reply-To") ?? root.Header("References");

    // "rfc822;a@b" and "smtp; 550 5.1.1 …": what follows the type.
    private static string? After(string? field) => field is null ? null : field[(field.IndexOf(';', StringComparison.Ordinal) + 1)..].Trim();

    private static string Address(string written) => PersonEmail.Normal(written.Trim().Trim('<', '>'));

    [GeneratedRegex(@"\n[ \t]*\n")]
    private static partial Regex Blank();

    [GeneratedRegex(@"(?<![\d.])[245]\.\d{1,3}\.\d{1,3}(?![\d.])")]
    private static partial Regex Code();

    [GeneratedRegex(@"\+([0-9A-F]{2})")]
    private static partial Regex Xtext();

    [GeneratedRegex(@"^<([^<>\s]+@[^<>\s]+)>:[ \t]*\n((?:.+\n)+)", RegexOptions.Multiline)]
    private static partial Regex QmailAddress();

    [GeneratedRegex(@"^.*(?:\b[45]\d\d[ -]|#[45]\.\d).*$", RegexOptions.Multiline)]
    private static partial Regex Answer();

    [GeneratedRegex(@"^Message-ID:\s*(<[^<>\s]+>)", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex Returned();
}
