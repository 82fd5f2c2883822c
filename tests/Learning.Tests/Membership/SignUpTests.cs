using Learning.Membership;
using Learning.Tests.Support;

using Microsoft.EntityFrameworkCore;

namespace Learning.Tests.Membership;

public class SignUpTests(Ground ground) : IClassFixture<Ground>
{
    [Fact] // P4
    public async Task Nobody_is_a_person_before_the_address_is_proven()
    {
        await ground.AskAsync("new@first.example", family: "Notyet");

        Assert.Equal(0, await ground.PeopleAsync("new@first.example"));
        Assert.Equal(1, await ground.MailsAsync("new@first.example"));
        Assert.Equal(0, await ground.Sql<long>("select count(*) from persons where family_name = 'Notyet'"));
    }

    [Fact] // P1, P4
    public async Task The_code_of_the_mail_proves_the_address_and_the_domain_proposes_the_agency()
    {
        var police = await ground.AgencyAsync("police.example", "Essex Police");
        var id = await ground.AskAsync("a.osei@police.example");
        var (code, _) = await ground.MailAsync("a.osei@police.example");

        var account = Assert.IsType<ConfirmOutcome.Confirmed>(await ground.With((ConfirmSignUp confirm) => confirm.ByCodeAsync(id, $" {code[..3]} {code[3..]}"))).Account;

        Assert.Equal(SignUpState.Choosing, (await ground.SignUpOf(account.PersonId))!.State);
        var chosen = await ground.With(async (ChooseAgency choose) => await choose.RunAsync(police.Id, null, await ground.ActorAsync(account.PersonId)));
        Assert.Equal(new ChooseOutcome.Placed("Essex Police"), chosen);
        await using var db = ground.Db();
        var job = await db.Employments.SingleAsync(row => row.PersonId == account.PersonId);
        Assert.Equal((police.Id, "Social worker", "3", ground.Zone.Today), (job.AgencyId, job.JobTitle, job.Level, job.StartsOn));
        Assert.NotNull((await db.PersonEmails.SingleAsync(row => row.PersonId == account.PersonId && row.Main)).VerifiedAt);
        Assert.Null(await ground.SignUpOf(account.PersonId));
    }

    [Fact] // P4
    public async Task An_unknown_domain_waits_for_the_business_unit_at_once()
    {
        var person = await ground.JoinAsync("new@nobody-knows.example");

        Assert.Equal(SignUpState.Waiting, (await ground.SignUpOf(person))!.State);
        Assert.Contains(await ground.With(async (WaitingSignUps waiting) => await waiting.AskAsync(await UnitAsync())), row => row.Email == "new@nobody-knows.example");
    }

    [Fact] // P6
    public async Task An_address_with_an_account_gets_a_mail_that_says_so_and_the_answer_is_the_same()
    {
        var person = await ground.Given.Person(email: "has@account.example");
        await (await ground.SiteAsync()).AccountAsync(person.Id);

        var id = await ground.AskAsync(" HAS@account.example ");

        Assert.Equal((0, 1), (await ground.MailsAsync("has@account.example"), await ground.MailsAsync("has@account.example", "sign-up-known")));
        Assert.Equal(new ConfirmOutcome.WrongCode(4), await ground.With((ConfirmSignUp confirm) => confirm.ByCodeAsync(id, "123456")));
    }

    [Fact] // P1, P6
    public async Task Somebody_on_file_gets_their_own_record_and_keeps_its_name()
    {
        var agency = await ground.Given.Agency();
        var imported = await ground.Given.Person(agency, "on.file@import.example", "Margaret", "Okafor");

        var person = await ground.JoinAsync("on.file@import.example");

        Assert.Equal(imported.Id, person);
        Assert.Null(await ground.SignUpOf(person));
        await using var db = ground.Db();
        Assert.Equal("Margaret Okafor", (await db.Persons.SingleAsync(row => row.Id == person)).Name);
        Assert.Equal(1, await db.Employments.CountAsync(row => row.PersonId == person));
    }

