using FsCheck;
using FsCheck.Fluent;

using Learning.Bookings;

namespace Learning.Tests.Bookings;

/// <summary>B5, B6: who gets which free place, without a database.</summary>
public class AllocationTests
{
    private static readonly Guid Police = Guid.CreateVersion7(), Health = Guid.CreateVersion7();

    [Fact] // B5, B6
    public void Places_kept_for_somebody_go_to_theirs_first_and_the_others_in_the_order_of_the_list()
    {
        var line = Line("council", "police", "council", "police", "health", "police");

        Assert.Equal([("1", Police), ("4", Health)], Given(0, new() { [Police] = 1, [Health] = 2 }, line));
        Assert.Equal([("0", null), ("1", Police), ("2", null), ("4", Health)], Given(2, new() { [Police] = 1, [Health] = 2 }, line));
        Assert.Equal([("0", null), ("1", null), ("2", null)], Given(3, [], line));
        Assert.Equal([], Given(0, [], line));
    }

    [Fact] // B6
    public void Whatever_is_free_nobody_is_passed_by_somebody_who_takes_a_place_that_they_could_have_had()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), Gen.Choose(0, 6).ToArbitrary(), Gen.Choose(0, 3).ToArbitrary(), (kinds, free, kept) =>
        {
            var line = Line([.. kinds.Select(kind => (kind % 3) switch { 0 => "council", 1 => "police", _ => "health" })]);
            var held = new Dictionary<Guid, int> { [Police] = kept, [Health] = 3 - kept };
            var given = Allocation.Of(free, held, line);
            var order = given.Select(place => line.FindIndex(one => one.Booking == place.Booking)).ToList();
            var served = order.ToHashSet();
            var (general, usedBy) = (given.Count(place => place.Held is null), given.Where(place => place.Held is not null).CountBy(place => place.Held!.Value).ToDictionary());

            // Never more than there is, in order, and each kept place only by those it is for.
            var fits = general <= free && usedBy.All(one => one.Value <= held[one.Key]) && order.SequenceEqual(order.Order())
                && given.All(place => place.Held is not { } hold || line.Single(one => one.Booking == place.Booking).Holds.Contains(hold));

            // Who went without could take nothing that is left, and nothing that somebody behind them got.
            var fair = line.Index().Where(one => !served.Contains(one.Index)).All(one =>
                general == free && one.Item.Holds.All(hold => usedBy.GetValueOrDefault(hold) == held[hold])
                && given.Where(place => line.FindIndex(other => other.Booking == place.Booking) > one.Index).All(place => place.Held is { } hold && !one.Item.Holds.Contains(hold)));
            return fits && fair;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    private static List<InLine> Line(params string[] agencies) => [.. agencies.Select((agency, index) => new InLine(Id(index), agency switch { "police" => [Police], "health" => [Health], _ => [] }))];

    private static List<(string, Guid?)> Given(int free, Dictionary<Guid, int> held, List<InLine> line) =>
        [.. Allocation.Of(free, held, line).Select(place => ($"{line.FindIndex(one => one.Booking == place.Booking)}", place.Held))];

    private static Guid Id(int index) => new(index + 1, 0, 0, new byte[8]);
}
