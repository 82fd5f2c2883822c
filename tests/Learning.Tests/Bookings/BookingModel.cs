using Learning.Bookings;
using Learning.Catalogue;
using Learning.Time;

namespace Learning.Tests.Bookings;

/// <summary>The booking rules over a plain list, without a database, a lock or a job: what the real thing is held against. Some people belong to an agency that places are kept for (B5).</summary>
internal sealed class BookingModel(Session session, Zone zone, Func<int, bool> isKeptFor, bool requestsHold)
{
    private readonly List<Entry> entries = [];
    private DateTimeOffset starts = session.StartsAt, closes = session.BookingClosesAt;
    private bool cancelled;
    private int joined;

    /// <summary>Places kept, and until when; null: none are.</summary>
    private (int Places, DateTimeOffset Until)? hold;

    private void EndHold()
    {
        // Who has one of them keeps the place; those that are kept later are others.
        hold = null;
        entries.ForEach(entry => entry.Held = false);
    }

    public int Capacity { get; private set; } = session.Capacity;

    public int Taken => entries.Count(entry => entry.Takes);

    public int Kept => hold is { } kept ? kept.Places - entries.Count(entry => entry is { Takes: true, Held: true }) : 0;

    private int Free => Math.Max(0, Capacity - Taken - Kept);

    private IEnumerable<Entry> Line => entries.Where(entry => entry.State == "waiting").OrderBy(entry => entry.Rank);

    private bool Open => !cancelled && zone.Now < closes;

    private bool Begun => cancelled || starts <= zone.Now;

