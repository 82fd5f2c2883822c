using Learning.Catalogue;
using Learning.People;

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Learning.Bookings;

/// <summary>Places of a session that are kept for an agency, with its departments, or for a sector, until a moment; then they are everyone's (rule B5).</summary>
public sealed class HeldPlaces
{
    public required Guid Id { get; init; }
    public required Guid SessionId { get; init; }

    /// <summary>For whom; null: for a sector.</summary>
    public Guid? AgencyId { get; init; }
    public string? Sector { get; init; }
    public required int Places { get; set; }

    /// <summary>How many of them somebody holds or has been offered: counted by the database, never more than <see cref="Places"/>.</summary>
    public int Used { get; private set; }
    public required DateTimeOffset Until { get; set; }
    public required DateTimeOffset MadeAt { get; init; }
    public Guid? MadeBy { get; init; }

    /// <summary>When places, end or release last changed; null: they are as they were made. The database keeps a record of each change.</summary>
    public DateTimeOffset? ChangedAt { get; set; }

    /// <summary>When they became everyone's, by themselves or by an organiser; null: they are kept.</summary>
    public DateTimeOffset? ReleasedAt { get; set; }
    public Guid? ReleasedBy { get; set; }
}

internal sealed class HeldPlacesMap : IEntityTypeConfiguration<HeldPlaces>
{
    public void Configure(EntityTypeBuilder<HeldPlaces> builder)
    {
        builder.ToTable("held_places");
        builder.Property(held => held.Used).ValueGeneratedOnAddOrUpdate();
        builder.HasOne<Session>().WithMany().HasForeignKey(held => held.SessionId);
        builder.HasOne<Agency>().WithMany().HasForeignKey(held => held.AgencyId);
    }
}
