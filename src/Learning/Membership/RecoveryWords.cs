using Learning.Accounts;

namespace Learning.Membership;

/// <summary>What became of a request to be let back in, in words for whoever decides.</summary>
internal static class RecoveryWords
{
    public static string Of(RecoveryToDecide one) => one.State switch
    {
        RecoveryState.Open => "Waits for an answer",
        RecoveryState.Refused => $"Not let in{By(one)}",
        RecoveryState.LetIn => $"Let in{By(one)}; the link is not used yet",
        RecoveryState.Used => $"Let in{By(one)}, and is back",
        RecoveryState.Stopped => "Stopped: whoever has the account says that it was not them",
        RecoveryState.Lapsed => "Nobody decided in time",
        _ => $"Let in{By(one)}; the link was not used",
    };

    private static string By(RecoveryToDecide one) => one.DecidedBy is null ? "" : $" by {one.DecidedBy}";
}
