using System.Diagnostics;

namespace Learning.Tests.Messages.MailKit;

/// <summary>An IMAP server of other people's making (npm hoodiecrow-imap) in a process of its own, on a free port of the loopback address, with one mailbox.</summary>
internal sealed class Mailbox : IAsyncDisposable
{
    private readonly Process process;

    private Mailbox(Process process, int port) => (this.process, Port) = (process, port);

    public int Port { get; }

    /// <param name="arguments">User and password, or "token:" and an access token; key and certificate file where it is encrypted.</param>
    public static async Task<Mailbox> StartAsync(params string[] arguments)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "Learning.sln")) && root.Parent is { } parent)
        {
            root = parent;
        }

        var script = Path.Combine(root.FullName, "src", "Browser", "checks", "imap.mjs");
        var process = Process.Start(new ProcessStartInfo("node", ["--no-deprecation", script, .. arguments]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        var said = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The mailbox does not start: run npm ci in src/Browser.");
        return new Mailbox(process, int.Parse(said["port ".Length..]));
    }

    public Task PutAsync(byte[] mail) => AskAsync(Convert.ToBase64String(mail));

    /// <summary>"read" or "new" for each mail.</summary>
    public Task<string> SeenAsync() => AskAsync("seen");

    /// <summary>Gives it other numbers.</summary>
    public Task MoveAsync() => AskAsync("move");

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private async Task<string> AskAsync(string what)
    {
        await process.StandardInput.WriteLineAsync(what);
        await process.StandardInput.FlushAsync();
        return await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The mailbox has ended.");
    }
}
