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

    /// <summary>The agency on the day of the session (P2); null: not known.</summary>
    public Guid? AgencyId { get; init; }
    public BookingState State { get; private set; }
    public required DateTimeOffset BookedAt { get; init; }
    public Guid? BookedBy { get; init; }

    /// <summary>Tells two of one instant apart: the waiting list is in the order of (BookedAt, Number) (B6).</summary>
    public long Number { get; private set; }

    /// <summary>Until when an offered place is held (B6).</summary>
    public DateTimeOffset? OfferEndsAt { get; private set; }
    public DateTimeOffset StateAt { get; private set; }
    public Guid? StateBy { get; private set; }
    public string? StateReason { get; private set; }

    /// <summary>Access and dietary needs, as the person wrote them.</summary>
    public string? Needs { get; set; }
    public bool BeyondRules { get; init; }

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
    }
}

internal sealed class BookingMap : IEntityTypeConfiguration<Booking>
{
    public void Configure(EntityTypeBuilder<Booking> builder)
    {
        builder.ToTable("bookings");
        builder.Property(booking => booking.State).HasWords();
        builder.Property(booking => booking.Number).ValueGeneratedOnAdd();
        builder.Ignore(booking => booking.IsLive);
        builder.HasOne(booking => booking.Session).WithMany().HasForeignKey(booking => booking.SessionId);
        builder.HasOne(booking => booking.Person).WithMany().HasForeignKey(booking => booking.PersonId);
        builder.HasOne<Agency>().WithMany().HasForeignKey(booking => booking.AgencyId);
    }
}
