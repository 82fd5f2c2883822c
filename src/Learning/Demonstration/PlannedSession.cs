using Bogus;

namespace Learning.Demonstration;

/// <summary>A session ahead, with the bookings made until now; never more confirmed than it has places (B2), nobody twice (B3).</summary>
internal sealed class PlannedSession(HistoryFolder folder, Session session, Randomizer chance)
{
    private const int BookingOpensDaysBefore = 70;
    private readonly HashSet<Person> _people = [];
    private readonly DateOnly _bookingEnds = session.Day < folder.Today ? session.Day : folder.Today;
    private DateTime _lastConfirmed;

    public Session Session { get; } = folder.Add(session);

    public IReadOnlyCollection<Person> People => _people;

    public int Free => Session.Capacity - _people.Count;

    public void Confirm(IEnumerable<Person> people)
    {
        foreach (var person in people)
        {
            if (Free == 0 || !_people.Add(person))
                throw new InvalidOperationException($"{person.Email} cannot be booked on {Session.Course} of {Session.Day:yyyy-MM-dd}.");
            // Workshops are chosen by those who have had a place at their conference for some days.
            var daysAgo = Session.Parent is null ? chance.Number(3, BookingOpensDaysBefore) : 2;
            var booked = chance.OfficeHours(_bookingEnds.AddDays(-daysAgo));
            _lastConfirmed = booked > _lastConfirmed ? booked : _lastConfirmed;
            folder.Bookings.Add(new BookingRow(Session, person.Email, "confirmed", booked));
        }
    }

    /// <summary>Joined the waiting list in this order, after the last place had gone (B6).</summary>
    public void Wait(IEnumerable<Person> people)
    {
        if (Free != 0)
            throw new InvalidOperationException($"{Session.Course} of {Session.Day:yyyy-MM-dd} has places free: nobody waits.");
        var joined = _lastConfirmed;
        foreach (var person in people)
        {
            joined = joined.AddHours(3).AddMinutes(chance.Number(0, 59));
            folder.Bookings.Add(new BookingRow(Session, person.Email, "waiting", joined));
        }
    }

    /// <summary>Booked and thought better of it in good time: holds no place.</summary>
    public void Cancelled(Person person)
    {
        var booked = chance.OfficeHours(folder.Today.AddDays(-chance.Number(10, 40)));
        folder.Bookings.Add(new BookingRow(Session, person.Email, "cancelled", booked, booked.AddDays(chance.Number(1, 8))));
    }
}
