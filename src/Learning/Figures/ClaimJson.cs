namespace Learning.Figures;

/// <summary>What a page's script is told of a sentence as it is typed: the shape of its state, and the words.</summary>
public sealed record ClaimJson(string Holds, string Words)
{
    public static ClaimJson Of(ClaimVerdict verdict) => new(Shape(verdict), verdict.Words);

    /// <summary>"done", "bad" or "plain", as the state's class is called.</summary>
    public static string Shape(ClaimVerdict verdict) => verdict.Holds switch { ClaimHolds.Agrees => "done", ClaimHolds.Disagrees => "bad", _ => "plain" };
}
