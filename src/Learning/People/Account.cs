using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Learning.People;

/// <summary>How a person signs in: the framework's account, one a person.</summary>
public sealed class Account : IdentityUser<Guid>
{
    public required Guid PersonId { get; init; }
}

/// <summary>A bearer token of the API that acts as a person; only its SHA-256 is kept.</summary>
public sealed class AccessToken
{
    public required Guid Id { get; init; }
    public required Guid PersonId { get; init; }
    public required byte[] Hash { get; init; }
    public required string Name { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
    public DateTimeOffset? RevokedAt { get; set; }
}

internal sealed class AccountMap : IEntityTypeConfiguration<Account>, IEntityTypeConfiguration<AccessToken>
{
    public void Configure(EntityTypeBuilder<Account> builder)
    {
        builder.ToTable("accounts");
        // PostgreSQL's text needs no length; the framework's map would have it varying.
        foreach (var name in new[] { nameof(Account.UserName), nameof(Account.NormalizedUserName), nameof(Account.Email), nameof(Account.NormalizedEmail) })
        {
            builder.Property(name).HasColumnType("text");
        }

        builder.HasOne<Person>().WithOne().HasForeignKey<Account>(account => account.PersonId);
    }

    public void Configure(EntityTypeBuilder<AccessToken> builder)
    {
        builder.ToTable("access_tokens");
        builder.HasOne<Person>().WithMany().HasForeignKey(token => token.PersonId);
    }
}
