namespace Learning.Figures.Publishing;

/// <summary>A document before it is Word, PDF or a page: what it says in the order in which it is read.</summary>
/// <param name="Large">For Easy Read: large letters, pictures on the left.</param>
public sealed record Paper(string Title, string Subject, bool Large, IReadOnlyList<PaperPart> Parts);

/// <summary>A part of a document.</summary>
public abstract record PaperPart
{
    /// <summary>A heading of a level from 1.</summary>
    public sealed record Heading(int Level, string Text) : PaperPart;

    /// <summary>A paragraph; one that says where a number comes from is set smaller, one to be quoted larger.</summary>
    public sealed record Prose(string Words, PaperTone Tone = PaperTone.Plain) : PaperPart;

    /// <summary>Lines that belong together.</summary>
    public sealed record Points(IReadOnlyList<string> Lines) : PaperPart;

    /// <summary>A table with its caption and notes.</summary>
    public sealed record Grid(string Caption, PublishedTable Table) : PaperPart;

    /// <summary>Bars, each with its name and number in words: the same numbers as a table beside it, or it is not drawn.</summary>
    /// <param name="Says">The chart in a sentence, which is also its text alternative.</param>
    public sealed record Bars(string Caption, string Says, IReadOnlyList<PaperBar> Rows) : PaperPart;

    /// <summary>A picture on the left and words on the right.</summary>
    public sealed record Pictured(string Picture, string Describes, IReadOnlyList<string> Lines) : PaperPart;

    private PaperPart()
    {
    }
}

/// <summary>A bar; one that is held back has no length.</summary>
public sealed record PaperBar(string Name, string Printed, double? Length);

/// <summary>How a paragraph is set.</summary>
public enum PaperTone
{
    Plain,
    Lead,
    Quiet,
}
