using System.Net;

using Learning.Accounts;
using Learning.Membership;
using Learning.People;
using Learning.Tests.Support;

using Microsoft.EntityFrameworkCore;

namespace Learning.Tests.Membership;

/// <summary>Losing the phone, as everybody concerned sees it without JavaScript, and those who try to get in that way (ASVS 5.0, 6.4.4).</summary>
public sealed class RecoveryPagesTests(Ground ground) : IClassFixture<Ground>
{
    [Fact]
    public async Task The_link_signs_in_once_and_what_is_set_up_takes_the_place_of_all_that_was_lost()
    {
        var lost = await LostPhone.In(ground);
        var site = await ground.SiteAsync();
        var thief = site.Visitor();
        Assert.Equal("/my", (await (await lost.HalfwayAsync(thief)).Submit("Go on", ("Input.Code", lost.Phone.Code(ground.Zone.Now)))).Path);
        var (old, rows) = RecoveryCode.NewSet((await AccountAsync(lost.Person)).Id, ground.Zone.Now);
        await ground.Given.Save([.. rows]);
        await ground.Sql($$"""insert into account_passkeys (credential_id, user_id, data) select '\x{{lost.Person.Id:N}}', id, '{"Name": "Lost", "CreatedAt": "2024-05-01T09:00:00+00:00", "PublicKey": "AA==", "SignCount": 0, "Transports": null, "IsUserVerified": true, "IsBackupEligible": false, "IsBackedUp": false, "AttestationObject": "AA==", "ClientDataJson": "AA=="}' from accounts where person_id = '{{lost.Person.Id}}'""");
        var link = await lost.LinkAsync();
        var half = await lost.HalfwayAsync();

        // Looking changes nothing, whoever looks.
        Assert.Contains($"Sign in as {lost.Person.Name}?", (await site.Visitor().Get(link)).Text);
        Assert.Equal("/my", (await thief.Get("/my")).Path);
        var back = site.Visitor();
        var security = await (await back.Get(link)).Submit("Sign in");

        Assert.Equal(FinishSignIn.Security, security.Path);
        Assert.Contains("You are back in", security.Text);
        Assert.StartsWith(SignIn.Page, (await thief.Get("/my")).Path);
        Assert.Contains("within ten minutes", (await half.Submit("Go on", ("Input.Code", lost.Phone.Code(ground.Zone.Now)))).Text);
        Assert.Equal("recovery, false", await ground.Sql<string>($"select method || ', ' || strong from account_sessions s join accounts a on a.id = s.account_id where a.person_id = '{lost.Person.Id}' and ended_at is null"));

        // Until something new is set up, the old second step is still asked for.
        ground.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(FinishSignIn.SecondStep, (await lost.HalfwayAsync()).Path);
        ground.Clock.Advance(TimeSpan.FromMinutes(25));
        var setUp = await (await security.Follow("Set up another in its place")).Submit("Show the QR code");
        var phone = new PhoneApp(setUp.Document.QuerySelector(".app-key")!.TextContent);
        var codes = await setUp.Submit("Confirm", ("Input.Code", phone.Code(ground.Zone.Now)));

        Assert.StartsWith(RecoveryCodesPage.Address, codes.Path);
        Assert.DoesNotContain(old[0], codes.Text);
        ground.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Contains("That code is not right", (await (await lost.HalfwayAsync()).Submit("Go on", ("Input.Code", lost.Phone.Code(ground.Zone.Now)))).Text);
        Assert.Contains("not one of your recovery codes", (await (await lost.HalfwayAsync()).Submit("Go on", ("Input.RecoveryCode", old[0]))).Text);
        Assert.Equal("/my", (await (await lost.HalfwayAsync()).Submit("Go on", ("Input.Code", phone.Code(ground.Zone.Now)))).Path);
        var after = await back.Get(FinishSignIn.Security);
        Assert.Contains("10 of 10 are left", after.Text);
        Assert.DoesNotContain("Remove the passkey", after.Text);
        Assert.Contains("This link is good no more", (await site.Visitor().Get(link)).Text);
        Assert.Contains("An authenticator app was added", await LostPhone.ToldAsync(ground, lost.Person));
    }