    public string Book(int who)
    {
        Offer();
        if (Live(who) is { } mine)
        {
            if (mine is { State: "offered" } && mine.EndsAt <= zone.Now)
            {
                return "refused";
            }

            if (mine.State == "requested")
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

        var held = isKeptFor(who) && Kept > 0;
        var waits = !held && (Line.Any() || Free == 0);
        entries.Add(new Entry(who) { State = waits ? "waiting" : "confirmed", Held = held, Rank = joined++ });
        return waits ? $"waiting {Line.Count()}" : "confirmed";
    }

    /// <summary>Books for several at once (B10): a place that is kept for theirs first, and none before those who wait.</summary>
    public string BookSeveral(int[] wanted, bool allOrNothing, bool othersWait)
    {
        Offer();
        var (had, fresh) = (wanted.Select(Live).OfType<Entry>().ToList(), wanted.Where(who => Live(who) is null).ToList());
        if (!Open && fresh.Count > 0)
        {
            return allOrNothing ? "Refused" : "Done";
        }

        var (kept, free, given) = (Kept, Line.Any() ? 0 : Free, new Dictionary<int, bool>());
        foreach (var who in fresh)
        {
            if (isKeptFor(who) && kept > 0)
            {
                (kept, given[who]) = (kept - 1, true);
            }
            else if (free > 0)
            {
                (free, given[who]) = (free - 1, false);
            }
        }

        if (allOrNothing && (given.Count < fresh.Count || had.Exists(entry => entry.State != "confirmed")))
        {
            return "NoRoom";
        }

        foreach (var who in fresh.Where(who => given.ContainsKey(who) || othersWait))
        {
            entries.Add(new Entry(who) { State = given.ContainsKey(who) ? "confirmed" : "waiting", Held = given.GetValueOrDefault(who), Rank = joined++ });
        }

        return "Done";
    }

    /// <summary>Books for oneself where the course needs approval (B9).</summary>
    public string Ask(int who)
    {
        Offer();
        if (Live(who) is not null || !Open)
        {
            return Book(who);
        }

        var held = isKeptFor(who) && Kept > 0;
        var holds = requestsHold && (held || (!Line.Any() && Free > 0));
        entries.Add(new Entry(who) { State = "requested", Asked = true, HoldsPlace = holds, Held = holds && held, Rank = joined++ });
        return "requested";
    }

    public string Decide(int who, bool approve)
    {
        if (Newest(who) is not { Asked: true } mine)
        {
            return "NotFound";
        }

        if (mine.Approved == approve)
        {
            return "Done";
        }

        if (mine.State != "requested" || !Open)
        {
            return "Refused";
        }

        mine.Approved = approve;
        if (!approve)
        {
            mine.State = "declined";
            Offer();
        }
        else if (mine.HoldsPlace)
        {
            mine.State = "confirmed";
        }
        else
        {
            Offer();
            mine.Held = isKeptFor(who) && Kept > 0;
            mine.State = !mine.Held && (Line.Any() || Free == 0) ? "waiting" : "confirmed";
            mine.Rank = joined++;
        }

        return "Done";
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

        if (mine.State is "declined" or "lapsed" or "withdrawn" || Begun)
        {
            return "Refused";
        }

        var frees = mine.Takes;
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

    public string Withdraw(int who)
    {
        if (Newest(who) is not { } mine)
        {
            return "NotFound";
        }

        if (mine.State == "withdrawn")
        {
            return "Done";
        }

        if (Begun || !mine.IsLive)
        {
            return "Refused";
        }

        mine.State = "withdrawn";
        Offer();
        return "Done";
    }

    /// <summary>B11: people of one agency may have the place, others not.</summary>
    public string Give(int who, int to)
    {
        if (Newest(who) is not { } mine)
        {
            return "NotFound";
        }

        if (mine.GivenTo is { } given)
        {
            return given == to ? "Confirmed" : "Refused";
        }

        var live = Live(to);
        if (Begun || mine.State != "confirmed" || isKeptFor(who) != isKeptFor(to) || live is { State: not "waiting" })
        {
            return "Refused";
        }

        live?.State = "cancelled";
        (mine.State, mine.GivenTo) = ("cancelled", to);
        entries.Add(new Entry(to) { State = "confirmed", Held = mine.Held, Rank = joined++ });
        return "Confirmed";
    }

    public string PutFirst(int who)
    {
        if (Newest(who) is not { } mine)
        {
            return "NotFound";
        }

        if (mine.State != "waiting" || !Open)
        {
            return "Refused";
        }

        mine.Rank = Head - 1;
        return "Done";
    }

    /// <summary>Who gives way where there are fewer places than are taken: those who came last; as their places in the order of booking.</summary>
    public IReadOnlyList<int> GivingWay(int capacity) =>
        [.. entries.Index().Where(entry => entry.Item is { State: "confirmed" or "offered" }).OrderBy(entry => entry.Item.Rank).TakeLast(Math.Max(0, Taken + Kept - capacity)).Select(entry => entry.Index)];

    public string ChangeCapacity(int capacity)
    {
        var giving = GivingWay(capacity).Select(index => entries[index]).ToList();
        if (Begun || giving.Count < Taken + Kept - capacity)
        {
            return "Refused";
        }

        var (head, gone) = (Head, giving.Count(entry => entry.Held));
        foreach (var (place, entry) in giving.Index())
        {
            (entry.State, entry.Held, entry.Rank) = ("waiting", false, head - (giving.Count - place) * 0.5);
        }

        if (hold is { } kept && gone > 0)
        {
            hold = (kept.Places - gone, kept.Until);
            if (kept.Places == gone)
            {
                EndHold();
            }
        }

        Capacity = capacity;
        Offer();
        return "Done";
    }

    public string Hold(int places, DateTimeOffset until)
    {
        if (Begun || places > Free || until > closes)
        {
            return "Refused";
        }

        hold = ((hold?.Places ?? 0) + places, until);
        Offer();
        return "Done";
    }

    public string Release()
    {
        if (hold is null)
        {
            return "NotFound";
        }

        EndHold();
        Offer();
        return "Done";
    }

    /// <summary>The organiser cancels the session (B13); twice is once.</summary>
    public string CancelSession()
    {
        if (!cancelled && Begun)
        {
            return "Refused";
        }

        cancelled = true;
        entries.FindAll(entry => entry.IsLive).ForEach(entry => entry.State = "withdrawn");
        return "Done";
    }

    /// <summary>The organiser moves it (B13); from then on it is booked until it starts.</summary>
    public string Move(DateTimeOffset to)
    {
        if (Begun || to <= zone.Now || (to, to) == (starts, closes))
        {
            return "Refused";
        }

        (starts, closes) = (to, to);
        entries.FindAll(entry => entry.State == "offered" && entry.EndsAt > to).ForEach(entry => entry.EndsAt = to);
        hold = hold is { } kept && kept.Until > to ? (kept.Places, to) : hold;
        Offer();
        return "Done";
    }

    /// <summary>What has to have happened a minute later.</summary>
    public void Minute()
    {
        if (cancelled)
        {
            return;
        }

        foreach (var entry in entries.Where(entry => (entry.State == "offered" && entry.EndsAt <= zone.Now) || (entry.State is "waiting" or "requested" && !Open)))
        {
            entry.State = "lapsed";
        }

        if (hold?.Until <= zone.Now)
        {
            EndHold();
        }

        Offer();
    }

    public override string ToString() => string.Join(", ", entries.Select(entry => $"{entry.Who} {entry.State}")) + $"; {Taken} taken, {Kept} kept of {Capacity}";

    // Before everybody who waits, and behind nobody who comes.
    private double Head => entries.Where(entry => entry.State == "waiting").Select(entry => entry.Rank).Append(joined).Min();

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
        foreach (var entry in Open ? Line.ToList() : [])
        {
            if (isKeptFor(entry.Who) && Kept > 0)
            {
                entry.Held = true;
            }
            else if (Free == 0)
            {
                continue;
            }

            (entry.State, entry.EndsAt) = ("offered", OfferEnd.Of(zone.Now, starts, zone));
        }
    }

    private Entry? Live(int who) => entries.Find(entry => entry.Who == who && entry.IsLive);

    private Entry? Newest(int who) => entries.FindLast(entry => entry.Who == who);

    private sealed class Entry(int who)
    {
        public int Who { get; } = who;
        public string State { get; set; } = "";
        public bool Held { get; set; }
        public int? GivenTo { get; set; }
        public double Rank { get; set; }
        public DateTimeOffset? EndsAt { get; set; }
        public bool Asked { get; init; }
        public bool HoldsPlace { get; init; }
        public bool? Approved { get; set; }
        public bool Takes => State is "confirmed" or "offered" || (State == "requested" && HoldsPlace);
        public bool IsLive => State is "requested" or "confirmed" or "waiting" or "offered";
    }
}
