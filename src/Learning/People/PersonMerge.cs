using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Learning.People;

/// <summary>From this instant a person is counted as another, or, with <see cref="IntoId"/> null, as themselves again (rule P3).</summary>
public sealed class PersonMerge
{
    public long Id { get; private set; }
    public required Guid PersonId { get; init; }
    public Guid? IntoId { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }
    public Guid? RecordedBy { get; init; }
    public required string Reason { get; init; }
}

/// <summary>Who is counted as whom now (P3): a person who is merged, and the end of their chain of merges. Kept by the database from the dated records.</summary>
public sealed class CountedNow
{
    public Guid PersonId { get; init; }
    public Guid CountedId { get; init; }
}

internal sealed class PersonMergeMap : IEntityTypeConfiguration<PersonMerge>, IEntityTypeConfiguration<CountedNow>
{
    public void Configure(EntityTypeBuilder<PersonMerge> builder)
    {
        builder.ToTable("person_merges");
        builder.Property(merge => merge.Id).ValueGeneratedOnAdd();
        builder.HasOne<Person>().WithMany().HasForeignKey(merge => merge.PersonId);
        builder.HasOne<Person>().WithMany().HasForeignKey(merge => merge.IntoId);
    }

    public void Configure(EntityTypeBuilder<CountedNow> builder) => builder.ToTable("counted_now").HasKey(row => row.PersonId);
}
