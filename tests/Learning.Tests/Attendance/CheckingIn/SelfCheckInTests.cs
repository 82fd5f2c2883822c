using System.Net;

using Learning.Attendance;
using Learning.Attendance.CheckingIn;
using Learning.Tests.Figures;
using Learning.Tests.Support;

using Microsoft.EntityFrameworkCore;

namespace Learning.Tests.Attendance.CheckingIn;

/// <summary>A5, C3: people say by a code on the room's screen that they are there, from telephones without an account; whoever takes the register counts heads.</summary>
public sealed class SelfCheckInTests(Ground ground) : IClassFixture<Ground>
{
    private const string Checked = "You are checked in";

    [Fact] // A5, A3: what people say is no mark until heads are counted, and then it is one, once
    public async Task What_people_say_of_themselves_becomes_a_mark_when_the_trainer_has_counted_heads()
    {
        ground.Clock.Set("2024-05-15 09:40");
        var hall = await Hall.Open(ground, 3);
        var course = await ground.Sql<string>($"select code from courses where id = '{hall.Session.CourseId}'");
        var trainer = await As(hall.Trainer.Id);
        var screen = await (await trainer.Get($"/register/{hall.Session.Ref}/code")).Submit("Show a code for the register");
        var code = screen.Document.QuerySelector(".app-codescreen__big")!.TextContent;
        Assert.Matches("^[A-HJKMNP-Z2-9]{4} [A-HJKMNP-Z2-9]{4}$", code);

        // Typed from the wall; by the link; by an account; and by two who have no booking, one of whom nobody knows.
        var phone = await (await Nobody()).Get("/checkin");
        phone = await phone.Submit("Go on", ("code", code.ToLowerInvariant()));
        phone = await phone.Submit("Check in", ("Input.Email", "nobody"));
        Assert.Contains("Enter your e-mail address, like name@agency.example", phone.Text);
        Assert.Equal("nobody", phone.Document.QuerySelector("#Input_Email")!.GetAttribute("value"));
        phone = await phone.Submit("Check in", ("Input.Email", $" {await EmailOf(hall.People[0].Id)} ".ToUpperInvariant()));
        Assert.Contains(Checked, phone.Text);
        Assert.DoesNotContain("Ada0", phone.Text);
        phone = await (await Nobody()).Get($"/checkin/{Shown(hall)}");
        Assert.Contains(Checked, (await phone.Submit("Check in", ("Input.Email", await EmailOf(hall.People[0].Id)))).Text);
        phone = await (await As(hall.People[1].Id)).Get($"/checkin/{Shown(hall)}");
        Assert.Contains("You are signed in as Ada1", phone.Text);
        Assert.Contains(Checked, (await phone.Submit("Check in")).Text);
        var guest = await ground.Given.Person(given: "Guest", family: "Known");
        await Say(hall, await EmailOf(guest.Id));
        await Say(hall, "wren@elsewhere.example", "Wren Vickers");

        Assert.Equal(0L, await Marks(hall));
        Assert.Equal(0, await Attendances(course));
        Assert.Contains("4 people say that they are here", (await trainer.Get($"/register/{hall.Session.Ref}")).Text);
        var heads = await (await trainer.Get($"/register/{hall.Session.Ref}")).Follow("Count heads, and take them into the register");
        Assert.Equal(4, heads.Document.QuerySelectorAll("input[name=here][checked]").Length);
        Assert.Contains("Wren Vickers wren@elsewhere.example, no booking, checked in at 9:40am", heads.Text);
        heads = await heads.Submit("Confirm the head-count", ("Input.Counted", "3"));
        Assert.Contains("You counted 3 people, and 4 are ticked", heads.Text);
        Assert.Equal(4, heads.Document.QuerySelectorAll("input[name=here][checked]").Length);
        Assert.Equal(0L, await Marks(hall));

        // Ada1 is at home.
        await using (var db = ground.Db())
        {
            var away = await db.SelfCheckIns.SingleAsync(one => one.PartId == hall.Part && one.PersonId == hall.People[1].Id);
            var there = await db.SelfCheckIns.Where(one => one.PartId == hall.Part && one.Id != away.Id).Select(one => one.Id).ToListAsync();
            Assert.IsType<HeadCountOutcome.Confirmed>(await Confirm(hall, "3", there));
            Assert.IsType<HeadCountOutcome.Confirmed>(await Confirm(hall, "3", there));
            Assert.Equal(there.Order(), (await db.Marks.Where(mark => mark.SessionId == hall.Session.Id).Select(mark => mark.Id).ToListAsync()).Order());
        }

        Assert.Equal(3, await Attendances(course));
        Assert.Equal(2L, await ground.Sql<long>($"select count(*) from marks where session_id = '{hall.Session.Id}' and walk_in"));
        Assert.Equal("Wren Vickers", await ground.Sql<string>("select p.given_name || ' ' || p.family_name from persons p join person_emails e on e.person_id = p.id where e.email = 'wren@elsewhere.example'"));
        Assert.Equal(0L, await ground.Sql<long>($"select count(*) from self_check_ins where session_id = '{hall.Session.Id}' and (email is not null or name is not null)"));
        heads = await trainer.Get($"/register/{hall.Session.Ref}/here");
        Assert.Contains("not there at your last count", heads.Text);
        Assert.Empty(heads.Document.QuerySelectorAll("input[name=here][checked]"));
    }

