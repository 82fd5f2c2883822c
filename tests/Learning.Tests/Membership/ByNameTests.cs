using System.Net;

using Learning.Bookings;
using Learning.Figures;
using Learning.Membership;
using Learning.Messages;
using Learning.People;
using Learning.Tests.Messages;
using Learning.Tests.Support;

using Microsoft.EntityFrameworkCore;

namespace Learning.Tests.Membership;

/// <summary>People without an address of their own: each a person, booked for by their lead, who can claim the record later.</summary>
public class ByNameTests(Ground ground) : IClassFixture<Ground>
{
    [Fact] // P1, P2
    public async Task Somebody_added_by_name_is_a_person_with_the_agency_whom_the_lead_books_for_and_hears_of()
    {
        await using var room = new PostRoom(ground);
        var (agency, lead, actor) = await LeadAsync();
        var session = await ground.Given.Session(null, 20, "2026-06-03 09:30 to 16:00");

        var id = await AddedAsync(actor, agency, "Ann", "Lee", note: "Tuesday group");
        Assert.IsType<BookingOutcome.Confirmed>(await ground.With((BookPlace book) => book.RunAsync(new PlaceWanted(session.Ref, PersonId: id), actor)));

        Assert.Equal(agency.Id, await ground.Sql<Guid>($"select agency_id from employments where person_id = '{id}' and starts_on = '{ground.Zone.Today:yyyy-MM-dd}'"));
        Assert.Equal(0, await ground.Sql<long>($"select count(*) from person_emails where person_id = '{id}'"));
        await room.SendAsync();
        var mail = Assert.Single(room.Sink.Mails, mail => mail.Text("text/plain")!.Contains("Dear Ann,", StringComparison.Ordinal));
        Assert.Equal(await ground.Sql<string>($"select email from person_emails where person_id = '{lead.Id}'"), mail.To);
    }

    [Fact] // M3
    public async Task A_reminder_for_somebody_without_an_address_goes_nowhere_and_worries_nobody()
    {
        await using var room = new PostRoom(ground);
        var (agency, _, actor) = await LeadAsync();
        var id = await AddedAsync(actor, agency, "No", "Address");
        var booking = await ground.Given.Booking(await ground.Given.Session(null, 20, "2026-06-03 09:30 to 16:00"), (await ground.Db().Persons.SingleAsync(person => person.Id == id)));
        await using (var db = ground.Db())
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            await Outbox.QueueAsync(db, ground.Zone.Now, [new Outgoing { Kind = "session-reminder-7", PersonId = id, SubjectId = booking.Id, Occurrence = "2026-06-03T09:30", Why = "A test." }]);
            await transaction.CommitAsync();
        }

        await room.SendAsync();

