namespace Learning.Web;

/// <summary>The shape that stands before a word of state. Warm ones (few, todo) are for what the reader has to do.</summary>
public enum StateKind
{
    /// <summary>Possible now: an open circle.</summary>
    Open,

    /// <summary>Possible, not for long: a half circle, warm.</summary>
    Few,

    /// <summary>No longer possible: a full square.</summary>
    Full,

    /// <summary>Done, or the reader's own: a full circle, green.</summary>
    Done,

    /// <summary>Yours to do: a warm diamond.</summary>
    Todo,

    /// <summary>Wrong: a red triangle.</summary>
    Bad,

    /// <summary>Nothing to say yet: a short line.</summary>
    Plain,
}