    [Fact] // A5, A2: what the trainer has marked stands, unless the trainer ticks otherwise
    public async Task Nobody_is_ticked_by_themselves_against_what_the_register_says()
    {
        ground.Clock.Set("2024-05-15 10:05");
        var hall = await Hall.Open(ground, 2);
        await OpenAsync(hall);
        await Say(hall, await EmailOf(hall.People[0].Id));
        await Say(hall, await EmailOf(hall.People[1].Id));
        ground.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.IsType<RecordOutcome.Recorded>(await hall.Send("tablet", [hall.Mark(hall.People[0].Id, MarkKind.Dna), hall.Mark(hall.People[1].Id)]));
        var page = await (await As(hall.Trainer.Id)).Get($"/register/{hall.Session.Ref}/here");
        Assert.Contains("the register says: did not attend", page.Text);
        Assert.Single(page.Document.QuerySelectorAll("input[name=here][checked]"));

        var ids = await ground.Sql<Guid[]>($"select array_agg(id) from self_check_ins where session_id = '{hall.Session.Id}'");
        Assert.IsType<HeadCountOutcome.Confirmed>(await Confirm(hall, "2", ids));
        Assert.Equal(3L, await Marks(hall));
        await using var db = ground.Db();
        var marks = await db.Marks.AsNoTracking().Where(mark => mark.PersonId == hall.People[0].Id && mark.SessionId == hall.Session.Id).OrderBy(mark => mark.Number).ToListAsync();
        Assert.Equal((MarkKind.Attended, false), (StandingMark.Of(marks)!.Mark.Kind, StandingMark.Of(marks)!.Disputed));
    }

