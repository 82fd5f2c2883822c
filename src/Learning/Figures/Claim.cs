using Learning.People;

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Learning.Figures;

/// <summary>A sentence that somebody means to write, bound to a figure (C1).</summary>
public sealed class Claim
{
    public const int Longest = 500;

    public required Guid Id { get; init; }
    public required string Report { get; init; }
    public required string Figure { get; init; }
    public required string Sentence { get; init; }
    public required DateTimeOffset MadeAt { get; init; }
    public required Guid MadeBy { get; init; }
    public DateTimeOffset? WithdrawnAt { get; private set; }
    public Guid? WithdrawnBy { get; private set; }

    /// <summary>It is not meant any more.</summary>
    public void Withdraw(DateTimeOffset at, Guid by) => (WithdrawnAt, WithdrawnBy) = (at, by);
}

internal sealed class ClaimMap : IEntityTypeConfiguration<Claim>
{
    public void Configure(EntityTypeBuilder<Claim> builder)
    {
        builder.ToTable("claims");
        builder.HasOne<Person>().WithMany().HasForeignKey(claim => claim.MadeBy);
        builder.HasOne<Person>().WithMany().HasForeignKey(claim => claim.WithdrawnBy);
    }
}
