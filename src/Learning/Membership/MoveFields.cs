namespace Learning.Membership;

/// <summary>Which field of a page a sentence stands at.</summary>
internal static class MoveFields
{
    /// <summary>"Input.StartsOn".</summary>
    public static string Name(MoveField field, string form = "Input") => $"{form}.{field}";
}
