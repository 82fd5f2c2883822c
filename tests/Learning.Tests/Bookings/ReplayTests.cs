using Learning.Benchmarks.Storm;

namespace Learning.Tests.Bookings;

/// <summary>What judges a storm finds what it is there to find: records in which a rule is broken, and ones in which none is.</summary>
public class ReplayTests
{
    private static readonly Guid Session = Guid.CreateVersion7(), Police = Guid.CreateVersion7(), Health = Guid.CreateVersion7(), Hold = Guid.CreateVersion7(), Unit = Guid.CreateVersion7();
    private static readonly Guid[] People = [.. Enumerable.Range(0, 6).Select(_ => Guid.CreateVersion7())];

    // Even ones are the police's, for whom places are kept.
    private static readonly Facts Known = new(
        People.Index().ToDictionary(one => one.Item, one => (IReadOnlyList<Guid>)[one.Index % 2 == 0 ? Police : Health]), People.ToDictionary(one => one, _ => "Sector"),
        new Dictionary<Guid, (Guid?, string?)> { [Hold] = (Police, null) }, new HashSet<Guid> { Unit });

    private readonly List<Step> steps = [];
    private int together;

    [Fact] // B2, B4, B5, B6
    public void A_day_on_which_all_went_well_is_clean()
    {
        At(Room(3), Kept(1));
        At(Booked(0, "confirmed", hold: Hold));
        At(Booked(1, "confirmed"));
        At(Booked(2, "confirmed"));
        At(Booked(3, "waiting", 3));
        At(Booked(4, "waiting", 4));
        At(Booked(0, "cancelled"), Booked(4, "offered", 4, Hold));
        At(Booked(1, "cancelled"), Booked(3, "offered", 3));
        At(Booked(2, "waiting", -1, by: Unit, why: "Another room"), Room(2));
        At(Kept(1, released: true));
        At(Booked(4, "declined", 4), Booked(2, "offered", -1));

        Assert.Equal("2 taken, 0 kept of 2", Play(out var broken));
        Assert.Empty(broken);
    }

    [Fact] // B2
    public void One_place_too_many_is_found_though_it_is_given_up_a_step_later()
    {
        At(Room(1));
        At(Booked(0, "confirmed"));
        At(Booked(1, "confirmed"));
        At(Booked(1, "cancelled"));
        Found("2 taken, 0 kept of 1 (B2)");
    }

    [Fact] // B2, B4
    public void So_are_fewer_places_than_are_taken()
    {
        At(Room(2));
        At(Booked(0, "confirmed"));
        At(Booked(1, "confirmed"));
        At(Room(1));
        Found("2 taken, 0 kept of 1 (B2)");
    }

    [Fact] // B5
    public void So_is_a_place_that_was_kept_and_went_to_somebody_else_or_leaked()
    {
        At(Room(1), Kept(1));
        At(Booked(1, "confirmed", hold: Hold));
        Found("a held place went to somebody for whom it is not kept (B5)");
        steps.Clear();
        At(Room(1), Kept(1));
        At(Booked(1, "confirmed"));
        Found("1 taken, 1 kept of 1 (B2)");
    }

    [Theory] // B6
    [InlineData("offered")]
    [InlineData("confirmed")]
    public void So_is_somebody_who_was_passed(string state)
    {
        At(Room(1));
        At(Booked(0, "confirmed"));
        At(Booked(1, "waiting", 1));
        if (state == "offered")
        {
            At(Booked(2, "waiting", 2));
        }

        At(Booked(0, "cancelled"), Booked(2, state, 2));
        Found("1 who wait were passed (B6)");
    }

    [Fact] // B6
    public void So_is_a_place_that_came_free_and_was_not_offered()
    {
        At(Room(1));
        At(Booked(0, "confirmed"));
        At(Booked(1, "waiting", 1));
        At(Booked(0, "cancelled"));
        Found("1 wait and 1 places are free: 0 taken, 0 kept of 1 (B6)");
    }

    [Fact] // B5, B6
    public void So_is_a_kept_place_that_somebody_of_theirs_waits_for()
    {
        At(Room(2), Kept(1));
        At(Booked(1, "confirmed"));
        At(Booked(2, "waiting", 2));
        Found("somebody waits for whom a place is kept and free (B5, B6)");
    }

    [Fact] // B4, B6
    public void So_is_a_line_that_nobody_put_in_another_order_with_a_reason_or_who_is_put_elsewhere_than_first()
    {
        At(Room(1));
        At(Booked(0, "confirmed"));
        At(Booked(1, "waiting", 1));
        At(Booked(2, "waiting", 2));
        At(Booked(2, "waiting", 0));
        Found("the line was changed without an organiser's reason (B6)");
        At(Booked(1, "waiting", 3, by: Unit, why: "A reason"));
        Found("somebody was put elsewhere than first (B4, B6)");
    }

    [Fact] // B4
    public void So_is_who_gave_way_though_the_room_is_large_enough()
    {
        At(Room(2));
        At(Booked(0, "confirmed"));
        At(Booked(1, "confirmed"));
        At(Booked(1, "waiting", 0, by: Unit, why: "A reason"));
        Found("1 gave way: 2 taken, 0 kept of 2, then 1 taken, 0 kept of 2 (B4)");
    }

    [Fact] // B11
    public void So_is_a_place_that_went_to_another_agency_and_one_that_nobody_gave()
    {
        At(Room(1));
        At(Booked(0, "confirmed"));
        At(Booked(0, "cancelled"), Booked(1, "confirmed", instead: 0));
        Found("a place went to another agency past those who wait (B11)");
        At(Booked(1, "withdrawn"));
        At(Booked(2, "confirmed", instead: 0));
        Found("a place was taken over that nobody gave (B11)");
    }

    [Fact] // B1, B3
    public void So_are_a_state_that_does_not_follow_and_a_second_live_booking()
    {
        At(Room(3));
        At(Booked(0, "confirmed"));
        At(Booked(0, "declined"));
        Found("\"confirmed\" became \"declined\" (B1)");
        At(Booked(1, "confirmed"));
        At(Booked(2, "confirmed", person: 1));
        Found("two live bookings of one person (B3)");
    }

    [Fact] // B2
    public void So_are_two_transactions_at_the_same_time()
    {
        At(Room(3));
        At(Booked(0, "confirmed"));
        At(Booked(1, "confirmed"));
        steps.Add(Booked(2, "confirmed") with { Order = steps.Count, Together = steps[1].Together });
        Found("two transactions changed one session's places at the same time");
    }

    private static Step.Room Room(int capacity) => new(0, "", Session, capacity, Planned: true);

    private static Step.Held Kept(int places, bool released = false) => new(0, "", Session, Hold, places, released);

    // The booking has its person's number; so have its place in the line and when it was made.
    private static Step.Booked Booked(int who, string state, int line = 0, Guid? hold = null, Guid? by = null, string? why = null, int? instead = null, int? person = null) => new(
        0, "", Session, People[who], People[person ?? who], state, hold, HoldsPlace: false, DateTimeOffset.UnixEpoch.AddMinutes(line), who, by, why, instead is { } given ? People[given] : null);

    private void At(params Step[] changes)
    {
        together++;
        steps.AddRange(changes.Select((step, index) => step with { Order = steps.Count + index, Together = $"{together}" }));
    }

    private string Play(out IReadOnlyList<string> broken)
    {
        var replay = new Replay(Known);
        var stands = replay.Play(steps);
        broken = replay.Broken;
        return stands;
    }

    private void Found(string what)
    {
        Play(out var broken);
        Assert.Contains(broken, one => one.EndsWith(what, StringComparison.Ordinal));
    }
}
