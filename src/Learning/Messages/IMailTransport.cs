namespace Learning.Messages;

/// <summary>
/// One conversation with the mail server: letters go one after the other over the same connection, which is opened with the first and closed when this
/// is disposed. Two implementations, one of them built in: SystemNet (by default) and MailKit (-p:MailTransport=MailKit).
/// </summary>
public interface IMailTransport : IAsyncDisposable
{
    /// <summary>Hands a letter over. What the server said, or that it could not be reached, is a value; only cancelling is an exception.</summary>
    Task<Delivery> SendAsync(Letter letter, CancellationToken stop);
}

/// <summary>What came of handing a letter to the mail server.</summary>
public abstract record Delivery(string Answer)
{
    /// <summary>It is the server's to deliver now.</summary>
    public sealed record Accepted(string Answer) : Delivery(Answer);

    /// <summary>The server would not have this letter. <paramref name="Bounced"/>: because of the address, and for good (5xx).</summary>
    public sealed record Refused(string Answer, bool Bounced = false) : Delivery(Answer);

    /// <summary>No letter would have fared better: no connection, no encryption, wrong password, server closing. <paramref name="TimedOut"/>: it is there and says nothing.</summary>
    public sealed record Unreachable(string Answer, bool TimedOut = false) : Delivery(Answer);
}
