namespace Learning.Web;

/// <summary>A row of a bar chart. <paramref name="Printed"/> stands in for the value, as X does where F6 hides it (then give value 0).</summary>
public sealed record Bar(string Name, int Value, string? Printed = null, bool Quiet = false);
