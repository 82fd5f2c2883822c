using System.Net;

using Learning.Bookings;
using Learning.Bookings.Workshops;
using Learning.Catalogue;
using Learning.Conferences;
using Learning.People;
using Learning.Tests.Bookings.Workshops;
using Learning.Tests.Support;

namespace Learning.Tests.Conferences;

/// <summary>A conference as people meet it in a browser without JavaScript: its organiser, its delegates and whoever reads the programme.</summary>
public class ConferencePagesTests(Ground ground) : IClassFixture<Ground>
{
    [Fact] // B14
    public async Task An_organiser_plans_rounds_workshops_and_people_and_mistakes_stand_beside_their_field()
    {
        var session = await ground.Given.Session(await ground.Given.Course(CourseKind.Conference, title: "Neglect Conference"), 260, "2024-06-05 09:00 to 16:00");
        var unit = await As(await ground.Given.Unit());
        var page = await unit.Get($"/manage/sessions/{session.Ref}/conference");

        page = await page.Submit("Add the round", ("Round.Starts", "10:45am"), ("Round.Ends", "11:45am"));
        Assert.Contains("Round 1, Wednesday 5 June 2024, 10:45am to 11:45am", page.Text);
        page = await page.Submit("Add the round", ("Round.Starts", "11:00am"), ("Round.Ends", "12:00pm"));
        Assert.Contains("It overlaps the round 10:45am to 11:45am: nobody can be in both", page.Text);
        Assert.Equal("11:00am", page.Document.QuerySelector("#Round_Starts")!.GetAttribute("value"));
        page = await page.Submit("Add the workshop", ("Workshop.Title", "Dental neglect"), ("Workshop.Venue", "Room A"), ("Workshop.Capacity", "some"));
        Assert.Contains("Enter how many places there are", page.Text);
        Assert.Equal("Dental neglect", page.Document.QuerySelector("#Workshop_Title")!.GetAttribute("value"));
        page = await page.Submit("Add the workshop", ("Workshop.Capacity", "50"));
        Assert.Contains("0 of 50", page.Text);
        // F2: a workshop is a session that somebody gives; figures of conferences count the conference once.
        Assert.Equal("trained", await ground.Sql<string>($"select c.kind from courses c join sessions s on s.course_id = c.id where s.parent_id = '{session.Id}'"));
        page = await page.Submit("Add them", ("Named.Mode", "speaker"), ("Named.Title", "Dr Siobhan Ashdown"), ("Named.Subject", "shi-VAWN"), ("Named.Message", "A health visitor once.\n=cmd|' /C calc'!A0 <script>alert(1)</script>"));
        Assert.Contains("Dr Siobhan Ashdown", page.Text);
        page = await page.Submit("Save the texts", ("Texts.Venue", "Ten minutes from the station"), ("Texts.Message", "Your ticket"));

        var programme = await (await ground.SiteAsync()).Visitor().Get($"/sessions/{session.Ref}/programme");
        Assert.Contains("Dental neglect", programme.Text);
        Assert.Contains("A health visitor once.", programme.Text);
        Assert.Contains("<script>alert(1)</script>", programme.Text);
        Assert.Contains("Ten minutes from the station", programme.Text);
        Assert.Contains("Your ticket", programme.Text);
        Assert.DoesNotContain("No workshop yet", (await unit.Get($"/manage/sessions/{session.Ref}/conference")).Text);
    }

