using Learning.Catalogue;
using Learning.Database;
using Learning.People;

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Learning.Attendance.CheckingIn;

/// <summary>What a check-in by a code comes to.</summary>
public enum CountsAs
{
    /// <summary>A mark of the register, once heads are counted (A5).</summary>
    Register,

    /// <summary>Reach of an awareness event, never "trained" (C3).</summary>
    Reach,
}

/// <summary>A code that is shown in a room while a part of a session goes on (A5). Of each part and kind one is open; the database sees to it.</summary>
public sealed class CheckInCode
{
    public required Guid Id { get; init; }
    public required Guid SessionId { get; init; }
    public required Guid PartId { get; init; }
    public required CountsAs CountsAs { get; init; }

    /// <summary>What of the code stays the same. Of a register's, four letters and digits, and four more that turn with the clock; of an awareness event's all six.</summary>
    public required string Key { get; init; }

    /// <summary>What the part that turns is made with: 32 bytes.</summary>
    public required byte[] Secret { get; init; }
    public required DateTimeOffset OpenedAt { get; init; }
    public Guid? OpenedBy { get; init; }

    /// <summary>Null: it is shown still.</summary>
    public DateTimeOffset? ClosedAt { get; set; }
}

/// <summary>That somebody said by a code that they are there: no mark yet (A5). Goes 30 days after the session.</summary>
public sealed class SelfCheckIn
{
    /// <summary>Of the mark that it becomes, too.</summary>
    public required Guid Id { get; init; }
    public required Guid CodeId { get; init; }
    public required Guid SessionId { get; init; }
    public required Guid PartId { get; init; }

    /// <summary>Who has the address; null: nobody yet.</summary>
    public Guid? PersonId { get; set; }
    public string? Email { get; set; }
    public string? Name { get; set; }

    /// <summary>Had a place when they said it.</summary>
    public required bool Expected { get; init; }
    public required DateTimeOffset CheckedInAt { get; init; }
    public DateTimeOffset? DecidedAt { get; set; }
    public Guid? DecidedBy { get; set; }

    /// <summary>Heads were counted: it is in the register, or they were not there; null: not counted yet.</summary>
    public bool? Taken { get; set; }
}

/// <summary>Which address a check-in came from, as a digest alone: each counts once at a session, and its owner finds it (C3).</summary>
public sealed class CheckInAddress
{
    public required Guid CheckInId { get; init; }
    public required Guid SessionId { get; init; }
    public required byte[] Digest { get; init; }
}

internal sealed class CheckInCodeMap : IEntityTypeConfiguration<CheckInCode>, IEntityTypeConfiguration<SelfCheckIn>, IEntityTypeConfiguration<CheckInAddress>
{
    public void Configure(EntityTypeBuilder<CheckInCode> builder)
    {
        builder.ToTable("check_in_codes");
        builder.Property(code => code.CountsAs).HasWords();
        builder.HasOne<Session>().WithMany().HasForeignKey(code => code.SessionId);
        builder.HasOne<SessionPart>().WithMany().HasForeignKey(code => code.PartId);
        builder.HasOne<Person>().WithMany().HasForeignKey(code => code.OpenedBy);
    }

    public void Configure(EntityTypeBuilder<SelfCheckIn> builder)
    {
        builder.ToTable("self_check_ins");
        builder.HasOne<CheckInCode>().WithMany().HasForeignKey(one => one.CodeId);
        builder.HasOne<Person>().WithMany().HasForeignKey(one => one.PersonId);
    }

    public void Configure(EntityTypeBuilder<CheckInAddress> builder)
    {
        builder.ToTable("check_in_addresses");
        builder.HasKey(one => one.CheckInId);
        builder.HasOne<CheckIn>().WithMany().HasForeignKey(one => one.CheckInId);
    }
}