        Assert.Equal("dropped the person has no e-mail address", await ground.Sql<string>($"select state || ' ' || outcome from messages where person_id = '{id}'"));
    }

    [Fact] // P1
    public async Task Two_people_of_one_name_are_two_when_the_lead_says_so_and_the_same_form_sent_twice_is_one()
    {
        var (agency, _, actor) = await LeadAsync();
        var department = await ground.Given.Agency(parent: agency.Id);
        actor = await ground.ActorAsync(actor.PersonId!.Value);
        var first = await AddedAsync(actor, department, "Ann", "Lee", note: "Tuesday group");

        var warned = Assert.IsType<AddOutcome.SameName>(await AddAsync(actor, agency, " ann ", "LEE"));
        Assert.Equal((first, "Tuesday group"), (Assert.Single(warned.Others).Id, warned.Others[0].Note));
        for (var round = 0; round < 8; round++)
        {
            var form = Guid.CreateVersion7();
            var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => AddAsync(actor, agency, "Ann", "Lee", form: form, somebodyElse: true))));
            Assert.All(outcomes, outcome => Assert.Equal(new AddOutcome.Added(form), outcome));
        }

        Assert.Equal(1 + 8, await ground.Sql<long>($"select count(*) from persons p join employments j on j.person_id = p.id where p.family_name = 'Lee' and j.agency_id in ('{agency.Id}', '{department.Id}')"));
    }

    [Fact]
    public async Task A_form_that_names_somebody_elses_number_makes_a_person_of_its_own()
    {
        var (agency, _, actor) = await LeadAsync();
        var other = await ground.Given.Person();

        var added = Assert.IsType<AddOutcome.Added>(await AddAsync(actor, agency, "Eve", "Forger", form: other.Id));

        Assert.NotEqual(other.Id, added.Id);
        Assert.Equal(0, await ground.Sql<long>($"select count(*) from employments where person_id = '{other.Id}'"));
    }

    [Fact] // P1, P4
    public async Task A_code_on_paper_makes_the_record_theirs_once_with_all_that_was_learnt()
    {
        var (agency, _, actor) = await LeadAsync();
        var id = await AddedAsync(actor, agency, "Cara", "Dunn", note: "Mondays");
        var slip = (await ground.With((MakeClaimCode make) => make.RunAsync(id, actor)))!;
        var (first, second) = (await AskAsync("cara@mailbox.example", slip.Code.ToLowerInvariant()), await AskAsync("thief@mailbox.example", $" {slip.Code[..5]}-{slip.Code[6..]} "));
        Assert.NotEqual(first, second);

        var confirmed = await ConfirmAsync("cara@mailbox.example");
        var late = await ConfirmAsync("thief@mailbox.example");

        Assert.Equal((id, false), (confirmed.Account.PersonId, confirmed.Unclaimed));
        Assert.Null(await ground.SignUpOf(id));
        Assert.True(late.Unclaimed);
        Assert.NotEqual(id, late.Account.PersonId);
        Assert.Equal("cara@mailbox.example", await ground.Sql<string>($"select email from person_emails where person_id = '{id}' and main"));
        Assert.Equal(0, await ground.Sql<long>($"select count(*) from people_by_name where person_id = '{id}'"));
        Assert.Equal("Dunn", await ground.Sql<string>($"select family_name from persons where id = '{id}'"));
    }

    [Fact] // P6
    public async Task Claimed_by_two_at_once_a_record_is_one_persons()
    {
        for (var round = 0; round < 5; round++)
        {
            var (agency, _, actor) = await LeadAsync();
            var id = await AddedAsync(actor, agency, "Race", $"Claim{round}");
            var slip = (await ground.With((MakeClaimCode make) => make.RunAsync(id, actor)))!;
            await AskAsync($"one{round}@claims.example", slip.Code);
            await AskAsync($"two{round}@claims.example", slip.Code);

            var confirmed = await Task.WhenAll(Task.Run(() => ConfirmAsync($"one{round}@claims.example")), Task.Run(() => ConfirmAsync($"two{round}@claims.example")));

            Assert.Single(confirmed, one => one.Account.PersonId == id && !one.Unclaimed);
            Assert.Equal(1, await ground.Sql<long>($"select count(*) from person_emails where person_id = '{id}'"));
        }
    }

    [Fact] // P6
    public async Task An_address_on_file_for_somebody_else_claims_nothing_and_the_code_stays_good()
    {
        var (agency, _, actor) = await LeadAsync();
        var known = await ground.Given.Person(agency, "known@claims.example");
        var id = await AddedAsync(actor, agency, "Dora", "Claim");
        var slip = (await ground.With((MakeClaimCode make) => make.RunAsync(id, actor)))!;
        await AskAsync("known@claims.example", slip.Code);

        var confirmed = await ConfirmAsync("known@claims.example");

        Assert.Equal((known.Id, true), (confirmed.Account.PersonId, confirmed.Unclaimed));
        await AskAsync("fresh@claims.example", slip.Code);
        Assert.Equal(id, (await ConfirmAsync("fresh@claims.example")).Account.PersonId);
    }

    [Fact]
    public async Task A_code_that_was_followed_by_another_before_the_address_was_proven_gives_nothing_away()
    {
        var (agency, _, actor) = await LeadAsync();
        var id = await AddedAsync(actor, agency, "Mia", "Meanwhile");
        var slip = (await ground.With((MakeClaimCode make) => make.RunAsync(id, actor)))!;
        await AskAsync("mia@claims.example", slip.Code);
        await ground.With((MakeClaimCode make) => make.RunAsync(id, actor));

        var confirmed = await ConfirmAsync("mia@claims.example");

        Assert.True(confirmed.Unclaimed);
        Assert.NotEqual(id, confirmed.Account.PersonId);
        Assert.Equal(0, await ground.Sql<long>($"select count(*) from person_emails where person_id = '{id}'"));
    }

    [Fact]
    public async Task A_claim_code_that_is_old_or_was_followed_by_another_or_is_none_is_a_mistake()
    {
        var (agency, _, actor) = await LeadAsync();
        var id = await AddedAsync(actor, agency, "Olga", "Old");
        var first = (await ground.With((MakeClaimCode make) => make.RunAsync(id, actor)))!;
        var second = (await ground.With((MakeClaimCode make) => make.RunAsync(id, actor)))!;

        foreach (var wrong in new[] { first.Code, "ABCDE FGHJK", "x", "'; drop table persons; --", new string('A', 5000) })
        {
            Assert.Equal(Detail.Slip, Assert.Single(Assert.IsType<JoinOutcome.Wrong>(await SignUpAsync("old@claims.example", wrong)).Mistakes).Detail);
        }

        ground.Clock.Advance(TimeSpan.FromDays(30));
        Assert.IsType<JoinOutcome.Wrong>(await SignUpAsync("old@claims.example", second.Code));
    }

    [Fact] // P1
    public async Task A_lead_enters_an_address_and_whoever_reads_it_takes_the_record_over()
    {
        var (agency, _, actor) = await LeadAsync();
        var id = await AddedAsync(actor, agency, "Ivy", "Invited");

        Assert.Equal(InviteOutcome.NoAddress, await InviteAsync(id, "no address", actor));
        Assert.Equal(InviteOutcome.AnotherPersons, await InviteAsync(id, await ground.Sql<string>($"select email from person_emails where person_id = '{actor.PersonId}'"), actor));
        Assert.Equal(InviteOutcome.Invited, await InviteAsync(id, " Ivy@mailbox.example", actor));
        Assert.Equal(InviteOutcome.TooSoon, await InviteAsync(id, "ivy@mailbox.example", actor));
        var link = await ground.Sql<string>("select data ->> 'link' from messages where kind = 'invitation' and address = 'ivy@mailbox.example'");
        var accepted = Assert.IsType<AcceptOutcome.Accepted>(await ground.With((AcceptInvitation accept) => accept.RunAsync(link, new TypedDetails(null, null, null, null, null))));

        Assert.Equal(id, accepted.NewAccount!.PersonId);
        Assert.Equal("ivy@mailbox.example", await ground.Sql<string>($"select email from person_emails where person_id = '{id}' and main and verified_at is not null"));
        Assert.Equal(InviteOutcome.HasAccount, await InviteAsync(id, null, actor));
    }

    [Fact] // P6
    public async Task An_invitation_to_claim_whose_address_has_become_anothers_says_so_and_changes_nothing()
    {
        var (agency, _, actor) = await LeadAsync();
        var id = await AddedAsync(actor, agency, "Late", "Claim");
        await InviteAsync(id, "late@mailbox.example", actor);
        var link = await ground.Sql<string>("select data ->> 'link' from messages where kind = 'invitation' and address = 'late@mailbox.example'");
        await ground.Given.Person(null, "late@mailbox.example");

        Assert.IsType<AcceptOutcome.AnotherPersons>(await ground.With((AcceptInvitation accept) => accept.RunAsync(link, new TypedDetails("A", "B", null, "volunteer", null))));
        Assert.Equal(0, await ground.Sql<long>($"select count(*) from person_emails where person_id = '{id}'"));
    }

    [Fact] // P6
    public async Task A_code_and_an_invitation_used_at_once_leave_one_record_with_one_main_address()
    {
        for (var round = 0; round < 5; round++)
        {
            var (agency, _, actor) = await LeadAsync();
            var id = await AddedAsync(actor, agency, "Both", $"Ways{round}");
            var slip = (await ground.With((MakeClaimCode make) => make.RunAsync(id, actor)))!;
            await InviteAsync(id, $"invited{round}@both.example", actor);
            await AskAsync($"claims{round}@both.example", slip.Code);
            var link = await ground.Sql<string>($"select data ->> 'link' from messages where kind = 'invitation' and address = 'invited{round}@both.example'");

            // Whichever comes second finds the account that the first has opened.
            var (_, proof) = await ground.MailAsync($"claims{round}@both.example");
            await Task.WhenAll(
                Task.Run(() => ground.With((AcceptInvitation accept) => accept.RunAsync(link, new TypedDetails(null, null, null, null, null)))),
                Task.Run(() => ground.With((ConfirmSignUp confirm) => confirm.ByLinkAsync(proof))));

            Assert.Equal(1, await ground.Sql<long>($"select count(*) from person_emails where person_id = '{id}' and main"));
            Assert.Equal(1, await ground.Sql<long>($"select count(*) from accounts where person_id = '{id}'"));
        }
    }

    [Fact] // S2
    public async Task Nobody_but_their_lead_and_the_unit_adds_invites_books_or_makes_a_code()
    {
        var (agency, _, actor) = await LeadAsync();
        var (_, _, stranger) = await LeadAsync();
        var colleague = await ground.ActorAsync((await ground.Given.Person(agency)).Id);
        var unit = await ground.Given.Actor(await ground.Given.Unit());
        var id = await AddedAsync(actor, agency, "Hidden", "Person");
        var session = await ground.Given.Session(null, 20, "2026-06-03 09:30 to 16:00");

        foreach (var other in new[] { stranger, colleague, Actor.Nobody })
        {
            Assert.IsType<AddOutcome.NotFound>(await AddAsync(other, agency, "Not", "Theirs"));
            Assert.Null(await ground.With((MakeClaimCode make) => make.RunAsync(id, other)));
            Assert.Equal(InviteOutcome.NotFound, await InviteAsync(id, "a@b.example", other));
            Assert.IsType<BookingOutcome.NotFound>(await ground.With((BookPlace book) => book.RunAsync(new PlaceWanted(session.Ref, PersonId: id), other)));
        }

        Assert.NotNull(await ground.With((MakeClaimCode make) => make.RunAsync(id, unit)));
        Assert.Null(await ground.With((MakeClaimCode make) => make.RunAsync(actor.PersonId!.Value, unit)));
        Assert.IsType<AddOutcome.NotFound>(await AddAsync(unit, await Task.FromResult(new Agency { Id = Guid.CreateVersion7(), Code = "x", Name = "x", Sector = "x", StatutoryPartner = false }), "No", "Agency"));
    }

    [Fact] // P2, F1
    public async Task Figures_count_a_volunteer_as_a_person_of_the_agency_and_not_as_a_professional_and_a_claim_changes_nothing()
    {
        var (agency, _, actor) = await LeadAsync();
        var course = await ground.Given.Course();
        var session = await ground.Given.Session(course, 20, "2024-05-15 08:00 to 08:30");
        var id = await AddedAsync(actor, agency, "Vera", "Volunteer");
        var part = await ground.Sql<Guid>($"select id from session_parts where session_id = '{session.Id}'");
        await ground.Given.Save(new Learning.Attendance.Mark
        {
            Id = Guid.CreateVersion7(), PartId = part, SessionId = session.Id, PersonId = id, Kind = Learning.Attendance.MarkKind.Attended, AgencyId = agency.Id, Workforce = Workforce.Volunteer,
            MarkedAt = session.EndsAt, RecordedAt = session.EndsAt,
        });
        var before = await FiguresAsync(course.Code);
        Assert.Equal((1d, 0d, agency.Code), (before[0].Value, before[1].Value, Assert.Single(before[0].Rows, row => !row.IsTotal).Key["agency"]));

        var slip = (await ground.With((MakeClaimCode make) => make.RunAsync(id, actor)))!;
        await AskAsync("vera@mailbox.example", slip.Code);
        await ConfirmAsync("vera@mailbox.example");

        Assert.Equal(before.Select(figure => figure.Digest), (await FiguresAsync(course.Code)).Select(figure => figure.Digest));
    }

    private async Task<IReadOnlyList<ComputedFigure>> FiguresAsync(string course)
    {
        var report = ReadReport.Text("by-name.yaml", $$"""
            report: by-name
            title: By name
            period: {from: 2024-04-01, to: 2025-04-01}
            figures:
              - {id: all, title: All, measure: people, courses: [{{course}}], by: [agency]}
              - {id: professionals, title: Professionals, measure: people, courses: [{{course}}], who: professionals}
            """);
        return (await ground.With((ComputeReport compute) => compute.RunAsync(report, null, Actor.Machine, CancellationToken.None))).Figures;
    }

    private async Task<(Agency Agency, Person Lead, Actor Actor)> LeadAsync()
    {
        var agency = await ground.Given.Agency();
        var lead = await ground.Given.Person(agency);
        await ground.Given.Role(lead, Role.AgencyLead, agency);
        return (agency, lead, await ground.Given.Actor(lead));
    }

    private Task<AddOutcome> AddAsync(Actor actor, Agency agency, string given, string family, string? note = null, Guid? form = null, bool somebodyElse = false) =>
        ground.With((AddByName add) => add.RunAsync(form ?? Guid.CreateVersion7(), agency.Id, new TypedDetails(given, family, null, "volunteer", null), note, somebodyElse, actor));

    private async Task<Guid> AddedAsync(Actor actor, Agency agency, string given, string family, string? note = null) => Assert.IsType<AddOutcome.Added>(await AddAsync(actor, agency, given, family, note)).Id;

    private Task<InviteOutcome> InviteAsync(Guid id, string? email, Actor actor) => ground.With((InvitePerson invite) => invite.RunAsync(id, email, actor));

    private Task<JoinOutcome> SignUpAsync(string email, string slip) => ground.With((AskToJoin ask) => ask.RunAsync(email, new TypedDetails("Some", "Body", null, "volunteer", null), slip));

    private async Task<Guid> AskAsync(string email, string slip) => Assert.IsType<JoinOutcome.Asked>(await SignUpAsync(email, slip)).Id;

    private async Task<ConfirmOutcome.Confirmed> ConfirmAsync(string email)
    {
        var (_, link) = await ground.MailAsync(email);
        return Assert.IsType<ConfirmOutcome.Confirmed>(await ground.With((ConfirmSignUp confirm) => confirm.ByLinkAsync(link)));
    }
}
