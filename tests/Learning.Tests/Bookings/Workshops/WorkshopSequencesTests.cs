using Learning.Bookings;
using Learning.Bookings.Desk;
using Learning.Bookings.Workshops;
using Learning.Catalogue;
using Learning.Tests.Support;

using Microsoft.EntityFrameworkCore;

namespace Learning.Tests.Bookings.Workshops;

/// <summary>Whatever people and organisers do with a conference, in whatever order, nobody is in two places, no room is overfull, and everybody can read why they are where they are.</summary>
public class WorkshopSequencesTests(Ground ground) : IClassFixture<Ground>
{
    private const int Steps = 45;

    [Theory] // B14, B2, B6
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task After_any_sequence_there_is_no_clash_no_overfull_room_and_nobody_without_an_explanation(int seed)
    {
        var random = new Random(seed);
        var conference = await GivenConference.In(ground, 9, 2, 3, 2, 2);
        var people = new List<Delegate>();
        var steps = new List<string>();
        string Code() => $"{random.Next(1, 3)}{"ABC"[random.Next(3)]}";

        for (var step = 0; step < Steps; step++)
        {
            var one = people.Count == 0 ? null : people[random.Next(people.Count)];
            var (what, code) = (random.Next(12), Code());
            steps.Add($"{what} {code}");
            switch (what)
            {
                case 0 or 1 or 2 when people.Count < 14:
                    people.Add(await BookAsync(conference));
                    break;
                case 3 or 4 when one is not null:
                    await one.Rank(string.Join(' ', Enumerable.Range(0, 5).Select(_ => Code()).Distinct()));
                    break;
                case 5:
                    await conference.Make(await NewestAsync(conference));
                    break;
                case 6:
                    await conference.Tell(await NewestAsync(conference));
                    break;
                case 7 or 8 when one is not null:
                    await one.Choose(code);
                    break;
                case 9 when one is not null:
                    await AnswerAsync(one);
                    break;
                case 10 when one is not null:
                    await (random.Next(3) == 0 ? one.Cancel() : Task.CompletedTask);
                    break;
                case 11 when random.Next(3) == 0:
                    await ground.With((CancelSession cancel) => cancel.RunAsync(conference.At(code).Ref, "It does not take place", null, conference.Unit));
                    break;
                case 11:
                    await ResizeAsync(conference.At(code), random.Next(1, 5), conference);
                    break;
                default:
                    break;
            }

            var broken = await conference.BrokenAsync();
            Assert.True(broken.Count == 0, $"seed {seed}, after {string.Join(", ", steps)}: {string.Join("; ", broken)}");
            await EverybodyKnowsWhyAsync(conference, $"seed {seed}, after {string.Join(", ", steps)}");
        }
    }

    // Who has a place at the conference finds a reason in each round, and the one of what they have now: whoever has a workshop reads why they have it, and whoever has none does not read of one.
    private async Task EverybodyKnowsWhyAsync(GivenConference conference, string when)
    {
        await using var db = ground.Db();
        foreach (var booking in await db.Bookings.AsNoTracking().Where(one => one.SessionId == conference.Session.Id && one.State == BookingState.Confirmed).ToListAsync())
        {
            var mine = await MyWorkshops.OfAsync(db, booking.Id);
            Assert.Equal(2, mine.Count);
            Assert.All(mine, round => Assert.False(string.IsNullOrWhiteSpace(round.Why), when));
            Assert.All(mine.Where(round => round.Ref is not null), round => Assert.True(round.Because is not null, $"{when}: {round.Title} is theirs and nothing says why"));
        }
    }

    private async Task<Delegate> BookAsync(GivenConference conference)
    {
        var person = await ground.Given.Person();
        var actor = await ground.Given.Actor(person);
        var outcome = await ground.With((BookPlace book) => book.RunAsync(new PlaceWanted(conference.Ref), actor));
        return new Delegate(ground, conference, person, actor, outcome switch { BookingOutcome.Confirmed one => one.Id, BookingOutcome.Waiting one => one.Id, _ => throw new InvalidOperationException($"{outcome}") });
    }

    // Whatever is offered to them, also the conference itself.
    private async Task AnswerAsync(Delegate one)
    {
        await using var db = ground.Db();
        foreach (var offer in await db.Bookings.Where(booking => booking.PersonId == one.Person.Id && booking.State == BookingState.Offered).Select(booking => booking.Id).ToListAsync())
        {
            await ground.With((AcceptOffer accept) => accept.RunAsync(offer, one.Actor));
        }
    }

    private async Task ResizeAsync(Session workshop, int capacity, GivenConference conference)
    {
        await using var db = ground.Db();
        var giving = await db.Bookings.Where(booking => booking.SessionId == workshop.Id && (booking.State == BookingState.Confirmed || booking.State == BookingState.Offered)).OrderByDescending(booking => booking.Number).Select(booking => booking.Id).ToListAsync();
        await ground.With((ChangeCapacity change) => change.RunAsync(workshop.Ref, capacity, giving.Take(Math.Max(0, giving.Count - capacity)).ToList(), "Another room", conference.Unit));
    }

    private Task<int> NewestAsync(GivenConference conference) => ground.Sql<int>($"select coalesce(max(number), 0) from allocation_runs where conference_id = '{conference.Session.Id}'");
}
