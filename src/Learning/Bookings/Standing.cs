using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Learning.Bookings;

/// <summary>Where a person stands on a session, as its lock keeps it: what others who book change.</summary>
/// <param name="Waiting">How many wait.</param>
/// <param name="NewestWaitingAt">When the last of them joined.</param>
/// <param name="LiveId">The person's live booking, of which there is at most one (B3).</param>
/// <param name="LivePosition">Its number on the waiting list, from 1; null when it does not wait.</param>
public sealed record Standing(int Waiting, DateTimeOffset? NewestWaitingAt, Guid? LiveId, int? LivePosition);

internal sealed class StandingMap : IEntityTypeConfiguration<Standing>
{
    public void Configure(EntityTypeBuilder<Standing> builder) => builder.HasNoKey().ToTable((string?)null);
}
