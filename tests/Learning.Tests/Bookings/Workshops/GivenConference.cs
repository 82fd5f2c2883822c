using Learning.Bookings;
using Learning.Bookings.Workshops;
using Learning.Catalogue;
using Learning.People;
using Learning.Tests.Support;

using Microsoft.EntityFrameworkCore;

namespace Learning.Tests.Bookings.Workshops;

/// <summary>A conference with rounds of workshops, its organiser and its delegates, each in a line.</summary>
internal sealed class GivenConference(Ground ground)
{
    private static readonly (string From, string To)[] Times = [("10:45", "11:45"), ("12:00", "13:00"), ("14:00", "15:00"), ("15:00", "15:15"), ("15:15", "15:30"), ("15:30", "15:45"), ("15:45", "16:00")];

    public Session Session { get; private set; } = null!;

    public string Ref => Session.Ref;

    /// <summary>The rounds in the order of time, each with its workshops A, B, C …</summary>
    public List<(ConferenceRound Round, List<Session> Workshops)> Rounds { get; } = [];

    public Actor Unit { get; private set; } = null!;

    public static Task<GivenConference> In(Ground ground, int places = 260, int rounds = 1, params int[] rooms) => On(ground, "2024-06-05", places, rounds, rooms);

    /// <param name="day">Of the conference: a server in a process of its own knows the real clock alone.</param>
    public static async Task<GivenConference> On(Ground ground, string day, int places, int rounds, params int[] rooms)
    {
        var made = new GivenConference(ground);
        await made.MakeAsync(day, places, rounds, rooms);
        return made;
    }

    private async Task MakeAsync(string day, int places, int rounds, int[] rooms)
    {
        Unit = await ground.Given.Actor(await ground.Given.Unit());
        Session = await ground.Given.Session(await ground.Given.Course(CourseKind.Conference, title: "Neglect Conference"), places, $"{day} 09:00 to 16:00");
        foreach (var (number, (from, to)) in Times.Take(rounds).Index())
        {
            Assert.IsType<DeskOutcome.Done>(await ground.With((PlanRounds plan) => plan.AddAsync(Ref, null, from, to, Unit)));
            var round = await RoundAsync(number);
            foreach (var (room, capacity) in rooms.Index())
            {
                Assert.IsType<DeskOutcome.Done>(await ground.With((PlanWorkshop plan) => plan.RunAsync(Ref, new(round.Id, $"Workshop {number + 1}{(char)('A' + room)}", $"Room {room}", $"{capacity}"), Unit)));
            }

            await using var db = ground.Db();
            Rounds.Add((round, await db.Sessions.AsNoTracking().Where(one => one.RoundId == round.Id).OrderBy(one => one.Venue).ToListAsync()));
        }
    }

    private async Task<ConferenceRound> RoundAsync(int number)
    {
        await using var db = ground.Db();
        return await db.ConferenceRounds.AsNoTracking().Where(round => round.ConferenceId == Session.Id).OrderBy(round => round.StartsLocal).Skip(number).FirstAsync();
    }

    /// <summary>The workshop of a letter in a round, from 1: "1B".</summary>
    public Session At(string code) => Rounds[code[0] - '1'].Workshops[code[1] - 'A'];

    /// <summary>Somebody with a place, who would like these workshops: "1B 1A 2C", the best of each round first.</summary>
    public async Task<Delegate> Delegate(string wishes = "", Person? person = null)
    {
        person ??= await ground.Given.Person();
        var actor = await ground.Given.Actor(person);
        var booking = Assert.IsType<BookingOutcome.Confirmed>(await ground.With((BookPlace book) => book.RunAsync(new PlaceWanted(Ref), actor))).Id;
        var one = new Delegate(ground, this, person, actor, booking);
        if (wishes.Length > 0)
        {
            Assert.IsType<WishOutcome.Done>(await one.Rank(wishes));
        }

        return one;
    }

    public Task<DeskOutcome> Make(int seen = 0) => ground.With((AllocateWorkshops allocate) => allocate.MakeAsync(Ref, seen, Unit));

    public Task<DeskOutcome> Tell(int number = 1) => ground.With((AllocateWorkshops allocate) => allocate.TellAsync(Ref, number, Unit));

