using Learning.Catalogue;

namespace Learning.Bookings.Workshops;

/// <summary>A choice as it was typed: which round, which rank from 1, and the reference of a workshop; nothing: none.</summary>
public sealed record TypedWish(Guid Round, int Rank, string? Ref);

/// <summary>What is wrong with a choice, in words for whoever made it.</summary>
public sealed record WishMistake(Guid Round, int Rank, string Sentence);

/// <summary>What a delegate may wish for, and a sentence beside the field for what not. Pure.</summary>
public static class WishRules
{
    /// <summary>Choices in a round.</summary>
    public const int Most = 5;

    /// <summary>How many choices the page asks for in a round.</summary>
    public const int Asked = 3;

    /// <summary>Null while wishes are taken: of whoever has or awaits a place, until the conference begins.</summary>
    public static string? WhyNot(BookingState state, Session conference, DateTimeOffset now) =>
        conference.Status == SessionStatus.Cancelled ? "This conference has been cancelled"
        : conference.StartsAt <= now ? "This conference has begun"
        : state is BookingState.Confirmed or BookingState.Waiting or BookingState.Offered or BookingState.Requested ? null
        : "You have no place at this conference";

    /// <summary>The wishes, or what is wrong with them: a workshop that is not of the round, or does not take place; the same twice; a rank without those before it.</summary>
    /// <param name="rounds">Of the conference.</param>
    /// <param name="workshops">Of the conference, by round.</param>
    public static (IReadOnlyList<(Guid Round, int Rank, Session Workshop)> Wishes, IReadOnlyList<WishMistake> Mistakes) Read(
        IReadOnlyCollection<Guid> rounds, ILookup<Guid, Session> workshops, IReadOnlyList<TypedWish> typed)
    {
        var (wishes, mistakes) = (new List<(Guid Round, int Rank, Session Workshop)>(), new List<WishMistake>());
        foreach (var round in typed.GroupBy(wish => wish.Round))
        {
            var ranks = round.Where(wish => !string.IsNullOrWhiteSpace(wish.Ref)).OrderBy(wish => wish.Rank).ToList();
            for (var i = 0; i < ranks.Count; i++)
            {
                var (rank, reference) = (ranks[i].Rank, ranks[i].Ref!.Trim());
                void Wrong(string sentence) => mistakes.Add(new(round.Key, rank, sentence));
                var workshop = rounds.Contains(round.Key) ? workshops[round.Key].FirstOrDefault(one => string.Equals(one.Ref, reference, StringComparison.OrdinalIgnoreCase)) : null;
                if (rank is < 1 or > Most)
                {
                    Wrong($"Make {Most} choices or fewer in a round");
                }
                else if (workshop is null)
                {
                    Wrong("Choose a workshop of this round");
                }
                else if (workshop.Status == SessionStatus.Cancelled)
                {
                    Wrong("This workshop does not take place. Choose another one");
                }
                else if (wishes.Exists(wish => wish.Workshop.Id == workshop.Id))
                {
                    Wrong("You have chosen this workshop already. Choose another one, or leave it empty");
                }
                else if (rank != i + 1)
                {
                    Wrong($"Say your {WhyThisWorkshop.Ordinal(i + 1)} choice before your {WhyThisWorkshop.Ordinal(rank)}");
                }
                else
                {
                    wishes.Add((round.Key, rank, workshop));
                }
            }
        }

        return (wishes, mistakes);
    }
}
