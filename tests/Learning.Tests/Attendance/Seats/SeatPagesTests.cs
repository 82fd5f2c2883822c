using System.Net;

using AngleSharp.Html.Dom;

using Learning.Attendance;
using Learning.Attendance.Seats;
using Learning.People;
using Learning.Tests.Support;

namespace Learning.Tests.Attendance.Seats;

/// <summary>A forum's seats and registers in a browser without JavaScript.</summary>
public class SeatPagesTests(Ground ground) : IClassFixture<Ground>, IAsyncLifetime
{
    private Given Given => ground.Given;

    public Task InitializeAsync()
    {
        ground.Clock.Set("2024-05-15 12:00");
        return Task.CompletedTask;
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact] // A1
    public async Task The_business_unit_adds_a_seat_appoints_ends_takes_back_and_closes_and_a_refusal_stands_beside_its_field()
    {
        var (board, ann) = (await Board.Open(ground), await Given.Person(await Given.Agency(), given: "Ann", family: "Quillfeather"));
        var unit = await As(board.Unit);
        var page = await unit.Get(Seats(board));
        Assert.Contains("No seats yet", page.Text);
        var wrong = await page.Submit("Add the seat", ("Input.Name", ""), ("Input.From", "soon"));
        Assert.Contains("Enter what the seat is called", wrong.Document.QuerySelector("#Input_Name-error")!.TextContent);
        Assert.Contains("like 31/12/2026", wrong.Document.QuerySelector("#Input_From-error")!.TextContent);
        Assert.Equal("soon", ((IHtmlInputElement)wrong.Document.QuerySelector("[name='Input.From']")!).Value);
        var added = await wrong.Submit("Add the seat", ("Input.Name", "Lay member"), ("Input.From", "1/4/2024"));
        Assert.Contains("1 seat today: 0 held, 0 vacant, 1 not appointed.", added.Text);

        var seat = await added.Follow("Lay member");
        var found = await unit.Get($"{seat.Path}?who=quillf");
        var appointed = await found.Submit("Appoint", ("Appoint.From", "2024-04-10"));
        Assert.Contains("Ann Quillfeather since 10 April 2024", appointed.Text);
        var twice = await (await unit.Get($"{seat.Path}?who=quillf")).Submit("Appoint", ("Appoint.From", "2024-05-01"), ("Appoint.LastDay", "2024-05-02"));
        Assert.Contains("Ann Quillfeather holds this seat since 10 April 2024 then. End that first", twice.Document.QuerySelector("#Appoint_From-error")!.TextContent);
        Assert.Equal("2024-05-02", ((IHtmlInputElement)twice.Document.QuerySelector("[name='Appoint.LastDay']")!).Value);

        var term = await board.Term((await board.Seen(Guid.Parse(seat.Path.Split('/')[^1]))).Seat.Id);
        var unended = await appointed.Submit($"End it: Ann Quillfeather", ($"LastDay-{term:N}", ""));
        Assert.Contains("Enter the last day", unended.Document.QuerySelector($"#LastDay-{term:N}-error")!.TextContent);
        var ended = await unended.Submit("End it: Ann Quillfeather", ($"LastDay-{term:N}", "2024-05-14"));
        Assert.Contains("Vacant", ended.Document.QuerySelector(".app-facts")!.TextContent);
        var empty = await ended.Submit("Write it down", ("Nobody.Holder", "not-appointed"), ("Nobody.From", "2024-05-15"));
        Assert.Matches("Not appointed ?since 15 May 2024", empty.Text);
        var back = await empty.Submit("Take it back, it was a mistake: Not appointed, since 15 May 2024");
        Assert.Contains("Vacant", back.Document.QuerySelector(".app-facts")!.TextContent);
        var closed = await back.Submit("Change the seat", ("Seat.Name", "Lay person"), ("Seat.LastDay", "2024-05-14"));
        Assert.Contains("Closed, last day 14 May 2024", closed.Text);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await As(ann)).Get(Seats(board))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await unit.Get($"/manage/courses/{(await Given.Course()).Code}/seats")).Status);
    }

    [Fact] // A1, A6
    public async Task The_form_lists_holders_with_their_seats_and_empty_seats_which_need_no_press_but_take_one()
    {
        var (board, ann) = (await Board.Open(ground), await Given.Person(await Given.Agency("Essex Police"), given: "Ann"));
        await board.Fill(await board.Add("Superintendent"), ann);
        var (lay, health) = (await board.Add("Lay member"), await board.Add("Health"));
        var meeting = await board.Meeting("2024-05-15");
        var trainer = await As(meeting.Trainer);

        var page = await trainer.Get(Register(meeting));
        Assert.Contains("0 of 1 marked", page.Text);
        Assert.Contains("Superintendent, Essex Police", page.Text);
        Assert.Equal(["Lay member", "Health"], page.Document.QuerySelectorAll("[data-seats] legend").Select(legend => legend.TextContent));
        var refused = await page.Submit("Sign the register", ($"seat-{lay:N}", "vacant"));
        Assert.Contains($"{ann.Name} is not marked", refused.Document.QuerySelector(".govuk-error-summary")!.TextContent);
        Assert.Equal([("Lay member", MarkKind.Vacant)], (await Marks(meeting)).Select(mark => (mark.Seat!, mark.Kind)));

        var signed = await refused.Submit("Sign the register", ($"mark-{ann.Id:N}", "apologies"));
        Assert.Contains("Empty seats: Lay member (vacant), Health (not appointed).", signed.Text);
        Assert.Equal(["Lay member", "Health"], signed.Document.QuerySelectorAll("tbody tr th").Skip(1).Select(cell => cell.TextContent));
        Assert.Equal(3, (await Marks(meeting)).Count);
        var attendance = await (await As(board.Unit)).Get($"/manage/sessions/{meeting.Session.Ref}/attendance");
        Assert.Contains("Health: Not appointed", attendance.Text);
        Assert.Contains("Superintendent, Essex Police", attendance.Text);
        Assert.DoesNotContain("Added", attendance.Text);
        var csv = await (await As(board.Unit)).Http.GetStringAsync($"/manage/sessions/{meeting.Session.Ref}/attendance.csv");
        Assert.Contains(",,,no,not-appointed,", csv);
        Assert.Contains("yes,Health", csv);
    }

    [Fact] // A1
    public async Task A_register_on_paper_has_the_empty_seats_and_typing_says_what_they_are()
    {
        var (board, ann) = (await Board.Open(ground), await Given.Person());
        await board.Fill(await board.Add("Chair"), ann);
        var lay = await board.Add("Lay member");
        var meeting = await board.Meeting("2024-05-15");
        var trainer = await As(meeting.Trainer);
        var paper = await trainer.Get($"{Register(meeting)}/paper");
        Assert.Contains("An empty seat says v for vacant or o for not appointed", paper.Text);
        Assert.Equal(["Lay member", "", "o", "Nobody"], paper.Document.QuerySelectorAll("tbody tr:nth-child(2) > *").Select(cell => cell.TextContent.Trim()));

        var typed = await trainer.Get($"{Register(meeting)}/typed");
        var wrong = await typed.Submit("Save what is typed", ($"typed-1-{lay:N}", "y"), ($"typed-1-{ann.Id:N}", "a"));
        Assert.Contains("Lay member: type v for vacant or o for not appointed", wrong.Document.QuerySelector($"#typed-1-{lay:N}-error")!.TextContent);
        Assert.Empty(await Marks(meeting));
        await wrong.Submit("Save what is typed", ($"typed-1-{lay:N}", "V"), ($"typed-1-{ann.Id:N}", "a"));
        Assert.Equal([MarkKind.Apologies, MarkKind.Vacant], (await Marks(meeting)).Select(mark => mark.Kind).Order());
    }

    [Fact] // S1, S2, F3
    public async Task Whoever_organises_the_forum_sees_its_table_in_a_period_and_what_is_not_marked_is_not_known()
    {
        var board = await Board.Open(ground);
        var seat = await board.Add("Chair");
        await board.Fill(seat, await Given.Person());
        var meeting = await board.Meeting("2024-05-15");
        var organiser = await Given.Person();
        await Given.Save(new Learning.Catalogue.CourseOrganiser { CourseId = board.Course.Id, PersonId = organiser.Id });
        Assert.Equal(HttpStatusCode.NotFound, (await (await As(organiser)).Get($"{Seats(board)}/attendance")).Status);
        await ground.Sql($"insert into employments (id, person_id, agency_id, workforce, starts_on) values (gen_random_uuid(), '{organiser.Id}', '{board.Course.OwnerId}', 'joint', '2020-01-01')");

        var page = await (await As(organiser)).Get($"{Seats(board)}/attendance");
        Assert.Contains("1 meeting, 1 seat: 0 attended, 0 apologies, 0 no apology, 0 vacant, 0 not appointed, 1 not marked.", page.Text);
        Assert.DoesNotContain("%", page.Text);
        Assert.Contains("Not signed yet: 15 May 2024.", page.Text);
        Assert.Equal("Attendance of " + board.Course.Title + ", 1 April 2024 to 31 March 2025", page.Document.QuerySelector("table caption")!.TextContent);
        Assert.Contains("No meeting in this period", (await (await As(organiser)).Get($"{Seats(board)}/attendance?from=2022-04-01")).Text);
        Assert.Contains("The last day is before the first", (await (await As(organiser)).Get($"{Seats(board)}/attendance?from=2024-04-01&to=2024-03-01")).Text);
        Assert.Contains("Chair,,Not marked,0,0,0,0,0,0,1", await (await As(organiser)).Http.GetStringAsync($"{Seats(board)}/attendance.csv"));
        Assert.Equal(HttpStatusCode.NotFound, (await (await As(meeting.Trainer)).Http.GetAsync($"{Seats(board)}/attendance.csv")).StatusCode);
        Assert.Equal(1L, await ground.Sql<long>($"select count(*) from audit_entries where verb = 'exported a forum''s attendance as CSV' and subject_id = '{board.Course.Id}'"));
    }

    private static string Seats(Board board) => $"/manage/courses/{board.Course.Code}/seats";

    private static string Register(Hall hall) => $"/register/{hall.Session.Ref}";

    private async Task<Visitor> As(Person person) => await (await ground.SiteAsync()).SignedInAsync(person.Id);

    private async Task<List<Mark>> Marks(Hall hall)
    {
        await using var db = ground.Db();
        return [.. db.Marks.Where(mark => mark.SessionId == hall.Session.Id).OrderBy(mark => mark.Number)];
    }
}
