using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Learning.Jobs;

/// <summary>A run of a job, as it is kept for 30 days.</summary>
public sealed class JobRun
{
    public long Id { get; private set; }
    public required string Job { get; init; }
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Null: it is running, or the program died in it.</summary>
    public DateTimeOffset? EndedAt { get; set; }
    public bool Failed { get; set; }

    /// <summary>What it did or what it failed of, in words.</summary>
    public string? Outcome { get; set; }

    /// <summary>How many of <see cref="Total"/> it has gone through; null: it does not go through things one by one.</summary>
    public int? Done { get; set; }
    public int? Total { get; set; }

    /// <summary>What there is to say of it.</summary>
    public string InWords => Outcome ?? (Total is null ? "running, or the program ended in it" : $"running, or the program ended in it: {Done} of {Total} done");

    /// <summary>The machine and process that ran it.</summary>
    public required string Server { get; init; }
}

internal sealed class JobRunMap : IEntityTypeConfiguration<JobRun>
{
    public void Configure(EntityTypeBuilder<JobRun> builder)
    {
        builder.ToTable("job_runs");
        builder.Property(run => run.Id).ValueGeneratedOnAdd();
        builder.Ignore(run => run.InWords);
    }
}
