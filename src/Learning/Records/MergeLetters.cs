using Learning.Bookings;
using Learning.Catalogue;
using Learning.Messages;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Records;

/// <summary>The word to both main addresses that two records are one from now on: whoever it is wrong for can say so.</summary>
internal static class MergeLetters
{
    internal const string Kind = "records-merged";

    internal static readonly MessageKind[] Kinds = [new(Kind, ReadAsync), new("booked-twice", BookedTwiceAsync)];

    /// <summary>One message to each main address.</summary>
    internal static async Task<IReadOnlyList<Outgoing>> ToBothAsync(LearningDb db, Guid kept, Guid other, DateTimeOffset now, CancellationToken stop) =>
        (await db.PersonEmails.Where(email => email.Main && (email.PersonId == kept || email.PersonId == other)).Select(email => email.Email).ToListAsync(stop))
            .ConvertAll(address => new Outgoing
            {
                Kind = Kind, PersonId = kept, Address = address, SubjectId = other, Occurrence = $"{address}, {now.UtcTicks}",
                Why = "Two records of theirs were merged into one.",
            });

    /// <summary>To where the entry of the place that ends went: to that record's own address.</summary>
    internal static async Task<IReadOnlyList<Outgoing>> BookedTwiceAsync(LearningDb db, Booking booking, CancellationToken stop) =>
        (await db.PersonEmails.Where(email => email.Main && email.PersonId == booking.PersonId).Select(email => email.Email).ToListAsync(stop)).ConvertAll(address => new Outgoing
        {
            Kind = "booked-twice", PersonId = booking.PersonId, Address = address, SubjectId = booking.Id, SessionId = booking.SessionId,
            Why = "Two records of theirs, each with a place on the session, were merged into one.",
        });

    private static async Task<Reading> BookedTwiceAsync(LearningDb db, Message message, Zone zone, CancellationToken stop)
    {
        var booking = await db.Bookings.AsNoTracking().SingleAsync(one => one.Id == message.SubjectId, stop);
        var session = await SessionLetter.ReadAsync(db, booking.SessionId, stop);
        return !session.IsAhead(zone.Now) ? new Reading.Drop(session.WhyNotAhead)
            : booking.IsLive ? new Reading.Drop("the place is theirs")
            : new Reading.Send(session.Values(), session.Entry(booking.Id, cancelled: true));
    }

    private static async Task<Reading> ReadAsync(LearningDb db, Message message, Zone zone, CancellationToken stop) =>
        await db.CountedNow.AnyAsync(row => row.PersonId == message.SubjectId, stop)
            ? new Reading.Send(new Dictionary<string, object?> { ["addresses"] = await AddressesAsync(db, message, stop) })
            : new Reading.Drop("the merge was undone");

    private static Task<List<string>> AddressesAsync(LearningDb db, Message message, CancellationToken stop) =>
        db.PersonEmails.Where(email => email.PersonId == message.PersonId || email.PersonId == message.SubjectId)
            .OrderBy(email => email.Email).Select(email => email.Email).ToListAsync(stop);
}
