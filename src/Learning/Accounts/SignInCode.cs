using System.Runtime.Serialization;

using Learning.Database;
using Learning.People;

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Learning.Accounts;

/// <summary>Where a link and code were asked for, from the least trusted on.</summary>
public enum AskedFrom
{
    [EnumMember(Value = "unknown browser")]
    UnknownBrowser,

    /// <summary>A browser in which the person has signed in before.</summary>
    [EnumMember(Value = "own browser")]
    OwnBrowser,

    /// <summary>By whoever can run commands on the machine; there is a link and no code.</summary>
    [EnumMember(Value = "command line")]
    CommandLine,
}

/// <summary>
/// A link and a code in one mail, either good once and for <see cref="Good"/>. A newer one ends the older, unless the older was asked for in a more trusted place: a stranger who asks again and
/// again must not end the code that its owner is about to type. A row without a person stands for an address that nobody has: it is never sent, and no code is right.
/// </summary>
public sealed class SignInCode
{
    /// <summary>How long it is good.</summary>
    public static readonly TimeSpan Good = TimeSpan.FromMinutes(15);

    /// <summary>So many wrong codes end it.</summary>
    public const int MostWrong = 5;

    public required Guid Id { get; init; }
    public Guid? PersonId { get; init; }

    /// <summary>The address that it was sent to, which it proves.</summary>
    public string? Email { get; init; }

    /// <summary>Of the address, whether anybody has it or not.</summary>
    public required byte[] AddressHash { get; init; }
    public required AskedFrom AskedFrom { get; init; }

    /// <summary>"Chrome on Windows": what asked.</summary>
    public required string Device { get; init; }

    /// <summary>Of the secret in the cookie of the browser that asked.</summary>
    public byte[]? BrowserHash { get; init; }
    public byte[]? CodeHash { get; init; }
    public required byte[] LinkHash { get; init; }

    /// <summary>The page that the person was on the way to.</summary>
    public string? ReturnUrl { get; init; }
    public required DateTimeOffset AskedAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
    public int WrongTries { get; private set; }
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>"used", "a newer one was asked for", "too many wrong codes".</summary>
    public string? EndedBecause { get; private set; }

    /// <summary>Whether it can still let somebody in.</summary>
    public bool IsGood(DateTimeOffset now) => EndedAt is null && now < ExpiresAt;

    /// <summary>It has let its reader in, and does not again.</summary>
    public void Use(DateTimeOffset now) => (EndedAt, EndedBecause) = (now, "used");

    /// <summary>A wrong code was typed.</summary>
    public void Miss(DateTimeOffset now)
    {
        WrongTries++;
        if (WrongTries == MostWrong)
        {
            (EndedAt, EndedBecause) = (now, "too many wrong codes");
        }
    }
}

internal sealed class SignInCodeMap : IEntityTypeConfiguration<SignInCode>
{
    public void Configure(EntityTypeBuilder<SignInCode> builder)
    {
        builder.ToTable("sign_in_codes");
        builder.Property(code => code.AskedFrom).HasWords();
        builder.HasOne<Person>().WithMany().HasForeignKey(code => code.PersonId);
        builder.HasOne<PersonEmail>().WithMany().HasForeignKey(code => code.Email);
    }
}
