using Learning.People;

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Learning.Returns;

/// <summary>A level of training, as the returns know it: data, in the order of <see cref="Place"/>.</summary>
public sealed class TrainingLevel
{
    public required string Code { get; init; }
    public required string Name { get; set; }
    public required int Place { get; set; }
}

/// <summary>
/// What an agency returned for a level and a date: of how many people in scope how many hold valid training. Never changed (T4): the newest of an agency, level and date stands, and one without numbers
/// takes back what was returned.
/// </summary>
public sealed class TrainingReturn
{
    public required Guid Id { get; init; }

    /// <summary>The order in which they were written down.</summary>
    public long Number { get; private set; }
    public required Guid AgencyId { get; init; }
    public required string Level { get; init; }
    public required DateOnly CountedOn { get; init; }

    /// <summary>Null: taken back.</summary>
    public int? InScope { get; init; }

    /// <summary>Of those in scope.</summary>
    public int? Valid { get; init; }

    /// <summary>It came with a file.</summary>
    public bool ByFile { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }
    public Guid? RecordedBy { get; init; }
}

internal sealed class TrainingReturnMap : IEntityTypeConfiguration<TrainingReturn>, IEntityTypeConfiguration<TrainingLevel>
{
    public void Configure(EntityTypeBuilder<TrainingReturn> builder)
    {
        builder.ToTable("training_returns");
        builder.Property(one => one.Number).ValueGeneratedOnAdd();
        builder.HasOne<Agency>().WithMany().HasForeignKey(one => one.AgencyId);
        builder.HasOne<TrainingLevel>().WithMany().HasForeignKey(one => one.Level);
        builder.HasOne<Person>().WithMany().HasForeignKey(one => one.RecordedBy);
    }

    public void Configure(EntityTypeBuilder<TrainingLevel> builder)
    {
        builder.ToTable("training_levels");
        builder.HasKey(level => level.Code);
    }
}
