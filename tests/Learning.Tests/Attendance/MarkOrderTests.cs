using FsCheck;
using FsCheck.Fluent;

using Learning.Attendance;
using Learning.Tests.Support;

namespace Learning.Tests.Attendance;

/// <summary>A2: whatever way the events of an open register come in, the same marks stand.</summary>
public class MarkOrderTests(Ground ground) : IClassFixture<Ground>
{
    private static readonly MarkKind[] Kinds = [MarkKind.Attended, MarkKind.Part, MarkKind.Apologies, MarkKind.Dna];

    // One event: whose mark of three people, what, how many minutes ago it was made, on which of three tablets, each with a clock of its own.
    private sealed record Made(int Person, int Kind, int MinutesAgo, int Tablet);

    [Fact] // A2, A3
    public async Task Any_order_of_arrival_and_any_batches_give_the_same_standing_marks()
    {
        var events = (from minutes in Gen.Shuffle(Enumerable.Range(1, 60).ToArray())
                      from count in Gen.Choose(1, 12)
                      from rest in Gen.Choose(0, 3 * 4 * 3 - 1).ArrayOf(count)
                      from order in Gen.Shuffle(Enumerable.Range(0, count).ToArray())
                      from size in Gen.Choose(1, count)
                      select (Events: rest.Select((number, i) => new Made(number % 3, number / 3 % 4, minutes[i], number / 12)).ToArray(), Order: order, Size: size)).Sample(30);
        var clocks = new[] { TimeSpan.Zero, TimeSpan.FromHours(1), TimeSpan.FromDays(-400) };

        foreach (var (made, order, size) in events)
        {
            var hall = await Hall.Open(ground);
            var again = await Hall.Open(ground, people: 0);
            foreach (var person in hall.People)
            {
                await ground.Given.Booking(again.Session, person);
            }

            var now = ground.Zone.Now;
            async Task Deliver(Hall to, IEnumerable<Made> batch)
            {
                foreach (var tablet in batch.GroupBy(mark => mark.Tablet))
                {
                    await to.Send($"tablet {tablet.Key}", [.. tablet.Select(mark => to.Mark(
                        hall.People[mark.Person].Id, Kinds[mark.Kind], at: now.AddMinutes(-mark.MinutesAgo) + clocks[tablet.Key]))], fast: clocks[tablet.Key]);
                }
            }

            await Deliver(hall, made);
            foreach (var batch in order.Select(i => made[i]).Chunk(size))
            {
                await Deliver(again, batch);
            }

            Assert.Equal(await Standing(hall), await Standing(again));
            Assert.Equal(made.GroupBy(mark => mark.Person).ToDictionary(group => hall.People[group.Key].Id, group => Kinds[group.MinBy(mark => mark.MinutesAgo)!.Kind]).OrderBy(pair => pair.Key), await Standing(hall));
        }
    }

    private static async Task<List<KeyValuePair<Guid, MarkKind>>> Standing(Hall hall) =>
        [.. (await hall.Sheet()).People.Where(row => row.Marks.Count > 0).Select(row => KeyValuePair.Create(row.PersonId, row.Marks[hall.Part].Mark.Kind)).OrderBy(pair => pair.Key)];
}
