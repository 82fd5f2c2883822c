using Learning.People;

using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Learning.Accounts;

/// <summary>
/// An authenticator app of an account, from <see cref="BegunAt"/>. It is in use once its owner has shown that it works, and takes the place of the one before: there is one in use, and one that
/// is being set up.
/// </summary>
public sealed class AccountAuthenticator
{
    public required Guid Id { get; init; }
    public required Guid AccountId { get; init; }

    /// <summary>Encrypted: see <see cref="AuthenticatorKeys"/>.</summary>
    public required string Key { get; set; }
    public required DateTimeOffset BegunAt { get; set; }
    public DateTimeOffset? ConfirmedAt { get; set; }

    /// <summary>The time step of the last code that was taken: it and those before are not taken again.</summary>
    public long LastStep { get; set; }
}

/// <summary>Encrypts the keys of authenticator apps with the keys that protect the site's cookies, so that a copy of the one table makes no code.</summary>
public sealed class AuthenticatorKeys(IDataProtectionProvider protection)
{
    private readonly IDataProtector protector = protection.CreateProtector("Learning.Authenticator");

    public string Protect(byte[] key) => Convert.ToBase64String(protector.Protect(key));

    public byte[] Read(string kept) => protector.Unprotect(Convert.FromBase64String(kept));
}

internal sealed class AccountAuthenticatorMap : IEntityTypeConfiguration<AccountAuthenticator>
{
    public void Configure(EntityTypeBuilder<AccountAuthenticator> builder)
    {
        builder.ToTable("account_authenticators");
        builder.HasOne<Account>().WithMany().HasForeignKey(authenticator => authenticator.AccountId);
    }
}
