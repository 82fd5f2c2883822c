using System.Globalization;
using System.Text;

using Learning.Membership;
using Learning.People;
using Learning.Tests.Support;

using Microsoft.EntityFrameworkCore;

namespace Learning.Tests.Membership;

public class InvitationTests(Ground ground) : IClassFixture<Ground>
{
    [Fact] // P4, P1
    public async Task A_typed_list_says_first_what_would_happen_and_then_does_it()
    {
        var (agency, lead) = await LeadAsync();
        var other = await ground.Given.Agency();
        await ground.Given.Person(other, "else@where.example");
        var here = await ground.Given.Person(agency, "is@here.example");
        await (await ground.SiteAsync()).AccountAsync(here.Id);
        await ground.Given.Person(agency, "on@file.example");

        var run = await CheckAsync(lead, agency, "Amara Osei <new@one.example>\n\n IS@here.example; on@file.example\nelse@where.example");

        var seen = (await SeenAsync(run, lead))!;
        Assert.Equal((1, 1, 1, 1, 0), (seen.Of(ListStanding.New), seen.Of(ListStanding.Here), seen.Of(ListStanding.NoAccount), seen.Of(ListStanding.Elsewhere), seen.MistakeCount));
        Assert.Equal((BulkState.Checked, 3), (seen.Run.State, seen.Run.Total));
        Assert.Equal(0, await ground.Sql<long>($"select count(*) from invitations where agency_id = '{agency.Id}'"));

        Assert.Equal(StartOutcome.Started, await StartAsync(run, lead));
        await RunAsync();

        seen = (await SeenAsync(run, lead))!;
        Assert.Equal((BulkState.Done, 3, 3), (seen.Run.State, seen.Run.Done, seen.Run.Invited));
        Assert.Equal("Amara Osei", await ground.Sql<string>("select given_name || ' ' || family_name from invitations where email = 'new@one.example'"));
        Assert.Equal((1, 0), (await ground.MailsAsync("new@one.example", "invitation"), await ground.MailsAsync("is@here.example", "invitation")));
        Assert.Equal(0, await ground.PeopleAsync("new@one.example"));
        Assert.Equal(1, await ground.Sql<long>($"select count(*) from audit_entries where verb = 'invited people in bulk' and subject_id = '{agency.Id}' and actor_id = '{lead.PersonId}'"));
    }

    [Fact]
    public async Task Ten_thousand_people_are_looked_up_and_invited_with_fifty_mistakes_named_and_progress_shown()
    {
        var (agency, lead) = await LeadAsync();
        var department = await ground.Given.Agency(parent: agency.Id, code: "BULK-D");
        lead = await ground.ActorAsync(lead.PersonId!.Value);
        var (file, wrong) = TenThousand(department.Code);

        var run = Assert.IsType<CheckOutcome.Checked>(await ground.With((CheckList check) => check.RunAsync(agency.Id, new SentList(null, file), lead))).Run;

        var seen = (await SeenAsync(run, lead))!;
        Assert.Equal((50, 9950, 9950), (seen.MistakeCount, seen.Of(ListStanding.New), seen.Run.Total));
        Assert.Equal(wrong, seen.Mistakes.Select(mistake => (mistake.Line, mistake.Column)));

        // Whole or not at all, unless somebody says otherwise.
        Assert.Equal(StartOutcome.HasMistakes, await StartAsync(run, lead));
        Assert.Equal(StartOutcome.Started, await StartAsync(run, lead, withoutMistakes: true));
        var (pieces, shown) = (0, new List<int>());
        while (await ground.With((InvitePiece piece) => piece.RunAsync()))
        {
            pieces++;
            shown.Add((await SeenAsync(run, lead))!.Run.Done);
        }

        Assert.Equal(20, pieces);
        Assert.Equal(Enumerable.Range(1, 20).Select(piece => Math.Min(piece * 500, 9950)), shown);
        Assert.Equal((9950, 9950), (await ground.Sql<long>($"select count(*) from invitations where agency_id in ('{agency.Id}', '{department.Id}')"), await ground.Sql<long>("select count(distinct address) from messages where kind = 'invitation' and address like '%@bulk.example'")));
        Assert.Equal(BulkState.Done, (await SeenAsync(run, lead))!.Run.State);
    }

