namespace Learning.Accounts;

/// <summary>What is wanted of somebody before they may change what protects their account.</summary>
public enum ProofWanted
{
    Nothing,

    /// <summary>To show again who they are: it is too long since.</summary>
    Again,

    /// <summary>To show the passkey or second step that the account has: this session has not.</summary>
    Stronger,
}

/// <summary>When what protects an account may be changed.</summary>
public static class FactorRules
{
    /// <summary>For so long after somebody has shown who they are.</summary>
    public static readonly TimeSpan Recent = TimeSpan.FromMinutes(10);

    /// <summary>The same for whoever was let back in: they may have to find another phone first, and cannot show more than they have.</summary>
    public static readonly TimeSpan AfterRecovery = TimeSpan.FromMinutes(30);

    /// <summary>
    /// Whoever has a second step shows it first: else the first factor alone would be enough to put another second step in its place. Who was let back in without one has come to do just that.
    /// </summary>
    public static ProofWanted Wanted(AccountSession session, bool hasSecondStep, DateTimeOffset now) =>
        hasSecondStep && !session.Strong && session.Method != SignInMethod.Recovery ? ProofWanted.Stronger
        : now - session.ProvedAt >= (session is { Method: SignInMethod.Recovery, Strong: false } ? AfterRecovery : Recent) ? ProofWanted.Again
        : ProofWanted.Nothing;
}
