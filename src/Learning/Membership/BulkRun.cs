using System.Runtime.Serialization;

using Learning.Database;
using Learning.People;

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Learning.Membership;

/// <summary>How far a list has come.</summary>
public enum BulkState
{
    /// <summary>Read and looked up: it says what would happen. Nothing has.</summary>
    Checked,

    /// <summary>People are being invited.</summary>
    Running,
    Done,

    /// <summary>Given up after several tries; what is done is done.</summary>
    Failed,
}

/// <summary>Where somebody of a list stands.</summary>
public enum ListStanding
{
    /// <summary>Works nowhere that is known: they are invited.</summary>
    New,

    /// <summary>On file with the agency without an account: they are invited to open it.</summary>
    [EnumMember(Value = "no account")]
    NoAccount,

    /// <summary>With the agency, and has an account: nothing to do.</summary>
    Here,

    /// <summary>Has an invitation that is still good.</summary>
    Invited,

    /// <summary>Works for another agency today: they are asked whether they work for this one too.</summary>
    Elsewhere,
}

/// <summary>A list of people to invite, looked up (the dry run) and then done, in pieces.</summary>
public sealed class BulkRun
{
    public required Guid Id { get; init; }

    /// <summary>Whoever is named without a department is of this agency.</summary>
    public required Guid AgencyId { get; init; }
    public required Guid MadeBy { get; init; }
    public required DateTimeOffset MadeAt { get; init; }
    public required BulkState State { get; set; }

    /// <summary>How many there are to invite.</summary>
    public required int Total { get; set; }

    /// <summary>How many of them have been dealt with.</summary>
    public int Done { get; set; }

    /// <summary>How many of those were invited: not who was meanwhile by another way.</summary>
    public int Invited { get; set; }
    public int Attempts { get; set; }
    public DateTimeOffset? StartedAt { get; set; }
    public DateTimeOffset? EndedAt { get; set; }
}

internal sealed class BulkRunMap : IEntityTypeConfiguration<BulkRun>
{
    public void Configure(EntityTypeBuilder<BulkRun> builder)
    {
        builder.ToTable("bulk_runs");
        builder.Property(run => run.State).HasWords();
        builder.HasOne<Agency>().WithMany().HasForeignKey(run => run.AgencyId);
        builder.HasOne<Person>().WithMany().HasForeignKey(run => run.MadeBy);
    }
}
