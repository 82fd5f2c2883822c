using Learning.People;

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Learning.Attendance;

/// <summary>What the tablets of one account encrypt registers with. It goes with the account: what is left on a tablet then opens for nobody.</summary>
public sealed class TabletKey
{
    public required Guid AccountId { get; init; }

    /// <summary>Encrypted: see <see cref="GiveTabletKey"/>.</summary>
    public required string Key { get; init; }
    public required DateTimeOffset MadeAt { get; init; }
}

internal sealed class TabletKeyMap : IEntityTypeConfiguration<TabletKey>
{
    public void Configure(EntityTypeBuilder<TabletKey> builder)
    {
        builder.ToTable("tablet_keys");
        builder.HasKey(key => key.AccountId);
        builder.HasOne<Account>().WithMany().HasForeignKey(key => key.AccountId);
    }
}
