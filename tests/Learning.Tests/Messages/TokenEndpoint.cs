using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Learning.Tests.Messages;

/// <summary>A token endpoint (RFC 6749) on this machine: keeps what it was asked, and answers what it is told.</summary>
public sealed class TokenEndpoint : IAsyncDisposable
{
    private readonly HttpListener listener = new();
    private readonly Task answering;

    public TokenEndpoint()
    {
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            Port = ((IPEndPoint)free.LocalEndpoint).Port;
        }

        listener.Prefixes.Add($"http://127.0.0.1:{Port}/");
        listener.Start();
        answering = AnswerAsync();
    }

    public int Port { get; }

    /// <summary>The forms it was sent, in their order.</summary>
    public List<string> Asked { get; } = [];

    public (int Status, string Json) Answer { get; set; } = (200, """{"access_token": "t0ken-1", "expires_in": 3600, "token_type": "Bearer"}""");

    /// <summary>The setting that names it.</summary>
    public string Setting(string secret = "s%26cret%3A1") => $"http://client-1:{secret}@127.0.0.1:{Port}/tenant/token?scope=https%3A%2F%2Fmail.example%2F.default";

    public async ValueTask DisposeAsync()
    {
        listener.Close();
        await answering;
    }

    private async Task AnswerAsync()
    {
        try
        {
            while (true)
            {
                var context = await listener.GetContextAsync();
                using var reader = new StreamReader(context.Request.InputStream);
                Asked.Add($"{context.Request.Url!.AbsolutePath} {await reader.ReadToEndAsync()}");
                context.Response.StatusCode = Answer.Status;
                context.Response.Close(Encoding.UTF8.GetBytes(Answer.Json), willBlock: false);
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // The test is over.
        }
    }
}