    [Fact] // A5: a forwarded picture, a code that is mistyped, before, after, on a cancelled and on a signed session: words, and nothing recorded
    public async Task A_code_that_is_not_on_the_screen_now_is_refused_in_words()
    {
        ground.Clock.Set("2024-05-15 09:15");
        var hall = await Hall.Open(ground, 1);
        await OpenAsync(hall);
        var email = await EmailOf(hall.People[0].Id);
        async Task<string> Tried(string code) => (await (await Nobody()).Get($"/checkin/{code}")).Text;
        Assert.Contains("Check-in opens at Wednesday 15 May 2024, 9:30am.", await Tried(Shown(hall)));

        ground.Clock.Set("2024-05-15 10:00");
        var picture = Shown(hall);
        var followed = await (await Nobody()).Get($"/checkin/{picture}");
        ground.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Contains("This code is not on the screen any more: it changes every half minute.", await Tried(picture));
        Assert.Contains("There is no such code.", await Tried("QQQQQQQQ"));
        Assert.Contains("There is no such code.", await Tried("nothing"));
        Assert.Contains("There is no such code. It has six or eight letters and digits.", (await (await Nobody()).Get("/checkin?code=K7")).Text);
        // A form that was made up by hand leads nowhere either; one that was open while the code turned does.
        var forged = await (await (await Nobody()).Get($"/checkin/{Shown(hall)}")).Submit("Check in", ("Input.Pass", "forged"), ("Input.Email", email));
        Assert.Contains(Checked, forged.Text); // the code itself is good
        ground.Clock.Advance(TimeSpan.FromMinutes(7));
        Assert.Contains(Checked, (await followed.Submit("Check in", ("Input.Email", "late@typing.example"))).Text);
        ground.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Contains("This code is not on the screen any more", (await followed.Submit("Check in", ("Input.Email", "later@typing.example"))).Text);

        var open = await (await Nobody()).Get($"/checkin/{Shown(hall)}");
        ground.Clock.Set("2024-05-15 15:31");
        Assert.Contains("This session is over, so nobody can check in any more. If you were there, tell the trainer.", await Tried(Shown(hall)));
        Assert.Contains("This session is over", (await open.Submit("Check in", ("Input.Email", "over@typing.example"))).Text);
        Assert.Equal(2L, await ground.Sql<long>($"select count(*) from self_check_ins where session_id = '{hall.Session.Id}'"));

        ground.Clock.Set("2024-05-15 11:00");
        await ground.With(async (OpenCheckIn check) => await check.CloseAsync(hall.Session.Ref, 1, CountsAs.Register, await ground.Given.Actor(hall.Trainer)));
        await using (var db = ground.Db())
        {
            var closed = await db.CheckInCodes.SingleAsync(code => code.SessionId == hall.Session.Id);
            Assert.Contains("Check-in is closed.", await Tried(CheckInRules.Shown(closed, ground.Zone.Now)));
        }

        await OpenAsync(hall);
        await hall.Send("tablet", [hall.Mark(hall.People[0].Id)]);
        await ground.With(async (SignRegister sign) => Assert.IsType<SignOutcome.Signed>(await sign.RunAsync(hall.Session.Ref, await ground.Given.Actor(hall.Trainer))));
        Assert.Contains("The register of this session is signed.", await Tried(Shown(hall)));
        Assert.Equal("The register is signed. Reopen it first", Assert.IsType<HeadCountOutcome.Refused>(await Confirm(hall, "5", [])).Sentence);
        Assert.Equal(1L, await Marks(hall));
    }

    [Fact] // A5: five hundred times from one address, of mail and of the network; who has a place gets in all the same
    public async Task A_flood_stops_at_words_and_the_register_is_unharmed()
    {
        ground.Clock.Set("2024-05-15 10:00");
        var hall = await Hall.Open(ground, 2);
        await OpenAsync(hall);
        var form = await (await Nobody()).Get($"/checkin/{Shown(hall)}");
        for (var i = 0; i < 20; i++)
        {
            Assert.Contains(Checked, (await form.Submit("Check in", ("Input.Email", "same@flood.example"))).Text);
        }

        Assert.Equal(1L, await ground.Sql<long>($"select count(*) from self_check_ins where session_id = '{hall.Session.Id}'"));
        var refused = 0;
        for (var i = 0; i < 500; i++)
        {
            var outcome = await ground.With((CheckSelfIn check) => check.RunAsync(new(Shown(hall), null, $"n{i}@flood.example", "Somebody"), Learning.People.Actor.Nobody, "192.0.2.7"));
            refused += outcome is HereOutcome.Refused ? 1 : 0;
        }

        // As many as there are places, and no more; then the network has had its share too.
        Assert.Equal(500 - (hall.Session.Capacity - 1), refused);
        Assert.Equal(20L, await ground.Sql<long>($"select count(*) from self_check_ins where session_id = '{hall.Session.Id}'"));
        Assert.Contains("Too many people are checking in from this network at once", Assert.IsType<HereOutcome.Refused>(await SayFrom(hall, "192.0.2.7")).Sentence);
        Assert.IsType<HereOutcome.Done>(await SayFrom(hall, "198.51.100.9"));
        Assert.Equal(0L, await Marks(hall));
        Assert.DoesNotContain("flood", (await (await As(hall.Trainer.Id)).Get($"/register/{hall.Session.Ref}")).Text);

        // Whoever guesses codes is slowed, and what is right waits then, too.
        for (var i = 0; i < 60; i++)
        {
            await ground.With((CheckSelfIn check) => check.LookAsync($"K7QMAB{i % 5 + 2}{i % 7 + 2}", "203.0.113.5"));
        }

        Assert.StartsWith("Too many codes were tried from this network.", (await ground.With((CheckSelfIn check) => check.LookAsync(Shown(hall), "203.0.113.5"))).WhyNot);
        Assert.NotNull((await ground.With((CheckSelfIn check) => check.LookAsync(Shown(hall), "203.0.113.6"))).Seen);
    }

