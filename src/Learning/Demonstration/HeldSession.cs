using Bogus;

namespace Learning.Demonstration;

/// <summary>
/// A session that took place: each call says what became of one person, and writes the booking and the marks that such a person leaves behind.
/// Marks are made in the hour after each part; a register that came back late has its own instant.
/// </summary>
internal sealed class HeldSession(HistoryFolder folder, Session session, Randomizer chance, DateTime? returned = null)
{
    private int _marked;
    private readonly int _minutesAfter = chance.Number(5, 55);

    public Session Session { get; } = folder.Add(session);

    public HashSet<Person> People { get; } = [];

    public int Booked { get; private set; }

    public void Attended(Person person) => Mark(Book(person), "attended");

    /// <summary>Came without a booking (A4).</summary>
    public void WalkedIn(Person person)
    {
        People.Add(person);
        Mark(person.Email, "attended");
    }

    /// <summary>Minutes of a session of one part; without minutes it does not count as attended (A7).</summary>
    public void InPart(Person person, int? minutes) => Mark(Book(person), "part", minutes);

    public void FirstPartOnly(Person person)
    {
        var email = Book(person);
        for (var part = 1; part <= Session.Parts.Count; part++)
            Mark(email, part == 1 ? "attended" : "dna", part: part);
    }

    public void DidNotAttend(Person person) => Mark(Book(person), "dna");

    public void Apologised(Person person) => Mark(Book(person), "apologies");

    /// <summary>The holder gave the place to a colleague, who came (A1, B11).</summary>
    public void Substituted(Person holder, Person came)
    {
        People.Add(came);
        Mark(Book(holder), "substitute:" + came.Email);
    }

    /// <summary>Marked absent on the day and put right the next morning (T4: both rows stay).</summary>
    public void CorrectedToAttended(Person person)
    {
        DidNotAttend(person);
        folder.Marks.Add(new MarkRow(Session, AddressOn(person), "attended", chance.OfficeHours(Session.Day.AddDays(1))));
    }

    /// <summary>Cancelled later than five working days before: a booking, no mark, apart from those who did not attend (B12, C2).</summary>
    public void CancelledLate(Person person)
    {
        var cancelled = chance.OfficeHours(Days.WorkingDaysBefore(Session.Day, chance.Number(1, 3)));
        Book(person, cancelled);
    }

    /// <summary>Booked, and the register says nothing of them: unknown, never "did not attend" (C2).</summary>
    public void Unmarked(Person person) => Book(person);

    /// <summary>A seat of a forum that nobody holds: "vacant" or "not-appointed".</summary>
    public void EmptySeat(string seat, string mark) => folder.Marks.Add(new MarkRow(Session, "", mark, MarkedAfter(Session.Parts[^1]), Seat: seat));

    private string Book(Person person, DateTime? cancelled = null)
    {
        if (!People.Add(person))
            throw new InvalidOperationException($"{person.Email} is twice on {Session.Course} of {Session.Day:yyyy-MM-dd}.");
        Booked++;
        var booked = chance.OfficeHours(Session.Day.AddDays(-chance.Number(8, 60)));
        folder.Bookings.Add(new BookingRow(Session, AddressOn(person), cancelled is null ? "confirmed" : "cancelled", booked, cancelled));
        return AddressOn(person);
    }

    private void Mark(string email, string mark, int? minutes = null, int? part = null)
    {
        if (part is null && Session.Parts.Count > 1)
        {
            for (var number = 1; number <= Session.Parts.Count; number++)
                Mark(email, mark, minutes, number);
            return;
        }
        folder.Marks.Add(new MarkRow(Session, email, mark, MarkedAfter(Session.Parts[(part ?? 1) - 1]), part, minutes));
    }

    /// <summary>Whoever moved signs up with the address of the agency of the day: another row must find the same person (P1).</summary>
    private string AddressOn(Person person) =>
        person.Planted && person.Aliases.Count > 0 && person.On(Session.Day) == person.Employments[^1] ? person.Aliases[^1] : person.Email;

    private DateTime MarkedAfter(Part part) => (returned ?? part.Ends.AddMinutes(_minutesAfter)).AddSeconds(7 * _marked++);
}
