namespace Learning.Messages.SystemNet;

/// <summary>There is none in this build: the framework reads no mail.</summary>
internal sealed class ReportMailbox : IAsyncDisposable
{
    /// <summary>A sentence where this build cannot read that mailbox, else null.</summary>
    public static string? Refusal(BounceMailbox mailbox) =>
        "LEARNING_BOUNCE_MAILBOX names a mailbox, and this build reads none: build with -p:MailTransport=MailKit, or let the mail service report to /api/hooks/bounces (LEARNING_BOUNCES).";

    public long Validity { get; }

    public static Task<ReportMailbox> OpenAsync(BounceMailbox mailbox, CancellationToken stop) => throw new NotSupportedException(Refusal(mailbox));

    public Task<IReadOnlyList<long>> NewerAsync(long after, DateTimeOffset since, CancellationToken stop) => throw new NotSupportedException();

    public Task<byte[]> ReadAsync(long uid, int most, CancellationToken stop) => throw new NotSupportedException();

    public Task SeenAsync(IReadOnlyList<long> uids, CancellationToken stop) => throw new NotSupportedException();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
