namespace Learning.Accounts;

/// <summary>The words of content/passwords/commonest.txt: one a line, lines that begin with # are for its readers. An installation may add its own.</summary>
public sealed class CommonestPasswords
{
    /// <summary>Reads the file.</summary>
    public CommonestPasswords(string folder) => Words = File.ReadLines(Path.Combine(folder, "commonest.txt")).Select(line => line.Trim().ToLowerInvariant())
        .Where(line => line is not ("" or ['#', ..])).ToHashSet();

    public IReadOnlySet<string> Words { get; }
}