    [Fact] // S1: the role is off until there is a second step again
    public async Task Whoever_is_let_back_in_is_not_strong_until_something_new_is_set_up_and_has_half_an_hour_for_it()
    {
        var administrator = await ground.Given.Person(given: "Ada");
        await ground.Given.Role(administrator, Role.Administrator);
        var lost = await LostPhone.In(ground);
        await ground.Given.Role(lost.Person, Role.BusinessUnit);
        var id = await lost.AskedAsync();
        await lost.LetIn(id, administrator);
        var back = (await ground.SiteAsync()).Visitor();
        await (await back.Get(await LinkOfAsync(id))).Submit("Sign in");
        Assert.Equal(HttpStatusCode.Forbidden, (await back.Get("/manage")).Status);

        ground.Clock.Advance(FactorRules.AfterRecovery);
        Assert.StartsWith("/account/prove", (await back.Get(AuthenticatorPage.Address)).Path);
        Assert.StartsWith("/account/prove", (await back.Get(RemoveFactorPage.To(RemoveFactorPage.App))).Path);
    }

    [Fact]
    public async Task Of_many_presses_at_once_on_one_link_one_enters()
    {
        var lost = await LostPhone.In(ground);
        var link = await lost.LinkAsync();
        var pages = new List<Page>();
        for (var i = 0; i < 8; i++)
        {
            pages.Add(await (await ground.SiteAsync()).Visitor().Get(link));
        }

        var after = await Task.WhenAll(pages.Select(page => page.Submit("Sign in")));

        Assert.Single(after, page => page.Path == FinishSignIn.Security);
        Assert.Equal(7, after.Count(page => page.Text.Contains("This link is good no more") && page.Status == HttpStatusCode.NotFound));
        Assert.Equal(1, await ground.Sql<long>($"select count(*) from account_sessions s join accounts a on a.id = s.account_id where a.person_id = '{lost.Person.Id}'"));
    }

    [Fact]
    public async Task No_link_of_what_was_refused_stopped_used_or_run_out_lets_anybody_in()
    {
        var lost = await LostPhone.In(ground);
        var site = await ground.SiteAsync();

        // What was not agreed to has no link: the database holds it, and the secret by which the owner stops it is none.
        var refused = await lost.AskedAsync();
        var secret = (await lost.StopPathAsync(refused)).Replace("/stop", "");
        Assert.Equal(HttpStatusCode.NotFound, (await site.Visitor().Get(secret)).Status);
        await lost.Refuse(refused);
        Assert.Equal(HttpStatusCode.NotFound, (await site.Visitor().Get(secret)).Status);
        var forged = await Assert.ThrowsAsync<Npgsql.PostgresException>(() => ground.Sql($"update account_recoveries set link_hash = '\\x01', link_ends_at = decided_at where id = '{refused}'"));
        Assert.Equal("23514", forged.SqlState);

        var link = await lost.LinkAsync();
        var open = await site.Visitor().Get(link);
        Assert.Contains("It is stopped", (await (await site.Visitor().Get(link)).Submit("It was not me: stop it")).Text);
        Assert.Contains("This link is good no more", (await open.Submit("Sign in")).Text);

        ground.Clock.Advance(TimeSpan.FromMinutes(1));
        var late = await lost.LinkAsync();
        open = await site.Visitor().Get(late);
        ground.Clock.Advance(AccountRecovery.LinkGood);
        Assert.Contains("This link is good no more", (await open.Submit("Sign in")).Text);
        Assert.Equal(HttpStatusCode.NotFound, (await site.Visitor().Get("/account/recover/nonsense")).Status);
        Assert.Equal(0, await ground.Sql<long>($"select count(*) from account_sessions s join accounts a on a.id = s.account_id where a.person_id = '{lost.Person.Id}'"));
    }

