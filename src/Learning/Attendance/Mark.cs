using System.Runtime.Serialization;

using Learning.Attendance.Seats;
using Learning.Catalogue;
using Learning.Database;
using Learning.People;

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Learning.Attendance;

/// <summary>What a register says of somebody (rule A1).</summary>
public enum MarkKind
{
    Attended,
    Part,
    Apologies,

    /// <summary>Did not attend.</summary>
    Dna,

    /// <summary>Somebody else came in their place: that person attended, the holder did not.</summary>
    Substitute,

    /// <summary>A forum's seat that nobody holds.</summary>
    Vacant,

    [EnumMember(Value = "not-appointed")]
    NotAppointed,
}

/// <summary>A mark is an event: never changed, superseded by a newer one of the same part and holder (rules A2, T4).</summary>
public sealed class Mark
{
    /// <summary>Made on the device (A2): sending it twice changes nothing (A3).</summary>
    public required Guid Id { get; init; }

    /// <summary>The order of recording.</summary>
    public long Number { get; private set; }
    public required Guid PartId { get; init; }
    public required Guid SessionId { get; init; }

    /// <summary>The holder of the place; null for a seat that is empty.</summary>
    public Guid? PersonId { get; init; }

    /// <summary>What the empty seat was called when it was recorded.</summary>
    public string? Seat { get; init; }

    /// <summary>The empty seat; null for a person, and where an import knew the name alone.</summary>
    public Guid? SeatId { get; init; }
    public required MarkKind Kind { get; init; }

    /// <summary>Whole minutes present, for a mark "in part"; null: not said.</summary>
    public int? Minutes { get; init; }
    public Guid? SubstituteId { get; init; }

    /// <summary>The holder's agency on the day (P2), frozen; null: not known.</summary>
    public Guid? AgencyId { get; init; }
    public Workforce? Workforce { get; init; }
    public Guid? SubstituteAgencyId { get; init; }
    public Workforce? SubstituteWorkforce { get; init; }
    public bool WalkIn { get; init; }
    public string? Device { get; init; }

    /// <summary>The device's time, corrected by the offset of its clock (A2).</summary>
    public required DateTimeOffset MarkedAt { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }
    public Guid? RecordedBy { get; init; }
    public Guid? Seen { get; init; }

    /// <summary>Why somebody should look: the words of <see cref="MarkFlags"/>. Set before it is stored, never after.</summary>
    public string? Flag { get; internal set; }

    /// <summary>How often the register had been reopened when it was recorded (A2).</summary>
    public int Reopening { get; init; }

    /// <summary>What the signature recorded of an empty seat by itself: nobody pressed it, and it gives way to what the terms say once the register is open again.</summary>
    public bool BySigning => SeatId is not null && Device is null;
}

internal sealed class MarkMap : IEntityTypeConfiguration<Mark>
{
    public void Configure(EntityTypeBuilder<Mark> builder)
    {
        builder.ToTable("marks");
        builder.Property(mark => mark.Kind).HasWords().HasColumnName("mark");
        builder.Property(mark => mark.Workforce).HasWords();
        builder.Property(mark => mark.SubstituteWorkforce).HasWords();
        builder.Property(mark => mark.Number).ValueGeneratedOnAdd();
        builder.Ignore(mark => mark.BySigning);
        builder.HasOne<SessionPart>().WithMany().HasForeignKey(mark => new { mark.PartId, mark.SessionId }).HasPrincipalKey(part => new { part.Id, part.SessionId });
        builder.HasOne<Session>().WithMany().HasForeignKey(mark => mark.SessionId);
        builder.HasOne<Person>().WithMany().HasForeignKey(mark => mark.PersonId);
        builder.HasOne<Person>().WithMany().HasForeignKey(mark => mark.SubstituteId);
        builder.HasOne<ForumSeat>().WithMany().HasForeignKey(mark => mark.SeatId);
    }
}
