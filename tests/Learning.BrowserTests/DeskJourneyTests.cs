using Learning.Attendance;
using Learning.Bookings;
using Learning.Catalogue;
using Learning.Messages;
using Learning.People;
using Learning.Tests.Support;

using Microsoft.Playwright;

namespace Learning.BrowserTests;

/// <summary>The booking desk and what it asks of people, each page and each state of it scanned once and fitting every width.</summary>
public class DeskJourneyTests(Ground ground, Chromium chromium) : IClassFixture<Ground>, IClassFixture<Chromium>
{
    private Given Given => ground.Given;

    [Fact] // B9
    public async Task A_manager_answers_a_request_from_the_mail()
    {
        var agency = await Given.Agency();
        var (person, lead) = (await Given.Person(agency, given: "Amara", family: "Osei"), await Given.Person(agency));
        await Given.Role(lead, Role.AgencyLead, agency);
        var course = await Given.Course(title: "Graded Care Profile 2 (GCP2)");
        await ground.Sql($"update courses set needs_approval = true, request_holds_place = true where id = '{course.Id}'");
        var session = await Given.Session(course, 3);
        var asks = await As(person, 360);
        await asks.GotoAsync($"/sessions/{session.Ref}/book");
        await asks.PressAsync("Ask for a place");
        await asks.LooksRightAsync();
        await asks.GetByLabel("Your manager’s work e-mail address").FillAsync("boss@agency.example");
        await asks.PressAsync("Ask for a place");
        await HeadsAsync(asks, "You have asked for a place");
        await asks.LooksRightAsync();

        var decides = await As(lead, 820);
        await decides.GotoAsync("/agency/approvals");
        await decides.LooksRightAsync();
        await decides.GetByRole(AriaRole.Link, new() { Name = "Amara Osei" }).First.ClickAsync();
        await decides.LooksRightAsync();
        var booking = await ground.Sql<Guid>($"select id from bookings where session_id = '{session.Id}'");
        var boss = await chromium.WindowAsync(await ground.SiteAsync(), 360);
        await boss.GotoAsync("/approve/" + await SealAsync("approval", booking));
        await boss.PressAsync("Do not approve");
        await boss.LooksRightAsync();
        await boss.PressAsync("Approve");
        await HeadsAsync(boss, "Amara Osei has your approval");
        await boss.LooksRightAsync();
    }

    [Fact] // B6, B12
    public async Task An_offer_a_place_and_a_wait_are_answered_from_the_mail()
    {
        var session = await Given.Session(await Given.Course(title: "Safeguarding supervision"), 3);
        var page = await chromium.WindowAsync(await ground.SiteAsync(), 360);
        foreach (var (what, state, button) in new[] { ("offer", BookingState.Offered, "Take the place"), ("wait", BookingState.Waiting, "Leave the waiting list"), ("place", BookingState.Confirmed, "Give up the place") })
        {
            var booking = await Given.Booking(session, await Given.Person(given: "Joe"), state);
            await page.GotoAsync("/answer/" + await SealAsync(what, booking.Id, booking.OfferEndsAt));
            await page.LooksRightAsync();
            await page.Locator("main button").First.ClickAsync();
            await page.LooksRightAsync();
        }
    }

    [Fact] // B8
    public async Task Somebody_asks_to_be_told_of_dates_and_says_what_they_need()
    {
        var person = await Given.Person();
        var course = await Given.Course(title: "Trauma-informed practice");
        var page = await As(person, 360);
        await page.GotoAsync($"/courses/{course.Code}");
        await page.LooksRightAsync();
        await page.GotoAsync($"/courses/{course.Code}/tell-me");
        await page.LooksRightAsync();
        await page.Locator("main button").First.ClickAsync();
        await page.LooksRightAsync();
        var booking = await Given.Booking(await Given.Session(), person);
        await page.GotoAsync($"/my/bookings/{booking.Id}/needs");
        await page.LooksRightAsync();
        await page.GotoAsync("/my/calendar");
        await page.LooksRightAsync();
    }

    [Fact] // B4, B5, B13
    public async Task The_business_unit_runs_a_session_at_its_desk()
    {
        var (course, agency) = (await Given.Course(title: "Graded Care Profile 2 (GCP2)"), await Given.Agency("Harbour Trust"));
        var session = await Given.Session(course, 2, "2024-06-13 09:30 to 16:00", "2024-06-20 09:30 to 12:30");
        await Given.Trainer(session, await Given.Person());
        await Given.Booking(session, await Given.Person(agency));
        var held = await Given.Booking(session, await Given.Person(agency, given: "Noor", family: "Haddad"));
        await Given.Booking(session, await Given.Person(), BookingState.Waiting);
        var page = await As(await Given.Unit(), 1366);
        var desk = $"/manage/sessions/{session.Ref}";
        foreach (var address in new[] { "/manage/sessions", desk, $"{desk}/places", $"{desk}/let-in", $"{desk}/message", $"{desk}/move", $"{desk}/cancel", $"/manage/bookings/{held.Id}", $"/manage/sessions/plan?copy={session.Ref}", $"/manage/courses/{course.Code}", "/manage/charges", "/manage/recoveries" })
        {
            await page.GotoAsync(address);
            await page.LooksRightAsync();
        }

        await page.GotoAsync($"{desk}/move");
        await page.GetByLabel("Venue").First.FillAsync("Leigh Community Centre");
        await page.Locator("main form button").First.ClickAsync();
        await page.LooksRightAsync();
        await page.GotoAsync("/manage/sessions/plan");
        await page.PressAsync("Plan it");
        await page.LooksRightAsync();
    }

