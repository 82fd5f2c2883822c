using System.Diagnostics;

namespace Learning.Database;

/// <summary>
/// Runs PostgreSQL's programs as somebody who is not root, because they refuse root. Where this program is root, they run as <c>postgres</c>, or <c>nobody</c> where there is no such user, by <c>setpriv</c>;
/// where the folder lies in one that user may not enter (a root-only home, a private temporary folder), they keep the one right to pass through folders and read, and no other.
/// </summary>
internal sealed class Unprivileged
{
    private readonly string? name;
    private readonly bool needsPassage;

    public Unprivileged(params string[] folders)
    {
        if (!OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess)
        {
            name = File.ReadLines("/etc/passwd").Any(line => line.StartsWith("postgres:", StringComparison.Ordinal)) ? "postgres" : "nobody";
            needsPassage = folders.Any(folder => !OthersMayPass(folder));
        }
    }

    /// <summary>Makes a folder that the user owns and nobody else enters.</summary>
    public void MakeFolder(string path)
    {
        Directory.CreateDirectory(path);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Own(path);
    }

    /// <summary>Makes an empty file that the user can write, if there is none.</summary>
    public void MakeFile(string path)
    {
        File.Open(path, FileMode.OpenOrCreate).Dispose();
        Own(path);
    }

    /// <summary>Gives a file or folder to the user.</summary>
    public void Own(string path)
    {
        if (name is not null)
        {
            using var chown = Process.Start(new ProcessStartInfo("chown", [name, path]))!;
            chown.WaitForExit();
        }
    }

    /// <summary>Runs a program to its end and throws, with what it said, when it fails.</summary>
    public async Task MustRunAsync(string program, IReadOnlyList<string> arguments, CancellationToken stop)
    {
        var (code, said) = await RunAndListenAsync(program, arguments, stop);
        if (code != 0)
        {
            throw new DatabaseUnusableException($"{Path.GetFileName(program)} failed: {said.ReplaceLineEndings(" ").Trim()}");
        }
    }

    /// <summary>Runs a program to its end; its exit code.</summary>
    public async Task<int> RunAsync(string program, IReadOnlyList<string> arguments, CancellationToken stop) =>
        (await RunAndListenAsync(program, arguments, stop)).Code;

    private async Task<(int Code, string Said)> RunAndListenAsync(string program, IReadOnlyList<string> arguments, CancellationToken stop)
    {
        List<string> drop = name is null ? [] : ["--reuid", name, "--clear-groups", "--regid", name == "nobody" ? "nogroup" : name];
        if (needsPassage)
        {
            drop.AddRange(["--inh-caps", "-all,+dac_read_search", "--ambient-caps", "-all,+dac_read_search", "--bounding-set", "-all,+dac_read_search"]);
        }

        // The server outlives pg_ctl and inherits its output: a file, since a pipe would never end.
        var said = Path.GetTempFileName();
        try
        {
            var start = new ProcessStartInfo("/bin/sh") { WorkingDirectory = "/" };
            List<string> command = name is null ? [program, .. arguments] : ["setpriv", .. drop, program, .. arguments];
            foreach (var argument in new[] { "-c", "exec \"$@\" >\"$SAID\" 2>&1 </dev/null", "sh" }.Concat(command))
            {
                start.ArgumentList.Add(argument);
            }

            start.Environment["SAID"] = said;
            using var process = Process.Start(start)!;
            await process.WaitForExitAsync(stop);
            return (process.ExitCode, await File.ReadAllTextAsync(said, stop));
        }
        finally
        {
            File.Delete(said);
        }
    }

    private static bool OthersMayPass(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            if (at.Exists && (File.GetUnixFileMode(at.FullName) & UnixFileMode.OtherExecute) == 0)
            {
                return false;
            }
        }

        return true;
    }
}
