using System.Runtime.Serialization;

using Learning.Database;
using Learning.People;

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Learning.Accounts;

/// <summary>How somebody showed who they are; the first factor where there were two.</summary>
public enum SignInMethod
{
    Password,

    /// <summary>A link or code sent to one of the person's addresses.</summary>
    [EnumMember(Value = "e-mail")]
    Email,

    /// <summary>A passkey is both factors in one: the device, and what unlocks it.</summary>
    Passkey,

    /// <summary>A recovery code, or their agency lead's word for them.</summary>
    Recovery,
}

/// <summary>A device on which somebody is signed in, from <see cref="OpenedAt"/> until it ends. The cookie names it.</summary>
public sealed class AccountSession
{
    public required Guid Id { get; init; }
    public required Guid AccountId { get; init; }
    public required SignInMethod Method { get; init; }

    /// <summary>Whether there was a second factor, or a passkey.</summary>
    public required bool Strong { get; init; }

    /// <summary>"Chrome on Windows".</summary>
    public required string Device { get; init; }
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>When the person last showed who they are.</summary>
    public required DateTimeOffset ProvedAt { get; set; }

    /// <summary>When it last asked for something, to within five minutes.</summary>
    public required DateTimeOffset SeenAt { get; set; }

    /// <summary>How long it may ask for nothing (see <see cref="SessionLengths"/>).</summary>
    public TimeSpan MayIdle { get; init; } = LiveSessions.Idle;

    /// <summary>The <see cref="KnownDevice"/> that it was opened in; which may have been forgotten.</summary>
    public Guid? DeviceId { get; init; }

    /// <summary>When it ends whatever happens.</summary>
    public required DateTimeOffset EndsAt { get; init; }
    public DateTimeOffset? EndedAt { get; set; }
    public string? EndedBecause { get; set; }
}

internal sealed class AccountSessionMap : IEntityTypeConfiguration<AccountSession>
{
    public void Configure(EntityTypeBuilder<AccountSession> builder)
    {
        builder.ToTable("account_sessions");
        builder.Property(session => session.Method).HasWords();
        builder.HasOne<Account>().WithMany().HasForeignKey(session => session.AccountId);
    }
}
