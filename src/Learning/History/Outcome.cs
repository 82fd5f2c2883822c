namespace Learning.History;

/// <summary>What became of a folder of history: imported whole, or not at all (H1).</summary>
public abstract record ImportOutcome
{
    private ImportOutcome()
    {
    }

    /// <summary>Everything is in, or in a dry run would be. A second import of the same folder has nothing new and nothing changed (H2).</summary>
    public sealed record Imported(IReadOnlyList<ImportCount> Counts, IReadOnlyList<Finding> Warnings) : ImportOutcome
    {
        /// <summary>Whether anything was new or changed.</summary>
        public bool AnyChange => Counts.Any(count => count.New > 0 || count.Changed > 0);
    }

    /// <summary>Nothing is in; a line for each mistake and for nothing else.</summary>
    public sealed record Refused(IReadOnlyList<Finding> Mistakes) : ImportOutcome;
}

/// <summary>How many of a thing the folder tells of, and how many of them were new, or were there and changed.</summary>
public sealed record ImportCount(string What, int Told, int New, int Changed);

/// <summary>How far an import is: what it is at, and how many rows of it are done.</summary>
public sealed record ImportProgress(string At, int Rows);
