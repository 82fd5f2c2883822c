using System.Collections.Concurrent;
using System.Diagnostics;

namespace Learning.Benchmarks.Storm;

/// <summary>The program in a process of its own, as it is run: a server of the site on a free port of the loopback address, or a command to its end.</summary>
public sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly ConcurrentQueue<string> complaints = new();
    private readonly TaskCompletionSource<Uri> address = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ServerProcess(Process process) => this.process = process;

    public Uri Address => address.Task.Result;

    /// <summary>What it has used of the processors.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>Lines that it wrote about something that went wrong.</summary>
    public IReadOnlyCollection<string> Complaints => complaints;

    /// <summary>Starts a server over the database; it answers when this returns.</summary>
    /// <param name="role">LEARNING_ROLE.</param>
    public static Task<ServerProcess> StartAsync(string owner, string role, params (string Name, string Value)[] settings) => StartAsync(Start(owner, role, "run", "--port", "0", "--empty"), settings);

    /// <summary>Starts a server with the private database of a folder, in which it makes the demonstration where there is nothing.</summary>
    public static Task<ServerProcess> OverFolderAsync(string folder) => StartAsync(Start(null, "all", "run", "--port", "0", "--data", folder), []);

    private static async Task<ServerProcess> StartAsync(ProcessStartInfo start, (string Name, string Value)[] settings)
    {
        var server = new ServerProcess(new Process { StartInfo = start, EnableRaisingEvents = true });
        foreach (var (name, value) in settings)
        {
            server.process.StartInfo.Environment[name] = value;
        }

        server.process.OutputDataReceived += (_, line) => server.Hear(line.Data);
        server.process.ErrorDataReceived += (_, line) => server.Hear(line.Data);
        server.process.Exited += (_, _) => server.address.TrySetException(new InvalidOperationException($"The server ended: {string.Join(' ', server.complaints)}"));
        server.process.Start();
        server.process.BeginOutputReadLine();
        server.process.BeginErrorReadLine();
        await server.address.Task.WaitAsync(TimeSpan.FromMinutes(2));
        return server;
    }

    /// <summary>Runs a command to its end: its exit code and what it said.</summary>
    public static async Task<(int Code, string Said)> RunAsync(string owner, params string[] arguments)
    {
        using var command = Process.Start(Start(owner, "all", arguments))!;
        var (said, complaint) = (command.StandardOutput.ReadToEndAsync(), command.StandardError.ReadToEndAsync());
        await command.WaitForExitAsync();
        return (command.ExitCode, await said + await complaint);
    }

    /// <summary>Ends it in the middle of whatever it does (kill -9).</summary>
    public void Kill() => process.Kill();

    public async ValueTask DisposeAsync()
    {
        if (process.HasExited)
        {
            process.Dispose();
            return;
        }

        using (var ask = Process.Start("kill", ["-TERM", $"{process.Id}"]))
        {
            await ask.WaitForExitAsync();
        }

        try
        {
            await process.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromSeconds(40)).Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
        }

        process.Dispose();
    }

    private static ProcessStartInfo Start(string? owner, string role, params string[] arguments) =>
        new(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet", [Path.Combine(AppContext.BaseDirectory, "Learning.dll"), .. arguments])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
            Environment = { ["LEARNING_DB"] = owner, ["LEARNING_ROLE"] = role, ["LEARNING_SMTP"] = null, ["LEARNING_URL"] = null },
        };

    private void Hear(string? line)
    {
        const string At = "Learning is at ";
        if (line?.StartsWith(At, StringComparison.Ordinal) == true)
        {
            address.TrySetResult(new Uri(line[At.Length..]));
        }
        else if (!string.IsNullOrWhiteSpace(line))
        {
            complaints.Enqueue(line);
        }
    }
}
