using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Learning.People;

/// <summary>What a token of the API may be used for, whatever its person may do.</summary>
public enum TokenScope
{
    /// <summary>Sessions and their places.</summary>
    Read,

    /// <summary>Booking and giving up.</summary>
    Bookings,

    /// <summary>Registers: reading them and sending marks.</summary>
    Registers,

    /// <summary>The figures of reports.</summary>
    Figures,
}

/// <summary>A bearer token of the API that acts as a person, as far as its scopes go; only its SHA-256 is kept.</summary>
public sealed class AccessToken
{
    public required Guid Id { get; init; }
    public required Guid PersonId { get; init; }
    public required byte[] Hash { get; init; }
    public required string Name { get; init; }

    /// <summary>The words of its <see cref="TokenScope"/>s.</summary>
    public required string[] Scopes { get; init; }

    /// <summary>Whether it was made at the command line or after a second step, and so may do what needs one.</summary>
    public required bool Strong { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>To within five minutes.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }
    public DateTimeOffset? RevokedAt { get; private set; }
    public Guid? RevokedBy { get; private set; }

    /// <summary>Ends it.</summary>
    public void Revoke(DateTimeOffset at, Guid? by) => (RevokedAt, RevokedBy) = (at, by);
}

internal sealed class AccessTokenMap : IEntityTypeConfiguration<AccessToken>
{
    public void Configure(EntityTypeBuilder<AccessToken> builder)
    {
        builder.ToTable("access_tokens");
        builder.HasOne<Person>().WithMany().HasForeignKey(token => token.PersonId);
    }
}
