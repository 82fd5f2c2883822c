namespace Learning.Web;

/// <summary>A page on the way up from the one shown.</summary>
public sealed record Step(string Name, string Address);
