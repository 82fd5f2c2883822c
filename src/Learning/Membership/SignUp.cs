using Learning.Database;
using Learning.People;

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Learning.Membership;

/// <summary>How far somebody's joining has come. Whoever is placed has an employment, and their sign-up is gone.</summary>
public enum SignUpState
{
    /// <summary>A mail went to the address; nobody has proven that it is theirs.</summary>
    Asked,

    /// <summary>The address has an account already: the mail says so. Nothing confirms this one.</summary>
    Known,

    /// <summary>Proven; the person has yet to say whether the agency that their domain proposes is right.</summary>
    Choosing,

    /// <summary>The business unit has yet to say which agency.</summary>
    Waiting,

    /// <summary>The business unit could not place them, and said why.</summary>
    Declined,
}

/// <summary>Somebody on the way to an account and an agency (rule P4). Before the address is proven there is no person; what is not proven in a week is forgotten.</summary>
public sealed class SignUp
{
    public required Guid Id { get; init; }
    public required SignUpState State { get; set; }
    public required string Email { get; init; }
    public required string GivenName { get; init; }
    public required string FamilyName { get; init; }
    public string? JobTitle { get; init; }
    public required Workforce Workforce { get; init; }
    public string? Level { get; init; }
    public required DateTimeOffset AskedAt { get; init; }
    public required byte[] LinkHash { get; set; }
    public required DateTimeOffset LinkEndsAt { get; set; }
    public required byte[] CodeHash { get; set; }
    public required DateTimeOffset CodeEndsAt { get; set; }
    public int WrongCodes { get; set; }
    public DateTimeOffset? ConfirmedAt { get; private set; }
    public Guid? PersonId { get; private set; }

    /// <summary>The code on paper that they typed: whose record is to be theirs.</summary>
    public Guid? ClaimCodeId { get; init; }

    /// <summary>Which agency, in the person's own words.</summary>
    public string? Says { get; private set; }
    public DateTimeOffset? WaitingSince { get; private set; }
    public string? Reason { get; private set; }

    /// <summary>The person has proven the address, and has yet to say where they work.</summary>
    public void Confirm(Guid person, DateTimeOffset now) => (State, PersonId, ConfirmedAt) = (SignUpState.Choosing, person, now);

    /// <summary>It is the business unit's turn.</summary>
    public void Wait(string? says, DateTimeOffset now) => (State, Says, WaitingSince, Reason) = (SignUpState.Waiting, says, WaitingSince ?? now, null);

    /// <summary>The business unit could not place them.</summary>
    public void Decline(string reason) => (State, Reason, WaitingSince) = (SignUpState.Declined, reason, null);
}

internal sealed class SignUpMap : IEntityTypeConfiguration<SignUp>
{
    public void Configure(EntityTypeBuilder<SignUp> builder)
    {
        builder.ToTable("sign_ups");
        builder.Property(signUp => signUp.State).HasWords();
        builder.Property(signUp => signUp.Workforce).HasWords();
        builder.HasOne<Person>().WithMany().HasForeignKey(signUp => signUp.PersonId);
        builder.HasOne<ClaimCode>().WithMany().HasForeignKey(signUp => signUp.ClaimCodeId);
    }
}