    [Fact] // P3
    public async Task An_address_of_somebody_merged_opens_the_account_of_who_they_are_now()
    {
        var (old, now) = (await ground.Given.Person(email: "old@merged.example"), await ground.Given.Person(email: "now@merged.example"));
        await ground.Given.Save(new Learning.People.PersonMerge { PersonId = old.Id, IntoId = now.Id, RecordedAt = ground.Zone.Now, Reason = "One person." });

        Assert.Equal(now.Id, await ground.JoinAsync("old@merged.example"));
    }

    [Fact] // P6
    public async Task Two_confirmations_at_once_make_one_person()
    {
        for (var round = 0; round < 8; round++)
        {
            var email = $"race{round}@race.example";
            var first = await ground.AskAsync(email);
            var (code, link) = await ground.MailAsync(email);
            await ground.AskAsync(email);
            var (_, second) = await ground.MailAsync(email);

            var outcomes = await Task.WhenAll(
                Task.Run(() => ground.With((ConfirmSignUp confirm) => confirm.ByLinkAsync(link))),
                Task.Run(() => ground.With((ConfirmSignUp confirm) => confirm.ByCodeAsync(first, code))),
                Task.Run(() => ground.With((ConfirmSignUp confirm) => confirm.ByLinkAsync(second))));

            Assert.Single(outcomes.OfType<ConfirmOutcome.Confirmed>());
            Assert.Equal(1, await ground.PeopleAsync(email));
        }

        Assert.Equal(0, await ground.Sql<long>("select count(*) from persons p where not exists (select from person_emails e where e.person_id = p.id)"));
    }

    [Fact] // P6
    public async Task A_confirmation_and_an_import_of_the_same_address_at_once_make_one_person()
    {
        await ground.AskAsync("both@race.example");
        var (_, link) = await ground.MailAsync("both@race.example");
        await using var other = ground.Db();
        await using var transaction = await other.Database.BeginTransactionAsync();
        var imported = Guid.CreateVersion7();
        await other.Database.ExecuteSqlAsync($"insert into persons (id, given_name, family_name, created_at) values ({imported}, 'Amara', 'Osei', now())");
        await other.Database.ExecuteSqlAsync($"insert into person_emails (email, person_id, main) values ('both@race.example', {imported}, true)");

        var confirming = Task.Run(() => ground.With((ConfirmSignUp confirm) => confirm.ByLinkAsync(link)));
        while (await ground.Sql<long>("select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'") == 0)
        {
            await Task.Yield();
        }

        await transaction.CommitAsync();
        Assert.Equal(imported, Assert.IsType<ConfirmOutcome.Confirmed>(await confirming).Account.PersonId);
        Assert.Equal(0, await ground.Sql<long>("select count(*) from persons p where not exists (select from person_emails e where e.person_id = p.id)"));
    }

    [Fact]
    public async Task An_address_is_sent_three_mails_an_hour_and_no_more()
    {
        var ids = new List<Guid>();
        for (var n = 0; n < 3; n++)
        {
            ids.Add(await ground.AskAsync("often@asked.example"));
        }

        await ground.AskAsync("often@asked.example");
        Assert.True(await ground.With((SendCodeAgain again) => again.RunAsync(ids[0])));
        Assert.Equal(3, await ground.MailsAsync("often@asked.example"));

        ground.Clock.Advance(TimeSpan.FromMinutes(61));
        Assert.True(await ground.With((SendCodeAgain again) => again.RunAsync(ids[0])));
        Assert.Equal(4, await ground.MailsAsync("often@asked.example"));
    }

