using Learning.People;

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Learning.Figures.Drafts;

/// <summary>That somebody wrote a version of a report's definition on the page: the newest of these is the definition that the report has.</summary>
public sealed class WrittenDefinition
{
    public long Id { get; private set; }
    public required string Report { get; init; }

    /// <summary>The version that was written.</summary>
    public required string Digest { get; init; }
    public required DateTimeOffset WrittenAt { get; init; }
    public required Guid WrittenBy { get; init; }
}

internal sealed class WrittenDefinitionMap : IEntityTypeConfiguration<WrittenDefinition>
{
    public void Configure(EntityTypeBuilder<WrittenDefinition> builder)
    {
        builder.ToTable("report_drafts");
        builder.Property(written => written.Id).ValueGeneratedOnAdd();
        builder.HasOne<ReportVersion>().WithMany().HasForeignKey(written => written.Digest);
        builder.HasOne<Person>().WithMany().HasForeignKey(written => written.WrittenBy);
    }
}
