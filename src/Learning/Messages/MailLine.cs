namespace Learning.Messages;

/// <summary>
/// A lane's conversations with the mail server, one after the other: many servers end one after so many letters, or after a while, and say so by hanging up. A letter that meets that end is handed over
/// again at once on a new connection; at the first letter of a connection the server is simply not to be had. Where it had taken the letter and hung up before it said so, it gets it twice, under
/// one Message-ID: nothing can be known of that, here or a minute later.
/// </summary>
internal sealed class MailLine(Func<IMailTransport> transport) : IAsyncDisposable
{
    private IMailTransport connection = transport();
    private bool used;

    public async Task<Delivery> SendAsync(Letter letter, CancellationToken stop)
    {
        var delivery = await connection.SendAsync(letter, stop);
        if (used && delivery is Delivery.Unreachable { TimedOut: false })
        {
            await connection.DisposeAsync();
            connection = transport();
            delivery = await connection.SendAsync(letter, stop);
        }

        used = delivery is not Delivery.Unreachable;
        return delivery;
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();
}