    [Fact] // C3, P5: reach and never trained, once an address, no name kept; claimed it is theirs, taken back it is not, and the figures are the same before and after
    public async Task An_awareness_event_counts_reach_which_an_account_claims_and_takes_back()
    {
        ground.Clock.Set("2024-06-03 10:00");
        var told = new Told(ground);
        var course = await ground.Given.Course();
        var session = await ground.Given.Session(course, 50);
        var trainer = await ground.Given.Person();
        await ground.Given.Trainer(session, trainer);
        var screen = await (await (await As(trainer.Id)).Get($"/register/{session.Ref}/code")).Submit("Show a code for an awareness event");
        var code = screen.Document.QuerySelector(".app-codescreen__big")!.TextContent.Replace(" ", "", StringComparison.Ordinal);
        Assert.Equal(6, code.Length);
        var person = await ground.Given.Person();
        var email = await EmailOf(person.Id);
        string? claim = null;
        foreach (var address in new[] { email, email.ToUpperInvariant(), "other@aware.example" })
        {
            ground.Clock.Advance(TimeSpan.FromMinutes(3)); // printed: it stays
            var page = await (await (await Nobody()).Get($"/checkin/{code}")).Submit("Check in", ("Input.Email", address));
            Assert.Contains(Checked, page.Text);
            claim ??= page.Document.QuerySelector("a[href^='/reach/']")!.GetAttribute("href");
        }

        async Task<(double?, double?, double?)> Figures() => (await told.Value($"measure: reach, courses: [{course.Code}]"), await told.Value($"measure: people, courses: [{course.Code}]"), await told.Value($"measure: attendances, courses: [{course.Code}]"));
        Assert.Equal((2.0, 0.0, 0.0), await Figures());
        Assert.Equal(0L, await Marks(session.Id));
        Assert.DoesNotContain("aware.example", await ground.Sql<string>("select string_agg(to_jsonb(a)::text || to_jsonb(c)::text, ' ') from check_in_addresses a join check_ins c on c.id = a.check_in_id"));

        // Whoever has the address finds it on their record.
        var mine = await As(person.Id);
        var record = await mine.Get("/my/record");
        Assert.Equal(claim, record.Document.QuerySelector("a[href^='/reach/']")!.GetAttribute("href"));
        Assert.Contains("Was this you?", record.Text);
        var said = await (await mine.Get(claim!)).Submit("That was me");
        Assert.Contains("You said that this was you", (await mine.Get("/my/record")).Text);
        Assert.Equal((2.0, 0.0, 0.0), await Figures());
        Assert.DoesNotContain("/reach/", (await (await As((await ground.Given.Person()).Id)).Get("/my/record")).Document.Body!.InnerHtml);
        await said.Submit("That was not me");
        Assert.Contains("Was this you?", (await mine.Get("/my/record")).Text);
        Assert.Equal((2.0, 0.0, 0.0), await Figures());

        // P5: the digests go after a year; what was counted stays.
        ground.Clock.Set("2025-07-01 03:00");
        Assert.True(await ground.With((ForgetCheckIns forget) => forget.RunAsync()) >= 2);
        Assert.Equal((2.0, 0.0, 0.0), await Figures());
        Assert.Equal(0L, await ground.Sql<long>($"select count(*) from check_in_addresses where session_id = '{session.Id}'"));
    }

