using Learning.Time;

namespace Learning.Bookings.Workshops;

/// <summary>Why somebody has the workshop that they have, in words for them. Pure.</summary>
public static class WhyThisWorkshop
{
    private static readonly string[] Ordinals = ["first", "second", "third", "fourth", "fifth"];

    /// <summary>How the places are given out, for everybody to read.</summary>
    public const string Rule = "As many people as possible get their first choice, then as many as possible their second, and so on. Between equals, whoever booked first.";

    /// <summary>"first" of 1.</summary>
    public static string Ordinal(int rank) => Ordinals[rank - 1];

    /// <param name="wishes">What they wished for, the best first; null: a workshop that does not take place any more.</param>
    /// <param name="placed">Whether they have a workshop.</param>
    /// <param name="rank">Which wish it meets; null: none.</param>
    /// <param name="wanted">How many had each as their first choice; null: whoever comes late has what is left.</param>
    public static string Say(IReadOnlyList<WorkshopToGive?> wishes, bool placed, int? rank, IReadOnlyDictionary<Guid, int>? wanted)
    {
        var missed = wishes.Take((rank ?? wishes.Count + 1) - 1).Select((wish, i) => Missed(wish, i, wanted)).ToList();
        var why = missed.Count == 0 ? "" : $" {string.Join("; ", missed)}.{(wanted is null ? "" : $" {Rule}")}";
        return (rank, placed) switch
        {
            (1, _) => "It is your first choice.",
            ({ } met, _) => $"It is your {Ordinal(met)} choice.{why}",
            (null, true) when wishes.Count == 0 => "You made no choice in this round. There was room in this one.",
            (null, true) => $"None of your choices had a place left, and this one had.{why}",
            _ => $"Every workshop of this round was full.{why}",
        };
    }

    private static string Missed(WorkshopToGive? wish, int rank, IReadOnlyDictionary<Guid, int>? wanted) =>
        wish is null ? $"{(rank == 0 ? "Your" : "your")} {Ordinal(rank + 1)} does not take place"
        : wanted is null ? $"{(rank == 0 ? "Your" : "your")} {Ordinal(rank + 1)}, {wish.Title}, was full already"
        : $"{(rank == 0 ? "Your" : "your")} {Ordinal(rank + 1)}, {wish.Title}, was the first choice of {British.Count(wanted.GetValueOrDefault(wish.Id), "person", "people")} and has {British.Count(wish.Capacity, "place")}";
}
