using Learning.People;

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Learning.Accounts;

/// <summary>
/// A browser in which somebody has signed in before. It lets nobody in; but tries from it are counted apart from strangers' (see <see cref="Allowance"/>), and a sign-in from any other is told to
/// the person. A browser that several people share is known to each.
/// </summary>
public sealed class KnownDevice
{
    /// <summary>What has not signed in for so long is forgotten.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(180);

    /// <summary>So many of a person are kept; the longest unused go first.</summary>
    public const int Most = 20;

    public required Guid Id { get; init; }
    public required Guid AccountId { get; init; }

    /// <summary>Of the secret in the browser's cookie.</summary>
    public required byte[] SecretHash { get; init; }
    public required string Device { get; init; }
    public required DateTimeOffset FirstAt { get; init; }

    /// <summary>When it last signed in.</summary>
    public required DateTimeOffset SeenAt { get; init; }
}

internal sealed class KnownDeviceMap : IEntityTypeConfiguration<KnownDevice>
{
    public void Configure(EntityTypeBuilder<KnownDevice> builder)
    {
        builder.ToTable("known_devices");
        builder.HasOne<Account>().WithMany().HasForeignKey(device => device.AccountId);
    }
}
