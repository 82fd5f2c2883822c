using System.Numerics;

using Learning.Bookings.Workshops;

namespace Learning.Tests.Bookings.Workshops;

/// <summary>Who gets which workshop of a round, held against two that know nothing of how it is worked out: a flow of least cost through a whole network, and every way there is.</summary>
public class WorkshopAllocationTests
{
    [Fact] // B14
    public void Of_210_delegates_in_3_rounds_of_5_workshops_as_many_get_their_first_choice_then_their_second_as_an_exact_assignment_gives()
    {
        for (var round = 0; round < 3; round++)
        {
            var (rooms, people) = Invent(new Random(round), delegates: 210, workshops: 5, places: 44);

            var placed = WorkshopAllocation.Of(rooms, people);

            Assert.Equal(Network.Ranks(rooms, people), Ranks(placed, 5));
            Assert.Equal(placed, WorkshopAllocation.Of(rooms, people));
            Assert.All(rooms, room => Assert.True(placed.Count(one => one.Workshop == room.Workshop) <= room.Places));
            Assert.Equal(Math.Min(210, rooms.Sum(room => room.Places)), placed.Count(one => one.Workshop is not null));
        }
    }

    [Fact] // B14
    public void Whatever_the_rooms_and_wishes_are_the_ranks_are_those_of_an_exact_assignment_and_no_room_is_overfull()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var (rooms, people) = Invent(random, random.Next(0, 40), random.Next(1, 7), random.Next(0, 12));

            var placed = WorkshopAllocation.Of(rooms, people);