    [Fact] // B12
    public async Task A_late_cancellation_stands_on_the_statement_and_is_excused()
    {
        var agency = await Given.Agency();
        var (person, lead) = (await Given.Person(agency, given: "Amara", family: "Osei"), await Given.Person(agency));
        await Given.Role(lead, Role.AgencyLead, agency);
        var booking = await Given.Booking(await Given.Session(null, 3, "2024-05-17 09:30 to 16:00"), person);
        var gives = await As(person, 360);
        await gives.GotoAsync($"/my/bookings/{booking.Id}/cancel");
        await gives.LooksRightAsync();
        await gives.PressAsync("Give up my place");
        await gives.LooksRightAsync();
        await gives.Locator("main form input[type=radio], main form select, main form textarea").First.WaitForAsync();
        var unit = await As(await Given.Unit(), 820);
        await ground.With((CancelBooking cancel) => Given.Actor(person).ContinueWith(actor => cancel.RunAsync(booking.Id, actor.Result)).Unwrap());
        await unit.GotoAsync($"/bookings/{booking.Id}/excuse");
        await unit.LooksRightAsync();
        await unit.Locator("main button").First.ClickAsync();
        await unit.LooksRightAsync();
        var leads = await As(lead, 820);
        await leads.GotoAsync("/agency/statement");
        await leads.LooksRightAsync();
    }

    [Fact] // A1, A3, A6
    public async Task A_register_on_paper_is_typed_by_the_keyboard_alone_and_corrected_once_it_is_signed()
    {
        var session = await Given.Session(await Given.Course(title: "Safeguarding supervision"), 5, "2024-05-14 09:30 to 16:00");
        foreach (var (given, family) in new[] { ("Amara", "Adeyemi"), ("Ben", "Brown"), ("Carys", "Cole"), ("Dev", "Das") })
        {
            await Given.Booking(session, await Given.Person(given: given, family: family));
        }

        var unit = await Given.Unit();
        var page = await As(unit, 1366);
        await page.GotoAsync($"/register/{session.Ref}/paper");
        await page.LooksRightAsync();
        await page.GotoAsync($"/register/{session.Ref}/typed");
        await page.LooksRightAsync();
        await page.GetByLabel("Initials or part of a name").FocusAsync();
        await page.Keyboard.TypeAsync("aa");
        await page.Keyboard.PressAsync("Enter");
        foreach (var key in new[] { "y", "n", "a", "9", "0", "Enter" })
        {
            await page.Keyboard.PressAsync(key);
        }

        await page.GetByLabel("Carys Cole").FocusAsync();
        await page.Keyboard.PressAsync("ArrowUp");
        await page.Keyboard.PressAsync("y");
        Assert.Equal(["y", "y", "a", "90"], await page.Locator("tbody input").EvaluateAllAsync<string[]>("boxes => boxes.map(box => box.value)"));
        await page.PressAsync("Save what is typed");
        await page.ReachAsync($"/register/{session.Ref}$");
        Assert.Equal("attended attended apologies part", await ground.Sql<string>($"select string_agg(m.mark, ' ' order by p.family_name) from marks m join persons p on p.id = m.person_id where m.session_id = '{session.Id}'"));

        await ground.With(async (SignRegister sign) => await sign.RunAsync(session.Ref, await Given.Actor(unit)));
        await page.GotoAsync($"/manage/sessions/{session.Ref}/attendance");
        await page.LooksRightAsync();
        await page.FollowAsync("Dev Das");
        await page.LooksRightAsync();
        await page.GetByLabel("Mark").SelectOptionAsync("attended");
        await page.GetByLabel("Why is it corrected?").FillAsync("He was there all day");
        await page.PressAsync("Show what changes");
        await page.GetByText("Dev then has attended the course").WaitForAsync();
        await page.LooksRightAsync();
        await page.PressAsync("Correct the register");
        await page.GetByText("In part (90 minutes)").First.WaitForAsync();
        await page.LooksRightAsync();
    }

    private async Task<IPage> As(Person person, int width) => await chromium.SignedInAsync(await ground.SiteAsync(), person, width);

    private Task<string> SealAsync(string what, Guid booking, DateTimeOffset? until = null) => ground.With((Seals seals) => Task.FromResult(seals.Seal(new Sealed(what, booking, until))));

    private static Task HeadsAsync(IPage page, string heading) => page.GetByRole(AriaRole.Heading, new() { Name = heading, Level = 1 }).WaitForAsync();
}
