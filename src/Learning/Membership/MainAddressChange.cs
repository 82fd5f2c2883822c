using System.Runtime.Serialization;

using Learning.Database;
using Learning.People;

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Learning.Membership;

/// <summary>What became of a change of the main address.</summary>
public enum MainAddressOutcome
{
    Changed,

    /// <summary>Whoever was asked to vouch for the person did not.</summary>
    Refused,

    /// <summary>By the person, or because they asked for another.</summary>
    [EnumMember(Value = "given up")]
    GivenUp,
}

/// <summary>
/// A person wants messages to go to another address of theirs. It is confirmed at both: by whoever reads the new one and whoever reads the old one, so that somebody who found an open browser cannot
/// take an account away. Where the old one cannot be read any more, the agency's lead or the business unit vouches for the person instead.
/// </summary>
public sealed class MainAddressChange
{
    public required Guid Id { get; init; }
    public required Guid PersonId { get; init; }
    public required string Email { get; init; }
    public required string OldEmail { get; init; }
    public required byte[] NewCodeHash { get; init; }
    public required byte[] OldCodeHash { get; init; }
    public int WrongCodes { get; set; }
    public required DateTimeOffset AskedAt { get; init; }
    public required DateTimeOffset EndsAt { get; init; }
    public DateTimeOffset? NewConfirmedAt { get; set; }
    public DateTimeOffset? OldConfirmedAt { get; set; }

    /// <summary>Who vouched for the person; null: they read the old address themselves.</summary>
    public Guid? OldConfirmedBy { get; set; }

    /// <summary>When they said that they cannot read the old one.</summary>
    public DateTimeOffset? UnreadableAt { get; set; }
    public DateTimeOffset? EndedAt { get; private set; }
    public MainAddressOutcome? Outcome { get; private set; }

    /// <summary>Whether it can still be confirmed.</summary>
    public bool IsOpen(DateTimeOffset now) => EndedAt is null && now < EndsAt;

    public void End(MainAddressOutcome outcome, DateTimeOffset at) => (EndedAt, Outcome) = (at, outcome);
}

internal sealed class MainAddressChangeMap : IEntityTypeConfiguration<MainAddressChange>
{
    public void Configure(EntityTypeBuilder<MainAddressChange> builder)
    {
        builder.ToTable("main_address_changes");
        builder.Property(change => change.Outcome).HasWords();
        builder.HasOne<Person>().WithMany().HasForeignKey(change => change.PersonId);
    }
}
