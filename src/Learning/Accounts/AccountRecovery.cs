using System.Runtime.Serialization;

using Learning.Database;
using Learning.People;

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Learning.Accounts;

/// <summary>Why nothing comes of a request any more, besides an answer to it.</summary>
public enum RecoveryEnd
{
    /// <summary>By the owner of the account, who did not ask.</summary>
    Stopped,

    /// <summary>Nobody decided in time.</summary>
    Lapsed,

    /// <summary>The link was not used, and another was asked for.</summary>
    [EnumMember(Value = "asked again")]
    AskedAgain,
}

/// <summary>How a request stands.</summary>
public enum RecoveryState
{
    Open,
    Refused,

    /// <summary>A link is on its way, or in a mail, and good.</summary>
    LetIn,
    Used,
    Stopped,
    Lapsed,

    /// <summary>The link was not used in time, or another was asked for.</summary>
    RunOut,
}

/// <summary>
/// Somebody who has shown the first factor of an account says that its second is lost, and asks to be let back in. Somebody who knows them decides (never oneself: the database holds it too), and
/// a link of a day lets them in once. The owner, whom a mail tells of it, can end it at any time until then.
/// </summary>
public sealed class AccountRecovery
{
    /// <summary>For so long a request waits, and a link is good.</summary>
    public static readonly TimeSpan Waits = TimeSpan.FromDays(7), LinkGood = TimeSpan.FromHours(24);

    public required Guid Id { get; init; }
    public required Guid AccountId { get; init; }

    /// <summary>Whose account it is.</summary>
    public required Guid PersonId { get; init; }
    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>"Chrome on Windows": what asked.</summary>
    public required string Device { get; init; }

    /// <summary>Of the secret in the mail to the owner.</summary>
    public byte[]? StopHash { get; init; }
    public DateTimeOffset? DecidedAt { get; private set; }
    public Guid? DecidedBy { get; private set; }
    public bool? Granted { get; private set; }

    /// <summary>Why not, for the owner to read.</summary>
    public string? Reason { get; private set; }

    /// <summary>Of the link's secret.</summary>
    public byte[]? LinkHash { get; private set; }
    public DateTimeOffset? LinkEndsAt { get; private set; }
    public DateTimeOffset? UsedAt { get; private set; }

    /// <summary>The session that the link opened: what is set up in it takes the place of what was lost.</summary>
    public Guid? SessionId { get; set; }
    public DateTimeOffset? EndedAt { get; private set; }
    public RecoveryEnd? EndedBecause { get; private set; }

    public RecoveryState StateAt(DateTimeOffset now) =>
        UsedAt is not null ? RecoveryState.Used
        : EndedBecause == RecoveryEnd.Stopped ? RecoveryState.Stopped
        : EndedBecause == RecoveryEnd.AskedAgain ? RecoveryState.RunOut
        : Granted == false ? RecoveryState.Refused
        : Granted == true ? now < LinkEndsAt ? RecoveryState.LetIn : RecoveryState.RunOut
        : EndedAt is null && now < AskedAt + Waits ? RecoveryState.Open
        : RecoveryState.Lapsed;

    /// <summary>Whether it can still let somebody in.</summary>
    public bool IsAlive(DateTimeOffset now) => StateAt(now) is RecoveryState.Open or RecoveryState.LetIn;

    public void LetIn(Guid by, byte[] linkHash, DateTimeOffset now) => (DecidedAt, DecidedBy, Granted, LinkHash, LinkEndsAt) = (now, by, true, linkHash, now + LinkGood);

    public void Refuse(Guid by, string reason, DateTimeOffset now) => (DecidedAt, DecidedBy, Granted, Reason) = (now, by, false, reason);

    public void Use(DateTimeOffset now) => UsedAt = now;

    public void End(RecoveryEnd because, DateTimeOffset now) => (EndedAt, EndedBecause) = (now, because);
}

internal sealed class AccountRecoveryMap : IEntityTypeConfiguration<AccountRecovery>
{
    public void Configure(EntityTypeBuilder<AccountRecovery> builder)
    {
        builder.ToTable("account_recoveries");
        builder.Property(recovery => recovery.EndedBecause).HasWords();
        builder.HasOne<Account>().WithMany().HasForeignKey(recovery => recovery.AccountId);
        builder.HasOne<Person>().WithMany().HasForeignKey(recovery => recovery.PersonId);
    }
}