    [Fact]
    public async Task Asking_again_ends_a_link_that_was_not_used()
    {
        var lost = await LostPhone.In(ground);
        var first = await lost.LinkAsync();
        ground.Clock.Advance(TimeSpan.FromMinutes(1));
        var second = await lost.LinkAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await (await ground.SiteAsync()).Visitor().Get(first)).Status);
        Assert.Equal(FinishSignIn.Security, (await (await (await ground.SiteAsync()).Visitor().Get(second)).Submit("Sign in")).Path);
    }

    [Fact] // whether there is a lead, and who the person is, is told to nobody who has but the password
    public async Task The_pages_say_the_same_whoever_decides()
    {
        var (led, alone, strong, lead) = (await LostPhone.In(ground), await LostPhone.In(ground, hasLead: false), await LostPhone.In(ground), await LostPhone.In(ground));
        await ground.Given.Role(strong.Person, Role.Administrator);
        await ground.Given.Role(lead.Person, Role.AgencyLead, lead.Agency);
        var stories = new List<string>();
        foreach (var lost in new[] { led, alone, strong, lead })
        {
            var before = await (await lost.HalfwayAsync()).Follow("I have lost my phone and my recovery codes");
            stories.Add(before.Text + (await before.Submit("Ask to be let back in")).Text);
        }

        Assert.Single(stories.Distinct());
        Assert.Contains("We have asked for you", stories[0]);
        Assert.Single(await LostPhone.ToldAsync(ground, led.Lead));
    }

    [Fact]
    public async Task Asking_twice_is_one_request_and_asking_over_and_over_is_stopped()
    {
        var lost = await LostPhone.In(ground);
        var page = await (await lost.HalfwayAsync()).Follow("I have lost my phone and my recovery codes");
        var id = await lost.AskedAsync();
        Assert.Contains("We have asked for you", (await page.Submit("Ask to be let back in")).Text);
        Assert.Contains("We have asked for you", (await (await lost.HalfwayAsync()).Follow("I have lost my phone and my recovery codes")).Text);
        Assert.Equal(id, await lost.NewestAsync());
        Assert.Single(await LostPhone.ToldAsync(ground, lost.Lead));

        for (var i = 1; i < Allowance.RecoveriesOfAccount.AtOnce; i++)
        {
            await lost.Refuse(await lost.NewestAsync());
            await lost.AskedAsync();
        }

        await lost.Refuse(await lost.NewestAsync());
        var over = await lost.AskAsync();
        Assert.Equal(HttpStatusCode.TooManyRequests, over.Status);
        Assert.Contains("Ask again in 24 hours", over.Text);
        Assert.Equal(Allowance.RecoveriesOfAccount.AtOnce, (await LostPhone.ToldAsync(ground, lost.Lead)).Count);

        // It is theirs alone.
        await (await LostPhone.In(ground)).AskedAsync();
    }

    [Fact]
    public async Task Requests_at_once_are_one()
    {
        var lost = await LostPhone.In(ground);
        var pages = new List<Page>();
        for (var i = 0; i < 6; i++)
        {
            pages.Add(await (await lost.HalfwayAsync()).Follow("I have lost my phone and my recovery codes"));
        }

        var after = await Task.WhenAll(pages.Select(page => page.Submit("Ask to be let back in")));

        Assert.All(after, page => Assert.Contains("We have asked for you", page.Text));
        Assert.Equal(1, await ground.Sql<long>($"select count(*) from account_recoveries where person_id = '{lost.Person.Id}'"));
        Assert.Single(await LostPhone.ToldAsync(ground, lost.Lead));
    }

    [Fact]
    public async Task Without_the_first_factor_nothing_is_asked_and_an_account_of_a_demonstration_needs_it_not()
    {
        var visitor = (await ground.SiteAsync()).Visitor();
        var page = await visitor.Get(FinishSignIn.Lost);
        Assert.Contains("Sign in again", page.Text);
        Assert.Null(page.Form("lost"));
        Assert.Equal(HttpStatusCode.BadRequest, (await visitor.Post(FinishSignIn.Lost, [new("_handler", "lost")])).Status);

        var lost = await LostPhone.In(ground);
        var half = await (await lost.HalfwayAsync()).Follow("I have lost my phone and my recovery codes");
        ground.Clock.Advance(TimeSpan.FromMinutes(11));
        Assert.Contains("within ten minutes", (await half.Submit("Ask to be let back in")).Text);

        half = await (await lost.HalfwayAsync()).Follow("I have lost my phone and my recovery codes");
        await ground.Sql($"update accounts set second_step_exempt = true where person_id = '{lost.Person.Id}'");
        Assert.Contains("is not asked for a second step", (await half.Submit("Ask to be let back in")).Text);
        Assert.Equal(0, await ground.Sql<long>($"select count(*) from account_recoveries where person_id = '{lost.Person.Id}'"));
    }

    [Fact]
    public async Task Whoever_has_only_a_passkey_and_lost_it_asks_from_within()
    {
        var lost = await LostPhone.In(ground);
        await ground.Sql($"delete from account_authenticators where account_id = '{(await AccountAsync(lost.Person)).Id}'");
        await ground.Sql($$"""insert into account_passkeys (credential_id, user_id, data) select '\x{{lost.Person.Id:N}}', id, '{"Name": "Lost", "CreatedAt": "2024-05-01T09:00:00+00:00", "PublicKey": "AA==", "SignCount": 0, "Transports": null, "IsUserVerified": true, "IsBackupEligible": false, "IsBackedUp": false, "AttestationObject": "AA==", "ClientDataJson": "AA=="}' from accounts where person_id = '{{lost.Person.Id}}'""");
        var visitor = await (await ground.SiteAsync()).SignedInAsync(lost.Person.Id, exempt: false);
        var second = await (await visitor.Get(ProvePage.To(null))).Submit("Use a recovery code, or get help with a lost phone");

        Assert.Contains("We have asked for you", (await (await second.Follow("I have lost my passkey and my recovery codes")).Submit("Ask to be let back in")).Text);
        Assert.DoesNotContain("Stop it", (await visitor.Get(FinishSignIn.Security)).Text); // the first factor alone keeps no owner out
    }

    [Fact]
    public async Task The_lead_ticks_that_they_have_spoken_to_them_or_says_why_not()
    {
        var lost = await LostPhone.In(ground);
        var id = await lost.AskedAsync();
        var lead = await (await ground.SiteAsync()).SignedInAsync(lost.Lead.Id);
        var list = await lead.Get("/agency/recoveries");
        var page = await list.Follow(lost.Person.Name);
        Assert.Contains("on a number that you have", page.Text);

        var unticked = await page.Submit("Let them back in");
        Assert.Contains("Speak to them first, then tick this box", unticked.Text);
        var silent = await page.Submit("Do not let them in", ("No.Reason", " "));
        Assert.Contains("Write why not", silent.Text);
        var tooLong = await page.Submit("Do not let them in", ("No.Reason", new string('x', 600)));
        Assert.Contains(new string('x', 600), tooLong.Document.QuerySelector("[name='No.Reason']")!.TextContent);
        Assert.Equal(RecoveryState.Open, await StateAsync(id));

        var done = await unticked.Submit("Let them back in", ("Input.Spoken", "true"));
        Assert.Contains("A link is on its way to them", done.Text);
        Assert.Contains("Let in by Leonie", done.Text);
        // A page that was shown before says who did.
        var late = await page.Submit("Do not let them in", ("No.Reason", "Too late."));
        Assert.Contains("the link is not used yet", late.Text);
        Assert.Equal(RecoveryState.LetIn, await StateAsync(id));
    }

    [Fact] // S1
    public async Task Others_find_no_such_page_and_nothing_in_their_list()
    {
        var (lost, elsewhere) = (await LostPhone.In(ground), await LostPhone.In(ground));
        var id = await lost.AskedAsync();
        var site = await ground.SiteAsync();
        var (lead, unit) = (await site.SignedInAsync(elsewhere.Lead.Id), await site.SignedInAsync((await ground.Given.Unit()).Id));
        foreach (var address in new[] { $"/agency/recoveries/{id}", $"/manage/recoveries/{id}" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await lead.Get(address)).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await unit.Get(address)).Status);
        }

        Assert.DoesNotContain(lost.Person.Name, (await lead.Get("/agency/recoveries")).Text);
        Assert.DoesNotContain(lost.Person.Name, (await unit.Get("/manage/recoveries")).Text + (await unit.Get("/agency/recoveries")).Text);
        Assert.Equal(HttpStatusCode.Forbidden, (await lead.Get("/manage/recoveries")).Status);
    }

    [Fact]
    public async Task The_owner_stops_it_by_the_mail_or_signed_in_with_the_second_step()
    {
        var lost = await LostPhone.In(ground);
        var site = await ground.SiteAsync();
        var id = await lost.AskedAsync();
        var half = await lost.HalfwayAsync();
        var stop = await lost.StopPathAsync(id);
        var page = await site.Visitor().Get(stop);
        Assert.Contains("Was it not you?", page.Text);
        Assert.Equal(RecoveryState.Open, await StateAsync(id)); // a program that looks through mail opens every link

        var stopped = await page.Submit("It was not me: stop it");
        Assert.Contains("It is stopped", stopped.Text);
        Assert.Equal(HttpStatusCode.OK, stopped.Status);
        Assert.Contains("It is stopped", (await page.Submit("It was not me: stop it")).Text);
        Assert.Equal(new RecoveryOutcome.Done(RecoveryState.Stopped), await lost.LetIn(id));
        Assert.Contains("within ten minutes", (await half.Submit("Go on", ("Input.Code", lost.Phone.Code(ground.Zone.Now)))).Text); // whoever asked begins anew

        var second = await lost.AskedAsync();
        var owner = site.Visitor();
        await (await lost.HalfwayAsync(owner)).Submit("Go on", ("Input.Code", lost.Phone.Code(ground.Zone.Now)));
        Assert.Contains("Nobody is let in without your second step", (await (await owner.Get(FinishSignIn.Security)).Submit("Stop it")).Text);
        Assert.Equal(RecoveryState.Stopped, await StateAsync(second));
        Assert.Equal(HttpStatusCode.NotFound, (await site.Visitor().Get("/account/recover/stop/nonsense")).Status);
    }

    [Fact] // a link that was used is not stopped, and says so
    public async Task What_has_been_used_cannot_be_stopped_any_more()
    {
        var lost = await LostPhone.In(ground);
        var link = await lost.LinkAsync();
        var stop = await (await ground.SiteAsync()).Visitor().Get(await lost.StopPathAsync(await lost.NewestAsync()));
        await (await (await ground.SiteAsync()).Visitor().Get(link)).Submit("Sign in");

        Assert.Contains("There is nothing to stop", (await stop.Submit("It was not me: stop it")).Text);
    }

    private async Task<string> LinkOfAsync(Guid id)
    {
        var data = await ground.Sql<string>($"select data ->> 'Secret' from messages where kind = 'let-in-link' and subject_id = '{id}'");
        return $"/account/recover/{data}";
    }

    private async Task<RecoveryState> StateAsync(Guid id)
    {
        await using var db = ground.Db();
        return (await db.AccountRecoveries.SingleAsync(row => row.Id == id)).StateAt(ground.Zone.Now);
    }

    private async Task<Account> AccountAsync(Person person)
    {
        await using var db = ground.Db();
        return await db.Users.AsNoTracking().SingleAsync(account => account.PersonId == person.Id);
    }
}
