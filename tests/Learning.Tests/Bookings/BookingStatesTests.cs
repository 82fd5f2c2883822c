using FsCheck;
using FsCheck.Fluent;

using Learning.Bookings;
using Learning.Catalogue;
using Learning.People;
using Learning.Tests.Support;

namespace Learning.Tests.Bookings;

/// <summary>
/// B1 to B6 as a machine: whatever people, clocks, jobs and organisers do in whatever order, the database stands as a plain model of the rules says,
/// after every step.
/// </summary>
public class BookingStatesTests(Ground ground) : IClassFixture<Ground>
{
    private const int People = 6;

    [Fact] // B1, B2, B3, B6
    public async Task Whatever_happens_in_whatever_order_the_bookings_stand_as_the_rules_say()
    {
        await Task.Run(() => Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), steps => PlayAsync(steps).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(25).WithStartSize(5).WithEndSize(45)));
        Assert.Equal(0L, await ground.Sql<long>("""
            select count(*) from (
                select state, lag(state) over (partition by booking_id order by id) as before from booking_changes) c
            where (coalesce(before, '') || ' to ' || state) not in (' to confirmed', ' to waiting', 'confirmed to cancelled', 'waiting to offered',
                'waiting to cancelled', 'waiting to lapsed', 'offered to confirmed', 'offered to declined', 'offered to lapsed')
            """));
    }

    private async Task<bool> PlayAsync(byte[] steps)
    {
        ground.Clock.Set("2024-05-29 15:00"); // a Wednesday; the session is on Monday, and the list ends an hour before
        var session = await ground.Given.Session(capacity: 2);
        var (people, actors) = (new List<Person>(), new List<Actor>());
        for (var i = 0; i < People; i++)
        {
            people.Add(await ground.Given.Person());
            actors.Add(await ground.Given.Actor(people[i]));
        }

        var model = new BookingModel(session, ground.Zone);
        foreach (var step in steps)
        {
            var who = step / 8 % People;
            var id = await ground.Sql<Guid>($"select coalesce((select id from bookings where session_id = '{session.Id}' and person_id = '{people[who].Id}' order by number desc limit 1), gen_random_uuid())");
            switch (step % 8)
            {
                case 0 or 1:
                    var outcome = await ground.With((BookPlace book) => book.RunAsync(new PlaceWanted(session.Ref), actors[who]));
                    Agree(model.Book(who), outcome switch
                    {
                        BookingOutcome.Confirmed => "confirmed",
                        BookingOutcome.Waiting waiting => $"waiting {waiting.Position}",
                        _ => "refused",
                    });
                    break;
                case 2:
                    Agree(model.Cancel(who), (await ground.With((CancelBooking cancel) => cancel.RunAsync(id, actors[who]))).GetType().Name);
                    break;
                case 3:
                    Agree(model.Accept(who), (await ground.With((AcceptOffer accept) => accept.RunAsync(id, actors[who]))).GetType().Name);
                    break;
                case 4:
                    Agree(model.Decline(who), (await ground.With((DeclineOffer decline) => decline.RunAsync(id, actors[who]))).GetType().Name);
                    break;
                case 5:
                    ground.Clock.Advance(TimeSpan.FromHours(1 + who * 4));
                    break;
                case 6:
                    await ground.With((LapseOffers job) => job.RunAsync());
                    model.Minute();
                    break;
                case 7:
                    model.Capacity = Math.Max(model.Taken, who);
                    await ground.Sql($"update sessions set capacity = {model.Capacity} where id = '{session.Id}'");
                    break;
            }

            Agree(model.ToString(), await ground.Sql<string>($"""
                select coalesce(string_agg(array_position(array[{string.Join(", ", people.Select(person => $"'{person.Id}'::uuid"))}], person_id) - 1 || ' ' || state, ', '
                    order by number), '') from bookings where session_id = '{session.Id}'
                """));
            Agree(model.Taken.ToString(), (await ground.Sql<int>($"select taken from sessions where id = '{session.Id}'")).ToString());
        }

        return true;
    }

    private static void Agree(string model, string database) => Assert.Equal(model, database);
}