    public async Task GiveOut()
    {
        Assert.IsType<DeskOutcome.Done>(await Make());
        Assert.IsType<DeskOutcome.Done>(await Tell());
    }

    /// <summary>What must not be, a line each: an overfull room, two workshops of a round, a workshop without the conference, a wrong count, and somebody whose workshop, or whose lack of one, nothing explains.</summary>
    public async Task<List<string>> BrokenAsync()
    {
        await using var db = ground.Db();
        return await db.Database.SqlQuery<string>($"""
            select 'overfull ' || s.ref as "Value" from sessions s where s.parent_id = {Session.Id} and (s.taken > s.capacity or s.taken <> (select count(*) from bookings b where b.session_id = s.id and b.state in ('confirmed', 'offered')))
            union all
            select 'two at once ' || b.person_id from bookings b join sessions s on s.id = b.session_id join session_parts p on p.session_id = s.id
            join bookings o on o.person_id = b.person_id and o.id > b.id and o.state = 'confirmed' join sessions t on t.id = o.session_id and t.parent_id = s.parent_id
            join session_parts q on q.session_id = t.id and q.starts_at < p.ends_at and p.starts_at < q.ends_at
            where s.parent_id = {Session.Id} and b.state = 'confirmed'
            union all
            select 'no conference ' || b.id from bookings b join sessions s on s.id = b.session_id where s.parent_id = {Session.Id} and b.state in ('confirmed', 'waiting', 'offered')
                and not exists (select from bookings c where c.session_id = {Session.Id} and c.person_id = b.person_id and c.state = 'confirmed')
            union all
            select 'waits for a free place ' || s.ref from sessions s where s.parent_id = {Session.Id} and s.status = 'planned' and s.taken + s.kept < s.capacity
                and exists (select from bookings b where b.session_id = s.id and b.state = 'waiting')
            """).ToListAsync();
    }
}

/// <summary>A delegate, and what they do.</summary>
internal sealed record Delegate(Ground Ground, GivenConference Conference, Person Person, Actor Actor, Guid Booking)
{
    public Task<WishOutcome> Rank(string wishes) => Rank([.. wishes.Split(' ', StringSplitOptions.RemoveEmptyEntries).GroupBy(code => code[0])
        .SelectMany(round => round.Select((code, rank) => new TypedWish(Conference.Rounds[round.Key - '1'].Round.Id, rank + 1, Conference.At(code).Ref)))]);

    public Task<WishOutcome> Rank(params TypedWish[] wishes) => Ground.With((RankWishes rank) => rank.RunAsync(Booking, wishes, Actor));

    public Task<ChoiceOutcome> Choose(string code) => Ground.With((ChooseWorkshop choose) => choose.RunAsync(Booking, Conference.At(code).Ref, Actor));

    public Task<ChangeOutcome> Cancel() => Ground.With((CancelBooking cancel) => cancel.RunAsync(Booking, Actor));

    /// <summary>What they have, in the order of time: "1B, 2A waiting".</summary>
    public async Task<string> HasAsync()
    {
        await using var db = Ground.Db();
        var has = await db.Database.SqlQuery<string>($"""
            select right(p.title, 2) || case b.state when 'confirmed' then '' else ' ' || b.state end as "Value" from bookings b join sessions s on s.id = b.session_id join session_parts p on p.session_id = s.id
            where b.person_id = {Person.Id} and s.parent_id = {Conference.Session.Id} and b.state in ('confirmed', 'offered', 'waiting') order by p.starts_local, b.state, p.title
            """).ToListAsync();
        return string.Join(", ", has);
    }

    /// <summary>Why they have the workshop of a round, by the history of its booking.</summary>
    public Task<string> WhyAsync(string code) => Ground.Sql<string>($"select coalesce((select state_reason from bookings where person_id = '{Person.Id}' and session_id = '{Conference.At(code).Id}' and state = 'confirmed'), '')");

    public Task<Guid> BookingAtAsync(string code) => Ground.Sql<Guid>($"select id from bookings where person_id = '{Person.Id}' and session_id = '{Conference.At(code).Id}' order by number desc limit 1");
}
