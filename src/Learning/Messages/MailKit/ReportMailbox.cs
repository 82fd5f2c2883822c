using MailKit;
using MailKit.Net.Imap;
using MailKit.Search;
using MailKit.Security;

namespace Learning.Messages.MailKit;

/// <summary>The mailbox of delivery reports, by IMAP.</summary>
internal sealed class ReportMailbox : IAsyncDisposable
{
    private readonly ImapClient client = new();
    private IMailFolder folder = null!;

    /// <summary>A sentence where this build cannot read that mailbox, else null: MailKit reads any.</summary>
    public static string? Refusal(BounceMailbox mailbox) => null;

    /// <summary>While it stays the same, so do the numbers of the mails.</summary>
    public long Validity => folder.UidValidity;

    /// <summary>Signs in. What it fails of is an exception with the server's words.</summary>
    public static async Task<ReportMailbox> OpenAsync(BounceMailbox mailbox, CancellationToken stop)
    {
        var box = new ReportMailbox();
        try
        {
            box.client.Timeout = (int)mailbox.Patience.TotalMilliseconds;
            await box.client.ConnectAsync(mailbox.Host, mailbox.Port, SignIn.Options(mailbox.Tls), stop);
            await SignIn.RunAsync(box.client, mailbox.User, mailbox.Password, mailbox.Tokens, stop);
            box.folder = await box.client.GetFolderAsync(mailbox.Folder, stop);
            await box.folder.OpenAsync(FolderAccess.ReadWrite, stop);
            return box;
        }
        catch
        {
            await box.DisposeAsync();
            throw;
        }
    }

    /// <summary>The numbers of the mails after one, in their order; after 0 those that came since a time.</summary>
    public async Task<IReadOnlyList<long>> NewerAsync(long after, DateTimeOffset since, CancellationToken stop)
    {
        SearchQuery query = after == 0 ? SearchQuery.DeliveredAfter(since.UtcDateTime) : SearchQuery.Uids(new UniqueIdRange(new UniqueId((uint)after + 1), UniqueId.MaxValue));
        // "n:*" finds the newest mail also where it is older.
        return [.. (await folder.SearchAsync(query, stop)).Select(uid => (long)uid.Id).Where(uid => uid > after).Order()];
    }

    /// <summary>The beginning of a mail, as it came; nothing where it is gone meanwhile.</summary>
    public async Task<byte[]> ReadAsync(long uid, int most, CancellationToken stop)
    {
        try
        {
            await using var mail = await folder.GetStreamAsync(new UniqueId((uint)uid), 0, most, stop);
            using var bytes = new MemoryStream();
            await mail.CopyToAsync(bytes, stop);
            return bytes.ToArray();
        }
        catch (MessageNotFoundException)
        {
            return [];
        }
    }

    public Task SeenAsync(IReadOnlyList<long> uids, CancellationToken stop) =>
        uids.Count == 0 ? Task.CompletedTask : folder.AddFlagsAsync([.. uids.Select(uid => new UniqueId((uint)uid))], MessageFlags.Seen, silent: true, stop);

    public async ValueTask DisposeAsync()
    {
        if (client.IsConnected)
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
            try
            {
                await client.DisconnectAsync(quit: true, patience.Token);
            }
            catch (Exception e) when (e is OperationCanceledException or IOException or ProtocolException)
            {
                // Everything is written down already.
            }
        }

        client.Dispose();
    }
}
