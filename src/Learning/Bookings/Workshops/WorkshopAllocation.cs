namespace Learning.Bookings.Workshops;

/// <summary>A workshop's room in a round, and the places that are to be given in it.</summary>
public sealed record Room(Guid Workshop, int Places);

/// <summary>Somebody who is to have one workshop of a round, with what they would like, the best first.</summary>
public sealed record Wanting(Guid Booking, IReadOnlyList<Guid> Wishes);

/// <summary>What they get: <paramref name="Rank"/> says which wish it meets, from 1; null: none, it is what was left. No workshop: every room is full.</summary>
public sealed record Placed(Guid Booking, Guid? Workshop, int? Rank);

/// <summary>
/// Who goes to which workshop of one round (B14): as many first choices as possible, then as many second ones, and so on; of all that come to the same, the one in which those who booked earlier are
/// better off. Who gets none of their wishes has the emptiest room that is left, in the order of booking. Pure, and the same for the same input.
/// </summary>
/// <remarks>
/// A flow of least cost, grown by one person at a time along the cheapest chain of moves from room to room: exact, and short because rooms are few. The costs are whole numbers in which a place of a
/// better rank outweighs any number of worse ones, and a rank any order of booking.
/// </remarks>
public static class WorkshopAllocation
{
    private sealed record Hop(int From, int Person);

    /// <param name="people">In the order in which they booked. A wish for a room that is not among the rooms counts for nothing, but keeps its rank.</param>
    public static IReadOnlyList<Placed> Of(IReadOnlyList<Room> rooms, IReadOnlyList<Wanting> people)
    {
        var index = rooms.Index().ToDictionary(room => room.Item.Workshop, room => room.Index);
        var (none, costs) = (rooms.Count, Costs(index, people));
        var (at, used) = (new int[people.Count], new int[none + 1]);
        for (var person = 0; person < people.Count; person++)
        {
            Place(person, rooms, costs, at, used);
        }

        var left = rooms.Select((room, i) => room.Places - used[i]).ToArray();
        return [.. people.Select((one, i) =>
        {
            if (at[i] < none)
            {
                return new Placed(one.Booking, rooms[at[i]].Workshop, Rank(one, rooms[at[i]].Workshop));
            }

            var emptiest = left.Index().Where(room => room.Item > 0).OrderByDescending(room => room.Item).ThenBy(room => room.Index).Select(room => (int?)room.Index).FirstOrDefault();
            if (emptiest is not { } chosen)
            {
                return new Placed(one.Booking, null, null);
            }

            left[chosen]--;
            return new Placed(one.Booking, rooms[chosen].Workshop, null);
        })];
    }

    private static int Rank(Wanting person, Guid workshop) => person.Wishes.Index().First(wish => wish.Item == workshop).Index + 1;

    // costs[person][room], null where it is no wish of theirs; the last column is "none of them".
    private static Int128?[][] Costs(Dictionary<Guid, int> index, IReadOnlyList<Wanting> people)
    {
        var ranks = people.Select(one => one.Wishes.Count).DefaultIfEmpty().Max();
        var (more, earlier) = ((Int128)(people.Count + 1), ((Int128)people.Count * people.Count * (ranks + 1)) + 1);
        var worth = new Int128[ranks + 1];
        for (var rank = ranks - 1; rank >= 0; rank--)
        {
            worth[rank] = rank == ranks - 1 ? 1 : checked(worth[rank + 1] * more);
        }

        return [.. people.Select((one, i) =>
        {
            var costs = new Int128?[index.Count + 1];
            foreach (var (rank, wish) in one.Wishes.Index())
            {
                if (index.TryGetValue(wish, out var room))
                {
                    costs[room] ??= checked((-worth[rank] * earlier) + ((Int128)(people.Count - i) * rank));
                }
            }

            costs[index.Count] = (Int128)(people.Count - i) * ranks;
            return costs;
        })];
    }

    // Bellman and Ford over the rooms: going on from a room costs what it costs whoever moves most cheaply from it.
    private static void Place(int person, IReadOnlyList<Room> rooms, Int128?[][] costs, int[] at, int[] used)
    {
        var count = rooms.Count + 1;
        var moves = Moves(person, count, costs, at);
        var (cost, came) = (new Int128?[count], new Hop?[count]);
        Array.Copy(costs[person], cost, count);
        for (var changed = true; changed;)
        {
            changed = false;
            for (var from = 0; from < count; from++)
            {
                for (var to = 0; to < count; to++)
                {
                    if (cost[from] is { } before && moves[from, to] is var (step, mover) && (cost[to] is not { } known || before + step < known))
                    {
                        (cost[to], came[to], changed) = (before + step, new Hop(from, mover), true);
                    }
                }
            }
        }

        var end = Enumerable.Range(0, count).Where(room => cost[room] is not null && (room == rooms.Count || used[room] < rooms[room].Places)).OrderBy(room => cost[room]!.Value).ThenBy(room => room).First();
        used[end]++;
        for (; came[end] is { } hop; end = hop.From)
        {
            at[hop.Person] = end;
        }

        at[person] = end;
    }

    private static (Int128 Cost, int Person)?[,] Moves(int people, int count, Int128?[][] costs, int[] at)
    {
        var moves = new (Int128, int)?[count, count];
        for (var one = 0; one < people; one++)
        {
            var here = costs[one][at[one]]!.Value;
            for (var to = 0; to < count; to++)
            {
                if (to != at[one] && costs[one][to] is { } there && (moves[at[one], to] is not var (known, _) || there - here < known))
                {
                    moves[at[one], to] = (there - here, one);
                }
            }
        }

        return moves;
    }
}
