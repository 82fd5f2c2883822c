namespace Learning.Membership;

/// <summary>What came of writing something down about an agency.</summary>
public abstract record AgencyOutcome
{
    /// <summary>It is so now, by this press or an earlier one.</summary>
    public sealed record Done(Guid Id) : AgencyOutcome;

    /// <summary>Nothing was changed.</summary>
    public sealed record Refused(IReadOnlyList<AgencyMistake> Mistakes) : AgencyOutcome;

    /// <summary>There is no such agency, or it is not the actor's to change.</summary>
    public sealed record NotFound : AgencyOutcome;

    private AgencyOutcome()
    {
    }

    internal static Refused Wrong(AgencyField field, string sentence) => new([new AgencyMistake(field, sentence)]);
}
