using Learning.Catalogue;
using Learning.Database;

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Learning.Attendance;

/// <summary>A register is signed, and perhaps reopened (rule A6).</summary>
public enum RegisterEventKind
{
    Signed,
    Reopened,
}

/// <summary>A signature, or its undoing with a reason; the newest says whether the register is signed. Append-only.</summary>
public sealed class RegisterEvent
{
    public long Id { get; private set; }
    public required Guid SessionId { get; init; }
    public required RegisterEventKind Event { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }
    public Guid? RecordedBy { get; init; }
    public string? Reason { get; init; }

    /// <summary>Of a signature that a device made: its id there (A3); null: pressed in the form.</summary>
    public Guid? DeviceEvent { get; init; }
}

internal sealed class RegisterEventMap : IEntityTypeConfiguration<RegisterEvent>
{
    public void Configure(EntityTypeBuilder<RegisterEvent> builder)
    {
        builder.ToTable("register_events");
        builder.Property(entry => entry.Id).ValueGeneratedOnAdd();
        builder.Property(entry => entry.Event).HasWords();
        builder.HasOne<Session>().WithMany().HasForeignKey(entry => entry.SessionId);
    }
}