    [Fact]
    public async Task A_run_that_was_cut_short_goes_on_where_it_was_and_nobody_is_invited_twice()
    {
        var (agency, lead) = await LeadAsync();
        var run = await CheckAsync(lead, agency, string.Join('\n', Enumerable.Range(1, 1200).Select(n => $"p{n}@cut.example")));
        await StartAsync(run, lead);
        await ground.With((InvitePiece piece) => piece.RunAsync());

        // Another server is at the next piece and dies: its transaction with it.
        await using (var dying = ground.Db())
        await using (await dying.Database.BeginTransactionAsync())
        {
            await dying.Database.ExecuteSqlAsync($"select from bulk_runs where id = {run} for update");
            Assert.False(await ground.With((InvitePiece piece) => piece.RunAsync()));
            await dying.Database.ExecuteSqlAsync($"update bulk_rows set done = true where run_id = {run}");
        }

        Assert.Equal(500, (await SeenAsync(run, lead))!.Run.Done);
        await RunAsync();

        Assert.Equal(1200, await ground.Sql<long>("select count(*) from messages where kind = 'invitation' and address like '%@cut.example'"));
        Assert.Equal((1200, BulkState.Done), ((await SeenAsync(run, lead))!.Run.Done, (await SeenAsync(run, lead))!.Run.State));
    }