    [Fact]
    public async Task Asked_for_by_many_at_once_an_address_still_gets_three_mails()
    {
        await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Run(() => ground.AskAsync("crowd@asked.example"))));

        Assert.Equal(3, await ground.MailsAsync("crowd@asked.example"));
    }

    [Fact]
    public async Task After_five_wrong_codes_the_right_one_is_worth_nothing_and_the_link_still_is()
    {
        var id = await ground.AskAsync("guess@code.example");
        var (code, link) = await ground.MailAsync("guess@code.example");
        var wrong = code == "000000" ? "000001" : "000000";
        for (var left = 4; left >= 0; left--)
        {
            Assert.Equal(new ConfirmOutcome.WrongCode(left), await ground.With((ConfirmSignUp confirm) => confirm.ByCodeAsync(id, wrong)));
        }

        Assert.Equal(new ConfirmOutcome.WrongCode(0), await ground.With((ConfirmSignUp confirm) => confirm.ByCodeAsync(id, code)));
        Assert.IsType<ConfirmOutcome.Confirmed>(await ground.With((ConfirmSignUp confirm) => confirm.ByLinkAsync(link)));
    }

    [Fact]
    public async Task Wrong_codes_typed_at_once_are_all_counted()
    {
        var id = await ground.AskAsync("guesses@code.example");
        var (code, _) = await ground.MailAsync("guesses@code.example");
        var wrong = code == "000000" ? "000001" : "000000";

        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Task.Run(() => ground.With((ConfirmSignUp confirm) => confirm.ByCodeAsync(id, wrong)))));

        Assert.Equal(new ConfirmOutcome.WrongCode(0), await ground.With((ConfirmSignUp confirm) => confirm.ByCodeAsync(id, code)));
    }

    [Theory]
    [InlineData(31, true, false)]
    [InlineData(29, true, true)]
    [InlineData((24 * 60) + 1, false, false)]
    [InlineData((24 * 60) - 1, false, true)]
    public async Task A_code_works_for_half_an_hour_and_a_link_for_a_day(int minutes, bool byCode, bool works)
    {
        var email = $"time{minutes}@late.example";
        var id = await ground.AskAsync(email);
        var (code, link) = await ground.MailAsync(email);
        ground.Clock.Advance(TimeSpan.FromMinutes(minutes));

        var outcome = await ground.With((ConfirmSignUp confirm) => byCode ? confirm.ByCodeAsync(id, code) : confirm.ByLinkAsync(link));

        Assert.Equal(works, outcome is ConfirmOutcome.Confirmed);
    }

    [Fact]
    public async Task A_link_works_once_and_what_an_earlier_mail_brought_not_at_all()
    {
        var id = await ground.AskAsync("again@link.example");
        var (_, first) = await ground.MailAsync("again@link.example");
        await ground.With((SendCodeAgain again) => again.RunAsync(id));
        var (_, second) = await ground.MailAsync("again@link.example");

        Assert.IsType<ConfirmOutcome.Gone>(await ground.With((ConfirmSignUp confirm) => confirm.ByLinkAsync(first)));
        Assert.IsType<ConfirmOutcome.Confirmed>(await ground.With((ConfirmSignUp confirm) => confirm.ByLinkAsync(second)));
        Assert.IsType<ConfirmOutcome.Gone>(await ground.With((ConfirmSignUp confirm) => confirm.ByLinkAsync(second)));
    }

    [Fact]
    public async Task An_address_that_got_an_account_meanwhile_lets_nobody_in_by_an_old_mail()
    {
        var person = await ground.Given.Person(email: "meanwhile@account.example");
        await ground.AskAsync("meanwhile@account.example");
        var (_, link) = await ground.MailAsync("meanwhile@account.example");
        await (await ground.SiteAsync()).AccountAsync(person.Id);

        Assert.IsType<ConfirmOutcome.HasAccount>(await ground.With((ConfirmSignUp confirm) => confirm.ByLinkAsync(link)));
    }

    [Fact] // P4
    public async Task A_sign_up_that_nobody_confirms_is_forgotten_after_a_week_and_one_that_was_confirmed_is_not()
    {
        await ground.AskAsync("never@confirmed.example");
        var waits = await ground.JoinAsync("waits@confirmed.example");
        ground.Clock.Advance(TimeSpan.FromDays(7) - TimeSpan.FromMinutes(1));
        await ground.With((ForgetUntaken forget) => forget.RunAsync());
        Assert.Equal(1, await ground.Sql<long>("select count(*) from sign_ups where email = 'never@confirmed.example'"));

        ground.Clock.Advance(TimeSpan.FromMinutes(2));
        await ground.With((ForgetUntaken forget) => forget.RunAsync());

        Assert.Equal(0, await ground.Sql<long>("select count(*) from sign_ups where email = 'never@confirmed.example'"));
        Assert.NotNull(await ground.SignUpOf(waits));
    }

    private async Task<Learning.People.Actor> UnitAsync() => await ground.Given.Actor(await ground.Given.Unit());
}
