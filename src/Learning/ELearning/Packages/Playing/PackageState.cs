using System.Runtime.Serialization;
using System.Text.Json;

using Learning.Database;

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Learning.ELearning.Packages.Playing;

/// <summary>How far an item of a package is. It never becomes less (E2).</summary>
public enum ItemCompletion
{
    [EnumMember(Value = "not attempted")]
    NotAttempted,
    Incomplete,
    Completed,
}

/// <summary>Whether an item of a package was passed. It never becomes less (E2).</summary>
public enum ItemSuccess
{
    Unknown,
    Failed,
    Passed,
}

/// <summary>How the last session with an item ended.</summary>
public enum LastExit
{
    /// <summary>It was broken off, as far as was heard: the content goes on where it was.</summary>
    None,
    Suspend,

    /// <summary>The content ended it, and wants to begin anew when it is opened again.</summary>
    Ended,
}

/// <summary>What stands of an item of a package in an attempt: the best that was said of it, and what its content wrote last, which it reads when it comes back (E4).</summary>
public sealed class PackageState
{
    /// <summary>The item that stands for the whole course as the sequencing of SCORM 2004 has it.</summary>
    public const string Course = "~";

    public required Guid AttemptId { get; init; }

    /// <summary>The item's identifier in the manifest, or <see cref="Course"/>.</summary>
    public required string Item { get; init; }
    public ItemCompletion Completion { get; set; }
    public ItemSuccess Success { get; set; }

    /// <summary>Per cent.</summary>
    public decimal? Score { get; set; }

    /// <summary>JSON: element of the data model, to value.</summary>
    public string Cmi { get; set; } = "{}";
    public LastExit Exit { get; set; }

    /// <summary>When the newest commit was made, by the server's clock.</summary>
    public DateTimeOffset SavedAt { get; set; }
    public Guid Device { get; set; }

    /// <summary>Of the newest commit on its device.</summary>
    public int Number { get; set; }

    public IReadOnlyDictionary<string, string> Written => JsonSerializer.Deserialize<Dictionary<string, string>>(Cmi)!;
}

/// <summary>The longest that was said of one session with an item.</summary>
public sealed class PackageTime
{
    public required Guid AttemptId { get; init; }
    public required string Item { get; init; }
    public required Guid Session { get; init; }
    public int Seconds { get; set; }
}

/// <summary>A commit as it arrived, for support: what it changed of what stood, as the content said it. Its words go after a year, and with an erasure (P5).</summary>
public sealed class PackageCommit
{
    /// <summary>Of an attempt no more are kept than these; what stands is kept however many there were.</summary>
    public const int MostOfAttempt = 5_000;

    public required Guid Id { get; init; }
    public required Guid AttemptId { get; init; }
    public required string Item { get; init; }
    public required Guid Session { get; init; }
    public required Guid Device { get; init; }
    public required int Number { get; init; }

    /// <summary>By the device's clock.</summary>
    public required DateTimeOffset MadeAt { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }
    public required bool Ended { get; init; }

    /// <summary>JSON: element, to value.</summary>
    public required string Cmi { get; init; }

    /// <summary>What of it did not count, and why.</summary>
    public string? KeptBack { get; init; }
}

internal sealed class PackageStateMap : IEntityTypeConfiguration<PackageState>, IEntityTypeConfiguration<PackageTime>, IEntityTypeConfiguration<PackageCommit>
{
    public void Configure(EntityTypeBuilder<PackageState> builder)
    {
        builder.ToTable("package_states");
        builder.HasKey(state => new { state.AttemptId, state.Item });
        builder.Ignore(state => state.Written);
        builder.Property(state => state.Completion).HasWords();
        builder.Property(state => state.Success).HasWords();
        builder.Property(state => state.Exit).HasWords();
        builder.Property(state => state.Cmi).HasColumnType("jsonb");
        builder.HasOne<LearningAttempt>().WithMany().HasForeignKey(state => state.AttemptId);
    }

    public void Configure(EntityTypeBuilder<PackageTime> builder)
    {
        builder.ToTable("package_times");
        builder.HasKey(time => new { time.AttemptId, time.Item, time.Session });
        builder.HasOne<LearningAttempt>().WithMany().HasForeignKey(time => time.AttemptId);
    }

    public void Configure(EntityTypeBuilder<PackageCommit> builder)
    {
        builder.ToTable("package_commits");
        builder.Property(commit => commit.Cmi).HasColumnType("jsonb");
        builder.HasOne<LearningAttempt>().WithMany().HasForeignKey(commit => commit.AttemptId);
    }
}
