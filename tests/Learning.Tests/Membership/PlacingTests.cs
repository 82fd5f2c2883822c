using Learning.Bookings;
using Learning.Membership;
using Learning.People;
using Learning.Tests.Support;
using Learning.Web;

using Microsoft.EntityFrameworkCore;

namespace Learning.Tests.Membership;

public class PlacingTests(Ground ground) : IClassFixture<Ground>
{
    [Fact] // P4
    public async Task An_agency_that_the_domain_does_not_lead_to_is_not_to_be_had()
    {
        var council = await ground.AgencyAsync("mine.example");
        var department = await ground.AgencyAsync("dept.mine.example", parent: council.Id);
        var elsewhere = await ground.Given.Agency();
        var person = await ground.JoinAsync("a@dept.mine.example");

        // The whole council is above the department that the address leads to, and another agency is nowhere near it.
        foreach (var raised in new[] { council.Id, elsewhere.Id, Guid.CreateVersion7(), Guid.Empty })
        {
            Assert.IsType<ChooseOutcome.NotOffered>(await ChooseAsync(person, raised));
        }

        Assert.Equal(0, await ground.Sql<long>($"select count(*) from employments where person_id = '{person}'"));
        Assert.Equal(new ChooseOutcome.Placed(department.Name), await ChooseAsync(person, department.Id));
        Assert.IsType<ChooseOutcome.NotAsked>(await ChooseAsync(person, department.Id));
    }

    [Fact] // P4
    public async Task Whoever_works_for_another_says_so_and_waits_in_the_order_of_asking()
    {
        await ground.AgencyAsync("another.example");
        var (first, second) = (await ground.JoinAsync("first@another.example"), await ground.JoinAsync("second@another.example"));
        await ChooseAsync(second, null, "  A nursery  ");
        ground.Clock.Advance(TimeSpan.FromMinutes(5));
        await ChooseAsync(first, null, "A school");

        var waiting = (await WaitingAsync()).Where(row => row.Domain == "another.example").ToList();
        Assert.Equal([("second@another.example", "A nursery"), ("first@another.example", "A school")], waiting.Select(row => (row.Email, row.Says!)));
        Assert.All(waiting, row => Assert.Equal(1, row.Alike));
        Assert.IsType<ChooseOutcome.Unreadable>(await ChooseAsync(first, null, "two\nlines"));
        Assert.IsType<ChooseOutcome.Unreadable>(await ChooseAsync(first, null, new string('x', JoiningRules.LongestSaying + 1)));
    }

    [Fact] // P4, P1
    public async Task The_business_unit_places_somebody_from_today_has_the_domain_remembered_and_they_are_told()
    {
        var nursery = await ground.Given.Agency("Bluebell Nursery");
        var person = await ground.JoinAsync("cara@bluebell.example");
        var id = (await ground.SignUpOf(person))!.Id;

        Assert.Equal(new PlaceOutcome.Done(true), await PlaceAsync(id, nursery.Id, remember: true));

        Assert.Null(await ground.SignUpOf(person));
        Assert.Equal(nursery.Id, await ground.Sql<Guid>($"select agency_id from employments where person_id = '{person}' and starts_on = '{ground.Zone.Today:yyyy-MM-dd}'"));
        Assert.Equal(1, await ground.MailsAsync("cara@bluebell.example", "sign-up-placed"));
        Assert.Equal(2, await ground.Sql<long>($"select count(*) from audit_entries where (verb = 'placed somebody with an agency' and subject_id = '{person}') or (verb = 'gave an agency a domain' and subject_id = '{nursery.Id}')"));
        Assert.Equal(SignUpState.Choosing, (await ground.SignUpOf(await ground.JoinAsync("next@bluebell.example")))!.State);
    }

    [Theory] // P4
    [InlineData("sam@mailbox.example")]
    [InlineData("sam@gmail.com")]
    public async Task A_mailbox_of_anybody_is_not_remembered_even_when_asked_for(string email)
    {
        var nursery = await ground.Given.Agency();
        var person = await ground.JoinAsync(email);

        Assert.Equal(new PlaceOutcome.Done(false), await PlaceAsync((await ground.SignUpOf(person))!.Id, nursery.Id, remember: true));

        Assert.Equal(0, await ground.Sql<long>($"select count(*) from agency_domains where agency_id = '{nursery.Id}'"));
    }

    [Fact]
    public async Task A_domain_that_another_agency_has_stays_with_it()
    {
        var (owner, other) = (await ground.AgencyAsync("taken.example"), await ground.Given.Agency());
        var person = await ground.JoinAsync("a@taken.example");
        await ChooseAsync(person, null, "Another");

        Assert.Equal(new PlaceOutcome.Done(false), await PlaceAsync((await ground.SignUpOf(person))!.Id, other.Id, remember: true));

        Assert.Equal(owner.Id, await ground.Sql<Guid>("select agency_id from agency_domains where domain = 'taken.example'"));
    }

    [Fact]
    public async Task Placed_by_two_at_once_somebody_is_placed_once()
    {
        for (var round = 0; round < 5; round++)
        {
            var (one, other) = (await ground.Given.Agency(), await ground.Given.Agency());
            var person = await ground.JoinAsync($"p{round}@two-at-once.example");
            var id = (await ground.SignUpOf(person))!.Id;

            var outcomes = await Task.WhenAll(
                Task.Run(() => PlaceAsync(id, one.Id)), Task.Run(() => PlaceAsync(id, other.Id)),
                Task.Run(async () => await ground.With(async (DeclineSignUp decline) => await decline.RunAsync(id, "Nobody knows you.", await UnitAsync()))));

            Assert.Single(outcomes.OfType<PlaceOutcome.Done>());
            Assert.True(await ground.Sql<long>($"select count(*) from employments where person_id = '{person}'") <= 1);
        }
    }

