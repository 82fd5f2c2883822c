using Learning.Catalogue;
using Learning.Database;
using Learning.People;

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Learning.Attendance.Seats;

/// <summary>A seat of a forum, of an agency or of a role, from its first day up to, not including, its last (A1). Neither a person nor an agency: two lay members are two seats.</summary>
public sealed class ForumSeat
{
    public required Guid Id { get; init; }

    /// <summary>The order in which they are listed: as they were added.</summary>
    public long Number { get; private set; }
    public required Guid CourseId { get; init; }

    /// <summary>One of its kind in the forum, in whatever case (kept by the database).</summary>
    public required string Name { get; set; }

    /// <summary>Whose seat it is; null: of a role outside any agency.</summary>
    public Guid? AgencyId { get; set; }
    public required DateOnly StartsOn { get; set; }
    public DateOnly? EndsOn { get; set; }
}

/// <summary>
/// Who holds a seat, or that nobody does, from its first day up to, not including, its last. Two terms of one seat have no day in common, and none lies outside its seat's days (both kept by the
/// database). A day without a term is vacant after somebody has held the seat, and not appointed before.
/// </summary>
public sealed class SeatTerm
{
    public required Guid Id { get; init; }
    public required Guid SeatId { get; init; }

    /// <summary>Null: nobody, and <see cref="Empty"/> says how.</summary>
    public Guid? PersonId { get; init; }
    public MarkKind? Empty { get; init; }
    public required DateOnly StartsOn { get; init; }
    public DateOnly? EndsOn { get; set; }
    public required DateTimeOffset RecordedAt { get; init; }
    public Guid? RecordedBy { get; init; }
}

internal sealed class ForumSeatMap : IEntityTypeConfiguration<ForumSeat>, IEntityTypeConfiguration<SeatTerm>
{
    public void Configure(EntityTypeBuilder<ForumSeat> builder)
    {
        builder.ToTable("forum_seats");
        builder.Property(seat => seat.Number).ValueGeneratedOnAdd();
        builder.HasOne<Course>().WithMany().HasForeignKey(seat => seat.CourseId);
        builder.HasOne<Agency>().WithMany().HasForeignKey(seat => seat.AgencyId);
    }

    public void Configure(EntityTypeBuilder<SeatTerm> builder)
    {
        builder.ToTable("seat_terms");
        builder.Property(term => term.Empty).HasWords();
        builder.HasOne<ForumSeat>().WithMany().HasForeignKey(term => term.SeatId);
        builder.HasOne<Person>().WithMany().HasForeignKey(term => term.PersonId);
    }
}