    [Fact] // S2
    public async Task Only_whoever_takes_the_register_opens_a_code_or_counts_heads()
    {
        ground.Clock.Set("2024-05-15 10:00");
        var hall = await Hall.Open(ground, 1);
        var stranger = await ground.Given.Actor(hall.People[0]);
        Assert.IsType<OpenOutcome.NotFound>(await ground.With((OpenCheckIn open) => open.RunAsync(hall.Session.Ref, 1, CountsAs.Register, stranger)));
        Assert.IsType<HeadCountOutcome.NotFound>(await ground.With((ConfirmHeadCount confirm) => confirm.RunAsync(hall.Session.Ref, 1, "1", [], stranger)));
        Assert.Equal(HttpStatusCode.NotFound, (await (await As(hall.People[0].Id)).Get($"/register/{hall.Session.Ref}/code")).Status);
        var trainer = await ground.Given.Actor(hall.Trainer);
        Assert.IsType<OpenOutcome.NotFound>(await ground.With((OpenCheckIn open) => open.RunAsync(hall.Session.Ref, 2, CountsAs.Register, trainer)));
        await Task.WhenAll(OpenAsync(hall), OpenAsync(hall), OpenAsync(hall));
        Assert.Equal(1L, await ground.Sql<long>($"select count(*) from check_in_codes where session_id = '{hall.Session.Id}'"));
        ground.Clock.Set("2024-05-15 16:00");
        Assert.IsType<OpenOutcome.Refused>(await ground.With((OpenCheckIn open) => open.RunAsync(hall.Session.Ref, 1, CountsAs.Reach, trainer)));
    }

    private async Task OpenAsync(Hall hall) => Assert.IsType<OpenOutcome.Done>(await ground.With(async (OpenCheckIn open) => await open.RunAsync(hall.Session.Ref, 1, CountsAs.Register, await ground.Given.Actor(hall.Trainer))));

    // What the screen shows now.
    private string Shown(Hall hall)
    {
        using var db = ground.Db();
        return CheckInRules.Shown(db.CheckInCodes.AsNoTracking().Single(code => code.SessionId == hall.Session.Id && code.ClosedAt == null), ground.Zone.Now);
    }

    private async Task Say(Hall hall, string email, string? name = null) =>
        Assert.IsType<HereOutcome.Done>(await ground.With((CheckSelfIn check) => check.RunAsync(new(Shown(hall), null, email, name), Learning.People.Actor.Nobody, "192.0.2.1")));

    private async Task<HereOutcome> SayFrom(Hall hall, string network)
    {
        var email = await EmailOf(hall.People[1].Id);
        return await ground.With((CheckSelfIn check) => check.RunAsync(new(Shown(hall), null, email, null), Learning.People.Actor.Nobody, network));
    }

    private Task<HeadCountOutcome> Confirm(Hall hall, string counted, IReadOnlyCollection<Guid> ticked) =>
        ground.With(async (ConfirmHeadCount confirm) => await confirm.RunAsync(hall.Session.Ref, 1, counted, ticked, await ground.Given.Actor(hall.Trainer)));

    private Task<string> EmailOf(Guid person) => ground.Sql<string>($"select email from person_emails where person_id = '{person}' and main");

    private Task<long> Marks(Hall hall) => Marks(hall.Session.Id);

    private Task<long> Marks(Guid session) => ground.Sql<long>($"select count(*) from marks where session_id = '{session}'");

    private async Task<double?> Attendances(string course) => await new Told(ground).Value($"measure: attendances, courses: [{course}]");

    private async Task<Visitor> As(Guid person) => await (await ground.SiteAsync()).SignedInAsync(person);

    private async Task<Visitor> Nobody() => (await ground.SiteAsync()).Visitor();
}
