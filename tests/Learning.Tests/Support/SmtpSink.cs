using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Learning.Tests.Support;

/// <summary>A mail server that takes everything and delivers nothing: what arrived is <see cref="Mails"/>, in order. A test may have it refuse, or do something at the moment of acceptance.</summary>
public sealed class SmtpSink : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stopping = new();
    private readonly ConcurrentQueue<ReceivedMail> mails = new();
    private readonly ConcurrentBag<Task> conversations = [];
    private readonly Task accepting;

    public SmtpSink()
    {
        listener.Start();
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>The mails accepted so far.</summary>
    public IReadOnlyList<ReceivedMail> Mails => [.. mails];

    /// <summary>What it answers to a recipient's address instead of accepting it: "550 5.1.1 No such person".</summary>
    public Func<string, string?> Refuses { get; set; } = _ => null;

    /// <summary>Runs when a mail has been accepted, before the sender hears of it.</summary>
    public Func<ReceivedMail, Task> WhenAccepted { get; set; } = _ => Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        listener.Stop();
        await accepting;
        await Task.WhenAll(conversations);
        stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                conversations.Add(TalkAsync(await listener.AcceptTcpClientAsync(stopping.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        using var open = client;
        try
        {
            await using var stream = client.GetStream();
            using var reader = new StreamReader(stream, Encoding.Latin1);
            await using var writer = new StreamWriter(stream, Encoding.Latin1) { NewLine = "\r\n", AutoFlush = true };
            await writer.WriteLineAsync("220 sink.example");
            string? to = null;
            while (await reader.ReadLineAsync(stopping.Token) is { } line)
            {
                var verb = line.Split(' ')[0].ToUpperInvariant();
                if (verb == "DATA")
                {
                    await writer.WriteLineAsync("354 Go on");
                    var mail = new ReceivedMail(to!, await ReadDataAsync(reader));
                    mails.Enqueue(mail);
                    await WhenAccepted(mail);
                    await writer.WriteLineAsync("250 2.0.0 Taken");
                    continue;
                }

                to = verb == "RCPT" ? line[(line.IndexOf('<') + 1)..line.IndexOf('>')] : to;
                await writer.WriteLineAsync(verb switch
                {
                    "EHLO" => "250-sink.example\r\n250 8BITMIME",
                    "RCPT" => Refuses(to!) ?? "250 2.1.5 Fine",
                    "QUIT" => "221 Goodbye",
                    _ => "250 2.0.0 Fine",
                });
                if (verb == "QUIT")
                {
                    return;
                }
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // The client hung up, or the test is over.
        }
    }

    private async Task<string> ReadDataAsync(StreamReader reader)
    {
        var data = new StringBuilder();
        while (await reader.ReadLineAsync(stopping.Token) is { } line && line != ".")
        {
            data.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
        }

        return data.ToString();
    }
}