    [Fact] // B14
    public async Task A_delegate_ranks_is_told_with_the_reason_changes_and_has_a_ticket()
    {
        var conference = await GivenConference.In(ground, 260, 3, 1, 5, 5);
        var first = await conference.Delegate("1A 2A 3A");
        var amara = await As(await ground.Given.Person(given: "Amara", family: "Osei"));

        var page = await (await (await amara.Get($"/sessions/{conference.Ref}/book")).Submit("Book a place")).Follow("Choose my workshops");
        page = await page.Submit("Save my choices", ("Input.Wishes[0].Ref", conference.At("1A").Ref), ("Input.Wishes[1].Ref", conference.At("1A").Ref), ("Input.Wishes[3].Ref", ""), ("Input.Wishes[4].Ref", conference.At("2B").Ref));
        Assert.Contains("You have chosen this workshop already", page.Text);
        Assert.Contains("Say your first choice before your second", page.Text);
        page = await page.Submit("Save my choices", ("Input.Wishes[1].Ref", conference.At("1B").Ref), ("Input.Wishes[3].Ref", conference.At("2B").Ref), ("Input.Wishes[4].Ref", ""), ("Input.Wishes[6].Ref", conference.At("3C").Ref));
        Assert.Contains("Your choices are kept", page.Text);
        page = await page.Submit("Save my badge", ("Tag.BadgeName", "Amara O."), ("Tag.SaidAs", "a-MAH-ra"));

        var unit = await As(await ground.Given.Unit());
        var giving = await unit.Get($"/manage/sessions/{conference.Ref}/conference/workshops");
        Assert.Contains("This is what it would come to now", giving.Text);
        Assert.Contains("1 person gets their first choice, 1 their second", giving.Text);
        giving = await giving.Submit("Work it out");
        Assert.Contains("Nobody has been told yet", giving.Text);
        Assert.DoesNotContain("Workshop 1B", (await amara.Get(page.Path)).Document.QuerySelector("h3")?.TextContent ?? "");
        giving = await giving.Submit("Give the places and tell everybody");
        Assert.Contains("Everybody has their workshops, and is told", giving.Text);

        page = await amara.Get(page.Path);
        Assert.Contains("It is your second choice. Your first, Workshop 1A, was the first choice of 2 people and has 1 place.", page.Text);
        page = await page.Submit("Change at 10:45am to 11:45am", ("Pressed.Ref0", conference.At("1C").Ref));
        Assert.Contains("Your workshop is changed", page.Text);
        Assert.Contains("You chose it yourself.", page.Text);
        page = await page.Submit("Change at 10:45am to 11:45am", ("Pressed.Ref0", conference.At("1A").Ref));
        Assert.Contains("You are on its waiting list", page.Text);
        page = await page.Submit("Change at 10:45am to 11:45am", ("Pressed.Ref0", "another"));
        Assert.Contains("Choose a workshop of this conference", page.Text);

        var ticket = await (await amara.Get(page.Path)).Follow("My ticket");
        Assert.Contains("Amara O.", ticket.Text);
        Assert.NotNull(ticket.Document.QuerySelector("svg.app-qr__code"));
        Assert.Matches("[0-9A-F]{8}(-[0-9A-F]{8}){3}", ticket.Text);
        Assert.Equal(HttpStatusCode.NotFound, (await (await As(first.Person)).Get(ticket.Path)).Status);
    }

    [Fact] // B14: a conference has as many rounds as it likes, and whoever lacks a workshop in one of them is asked about that one
    public async Task Of_seven_rounds_the_last_is_changed_and_one_in_the_middle_is_chosen_again()
    {
        var conference = await GivenConference.In(ground, 260, 7, 2, 2);
        var one = await conference.Delegate("1A 2A 3A 4A 5A 6A 7A");
        await conference.GiveOut();
        await ground.Sql($"update bookings set state = 'cancelled', state_at = now() where person_id = '{one.Person.Id}' and session_id = '{conference.At("5A").Id}'");
        var visitor = await As(one.Person);

        var page = await visitor.Get($"/my/bookings/{one.Booking}/conference");
        Assert.Contains("Round 2, midday to 1pm: Workshop 2A", page.Text);
        page = await page.Submit("Change at 3:45pm to 4pm", ("Pressed.Ref6", conference.At("7B").Ref));
        Assert.Contains("Your workshop is changed", page.Text);
        page = await page.Submit("Save my choices", ("Input.Wishes[0].Ref", conference.At("5B").Ref), ("Input.Wishes[1].Ref", conference.At("5B").Ref));
        Assert.Contains("You have chosen this workshop already", page.Document.QuerySelector("#Input_Wishes_1_Ref")!.ParentElement!.TextContent);
        page = await page.Submit("Save my choices", ("Input.Wishes[1].Ref", ""));
        Assert.Contains("You have what was left", page.Text);
        Assert.Equal("1A, 2A, 3A, 4A, 5B, 6A, 7B", await one.HasAsync());
    }

