using Learning.Messages;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Bookings;

/// <summary>A booking as whoever has the link of a letter about it sees it: no name but the holder's first one, no link to join.</summary>
/// <param name="Link">What the letter lets them do (<see cref="ByMail"/>).</param>
/// <param name="OfferEnd">The end of the offer that the letter made.</param>
/// <param name="PlacesLeft">Places that anybody can have.</param>
public sealed record MailedBooking(string Link, DateTimeOffset? OfferEnd, string GivenName, MyBooking Booking, int PlacesLeft)
{
    internal Guid Holder { get; init; }

    /// <summary>The booking stands as its letter said, so that what the letter offers can be done.</summary>
    public bool Stands => Link switch
    {
        ByMail.Offer => Booking.State == BookingState.Offered && Booking.OfferEndsAt == OfferEnd,
        ByMail.Place => Booking.State == BookingState.Confirmed,
        _ => Booking.State == BookingState.Waiting,
    };
}

/// <summary>What somebody presses on the page that a letter leads to.</summary>
public enum MailAnswer
{
    Accept,
    Decline,
    GiveUp,
}

/// <summary>
/// Answers a letter about a booking without signing in: takes an offered place or lets it go (B6), gives a place up, leaves a waiting list. The link does what its letter offers and nothing stronger, in the
/// name of the holder, or of whoever they are counted as now (P3), and what is written down says that it was by the link. It is good until the session begins. No link of somebody who was erased is good
/// (P5). Pressing twice is once. Refused as by <see cref="AcceptOffer"/>, <see cref="DeclineOffer"/> and <see cref="CancelBooking"/>, and where the booking does not stand as the letter said.
/// </summary>
public sealed class AnswerByMail(LearningDb db, Seals seals, AcceptOffer accept, DeclineOffer decline, CancelBooking cancel, Zone zone)
{
    private sealed record Holder(Guid Id, string GivenName);

    /// <summary>What there is to answer; null where the link was not made here, or not for this. Changes nothing.</summary>
    public async Task<MailedBooking?> LookAsync(string link, CancellationToken stop = default)
    {
        if (seals.Open(link) is not { What: ByMail.Offer or ByMail.Place or ByMail.Wait } opened)
        {
            return null;
        }

        var holder = (await db.Database.SqlQuery<Holder>($"""
            select p.id as "Id", p.given_name as "GivenName" from bookings b join persons p on p.id = counted_as(b.person_id) where b.id = {opened.Id} and p.erased_at is null
            """).ToListAsync(stop)).SingleOrDefault();
        if (holder is null || await MyBooking.FindAsync(db, holder.Id, opened.Id, stop) is not { } booking)
        {
            return null;
        }

        var free = await db.Sessions.Where(session => session.Ref == booking.Ref).Select(session => session.Capacity - session.Taken - session.Kept).SingleAsync(stop);
        return new MailedBooking(opened.What, opened.Until, holder.GivenName, booking, Math.Max(0, free)) { Holder = holder.Id };
    }

    public async Task<ChangeOutcome> RunAsync(string link, MailAnswer answer, CancellationToken stop = default)
    {
        if (await LookAsync(link, stop) is not { } seen)
        {
            return new ChangeOutcome.NotFound();
        }

        var (id, actor) = (seen.Booking.Id, Actor.Nobody with { PersonId = seen.Holder, ByLink = true });
        return (seen.Link, answer) switch
        {
            _ when seen.Booking.StartsAt <= zone.Now => new ChangeOutcome.Refused(BookingReason.SessionStarted),
            (ByMail.Offer, _) when seen.Booking.State == BookingState.Offered && !seen.Stands => new ChangeOutcome.Refused(BookingReason.Changed),
            (ByMail.Offer, MailAnswer.Accept) => await accept.RunAsync(id, actor, stop),
            (ByMail.Offer, MailAnswer.Decline) => await decline.RunAsync(id, actor, stop),
            (ByMail.Place, MailAnswer.GiveUp) => await cancel.RunAsync(id, actor, BookingState.Confirmed, stop: stop),
            (ByMail.Wait, MailAnswer.GiveUp) => await cancel.RunAsync(id, actor, BookingState.Waiting, stop: stop),
            _ => new ChangeOutcome.Refused(BookingReason.Changed),
        };
    }
}
