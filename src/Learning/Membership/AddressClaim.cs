using Learning.People;

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Learning.Membership;

/// <summary>An address that a person says is theirs, until they have typed the code that was sent to it (P6).</summary>
public sealed class AddressClaim
{
    public required Guid Id { get; init; }
    public required Guid PersonId { get; init; }
    public required string Email { get; init; }
    public required byte[] CodeHash { get; init; }
    public int WrongCodes { get; set; }
    public required DateTimeOffset AskedAt { get; init; }
    public required DateTimeOffset EndsAt { get; init; }

    /// <summary>Whether its code can still be typed.</summary>
    public bool IsOpen(DateTimeOffset now) => now < EndsAt && WrongCodes < AddressRules.CodeTries;
}

internal sealed class AddressClaimMap : IEntityTypeConfiguration<AddressClaim>
{
    public void Configure(EntityTypeBuilder<AddressClaim> builder)
    {
        builder.ToTable("address_claims");
        builder.HasOne<Person>().WithMany().HasForeignKey(claim => claim.PersonId);
    }
}
