using System.Diagnostics;
using System.Text.Json;

namespace Learning.Benchmarks;

/// <summary>What a sink has: how many mails, of how many Message-IDs, how many of them came more than once, and how many of one Message-ID went to different people.</summary>
internal sealed record Arrived(int Mails, int Distinct, int Twice, int Strayed);

/// <summary>A mail server of other people's making (npm smtp-server) in a process of its own, on a free port of the loopback address.</summary>
internal sealed class MailSink : IAsyncDisposable
{
    private readonly Process process;

    private MailSink(Process process, int port) => (this.process, Port) = (process, port);

    public int Port { get; }

    /// <param name="locked">Key file, certificate file, user and password, where it takes mail only after STARTTLS from who knows them.</param>
    public static async Task<MailSink> StartAsync(params string[] locked)
    {
        var script = Path.Combine(Root(), "src", "Browser", "checks", "smtp.mjs");
        var process = Process.Start(new ProcessStartInfo("node", [script, .. locked]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        var said = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The mail sink does not start: run npm ci in src/Browser.");
        return new MailSink(process, int.Parse(said["port ".Length..]));
    }

    public async Task<Arrived> CountAsync() => JsonSerializer.Deserialize<Arrived>(await AskAsync("count"), JsonSerializerOptions.Web)!;

    public Task EmptyAsync() => AskAsync("empty");

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
        return await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The mail sink has ended.");
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Learning.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The benchmarks run from the project's folder.");
    }
}
