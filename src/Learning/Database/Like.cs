namespace Learning.Database;

/// <summary>Patterns for LIKE and ILIKE that find a text as it was typed: what means something to the pattern means itself.</summary>
public static class Like
{
    /// <summary>Finds what holds the text anywhere.</summary>
    public static string Holding(string text) =>
        $"%{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%";
}
