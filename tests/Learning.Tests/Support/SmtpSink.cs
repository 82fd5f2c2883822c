using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Learning.Tests.Support;

/// <summary>A moment of a conversation: "GREETING", a verb, or "END" when the whole mail has been read and not yet accepted.</summary>
/// <param name="Connection">Its number, from 1.</param>
/// <param name="Taken">How many mails this connection has handed over.</param>
/// <param name="Tries">How often this recipient has been named before, on any connection.</param>
public sealed record SmtpMoment(int Connection, int Taken, string Verb, string? To, int Tries);

/// <summary>A mail server that takes everything and delivers nothing: what arrived is <see cref="Mails"/>, in order. A test may have it refuse, misbehave, or do something at the moment of acceptance.</summary>
public sealed class SmtpSink : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stopping = new();
    private readonly ConcurrentQueue<ReceivedMail> mails = new();
    private readonly ConcurrentBag<Task> conversations = [];
    private readonly ConcurrentDictionary<string, int> tries = new();
    private readonly Task accepting;
    private int connections;

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

    /// <summary>What it says instead at a moment: an answer, <see cref="Hangs"/>, <see cref="Closes"/>, or null for what it says to everybody.</summary>
    public Func<SmtpMoment, string?> Says { get; set; } = _ => null;

    /// <summary>It says nothing, and stays.</summary>
    public const string Hangs = "hangs";

    /// <summary>It hangs up without a word.</summary>
    public const string Closes = "closes";

    /// <summary>How long it thinks before each answer.</summary>
    public TimeSpan Slowness { get; set; }

    /// <summary>How many connections there have been.</summary>
    public int Connections => connections;

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
            var (number, taken, to) = (Interlocked.Increment(ref connections), 0, (string?)null);
            string? Instead(string verb) => Says(new SmtpMoment(number, taken, verb, to, to is null ? 0 : tries.GetValueOrDefault(to)));
            Task<bool> Goes(string verb, string usual) => SaysAsync(Instead(verb) ?? usual);
            async Task<bool> SaysAsync(string says)
            {
                await Task.Delay(Slowness, stopping.Token);
                if (says == Hangs)
                {
                    await Task.Delay(Timeout.Infinite, stopping.Token);
                }

                if (says == Closes)
                {
                    throw new IOException("it hangs up");
                }

                await writer.WriteLineAsync(says);
                return says[0] is '2' or '3';
            }

            if (!await Goes("GREETING", "220 sink.example"))
            {
                return;
            }

            while (await reader.ReadLineAsync(stopping.Token) is { } line)
            {
                var verb = line.Split(' ')[0].ToUpperInvariant();
                switch (verb)
                {
                    case "DATA":
                        if (await Goes(verb, "354 Go on"))
                        {
                            var mail = new ReceivedMail(to!, await ReadDataAsync(reader));
                            var instead = Instead("END");
                            if (instead is null)
                            {
                                mails.Enqueue(mail);
                                taken++;
                                await WhenAccepted(mail);
                            }

                            await SaysAsync(instead ?? "250 2.0.0 Taken");
                        }

                        break;
                    case "RCPT" when !line.Contains('>', StringComparison.Ordinal):
                        return; // The client gave up in the middle of a line.
                    case "RCPT":
                        to = line[(line.IndexOf('<') + 1)..line.IndexOf('>')];
                        await Goes(verb, Refuses(to) ?? "250 2.1.5 Fine");
                        tries.AddOrUpdate(to, 1, (_, times) => times + 1);
                        break;
                    case "QUIT":
                        await writer.WriteLineAsync("221 Goodbye");
                        return;
                    default:
                        await Goes(verb, verb == "EHLO" ? "250-sink.example\r\n250 8BITMIME" : "250 2.0.0 Fine");
                        break;
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
