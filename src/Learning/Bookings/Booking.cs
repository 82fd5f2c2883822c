using Learning.Catalogue;
using Learning.Database;
using Learning.People;

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Learning.Bookings;

/// <summary>The states of a booking (rule B1). The first four are live: a person has at most one of them on a session (B3).</summary>
public enum BookingState
{
    Requested,
    Confirmed,
    Waiting,
    Offered,
    Declined,
    Lapsed,
    Cancelled,

    /// <summary>By the organiser.</summary>
    Withdrawn,
}

/// <summary>A person's place on a session, or their wait for one. The database keeps a record of each change of state (B1) and counts the places (B2).</summary>
public sealed class Booking
{
    public required Guid Id { get; init; }
    public required Guid SessionId { get; init; }
    public Session? Session { get; init; }
    public required Guid PersonId { get; init; }
    public Person? Person { get; init; }

    /// <summary>
    /// The agency given with it; null: that of the day of the session (P2), which a move in between decides. The database settles it when the register is first signed, for good.
    /// </summary>
    public Guid? AgencyId { get; init; }
    public BookingState State { get; private set; }
    public required DateTimeOffset BookedAt { get; init; }
    public Guid? BookedBy { get; init; }

    /// <summary>Tells two of one instant apart: the waiting list is in the order of (LineAt, Number) (B6).</summary>
    public long Number { get; private set; }

    /// <summary>Its moment in the waiting list: when it was made, unless an organiser put it elsewhere.</summary>
    public DateTimeOffset LineAt { get; private set; }
    public DateTimeOffset? PutAt { get; private set; }

    /// <summary>The held place that it has (B5).</summary>
    public Guid? HeldId { get; private set; }

    /// <summary>A request that holds a place until it is decided (B9).</summary>
    public bool HoldsPlace { get; private set; }

    /// <summary>Given up after the last day to do so (B12).</summary>
    public bool Late { get; private set; }

    /// <summary>An organiser excused a late cancellation or a no-show (B12); null: nobody did.</summary>
    public DateTimeOffset? ExcusedAt { get; private set; }
    public Guid? ExcusedBy { get; private set; }
    public string? Excuse { get; private set; }

    /// <summary>The booking whose place it took over (B11).</summary>
    public Guid? InsteadOf { get; init; }

    /// <summary>Until when an offered place is held (B6).</summary>
    public DateTimeOffset? OfferEndsAt { get; private set; }
    public DateTimeOffset StateAt { get; private set; }
    public Guid? StateBy { get; private set; }
    public string? StateReason { get; private set; }

    /// <summary>Access and dietary needs, as the person wrote them.</summary>
    public string? Needs { get; set; }

    /// <summary>When somebody who runs the session said that the needs are met, and who; null: they are not.</summary>
    public DateTimeOffset? NeedsMetAt { get; private set; }
    public Guid? NeedsMetBy { get; private set; }
    public bool BeyondRules { get; init; }

    /// <summary>The code of its ticket: made by the database, and says nothing about anybody (B14).</summary>
    public Guid Ticket { get; private set; }

    /// <summary>The name as it is to stand on the badge of a conference, and how it is said; null: as on record, and not told.</summary>
    public string? BadgeName { get; set; }
    public string? SaidAs { get; set; }

    /// <summary>The needs are met, or are not after all.</summary>
    public void Meet(bool met, DateTimeOffset now, Guid by) => (NeedsMetAt, NeedsMetBy) = met ? (now, by) : ((DateTimeOffset?)null, (Guid?)null);

    /// <summary>Requested, confirmed, waiting or offered.</summary>
    public bool IsLive => State is BookingState.Requested or BookingState.Confirmed or BookingState.Waiting or BookingState.Offered;

    /// <summary>Moves to another state, on record. An offer needs its end; nothing else has one.</summary>
    public void Become(BookingState state, DateTimeOffset at, Guid? by, string? reason = null, DateTimeOffset? offerEndsAt = null)
    {
        if ((state == BookingState.Offered) != offerEndsAt.HasValue)
        {
            throw new InvalidOperationException("An offer, and only an offer, has an end.");
        }

        (State, StateAt, StateBy, StateReason, OfferEndsAt) = (state, at, by, reason, offerEndsAt);
        if (state == BookingState.Waiting)
        {
            HeldId = null;
        }
    }

    /// <summary>Asks for a place that needs approval (B9), which it holds until the answer where <paramref name="holdsPlace"/> says so: one that is kept for their agency or sector, or one of everyone's.</summary>
    public void Request(DateTimeOffset at, Guid? by, bool holdsPlace, Guid? held)
    {
        Become(BookingState.Requested, at, by);
        (HoldsPlace, HeldId) = (holdsPlace, holdsPlace ? held : null);
    }

    /// <summary>Was given up after the last day to do so (B12).</summary>
    public void GivenUpLate() => Late = true;

    /// <summary>An organiser excuses that it was given up late, or that nobody came (B12).</summary>
    public void Pardon(DateTimeOffset at, Guid? by, string reason) => (ExcusedAt, ExcusedBy, Excuse) = (at, by, reason);

    /// <summary>Takes one of the places kept for its agency or sector (B5).</summary>
    public void Hold(Guid held) => HeldId = held;

    /// <summary>Stands at another moment of the waiting list, on record (B6).</summary>
    public void PutAtMoment(DateTimeOffset moment, DateTimeOffset at, Guid? by, string reason) => (PutAt, StateAt, StateBy, StateReason) = (moment, at, by, reason);
}

internal sealed class BookingMap : IEntityTypeConfiguration<Booking>
{
    public void Configure(EntityTypeBuilder<Booking> builder)
    {
        builder.ToTable("bookings");
        builder.Property(booking => booking.State).HasWords();
        builder.Property(booking => booking.Number).ValueGeneratedOnAdd();
        builder.Property(booking => booking.LineAt).ValueGeneratedOnAddOrUpdate();
        builder.Property(booking => booking.Ticket).HasDefaultValueSql("gen_random_uuid()");
        builder.Ignore(booking => booking.IsLive);
        builder.HasOne<Booking>().WithMany().HasForeignKey(booking => booking.InsteadOf);
        builder.HasOne(booking => booking.Session).WithMany().HasForeignKey(booking => booking.SessionId);
        builder.HasOne(booking => booking.Person).WithMany().HasForeignKey(booking => booking.PersonId);
        builder.HasOne<Agency>().WithMany().HasForeignKey(booking => booking.AgencyId);
    }
}
