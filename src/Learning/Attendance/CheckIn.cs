using Learning.Catalogue;
using Learning.People;

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Learning.Attendance;

/// <summary>Somebody who came to an awareness event and gave no account: it counts as reach, never as trained (C3). Nobody's name is kept.</summary>
public sealed class CheckIn
{
    public required Guid Id { get; init; }
    public required Guid SessionId { get; init; }

    /// <summary>Null: not known.</summary>
    public Guid? AgencyId { get; init; }
    public required DateTimeOffset CheckedInAt { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>Null: by their own phone.</summary>
    public Guid? RecordedBy { get; init; }
}

/// <summary>That a check-in was somebody with an account, or that they took it back: the newest says which.</summary>
public sealed class CheckInClaim
{
    public long Id { get; private set; }
    public required Guid CheckInId { get; init; }

    /// <summary>Null: taken back.</summary>
    public Guid? PersonId { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }
    public required Guid RecordedBy { get; init; }
}

internal sealed class CheckInMap : IEntityTypeConfiguration<CheckIn>
{
    public void Configure(EntityTypeBuilder<CheckIn> builder)
    {
        builder.ToTable("check_ins");
        builder.HasOne<Session>().WithMany().HasForeignKey(checkIn => checkIn.SessionId);
        builder.HasOne<Agency>().WithMany().HasForeignKey(checkIn => checkIn.AgencyId);
        builder.HasOne<Person>().WithMany().HasForeignKey(checkIn => checkIn.RecordedBy);
    }
}

internal sealed class CheckInClaimMap : IEntityTypeConfiguration<CheckInClaim>
{
    public void Configure(EntityTypeBuilder<CheckInClaim> builder)
    {
        builder.ToTable("check_in_claims");
        builder.Property(claim => claim.Id).ValueGeneratedOnAdd();
        builder.HasOne<CheckIn>().WithMany().HasForeignKey(claim => claim.CheckInId);
        builder.HasOne<Person>().WithMany().HasForeignKey(claim => claim.PersonId);
    }
}
