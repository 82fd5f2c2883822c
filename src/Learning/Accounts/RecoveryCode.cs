using System.Security.Cryptography;
using System.Text;

using Learning.People;

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Learning.Accounts;

/// <summary>One of the ten codes that stand in for a lost phone, each once. Only a slow, salted hash is kept; the codes of one set share their salt, so that a try costs one hash.</summary>
public sealed class RecoveryCode
{
    /// <summary>How many make a set.</summary>
    public const int SetSize = 10;

    // Nothing that is read as something else: no I, L, O or U, no 0 or 1. 10 of 30 letters are 49 bits.
    private const string Letters = "ABCDEFGHJKMNPQRSTVWXYZ23456789";
    private const int Length = 10;

    // OWASP's password storage cheat sheet, for PBKDF2 with HMAC-SHA-512.
    private const int Rounds = 210_000;

    public required Guid AccountId { get; init; }
    public required byte[] Hash { get; init; }
    public required byte[] Salt { get; init; }
    public required DateTimeOffset MadeAt { get; init; }
    public DateTimeOffset? UsedAt { get; set; }

    /// <summary>Ten new codes as they are shown, "ABCDE-FGHJK", and the rows that are kept of them.</summary>
    public static (IReadOnlyList<string> Codes, IReadOnlyList<RecoveryCode> Rows) NewSet(Guid account, DateTimeOffset now)
    {
        var salt = RandomNumberGenerator.GetBytes(16);
        var codes = new HashSet<string>();
        while (codes.Count < SetSize)
        {
            codes.Add(RandomNumberGenerator.GetString(Letters, Length).Insert(Length / 2, "-"));
        }

        return ([.. codes], [.. codes.Select(code => new RecoveryCode { AccountId = account, Hash = HashOf(code, salt)!, Salt = salt, MadeAt = now })]);
    }

    /// <summary>The hash of what somebody typed, in any case and with any spaces or dashes; null where it cannot be a code.</summary>
    public static byte[]? HashOf(string typed, byte[] salt)
    {
        var plain = new string([.. typed.ToUpperInvariant().Where(letter => !char.IsWhiteSpace(letter) && letter is not ('-' or '–'))]);
        return plain.Length == Length && plain.All(Letters.Contains)
            ? Rfc2898DeriveBytes.Pbkdf2(Encoding.ASCII.GetBytes(plain), salt, Rounds, HashAlgorithmName.SHA512, 32)
            : null;
    }
}

internal sealed class RecoveryCodeMap : IEntityTypeConfiguration<RecoveryCode>
{
    public void Configure(EntityTypeBuilder<RecoveryCode> builder)
    {
        builder.ToTable("account_recovery_codes");
        builder.HasKey(code => new { code.AccountId, code.Hash });
        builder.HasOne<Account>().WithMany().HasForeignKey(code => code.AccountId);
    }
}