    [Fact] // B14, F1
    public async Task Lists_room_sheets_badges_and_counts_are_for_the_organiser_and_the_counts_name_nobody()
    {
        var conference = await GivenConference.In(ground, 260, 1, 3, 3);
        var (amara, joe) = (await conference.Delegate("1A", await ground.Given.Person(await ground.Given.Agency("Harbour Trust"), given: "Amara", family: "Osei")), await conference.Delegate("1B", await ground.Given.Person(given: "Joe", family: "Mwangi")));
        await ground.Given.Save(new ConferencePerson { Id = Guid.CreateVersion7(), ConferenceId = conference.Session.Id, Role = ConferenceRole.Helper, Name = "Callum Reid", Position = 1, AddedAt = ground.Zone.Now });
        await ground.With((TellNeeds tell) => tell.RunAsync(amara.Booking, NeedOptions.Join(["Vegan", "Hearing loop"], "No nuts near me, Amara"), amara.Actor));
        await conference.GiveOut();
        var unit = await As(await ground.Given.Unit());
        var here = $"/manage/sessions/{conference.Ref}/conference";

        var list = await unit.Get($"{here}/list");
        Assert.Contains("2 delegates. Besides them 1 speaker, exhibitor or helper, who take no place.", list.Text);
        Assert.Contains("Workshop 1A Round 1, 10:45am to 11:45am, Room 0. 1 delegate of 3 places. Amara Osei, Harbour Trust", list.Text);
        foreach (var sheet in new[] { "", "?sheet=labels" })
        {
            var badges = await unit.Get($"{here}/badges{sheet}");
            Assert.Equal(["Joe Mwangi", "Amara Osei", "Callum Reid"], badges.Document.QuerySelectorAll(".app-badge__name").Select(one => one.TextContent));
            Assert.Equal("Helper", badges.Document.QuerySelectorAll(".app-badge__foot")[^1].TextContent);
            Assert.Empty(badges.Document.QuerySelectorAll(".app-badge img"));
        }

        var catering = await unit.Get($"{here}/catering");
        Assert.Equal(["Vegan", "Hearing loop"], catering.Document.QuerySelectorAll("tr").Where(row => row.QuerySelector("td")?.TextContent == "1").Select(row => row.QuerySelector("th")!.TextContent));
        Assert.Contains("1 person wrote something besides", catering.Text);
        Assert.DoesNotContain("Amara", catering.Text);
        Assert.DoesNotContain("nuts", catering.Text);
        var visitor = await As(joe.Person);
        foreach (var page in new[] { here, $"{here}/list", $"{here}/badges", $"{here}/catering", $"{here}/workshops" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await visitor.Get(page)).Status);
        }
    }

    [Fact]
    public void A_need_that_is_ticked_is_a_line_of_what_is_kept_and_comes_apart_again()
    {
        Assert.Equal("Vegan\nLarge print\nA chair by the door", NeedOptions.Join(["Large print", "Vegan", "<b>"], " A chair by the door "));
        Assert.Null(NeedOptions.Join(null, " "));
        var (ticked, words) = NeedOptions.Split("Vegan\r\nLarge print\r\nA chair by the door");
        Assert.Equal(["Vegan", "Large print"], ticked);
        Assert.Equal("A chair by the door", words);
    }

    [Fact]
    public void A_tickets_code_is_read_however_it_is_typed()
    {
        var ticket = Guid.CreateVersion7();
        Assert.Equal(ticket, Tickets.Read($" {Tickets.CodeOf(ticket).ToLowerInvariant().Replace('-', ' ')} "));
        Assert.Null(Tickets.Read("nothing of the kind"));
        Assert.Null(Tickets.Read(null));
    }

    private async Task<Visitor> As(Person person) => await (await ground.SiteAsync()).SignedInAsync(person.Id);
}
