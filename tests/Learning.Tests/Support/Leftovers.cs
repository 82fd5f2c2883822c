using System.Diagnostics;
using System.Globalization;

namespace Learning.Tests.Support;

/// <summary>The folders of test servers. A test run may be ended before it can clear up after itself, so the next one does.</summary>
internal static class Leftovers
{
    private const string Prefix = "learning-tests-";

    // Each database is a thousand files, and a disk's file system takes a while over each that is made: a fifth of a run. In memory it takes none; some hundred databases need a few gigabytes of it.
    private const string Memory = "/dev/shm";
    private const long Enough = 10_000_000_000;

    private static string Home => Directory.Exists(Memory) && new DriveInfo(Memory).AvailableFreeSpace > Enough ? Memory : Path.GetTempPath();

    /// <summary>A folder for this run's server.</summary>
    public static string FolderOfThisRun { get; } = Path.Combine(Home, Prefix + Environment.ProcessId.ToString(CultureInfo.InvariantCulture));

    /// <summary>Ends the servers, and removes the folders, of runs that are no more.</summary>
    public static void Clear()
    {
        foreach (var folder in new[] { Memory, Path.GetTempPath() }.Where(Directory.Exists).SelectMany(home => Directory.GetDirectories(home, Prefix + "*")))
        {
            if (!int.TryParse(Path.GetFileName(folder)[Prefix.Length..], out var run) || Lives(run, "") is not null)
            {
                continue;
            }

            var pid = Path.Combine(folder, "postgres", "postmaster.pid");
            if (File.Exists(pid) && int.TryParse(File.ReadLines(pid).First(), out var server))
            {
                using var postgres = Lives(server, "postgres");
                postgres?.Kill(entireProcessTree: true);
                postgres?.WaitForExit();
            }

            try
            {
                Directory.Delete(folder, recursive: true);
            }
            catch (IOException)
            {
                // Another run clears up at the same moment.
            }
        }
    }

    private static Process? Lives(int id, string name)
    {
        try
        {
            var process = Process.GetProcessById(id);
            return process.ProcessName.Contains(name, StringComparison.Ordinal) ? process : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
