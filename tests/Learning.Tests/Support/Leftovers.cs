using System.Diagnostics;
using System.Globalization;

namespace Learning.Tests.Support;

/// <summary>The folders of test servers. A test run may be ended before it can clear up after itself, so the next one does.</summary>
internal static class Leftovers
{
    private const string Prefix = "learning-tests-";

    /// <summary>A folder for this run's server.</summary>
    public static string FolderOfThisRun => Path.Combine(Path.GetTempPath(), Prefix + Environment.ProcessId.ToString(CultureInfo.InvariantCulture));

    /// <summary>Ends the servers, and removes the folders, of runs that are no more.</summary>
    public static void Clear()
    {
        foreach (var folder in Directory.GetDirectories(Path.GetTempPath(), Prefix + "*"))
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
