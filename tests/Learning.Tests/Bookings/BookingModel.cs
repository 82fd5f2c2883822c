using Learning.Bookings;
using Learning.Catalogue;
using Learning.Time;

namespace Learning.Tests.Bookings;

/// <summary>The booking rules over a plain list, without a database, a lock or a job: what the real thing is held against.</summary>
internal sealed class BookingModel(Session session, Zone zone)
{
    private readonly List<Entry> entries = [];

    public int Capacity { get; set; } = session.Capacity;

    public int Taken => entries.Count(entry => entry.State is "confirmed" or "offered");

    private IEnumerable<Entry> Line => entries.Where(entry => entry.State == "waiting");

    private bool Open => zone.Now < session.BookingClosesAt;

    public string Book(int who)
    {
        Offer();
        if (Live(who) is { } mine)
        {
            if (mine is { State: "offered" } && mine.EndsAt <= zone.Now)
            {
                return "refused";
            }

            mine.State = mine.State == "offered" ? "confirmed" : mine.State;
            return mine.State == "waiting" ? $"waiting {Line.TakeWhile(entry => entry != mine).Count() + 1}" : mine.State;
        }

        if (!Open)
        {
            return "refused";
        }

        var waits = Line.Any() || Taken >= Capacity;
        entries.Add(new Entry(who) { State = waits ? "waiting" : "confirmed" });
        return waits ? $"waiting {Line.Count()}" : "confirmed";
    }

    public string Cancel(int who)
    {
        if (Newest(who) is not { } mine)
        {
            return "NotFound";
        }

        if (mine.State == "cancelled")
        {
            return "Done";
        }

        if (mine.State is "declined" or "lapsed" || session.StartsAt <= zone.Now)
        {
            return "Refused";
        }

        var frees = mine.State is "confirmed" or "offered";
        mine.State = mine.State == "offered" ? "declined" : "cancelled";
        if (frees)
        {
            Offer();
        }

        return "Done";
    }

    public string Accept(int who) => Answer(who, "confirmed");

    public string Decline(int who)
    {
        var was = Newest(who)?.State;
        var said = Answer(who, "declined");
        if (was == "offered" && said == "Done")
        {
            Offer();
        }

        return said;
    }

    /// <summary>What has to have happened a minute later.</summary>
    public void Minute()
    {
        foreach (var entry in entries.Where(entry => (entry.State == "offered" && entry.EndsAt <= zone.Now) || (entry.State == "waiting" && !Open)))
        {
            entry.State = "lapsed";
        }

        Offer();
    }

    public override string ToString() => string.Join(", ", entries.Select(entry => $"{entry.Who} {entry.State}"));

    private string Answer(int who, string state)
    {
        if (Newest(who) is not { } mine)
        {
            return "NotFound";
        }

        if (mine.State == state)
        {
            return "Done";
        }

        if (mine.State != "offered" || mine.EndsAt <= zone.Now)
        {
            return "Refused";
        }

        mine.State = state;
        return "Done";
    }

    private void Offer()
    {
        foreach (var entry in Open ? Line.Take(Math.Max(0, Capacity - Taken)).ToList() : [])
        {
            (entry.State, entry.EndsAt) = ("offered", OfferEnd.Of(zone.Now, session.StartsAt, zone));
        }
    }

    private Entry? Live(int who) => entries.Find(entry => entry.Who == who && (entry.State is "confirmed" or "waiting" or "offered"));

    private Entry? Newest(int who) => entries.FindLast(entry => entry.Who == who);

    private sealed class Entry(int who)
    {
        public int Who { get; } = who;
        public string State { get; set; } = "";
        public DateTimeOffset? EndsAt { get; set; }
    }
}
