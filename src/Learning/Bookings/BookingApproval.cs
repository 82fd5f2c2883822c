using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Learning.Bookings;

/// <summary>Whom somebody who asked for a place named as the manager who approves, and what came of it (rule B9).</summary>
public sealed class BookingApproval
{
    public required Guid BookingId { get; init; }

    /// <summary>Null once the record that it belongs to is erased (P5).</summary>
    public string? ApproverEmail { get; init; }
    public required DateTimeOffset AskedAt { get; init; }
    public DateTimeOffset? DecidedAt { get; private set; }
    public bool? Approved { get; private set; }

    /// <summary>Null: whoever has the link of the mail to the approver.</summary>
    public Guid? DecidedBy { get; private set; }
    public string? Reason { get; private set; }

    public void Decide(bool approved, DateTimeOffset at, Guid? by, string? reason) => (Approved, DecidedAt, DecidedBy, Reason) = (approved, at, by, reason);
}

internal sealed class BookingApprovalMap : IEntityTypeConfiguration<BookingApproval>
{
    public void Configure(EntityTypeBuilder<BookingApproval> builder)
    {
        builder.ToTable("booking_approvals");
        builder.HasKey(approval => approval.BookingId);
        builder.HasOne<Booking>().WithOne().HasForeignKey<BookingApproval>(approval => approval.BookingId);
    }
}
