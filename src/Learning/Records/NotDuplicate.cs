using Learning.People;

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Learning.Records;

/// <summary>Two people who look like one and are not. The smaller id stands first.</summary>
public sealed class NotDuplicate
{
    public required Guid FirstId { get; init; }
    public required Guid SecondId { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }
    public Guid? RecordedBy { get; init; }
}

internal sealed class NotDuplicateMap : IEntityTypeConfiguration<NotDuplicate>
{
    public void Configure(EntityTypeBuilder<NotDuplicate> builder)
    {
        builder.ToTable("not_duplicates");
        builder.HasKey(pair => new { pair.FirstId, pair.SecondId });
        builder.HasOne<Person>().WithMany().HasForeignKey(pair => pair.FirstId);
        builder.HasOne<Person>().WithMany().HasForeignKey(pair => pair.SecondId);
    }
}
