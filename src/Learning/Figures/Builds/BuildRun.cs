using Learning.People;

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Learning.Figures.Builds;

/// <summary>A build that was asked for: of one report or of all, and how far it is.</summary>
public sealed class BuildRun
{
    public long Id { get; private set; }

    /// <summary>Null: every report.</summary>
    public string? Report { get; init; }
    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>Null: the program itself.</summary>
    public Guid? AskedBy { get; init; }
    public DateTimeOffset? BegunAt { get; private set; }

    /// <summary>How often it was begun: more than once where a server died in it.</summary>
    public int Begun { get; private set; }

    /// <summary>The report that is being counted.</summary>
    public string? NowAt { get; private set; }

    /// <summary>How many steps that report takes, and how many are done.</summary>
    public int Steps { get; private set; }
    public int Done { get; private set; }

    /// <summary>How many reports there are to count.</summary>
    public int Reports { get; private set; }
    public DateTimeOffset? EndedAt { get; private set; }
    public bool Failed { get; private set; }

    /// <summary>What it came to, in words.</summary>
    public string? Outcome { get; private set; }
}

/// <summary>That a build has counted a report and kept it: one that goes on after a server's death does not count it again.</summary>
public sealed class BuildRunReport
{
    public required long RunId { get; init; }
    public required string Report { get; init; }
    public required DateTimeOffset CountedAt { get; init; }
}

internal sealed class BuildRunMap : IEntityTypeConfiguration<BuildRun>
{
    public void Configure(EntityTypeBuilder<BuildRun> builder)
    {
        builder.ToTable("build_runs");
        builder.Property(run => run.Id).ValueGeneratedOnAdd();
        builder.HasOne<Person>().WithMany().HasForeignKey(run => run.AskedBy);
    }
}

internal sealed class BuildRunReportMap : IEntityTypeConfiguration<BuildRunReport>
{
    public void Configure(EntityTypeBuilder<BuildRunReport> builder)
    {
        builder.ToTable("build_run_reports");
        builder.HasKey(done => new { done.RunId, done.Report });
        builder.HasOne<BuildRun>().WithMany().HasForeignKey(done => done.RunId);
    }
}
