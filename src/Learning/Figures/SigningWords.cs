namespace Learning.Figures;

/// <summary>A signature in words.</summary>
public static class SigningWords
{
    /// <summary>Who signed; an erased person has no name any more, and their signature stands (P5).</summary>
    public static string Signer(Signing signing) => signing.SignedBy.Length > 0 ? signing.SignedBy : "Somebody whose name was erased";

    /// <summary>The reason of a restatement (F8).</summary>
    public static string Reason(Signing signing) => signing.Reason ?? "First signature";
}