    [Fact]
    public async Task Declined_with_a_reason_somebody_may_answer_and_waits_again()
    {
        var person = await ground.JoinAsync("who@declined.example");
        var id = (await ground.SignUpOf(person))!.Id;

        Assert.IsType<PlaceOutcome.NoReason>(await DeclineAsync(id, "  "));
        Assert.IsType<PlaceOutcome.NoReason>(await DeclineAsync(id, new string('x', JoiningRules.LongestReason + 1)));
        Assert.IsType<PlaceOutcome.Done>(await DeclineAsync(id, "Your firm is\r\nnot a partner."));

        var declined = (await ground.SignUpOf(person))!;
        Assert.Equal((SignUpState.Declined, "Your firm is not a partner."), (declined.State, declined.Reason));
        Assert.Equal(1, await ground.MailsAsync("who@declined.example", "sign-up-declined"));
        Assert.IsType<PlaceOutcome.NotFound>(await DeclineAsync(id, "Again."));
        Assert.IsType<ChooseOutcome.Waiting>(await ChooseAsync(person, null, "We joined in May"));
        Assert.IsType<PlaceOutcome.Done>(await DeclineAsync(id, "Still not."));
        Assert.Equal(2, await ground.MailsAsync("who@declined.example", "sign-up-declined"));
    }

    [Fact] // S1, S2
    public async Task Only_the_business_unit_sees_and_places_those_who_wait()
    {
        var agency = await ground.Given.Agency();
        var lead = await ground.Given.Person(agency);
        await ground.Given.Role(lead, Role.AgencyLead, agency);
        var actor = await ground.Given.Actor(lead);
        var person = await ground.JoinAsync("hidden@waits.example");
        var id = (await ground.SignUpOf(person))!.Id;

        Assert.Empty(await ground.With((WaitingSignUps waiting) => waiting.AskAsync(actor)));
        Assert.IsType<PlaceOutcome.NotFound>(await ground.With((PlaceSignUp place) => place.RunAsync(id, agency.Id, false, actor)));
        Assert.IsType<PlaceOutcome.NotFound>(await ground.With((DeclineSignUp decline) => decline.RunAsync(id, "No.", actor)));
        Assert.IsType<PlaceOutcome.NotFound>(await PlaceAsync(Guid.CreateVersion7(), agency.Id));
        Assert.IsType<PlaceOutcome.NoAgency>(await PlaceAsync(id, Guid.CreateVersion7()));
    }

    [Fact] // P1, P2
    public async Task Whoever_is_on_file_with_the_agency_for_a_later_day_works_there_from_today_until_then_and_on()
    {
        var nursery = await ground.Given.Agency("Bluebell");
        var person = await ground.JoinAsync("early@later-day.example");
        var known = new Person { Id = person, GivenName = "", FamilyName = "", CreatedAt = ground.Zone.Now };
        var (today, later) = (ground.Zone.Today, ground.Zone.Today.AddDays(30));
        await ground.Given.Job(known, nursery, $"{later:yyyy-MM-dd}", workforce: Workforce.Adults);

        Assert.IsType<PlaceOutcome.Done>(await PlaceAsync((await ground.SignUpOf(person))!.Id, nursery.Id));

        Assert.Equal($"Bluebell {today:yyyy-MM-dd} {later:yyyy-MM-dd} children, Bluebell {later:yyyy-MM-dd} - adults", await Moving.WorkOf(ground, known));
    }

    [Fact] // P4
    public async Task Somebody_books_as_soon_as_they_are_placed_and_not_before()
    {
        var session = await ground.Given.Session();
        var agency = await ground.Given.Agency();
        var person = await ground.JoinAsync("eager@books.example");

        Assert.Equal(new BookingOutcome.Refused(BookingReason.AwaitsPlacing), await BookAsync(session.Ref, person));
        await PlaceAsync((await ground.SignUpOf(person))!.Id, agency.Id);

        Assert.IsType<BookingOutcome.Confirmed>(await BookAsync(session.Ref, person));
    }

    [Fact]
    public async Task The_business_unit_s_work_says_how_many_wait_and_their_domains()
    {
        await ground.JoinAsync("a@aaa-work.example");
        await ground.JoinAsync("b@aaa-work.example");

        var work = Assert.Single(await ground.With((WorkToDo queue) => queue.WaitingAsync()), item => item.Address == "/manage/sign-ups");

        Assert.Equal((await WaitingAsync()).Count, work.Count);
        Assert.Contains("aaa-work.example", work.Why);
    }

    private async Task<ChooseOutcome> ChooseAsync(Guid person, Guid? agency, string? says = null) =>
        await ground.With(async (ChooseAgency choose) => await choose.RunAsync(agency, says, await ground.ActorAsync(person)));

    private async Task<PlaceOutcome> PlaceAsync(Guid id, Guid agency, bool remember = false) =>
        await ground.With(async (PlaceSignUp place) => await place.RunAsync(id, agency, remember, await UnitAsync()));

    private async Task<PlaceOutcome> DeclineAsync(Guid id, string reason) => await ground.With(async (DeclineSignUp decline) => await decline.RunAsync(id, reason, await UnitAsync()));

    private async Task<BookingOutcome> BookAsync(string session, Guid person) =>
        await ground.With(async (BookPlace book) => await book.RunAsync(new PlaceWanted(session), await ground.ActorAsync(person)));

    private async Task<IReadOnlyList<WaitingPerson>> WaitingAsync() => await ground.With(async (WaitingSignUps waiting) => await waiting.AskAsync(await UnitAsync()));

    private async Task<Actor> UnitAsync() => await ground.Given.Actor(await ground.Given.Unit());
}
