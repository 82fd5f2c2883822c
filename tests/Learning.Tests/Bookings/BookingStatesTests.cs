using FsCheck;
using FsCheck.Fluent;

using Learning.Bookings;
using Learning.Bookings.Desk;
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
    private const int People = 6, Kinds = 27;

    [Fact] // B1, B2, B3, B4, B5, B6, B9, B10, B11, B13
    public async Task Whatever_happens_in_whatever_order_the_bookings_stand_as_the_rules_say()
    {
        await Task.Run(() => Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), steps => PlayAsync(steps).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(30).WithStartSize(5).WithEndSize(60)));
        Assert.Equal(0L, await ground.Sql<long>("""
            select count(*) from (
                select state, lag(state) over (partition by booking_id order by id) as before from booking_changes) c
            where (coalesce(before, '') || ' to ' || state) not in (' to confirmed', ' to waiting', 'confirmed to cancelled', 'waiting to offered',
                'waiting to cancelled', 'waiting to lapsed', 'offered to confirmed', 'offered to declined', 'offered to lapsed',
                'confirmed to withdrawn', 'waiting to withdrawn', 'offered to withdrawn', 'confirmed to waiting', 'offered to waiting', 'waiting to waiting',
                ' to requested', 'requested to confirmed', 'requested to waiting', 'requested to declined', 'requested to cancelled', 'requested to lapsed', 'requested to withdrawn')
            """));
    }

    private async Task<bool> PlayAsync(byte[] steps)
    {
        ground.Clock.Set("2024-05-29 15:00"); // a Wednesday; the session is on Monday, and the list ends an hour before
        var (session, unit, police) = (await ground.Given.Session(capacity: 3), await ground.Given.Actor(await ground.Given.Unit()), await ground.Given.Agency());
        var council = await ground.Given.Agency();

        // Whoever books for themselves asks; the business unit books for the others. In every other game a request holds a place.
        var holds = steps.Length % 2 == 0;
        await ground.Sql($"update courses set needs_approval = true, request_holds_place = {(holds ? "true" : "false")} where id = '{session.CourseId}'");
        var (people, actors) = (new List<Person>(), new List<Actor>());
        for (var i = 0; i < People; i++)
        {
            people.Add(await ground.Given.Person(i % 3 == 0 ? police : council));
            actors.Add(await ground.Given.Actor(people[i]));
        }

        var model = new BookingModel(session, ground.Zone, who => who % 3 == 0, holds);
        foreach (var step in steps)
        {
            // No two people press at the same microsecond: each has waited for the session's row.
            ground.Clock.Advance(TimeSpan.FromMilliseconds(1));
            var who = step / Kinds % People;
            var id = await ground.Sql<Guid>($"select coalesce((select id from bookings where session_id = '{session.Id}' and person_id = '{people[who].Id}' order by number desc limit 1), gen_random_uuid())");
            switch (step % Kinds)
            {
                case 0 or 1 or 2 or 3:
                    var outcome = await ground.With((BookPlace book) => book.RunAsync(new PlaceWanted(session.Ref, PersonId: people[who].Id), unit));
                    Agree(model.Book(who), outcome switch
                    {
                        BookingOutcome.Confirmed => "confirmed",
                        BookingOutcome.Waiting waiting => $"waiting {waiting.Position}",
                        _ => "refused",
                    });
                    break;
                case 4 or 5:
                    Agree(model.Cancel(who), (await ground.With((CancelBooking cancel) => cancel.RunAsync(id, actors[who]))).GetType().Name);
                    break;
                case 6 or 7:
                    Agree(model.Accept(who), (await ground.With((AcceptOffer accept) => accept.RunAsync(id, actors[who]))).GetType().Name);
                    break;
                case 8:
                    Agree(model.Decline(who), (await ground.With((DeclineOffer decline) => decline.RunAsync(id, actors[who]))).GetType().Name);
                    break;
                case 9:
                    ground.Clock.Advance(TimeSpan.FromHours(1 + who * 4));
                    break;
                case 10:
                    await ground.With((LapseOffers job) => job.RunAsync());
                    model.Minute();
                    break;
                case 11:
                    var (capacity, all) = (Math.Max(1, who), await IdsAsync(session));
                    var giving = model.GivingWay(capacity).Select(index => all[index]).ToArray();
                    Agree(model.ChangeCapacity(capacity), (await ground.With((ChangeCapacity change) => change.RunAsync(session.Ref, capacity, giving, "Another room", unit))).GetType().Name);
                    break;
                case 12:
                    Agree(model.Withdraw(who), (await ground.With((WithdrawBooking withdraw) => withdraw.RunAsync(id, "A reason", unit))).GetType().Name);
                    break;
                case 13:
                    Agree(model.PutFirst(who), (await ground.With((PutFirst put) => put.RunAsync(id, "A reason", unit))).GetType().Name);
                    break;
                case 14:
                    var until = ground.Zone.Now.AddHours(2 + who * 6);
                    Agree(model.Hold(1 + who % 2, until), (await ground.With((HoldPlaces hold) => hold.RunAsync(session.Ref, police.Id, null, 1 + who % 2, until, unit))).GetType().Name);
                    break;
                case 16 or 17:
                    var to = (who + (step % Kinds == 16 ? 1 : 3)) % People;
                    Agree(model.Give(who, to), (await ground.With((GiveToColleague give) => give.RunAsync(id, people[to].Id, null, actors[who]))).GetType().Name);
                    break;
                case 18:
                    if (who == 0)
                    {
                        Agree(model.CancelSession(), (await ground.With((CancelSession cancel) => cancel.RunAsync(session.Ref, "A reason", null, unit))).GetType().Name);
                    }

                    break;
                case 19:
                    var day = new DateOnly(2024, 6, 1).AddDays(who);
                    Agree(model.Move(ground.Zone.InstantOf(day.ToDateTime(new TimeOnly(9, 30)))), (await ground.With((MoveSession move) =>
                        move.RunAsync(session.Ref, new TypedTimes([new($"{day:yyyy-MM-dd}", "09:30", "16:00")], "in person", "Estuary Hall", null, null), null, unit))).GetType().Name);
                    break;
                case 20 or 21:
                    var request = await ground.With((BookPlace book) => book.RunAsync(new PlaceWanted(session.Ref, Approver: "manager@agency.example"), actors[who]));
                    Agree(model.Ask(who), request switch
                    {
                        BookingOutcome.Requested => "requested",
                        BookingOutcome.Confirmed => "confirmed",
                        BookingOutcome.Waiting waiting => $"waiting {waiting.Position}",
                        _ => "refused",
                    });
                    break;
                case 22 or 23:
                    Agree(model.Decide(who, step % Kinds == 22), (await ground.With((DecideApproval decide) => decide.RunAsync(id, step % Kinds == 22, "A reason", unit))).GetType().Name);
                    break;
                case 24 or 25 or 26:
                    int[] several = [who, (who + 1) % People, (who + 3) % People];
                    var (everybody, wait) = (step % Kinds == 24, step % Kinds == 25);
                    Agree(model.BookSeveral(several, everybody, wait), (await ground.With((BookSeveral book) =>
                        book.RunAsync(new SeveralWanted(session.Ref, [.. several.Select(one => new PersonWanted(people[one].Id))], everybody, wait), unit))).GetType().Name);
                    break;
                case 15:
                    var held = await ground.Sql<Guid>($"select coalesce((select id from held_places where session_id = '{session.Id}' and released_at is null), gen_random_uuid())");
                    Agree(model.Release(), (await ground.With((ReleaseHeld release) => release.RunAsync(session.Ref, held, unit))).GetType().Name);
                    break;
            }

            Agree(model.ToString(), await ground.Sql<string>($"""
                select coalesce(string_agg(array_position(array[{string.Join(", ", people.Select(person => $"'{person.Id}'::uuid"))}], b.person_id) - 1 || ' ' || b.state, ', ' order by b.number), '')
                    || '; ' || s.taken || ' taken, ' || s.kept || ' kept of ' || s.capacity
                from sessions s left join bookings b on b.session_id = s.id where s.id = '{session.Id}' group by s.id
                """));
        }

        return true;
    }

    private async Task<List<Guid>> IdsAsync(Session session) =>
        [.. (await ground.Sql<string>($"select coalesce(string_agg(id::text, ' ' order by number), '') from bookings where session_id = '{session.Id}'")).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Guid.Parse)];

    private static void Agree(string model, string database) => Assert.Equal(model, database);
}
