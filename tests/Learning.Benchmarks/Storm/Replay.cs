namespace Learning.Benchmarks.Storm;

/// <summary>
/// Plays the record of sessions again, step by step, and judges each by the rules of booking (B1 to B6, B11), written here from the rules alone: none of the program's own code is asked.
/// Booking is taken to be open all the time.
/// </summary>
public sealed class Replay(Facts facts)
{
    private static readonly HashSet<string> Moves =
    [
        " confirmed", " waiting", " requested", "requested confirmed", "requested waiting", "requested declined", "requested cancelled", "requested lapsed", "requested withdrawn",
        "waiting offered", "waiting cancelled", "waiting lapsed", "waiting withdrawn", "waiting waiting", "offered confirmed", "offered declined", "offered lapsed", "offered withdrawn", "offered waiting",
        "confirmed cancelled", "confirmed withdrawn", "confirmed waiting",
    ];

    private readonly List<string> broken = [];
    private readonly Dictionary<string, int> seen = [];

    /// <summary>Each thing that the rules forbid.</summary>
    public IReadOnlyList<string> Broken => broken;

    /// <summary>How often each kind of change was seen.</summary>
    public IReadOnlyDictionary<string, int> Seen => seen;

    /// <summary>Plays one session's steps; how it stands at the end, "12 taken, 1 kept of 20".</summary>
    public string Play(IReadOnlyList<Step> steps)
    {
        var state = new Standing();
        var (transactions, done) = (new List<List<Step>>(), new HashSet<string>());
        foreach (var step in steps)
        {
            if (transactions.Count == 0 || transactions[^1][0].Together != step.Together)
            {
                Judge(done.Add(step.Together), step, "two transactions changed one session's places at the same time");
                transactions.Add([]);
            }

            transactions[^1].Add(step);
        }

        transactions.ForEach(together => Play(state, together));
        return state.ToString();
    }

    private void Play(Standing state, List<Step> together)
    {
        var before = state.Copy();
        foreach (var step in together)
        {
            if (step is Step.Booked booked)
            {
                var was = state.Bookings.GetValueOrDefault(booked.Id);
                Judge(Moves.Contains($"{was?.State} {booked.State}"), step, $"\"{was?.State}\" became \"{booked.State}\" (B1)");
                Count(was is null ? $"new {booked.State}" : $"{was.State} to {booked.State}");
            }

            Count(step switch { Step.Room room => room.Capacity > state.Capacity ? "more places" : "fewer places", Step.Held { Released: true } => "released", Step.Held => "kept", _ => "changes" });
            state.Apply(step);
            Judge(state.Taken + state.Kept <= state.Capacity, step, $"{state} (B2)");
            Judge(state.MostLive <= 1, step, "two live bookings of one person (B3)");
            Judge(state.Holds.Values.All(hold => hold.Released || state.Used(hold.Id) <= hold.Places), step, "more people than held places have one of them (B5)");
        }

        var last = together[^1];
        var bookings = together.OfType<Step.Booked>().Select(step => step.Id).Distinct().Select(id => state.Bookings[id]).ToList();
        foreach (var one in bookings)
        {
            var was = before.Bookings.GetValueOrDefault(one.Id);
            if (one.Takes && was?.Takes != true)
            {
                Place(state, before, was, one);
            }
            else if (one.State == "waiting")
            {
                Line(state, before, bookings, was, one);
            }
        }

        var waiting = state.Waiting.ToList();
        Judge(!state.Planned || state.Free <= 0 || waiting.Count == 0, last, $"{waiting.Count} wait and {state.Free} places are free: {state} (B6)");
        Judge(!state.Planned || !state.Holds.Values.Any(hold => state.Left(hold) > 0 && waiting.Exists(one => facts.MayHave(one.Person, hold.Id))), last, "somebody waits for whom a place is kept and free (B5, B6)");
    }

    // Somebody has, or was offered, a place.
    private void Place(Standing state, Standing before, Step.Booked? was, Step.Booked one)
    {
        if (was is null && one.Instead is { } instead)
        {
            Count("taken over");
            Judge(before.Bookings[instead].State == "confirmed" && state.Bookings[instead].State == "cancelled", one, "a place was taken over that nobody gave (B11)");
            Judge(facts.Agencies[before.Bookings[instead].Person][^1] == facts.Agencies[one.Person][^1], one, "a place went to another agency past those who wait (B11)");
            return;
        }

        if (one.Hold is { } hold)
        {
            Count("held places used");
            Judge(!state.Holds[hold].Released && facts.MayHave(one.Person, hold), one, "a held place went to somebody for whom it is not kept (B5)");
        }

        var passed = state.Waiting.Where(other => Standing.Before(other, one) && (one.Hold is not { } kept || facts.MayHave(other.Person, kept))).ToList();
        Judge(passed.Count == 0, one, $"{passed.Count} who wait were passed (B6)");
    }

    // Somebody waits who did not, or stands elsewhere.
    private void Line(Standing state, Standing before, List<Step.Booked> together, Step.Booked? was, Step.Booked one)
    {
        var others = before.Waiting.Where(other => state.Bookings[other.Id].State == "waiting" && together.TrueForAll(changed => changed.Id != other.Id)).ToList();
        if (was is null or { State: "requested" })
        {
            Judge(others.TrueForAll(other => Standing.Before(other, one)), one, "a newcomer joined before somebody who waits (B6)");
            return;
        }

        Count(was.State == "waiting" ? "put first" : "gave way");
        Judge(one.By is { } by && facts.Organisers.Contains(by) && one.Reason is not null, one, "the line was changed without an organiser's reason (B6)");
        Judge(others.TrueForAll(other => Standing.Before(one, other)), one, "somebody was put elsewhere than first (B4, B6)");
        var moved = together.Count(other => other.State == "waiting" && before.Bookings.GetValueOrDefault(other.Id) is { Takes: true });
        Judge(was.State == "waiting" || moved == before.Taken + before.Kept - state.Capacity, one, $"{moved} gave way: {before}, then {state} (B4)");
    }

    private void Judge(bool kept, Step step, string otherwise)
    {
        if (!kept)
        {
            broken.Add($"step {step.Order} of session {step.Session}: {otherwise}");
        }
    }

    private void Count(string what) => seen[what] = seen.GetValueOrDefault(what) + 1;
}