            Assert.Equal(people.Select(one => one.Booking), placed.Select(one => one.Booking));
            Assert.Equal(Network.Ranks(rooms, people), Ranks(placed, 5));
            Assert.All(rooms, room => Assert.True(placed.Count(one => one.Workshop == room.Workshop) <= room.Places));
            // Nobody is left without while there is room, and a rank is the rank of the wish that was met.
            Assert.Equal(Math.Min(people.Count, rooms.Sum(room => room.Places)), placed.Count(one => one.Workshop is not null));
            Assert.All(people.Zip(placed), pair => Assert.True(pair.Second.Rank is not { } rank || pair.First.Wishes[rank - 1] == pair.Second.Workshop));
        }
    }

    [Fact] // B14
    public void Of_all_ways_that_come_to_the_same_the_one_is_taken_in_which_those_who_booked_earlier_are_better_off()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var (rooms, people) = Invent(random, random.Next(1, 6), random.Next(1, 4), random.Next(1, 3));

            var placed = WorkshopAllocation.Of(rooms, people);

            Assert.Equal(EveryWay(rooms, people).Max(), Worth(people, placed.Select(one => one.Rank)));
        }
    }

    [Fact] // B14
    public void Of_two_who_want_the_last_place_the_one_who_booked_first_has_it_and_the_other_has_the_second_choice()
    {
        var (a, b) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var (first, second) = (Guid.CreateVersion7(), Guid.CreateVersion7());

        var placed = WorkshopAllocation.Of([new(a, 1), new(b, 1)], [new(first, [a, b]), new(second, [a, b])]);

        Assert.Equal([new(first, a, 1), new(second, b, 2)], placed);
    }

    [Fact] // B14
    public void Whoever_booked_first_moves_on_where_more_people_get_a_better_choice_that_way()
    {
        var (a, b) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var (flexible, narrow) = (Guid.CreateVersion7(), Guid.CreateVersion7());

        // Both want the same room first; only one of them has a second choice.
        var placed = WorkshopAllocation.Of([new(a, 1), new(b, 1), new(Guid.CreateVersion7(), 5)], [new(flexible, [a, b]), new(narrow, [a])]);

        Assert.Equal([new(flexible, b, 2), new(narrow, a, 1)], placed);
    }

    private static (List<Room> Rooms, List<Wanting> People) Invent(Random random, int delegates, int workshops, int places)
    {
        var rooms = Enumerable.Range(0, workshops).Select(_ => new Room(Id(random), random.Next(places / 2, places + 1) + (places / 4))).ToList();
        // Some workshops are liked by most.
        var people = Enumerable.Range(0, delegates).Select(_ => new Wanting(Id(random), [.. rooms.Index().OrderBy(room => random.NextDouble() * (1 + room.Index)).Take(random.Next(0, 6)).Select(room => room.Item.Workshop)])).ToList();
        return (rooms, people);
    }

    private static Guid Id(Random random)
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes);
    }

    private static List<int> Ranks(IEnumerable<Placed> placed, int most) => [.. Enumerable.Range(1, most).Select(rank => placed.Count(one => one.Rank == rank))];

    // The more of a better rank, the more it is worth, whatever there is of worse ones; then the earlier have the better ranks.
    private static BigInteger Worth(List<Wanting> people, IEnumerable<int?> ranks)
    {
        var wishes = ranks.ToList();
        var worth = wishes.OfType<int>().Select(met => BigInteger.Pow(10, 3 * (8 - met)) * 1000).Aggregate(BigInteger.Zero, BigInteger.Add);
        return worth - wishes.Select((rank, person) => (BigInteger)(people.Count - person) * ((rank ?? 1 + people.Max(one => one.Wishes.Count)) - 1)).Aggregate(BigInteger.Zero, BigInteger.Add);
    }

    private static IEnumerable<BigInteger> EveryWay(List<Room> rooms, List<Wanting> people)
    {
        var ranks = new int?[people.Count];
        IEnumerable<BigInteger> From(int person, int[] left)
        {
            if (person == people.Count)
            {
                yield return Worth(people, ranks);
                yield break;
            }

            ranks[person] = null;
            foreach (var worth in From(person + 1, left))
            {
                yield return worth;
            }

            foreach (var (rank, wish) in people[person].Wishes.Index())
            {
                var room = rooms.FindIndex(one => one.Workshop == wish);
                if (left[room] > 0)
                {
                    ranks[person] = rank + 1;
                    foreach (var worth in From(person + 1, [.. left.Select((places, i) => i == room ? places - 1 : places)]))
                    {
                        yield return worth;
                    }
                }
            }
        }

        return From(0, [.. rooms.Select(room => room.Places)]);
    }

    /// <summary>Least cost through source, people, rooms and sink, a unit at a time, over every edge.</summary>
    private static class Network
    {
        private sealed class Edge
        {
            public required int To { get; init; }
            public required BigInteger Cost { get; init; }
            public int Left { get; set; }
            public Edge Back { get; set; } = null!;
        }

        public static List<int> Ranks(List<Room> rooms, List<Wanting> people)
        {
            var (source, sink) = (people.Count + rooms.Count, people.Count + rooms.Count + 1);
            var edges = Enumerable.Range(0, sink + 1).Select(_ => new List<Edge>()).ToArray();
            void Add(int from, int to, int capacity, BigInteger cost)
            {
                var (there, back) = (new Edge { To = to, Cost = cost, Left = capacity }, new Edge { To = from, Cost = -cost });
                (there.Back, back.Back) = (back, there);
                edges[from].Add(there);
                edges[to].Add(back);
            }

            foreach (var (person, one) in people.Index())
            {
                Add(source, person, 1, 0);
                foreach (var (rank, wish) in one.Wishes.Index())
                {
                    Add(person, people.Count + rooms.FindIndex(room => room.Workshop == wish), 1, -BigInteger.Pow(people.Count + 1, 5 - rank));
                }
            }

            foreach (var (room, one) in rooms.Index())
            {
                Add(people.Count + room, sink, one.Places, 0);
            }

            while (Augment(edges, source, sink))
            {
            }

            return [.. Enumerable.Range(0, 5).Select(rank => people.Index().Count(one => one.Item.Wishes.Count > rank
                && edges[one.Index].Exists(edge => edge.To == people.Count + rooms.FindIndex(room => room.Workshop == one.Item.Wishes[rank]) && edge.Cost < 0 && edge.Left == 0)))];
        }

        private static bool Augment(List<Edge>[] edges, int source, int sink)
        {
            var (cost, came, queue) = (new BigInteger?[edges.Length], new Edge?[edges.Length], new Queue<int>([source]));
            cost[source] = 0;
            while (queue.TryDequeue(out var at))
            {
                foreach (var edge in edges[at].Where(edge => edge.Left > 0 && (cost[edge.To] is not { } known || cost[at]!.Value + edge.Cost < known)))
                {
                    (cost[edge.To], came[edge.To]) = (cost[at]!.Value + edge.Cost, edge);
                    queue.Enqueue(edge.To);
                }
            }

            if (cost[sink] is not { } least || least >= 0)
            {
                return false;
            }

            for (var edge = came[sink]; edge is not null; edge = came[edge.Back.To])
            {
                (edge.Left, edge.Back.Left) = (edge.Left - 1, edge.Back.Left + 1);
            }

            return true;
        }
    }
}