    [Fact]
    public async Task Run_by_two_servers_at_once_and_listed_in_two_lists_each_person_is_invited_once()
    {
        var (agency, lead) = await LeadAsync();
        var people = Enumerable.Range(1, 900).Select(n => $"p{n}@twice.example").ToList();
        var one = await CheckAsync(lead, agency, string.Join('\n', people));
        var other = await CheckAsync(lead, agency, string.Join('\n', Enumerable.Reverse(people)));
        await StartAsync(one, lead);
        await StartAsync(other, lead);

        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(RunAsync)));

        Assert.Equal(900, await ground.Sql<long>("select count(*) from messages where kind = 'invitation' and address like '%@twice.example'"));
        Assert.Equal(900, await ground.Sql<long>($"select sum(invited) from bulk_runs where id in ('{one}', '{other}')"));
    }

    [Fact]
    public async Task A_list_that_fails_again_and_again_is_given_up_and_says_how_far_it_came()
    {
        var (agency, lead) = await LeadAsync();
        var run = await CheckAsync(lead, agency, "fails@once.example");
        await StartAsync(run, lead);
        await ground.OwnerSql("alter table invitations add constraint made_to_fail check (email <> 'fails@once.example')");
        for (var n = 0; n < 5; n++)
        {
            await Assert.ThrowsAnyAsync<Exception>(() => ground.With((InvitePiece piece) => piece.RunAsync()));
        }

        Assert.False(await ground.With((InvitePiece piece) => piece.RunAsync()));
        Assert.Equal((BulkState.Failed, 0), ((await SeenAsync(run, lead))!.Run.State, (await SeenAsync(run, lead))!.Run.Done));
        await ground.OwnerSql("alter table invitations drop constraint made_to_fail");
    }

    [Theory]
    [InlineData("nobody", 1, 1, "“nobody” is not an e-mail address")]
    [InlineData("a@b.example\nA@B.example ", 2, 1, "a@b.example is on line 1 already")]
    [InlineData("x@y.example;  Jane <jane@>", 1, 21, "“jane@” is not an e-mail address")]
    [InlineData("Jane <jane@b.example", 1, 6, "This < has no > after the address")]
    [InlineData("Jane <jane@b.example> Joe <joe@b.example>", 1, 28, null)]
    [InlineData("Jane <jane@b.example> and more", 1, 22, "Something follows the address; put each person on a line of their own")]
    public async Task A_mistake_in_a_typed_list_says_where_it_stands(string list, int line, int column, string? sentence)
    {
        var (agency, lead) = await LeadAsync();

        var seen = (await SeenAsync(await CheckAsync(lead, agency, list), lead))!;

        if (sentence is null)
        {
            Assert.Empty(seen.Mistakes);
        }
        else
        {
            Assert.Equal(new ListMistake(line, column, sentence), Assert.Single(seen.Mistakes));
        }
    }

    [Theory]
    [InlineData("email\nnobody\n", 2, 1, "“nobody” is not an e-mail address")]
    [InlineData("email,given_name\n,Jane\n", 2, 1, "The e-mail address is missing")]
    [InlineData("email,workforce\na@b.example,everybody\n", 2, 13, "“everybody” is no workforce; it is one of children, adults, joint, volunteer, carer, student, speaker, exhibitor, public")]
    [InlineData("email,department\na@b.example,NOWHERE\n", 2, 13, "“NOWHERE” is the code of no part of")]
    [InlineData("e-mail\na@b.example\n", 1, 1, "There is no column “e-mail”; the nearest is email")]
    [InlineData("given_name\nJane\n", 1, 1, "The column email is missing")]
    [InlineData("email;given_name\na@b.example;Jane\n", 1, 1, "The columns are not separated by commas")]
    [InlineData("email,given_name\na@b.example,Jane,Lee\n", 2, 18, "The row has 3 values and the header 2")]
    [InlineData("email,given_name\na@b.example\n", 2, 12, "The row has 1 values and the header 2")]
    [InlineData("email,given_name\na@b.example,\"Jane\n", 2, 13, "This quote is not closed")]
    [InlineData("email,email\na@b.example,a@b.example\n", 1, 7, "The column email is there twice")]
    [InlineData("email,level\na@b.example,123456789012345678901\n", 2, 13, "The level is longer than 20 characters")]
    [InlineData("email,given_name\na@b.example,\"Ja\nne\"\n", 2, 13, "The given name has a character that cannot be printed")]
    [InlineData("\n", 1, 1, "There is no header row")]
    public async Task A_mistake_in_a_file_says_where_it_stands_once(string file, int line, int column, string sentence)
    {
        var (agency, lead) = await LeadAsync();

        var run = Assert.IsType<CheckOutcome.Checked>(await ground.With((CheckList check) => check.RunAsync(agency.Id, new SentList(null, Encoding.UTF8.GetBytes(file)), lead))).Run;

        var mistake = Assert.Single((await SeenAsync(run, lead))!.Mistakes);
        Assert.Equal((line, column), (mistake.Line, mistake.Column));
        Assert.StartsWith(sentence, mistake.Sentence);
    }

    [Fact]
    public async Task A_file_that_is_no_text_in_UTF8_is_refused_with_what_it_is()
    {
        var (agency, lead) = await LeadAsync();
        async Task<ListRefusal> Refused(byte[] bytes) =>
            Assert.IsType<CheckOutcome.Refused>(await ground.With((CheckList check) => check.RunAsync(agency.Id, new SentList(null, bytes), lead))).Why;

        Assert.Equal(ListRefusal.Workbook, await Refused([.. "PK\u0003\u0004"u8, 1, 2, 3]));
        Assert.Equal(ListRefusal.Workbook, await Refused([0xD0, 0xCF, 0x11, 0xE0, 0xA1]));
        Assert.Equal(ListRefusal.NotText, await Refused([.. "email,given_name\na@b.example,Zo"u8, 0xEB]));
        Assert.Equal(ListRefusal.NotText, await Refused(Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes("email\na@b.example")).ToArray()));
        Assert.Equal(ListRefusal.TooLarge, await Refused(new byte[JoiningRules.LargestList + 1]));
        Assert.Equal(ListRefusal.Nothing, await Refused([]));
        Assert.Equal(ListRefusal.TooManyPeople, await Refused(Encoding.UTF8.GetBytes("email\n" + string.Concat(Enumerable.Range(0, JoiningRules.LongestList + 1).Select(n => $"p{n}@m.example\n")))));
        Assert.IsType<CheckOutcome.Checked>(await ground.With((CheckList check) => check.RunAsync(agency.Id, new SentList(null, [0xEF, 0xBB, 0xBF, .. "email\nbom@b.example"u8]), lead)));
    }

    [Fact] // S2
    public async Task A_list_is_its_agencys_leads_and_nobody_elses()
    {
        var (agency, lead) = await LeadAsync();
        var (other, stranger) = await LeadAsync();
        var run = await CheckAsync(lead, agency, "mine@own.example");

        Assert.IsType<CheckOutcome.NotFound>(await ground.With((CheckList check) => check.RunAsync(other.Id, new SentList("a@b.example", null), lead)));
        var unit = await ground.Given.Actor(await ground.Given.Unit());
        Assert.IsType<CheckOutcome.NotFound>(await ground.With((CheckList check) => check.RunAsync(Guid.CreateVersion7(), new SentList("a@b.example", null), unit)));
        Assert.Null(await SeenAsync(run, stranger));
        Assert.Equal(StartOutcome.NotFound, await StartAsync(run, stranger));
        Assert.Equal(StartOutcome.NotFound, await StartAsync(run, await ground.ActorAsync((await ground.Given.Person(agency)).Id)));
    }

    [Fact] // P4, P1
    public async Task Who_takes_an_invitation_up_is_a_person_with_the_agency_from_today()
    {
        var (agency, link) = await InviteAsync("joins@invited.example");

        var accepted = Assert.IsType<AcceptOutcome.Accepted>(await AcceptAsync(link));

        Assert.Equal(agency.Name, accepted.Agency);
        var person = accepted.NewAccount!.PersonId;
        Assert.Equal(agency.Id, await ground.Sql<Guid>($"select agency_id from employments where person_id = '{person}' and starts_on = '{ground.Zone.Today:yyyy-MM-dd}'"));
        Assert.Equal(1, await ground.Sql<long>($"select count(*) from person_emails where person_id = '{person}' and main and verified_at is not null"));
        Assert.IsType<AcceptOutcome.Gone>(await AcceptAsync(link));
    }

    [Fact] // P2
    public async Task Whoever_takes_up_a_second_agency_s_invitation_keeps_the_first_as_the_one_that_counts()
    {
        var first = await ground.Given.Agency();
        var person = await ground.Given.Person(first, "works@for-two.example");
        var (_, link) = await InviteAsync("works@for-two.example");

        Assert.IsType<AcceptOutcome.Accepted>(await AcceptAsync(link));

        Assert.Equal(2, await ground.Sql<long>($"select count(*) from employments where person_id = '{person.Id}' and ends_on is null"));
        Assert.Equal(first.Id, await ground.Sql<Guid>($"select agency_id from employments where id = employment_on('{person.Id}', '{ground.Zone.Today:yyyy-MM-dd}')"));
    }

    [Theory]
    [InlineData(14, false)]
    [InlineData(13.99, true)]
    public async Task An_invitation_is_good_for_two_weeks(double days, bool good)
    {
        var (_, link) = await InviteAsync($"late{days}@invited.example".Replace(',', '.'));
        ground.Clock.Advance(TimeSpan.FromDays(days));

        Assert.Equal(good, await AcceptAsync(link) is AcceptOutcome.Accepted);
    }

    [Fact]
    public async Task An_invitation_that_was_taken_back_or_sent_again_opens_nothing_by_its_old_link()
    {
        var (agency, first) = await InviteAsync("again@invited.example");
        var lead = await LeadOfAsync(agency);
        var id = await ground.Sql<Guid>("select id from invitations where email = 'again@invited.example'");
        Assert.Equal(InvitationOutcome.TooSoon, await AgainAsync(id, lead));
        ground.Clock.Advance(TimeSpan.FromMinutes(61));
        Assert.Equal(InvitationOutcome.NotFound, await AgainAsync(id, (await LeadAsync()).Lead));
        Assert.Equal(InvitationOutcome.Done, await AgainAsync(id, lead));
        var second = await LinkAsync("again@invited.example");

        Assert.IsType<AcceptOutcome.Gone>(await AcceptAsync(first));
        Assert.Equal(InvitationOutcome.Done, await ground.With((WithdrawInvitation withdraw) => withdraw.RunAsync(id, lead)));
        Assert.IsType<AcceptOutcome.Gone>(await AcceptAsync(second));
        Assert.Equal(InvitationOutcome.NotFound, await AgainAsync(id, lead));
    }

    [Fact]
    public async Task Somebody_whose_invitation_ran_out_is_invited_anew_by_a_list_and_an_open_one_is_left_alone()
    {
        var (agency, lead) = await LeadAsync();
        await StartAsync(await CheckAsync(lead, agency, "runs@out.example"), lead);
        await RunAsync();
        Assert.Equal(1, (await SeenAsync(await CheckAsync(lead, agency, "runs@out.example"), lead))!.Of(ListStanding.Invited));

        ground.Clock.Advance(TimeSpan.FromDays(15));
        var again = await CheckAsync(lead, agency, "runs@out.example");
        Assert.Equal(1, (await SeenAsync(again, lead))!.Of(ListStanding.New));
        await StartAsync(again, lead);
        await RunAsync();

        Assert.Equal(2, await ground.MailsAsync("runs@out.example", "invitation"));
        Assert.IsType<AcceptOutcome.Accepted>(await AcceptAsync(await LinkAsync("runs@out.example")));
    }

    [Fact] // P6
    public async Task Taken_up_twice_at_once_an_invitation_makes_one_person_and_one_employment()
    {
        for (var round = 0; round < 5; round++)
        {
            var (_, link) = await InviteAsync($"r{round}@race-invited.example");

            var outcomes = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => AcceptAsync(link))));

            Assert.Single(outcomes.OfType<AcceptOutcome.Accepted>());
            Assert.Equal(1, await ground.Sql<long>($"select count(*) from employments j join person_emails e on e.person_id = j.person_id where e.email = 'r{round}@race-invited.example'"));
        }
    }

    [Fact] // P1, P6
    public async Task Somebody_on_file_with_the_agency_gets_their_own_record_and_no_second_employment()
    {
        var (agency, lead) = await LeadAsync();
        var person = await ground.Given.Person(agency, "was@on-file.example", "Margaret", "Okafor");
        await StartAsync(await CheckAsync(lead, agency, "was@on-file.example"), lead);
        await RunAsync();

        var accepted = Assert.IsType<AcceptOutcome.Accepted>(await ground.With(async (AcceptInvitation accept) => await accept.RunAsync(await LinkAsync("was@on-file.example"), new TypedDetails(null, null, null, null, null))));

        Assert.Equal(person.Id, accepted.NewAccount!.PersonId);
        Assert.Equal(1, await ground.Sql<long>($"select count(*) from employments where person_id = '{person.Id}'"));
        Assert.Equal("Okafor", await ground.Sql<string>($"select family_name from persons where id = '{person.Id}'"));
    }

    [Fact] // P1
    public async Task Somebody_with_an_account_elsewhere_is_with_both_and_signs_in_as_ever()
    {
        var old = await ground.Given.Agency();
        var person = await ground.Given.Person(old, "works@elsewhere.example");
        await (await ground.SiteAsync()).AccountAsync(person.Id);
        var (agency, link) = await InviteAsync("works@elsewhere.example");

        Assert.Null(Assert.IsType<AcceptOutcome.Accepted>(await AcceptAsync(link)).NewAccount);

        Assert.Equal(2, await ground.Sql<long>($"select count(*) from employments where person_id = '{person.Id}' and ends_on is null and agency_id in ('{old.Id}', '{agency.Id}')"));
    }

    [Fact] // P4
    public async Task Whoever_signs_up_instead_is_proposed_the_agency_that_invited_them()
    {
        var (agency, link) = await InviteAsync("sam@mailbox.example");
        var person = await ground.JoinAsync("sam@mailbox.example");
        Assert.Equal(SignUpState.Choosing, (await ground.SignUpOf(person))!.State);

        Assert.IsType<ChooseOutcome.Placed>(await ground.With(async (ChooseAgency choose) => await choose.RunAsync(agency.Id, null, await ground.ActorAsync(person))));

        Assert.Equal(1, await ground.Sql<long>($"select count(*) from invitations where person_id = '{person}' and accepted_at is not null"));
        Assert.IsType<AcceptOutcome.Gone>(await AcceptAsync(link));
    }

    [Fact]
    public async Task What_nobody_took_up_is_forgotten_in_time()
    {
        var (agency, _) = await InviteAsync("forgotten@invited.example");
        var lead = await LeadOfAsync(agency);
        var run = await CheckAsync(lead, agency, "listed@forgotten.example");
        ground.Clock.Advance(TimeSpan.FromDays(8));
        await ground.With((ForgetUntaken forget) => forget.RunAsync());
        Assert.Null(await SeenAsync(run, lead));
        Assert.Equal(0, await ground.Sql<long>("select count(*) from bulk_rows where email = 'listed@forgotten.example'"));
        Assert.Equal(1, await ground.Sql<long>("select count(*) from invitations where email = 'forgotten@invited.example'"));

        ground.Clock.Advance(TimeSpan.FromDays(14 + 60 - 7));
        await ground.With((ForgetUntaken forget) => forget.RunAsync());
        Assert.Equal(0, await ground.Sql<long>("select count(*) from invitations where email = 'forgotten@invited.example'"));
    }

    // Ten thousand rows of which fifty are wrong, each in another way and place.
    private static (byte[] File, List<(int Line, int Column)> Wrong) TenThousand(string department)
    {
        var text = new StringBuilder("email,given_name,family_name,job_title,workforce,level,department\r\n");
        var wrong = new List<(int, int)>();
        for (var row = 1; row <= 10_000; row++)
        {
            var email = $"p{row}@bulk.example";
            var line = row % 200 != 0 ? $"{email},Given,Family,\"Nurse, senior\",children,3,{department}" : (row / 200 % 5) switch
            {
                0 => $"p{row},Given,Family,Nurse,children,3,",
                1 => $"{email},Given,Family,Nurse,everybody,3,",
                2 => $"p1@bulk.example,Given,Family,Nurse,children,3,",
                3 => $"{email},Given,Family,Nurse,children,3,NOWHERE",
                _ => $"{email},Given,Family,Nurse,children,3",
            };
            text.Append(CultureInfo.InvariantCulture, $"{line}\r\n");
            if (row % 200 == 0)
            {
                wrong.Add((row + 1, (row / 200 % 5) switch { 0 or 2 => 1, 1 => email.Length + 21, 3 => email.Length + 32, _ => line.Length + 1 }));
            }
        }

        return (Encoding.UTF8.GetBytes(text.ToString()), wrong);
    }

    private async Task<(Agency Agency, Actor Lead)> LeadAsync()
    {
        var agency = await ground.Given.Agency();
        return (agency, await LeadOfAsync(agency));
    }

    private async Task<Actor> LeadOfAsync(Agency agency)
    {
        var lead = await ground.Given.Person(agency);
        await ground.Given.Role(lead, Role.AgencyLead, agency);
        return await ground.Given.Actor(lead);
    }

    private async Task<(Agency Agency, string Link)> InviteAsync(string email)
    {
        var (agency, lead) = await LeadAsync();
        await StartAsync(await CheckAsync(lead, agency, email), lead);
        await RunAsync();
        return (agency, await LinkAsync(email));
    }

    private Task<string> LinkAsync(string email) => ground.Sql<string>($"select data ->> 'link' from messages where kind = 'invitation' and address = '{email}' order by queued_at desc, ctid desc limit 1");

    private async Task<Guid> CheckAsync(Actor lead, Agency agency, string list) =>
        Assert.IsType<CheckOutcome.Checked>(await ground.With((CheckList check) => check.RunAsync(agency.Id, new SentList(list, null), lead))).Run;

    private Task<StartOutcome> StartAsync(Guid run, Actor actor, bool withoutMistakes = false) => ground.With((StartInviting start) => start.RunAsync(run, withoutMistakes, actor));

    private async Task RunAsync()
    {
        while (await ground.With((InvitePiece piece) => piece.RunAsync()))
        {
        }
    }

    private async Task<BulkSeen?> SeenAsync(Guid run, Actor actor)
    {
        await using var db = ground.Db();
        return await BulkSeen.FindAsync(db, run, actor);
    }

    private Task<InvitationOutcome> AgainAsync(Guid id, Actor actor) => ground.With((SendInvitationAgain again) => again.RunAsync(id, actor));

    private Task<AcceptOutcome> AcceptAsync(string link) => ground.With((AcceptInvitation accept) => accept.RunAsync(link, new TypedDetails("Amara", "Osei", "Nurse", "children", "3")));
}
