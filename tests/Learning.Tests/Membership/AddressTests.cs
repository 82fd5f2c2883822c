using Learning.Accounts;
using Learning.Membership;
using Learning.People;
using Learning.Tests.Messages;
using Learning.Tests.Support;

using Microsoft.EntityFrameworkCore;

namespace Learning.Tests.Membership;

/// <summary>P6: which addresses are a person's, how another becomes theirs, and how the main one changes.</summary>
public sealed class AddressTests(Ground ground) : IClassFixture<Ground>
{
    private Given Given => ground.Given;

    [Fact] // P6, S3: case and space never matter
    public async Task An_address_is_theirs_once_its_code_is_typed_and_lets_them_sign_in()
    {
        var person = await Given.Person(email: "first@adds.example");
        await Account(person);
        var claim = await Asked(person, " Second@Adds.example ");
        Assert.Equal("first@adds.example main", await AddressesOf(person));

        var code = await CodeOf(claim);
        Assert.Equal(new AddressOutcome.Done("second@adds.example"), await Confirm(person, claim, $" {code[..3]} {code[3..]}"));
        Assert.Equal(new AddressOutcome.Done("second@adds.example"), await Confirm(person, claim, code));

        Assert.Equal("first@adds.example main, second@adds.example", await AddressesOf(person));
        await using var db = ground.Db();
        Assert.Equal(person.Id, (await AccountOf.AddressAsync(db, "SECOND@adds.example"))!.PersonId);
        Assert.Equal("confirm-address@second@adds.example address-notice@first@adds.example", await MailsOf(person));
        Assert.Equal(1, await ground.Sql<long>($"select count(*) from audit_entries where subject_id = '{person.Id}' and verb = 'added an address'"));
    }

    [Fact] // P6: whoever has addresses has one main address
    public async Task The_first_address_of_somebody_who_had_none_is_their_main_one()
    {
        var person = await Given.Person();
        await ground.Sql($"delete from person_emails where person_id = '{person.Id}'");
        var claim = await Asked(person, "only@adds.example");
        Assert.IsType<AddressOutcome.Done>(await Confirm(person, claim, await CodeOf(claim)));
        Assert.Equal("only@adds.example main", await AddressesOf(person));
    }

    [Fact] // P6: nobody learns whose an address is, and its owner learns what to do
    public async Task Another_person_s_address_is_answered_alike_and_never_given()
    {
        var owner = await Given.Person(email: "taken@owner.example");
        var person = await Given.Person(email: "asks@owner.example");
        var taken = await Asked(person, "taken@owner.example");
        var free = await Asked(person, "free@owner.example");

        Assert.Equal("address-taken", await ground.Sql<string>("select kind from messages where address = 'taken@owner.example' and person_id is null"));
        Assert.Equal("{}", await ground.Sql<string>("select data::text from messages where address = 'taken@owner.example'"));
        await using (var db = ground.Db())
        {
            var claims = await db.AddressClaims.Where(claim => claim.PersonId == person.Id).ToListAsync();
            Assert.Equal([32, 32], claims.Select(claim => claim.CodeHash.Length));
        }

        foreach (var claim in new[] { taken, free })
        {
            Assert.Equal("This is not the code that we sent. Check the newest mail", Assert.IsType<AddressOutcome.Refused>(await Confirm(person, claim, "000")).Sentence);
        }

        Assert.Equal("taken@owner.example main", await AddressesOf(owner));
    }

    [Fact] // P6 (I): of two who can read one address the first has it
    public async Task Two_people_who_confirm_one_address_at_once_do_not_both_have_it()
    {
        var people = new[] { await Given.Person(), await Given.Person() };
        var claims = new List<(Person Person, Guid Id, string Code)>();
        foreach (var person in people)
        {
            var id = await Asked(person, "shared@mailbox.example");
            claims.Add((person, id, await CodeOf(id)));
        }

        var outcomes = await Task.WhenAll(claims.Select(claim => Confirm(claim.Person, claim.Id, claim.Code)));

        Assert.Single(outcomes.OfType<AddressOutcome.Done>());
        Assert.Contains("run out", Assert.Single(outcomes.OfType<AddressOutcome.Refused>()).Sentence);
        Assert.Equal(1, await ground.Sql<long>("select count(*) from person_emails where email = 'shared@mailbox.example'"));
    }

    [Fact]
    public async Task A_code_ends_after_five_wrong_ones_or_two_hours_and_is_nobody_else_s()
    {
        var person = await Given.Person();
        var claim = await Asked(person, "codes@mailbox.example");
        var code = await CodeOf(claim);
        Assert.IsType<AddressOutcome.NotFound>(await Confirm(await Given.Person(), claim, code));
        Assert.IsType<AddressOutcome.NotFound>(await Confirm(person, Guid.CreateVersion7(), code));
        for (var n = 0; n < 5; n++)
        {
            Assert.IsType<AddressOutcome.Refused>(await Confirm(person, claim, n == 0 ? "" : code == "000000" ? "111111" : "000000"));
        }

        Assert.Contains("run out", Assert.IsType<AddressOutcome.Refused>(await Confirm(person, claim, code)).Sentence);

        var another = await Asked(person, "codes@mailbox.example");
        ground.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Contains("run out", Assert.IsType<AddressOutcome.Refused>(await Confirm(person, another, await CodeOf(another))).Sentence);
        ground.Clock.Set("2024-05-15 09:00");
    }

    [Fact]
    public async Task Nobody_s_mailbox_is_filled_by_asking_again_and_again()
    {
        for (var n = 0; n < AddressRules.MailsAnHour; n++)
        {
            await Asked(await Given.Person(), "victim@mailbox.example");
        }

        Assert.Contains("several mails already", Assert.IsType<AddressOutcome.Refused>(await Ask(await Given.Person(), "victim@mailbox.example")).Sentence);
        var person = await Given.Person();
        for (var n = 0; n < AddressRules.MailsADay; n++)
        {
            await Asked(person, $"many{n}@mailbox.example");
        }

        Assert.Contains("many codes today", Assert.IsType<AddressOutcome.Refused>(await Ask(person, "one-more@mailbox.example")).Sentence);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(" ")]
    [InlineData("nobody")]
    [InlineData("a@b.example, c@d.example")]
    [InlineData("a@b.example\r\nBcc: c@d.example")]
    [InlineData("zoë@x.example")]
    public async Task What_is_no_address_is_a_mistake(string? typed)
    {
        Assert.Contains("name@agency.example", Assert.IsType<AddressOutcome.Refused>(await Ask(await Given.Person(), typed)).Sentence);
        Assert.Contains("yours already", Assert.IsType<AddressOutcome.Refused>(await Ask(await Given.Person(email: $"own{typed?.Length}@x.example"), $"own{typed?.Length}@X.example")).Sentence);
    }

    [Fact] // P6
    public async Task An_address_that_is_removed_is_nobody_s_and_the_main_one_never_is()
    {
        var person = await Given.Person(email: "main@removes.example");
        await Account(person);
        await Given.Save(new PersonEmail { Email = "spare@removes.example", PersonId = person.Id, Main = false, VerifiedAt = ground.Zone.Now });
        Assert.IsType<AddressOutcome.NotFound>(await Remove(await Given.Person(), "spare@removes.example"));
        Assert.Contains("cannot be removed", Assert.IsType<AddressOutcome.Refused>(await Remove(person, "main@removes.example")).Sentence);

        Assert.IsType<AddressOutcome.Done>(await Remove(person, "Spare@removes.example"));

        Assert.Equal("main@removes.example main", await AddressesOf(person));
        Assert.Equal("address-notice@main@removes.example", await MailsOf(person));
        await using var db = ground.Db();
        Assert.Null(await AccountOf.AddressAsync(db, "spare@removes.example"));
        Assert.Equal("MAIN@REMOVES.EXAMPLE", (await db.Users.SingleAsync(account => account.PersonId == person.Id)).NormalizedUserName);
    }

    [Fact] // P1, M1: the main address changes once both have confirmed it, and not before
    public async Task The_main_address_changes_when_it_is_confirmed_at_both()
    {
        foreach (var first in new[] { AddressSide.New, AddressSide.Old })
        {
            var (person, change) = await WantsMain($"{first}");
            var (newCode, oldCode) = (await CodeOf(change, "main-address-new"), await CodeOf(change, "main-address-old"));
            Assert.IsType<AddressOutcome.Refused>(await ConfirmMain(person, change, first, first == AddressSide.New ? oldCode + "0" : newCode + "0"));
            Assert.IsType<AddressOutcome.Done>(await ConfirmMain(person, change, first, first == AddressSide.New ? newCode : oldCode));
            Assert.Equal($"old.{first}@main.example main, new.{first}@main.example".ToLowerInvariant(), await AddressesOf(person));

            Assert.IsType<AddressOutcome.Done>(await ConfirmMain(person, change, first == AddressSide.New ? AddressSide.Old : AddressSide.New, first == AddressSide.New ? oldCode : newCode));

            Assert.Equal($"new.{first}@main.example main, old.{first}@main.example".ToLowerInvariant(), await AddressesOf(person));
            Assert.Equal($"NEW.{first}@MAIN.EXAMPLE".ToUpperInvariant(), await ground.Sql<string>($"select normalized_user_name from accounts where person_id = '{person.Id}'"));
            Assert.EndsWith($"address-notice@old.{first}@main.example".ToLowerInvariant(), await MailsOf(person));
            Assert.Equal(1, await ground.Sql<long>($"select count(*) from audit_entries where subject_id = '{person.Id}' and verb = 'changed a main address'"));
        }
    }

    [Fact] // the code of one side is not the other's
    public async Task One_mailbox_is_not_enough()
    {
        var (person, change) = await WantsMain("one");
        var newCode = await CodeOf(change, "main-address-new");
        Assert.IsType<AddressOutcome.Done>(await ConfirmMain(person, change, AddressSide.New, newCode));
        for (var n = 0; n < 5; n++)
        {
            Assert.IsType<AddressOutcome.Refused>(await ConfirmMain(person, change, AddressSide.Old, newCode == await CodeOf(change, "main-address-old") ? "" : newCode));
        }

        Assert.IsType<AddressOutcome.Refused>(await ConfirmMain(person, change, AddressSide.Old, await CodeOf(change, "main-address-old")));
        Assert.StartsWith("old.one@main.example main", await AddressesOf(person));
        Assert.IsType<AddressOutcome.NotFound>(await ConfirmMain(await Given.Person(), change, AddressSide.New, newCode));
    }

    [Fact] // S2: the agency's lead, or the unit, in place of a mailbox that cannot be read; never the person
    public async Task Somebody_who_sees_the_person_vouches_for_them_where_the_old_address_cannot_be_read()
    {
        var moving = await Moving.Between(ground);
        var (person, change) = await WantsMain("vouch", moving.Mover);
        await ConfirmMain(person, change, AddressSide.New, await CodeOf(change, "main-address-new"));
        Assert.IsType<AddressOutcome.NotFound>(await Vouch(change, true, moving.OldLead)); // nobody has asked yet

        Assert.IsType<AddressOutcome.Done>(await Unreadable(person, change));
        Assert.IsType<AddressOutcome.Done>(await Unreadable(person, change));
        Assert.Equal("vouch-for-address", await Moving.MailsOf(ground, moving.OldLead));
        await Given.Role(person, Role.AgencyLead, moving.Old);
        foreach (var stranger in new[] { moving.Lead, person, await Given.Person(moving.Old) })
        {
            Assert.IsType<AddressOutcome.NotFound>(await Vouch(change, true, stranger));
        }

        Assert.IsType<AddressOutcome.Done>(await Vouch(change, true, moving.OldLead));

        Assert.StartsWith("new.vouch@main.example main", await AddressesOf(person));
        Assert.Equal(moving.OldLead.Id, await ground.Sql<Guid>($"select old_confirmed_by from main_address_changes where id = '{change}'"));
        Assert.EndsWith("address-notice@old.vouch@main.example", await MailsOf(person));
    }

    [Fact]
    public async Task Whoever_is_asked_may_say_that_it_was_not_them_and_both_addresses_are_told()
    {
        var (person, change) = await WantsMain("thief");
        await ConfirmMain(person, change, AddressSide.New, await CodeOf(change, "main-address-new"));
        var before = (await ground.With((Learning.Web.WorkToDo queue) => queue.WaitingAsync())).FirstOrDefault(work => work.Address == "/manage/moves")?.Count ?? 0;
        await Unreadable(person, change); // of no agency: the unit's queue
        Assert.Equal(before + 1, (await ground.With((Learning.Web.WorkToDo queue) => queue.WaitingAsync())).Single(work => work.Address == "/manage/moves").Count);

        Assert.IsType<AddressOutcome.Done>(await Vouch(change, false, await Given.Unit()));

        Assert.StartsWith("old.thief@main.example main", await AddressesOf(person));
        var mails = await MailsOf(person);
        Assert.All(new[] { "old", "new" }, address => Assert.Contains($"address-notice@{address}.thief@main.example", mails));
        Assert.IsType<AddressOutcome.Refused>(await ConfirmMain(person, change, AddressSide.Old, await CodeOf(change, "main-address-old")));
    }

    [Fact]
    public async Task A_change_that_is_given_up_or_that_another_takes_the_place_of_changes_nothing()
    {
        var (person, change) = await WantsMain("twice");
        Assert.Equal(change, Assert.IsType<AddressOutcome.Asked>(await AskForMain(person, "new.twice@main.example")).Id);
        await Given.Save(new PersonEmail { Email = "third.twice@main.example", PersonId = person.Id, Main = false, VerifiedAt = ground.Zone.Now });
        var other = Assert.IsType<AddressOutcome.Asked>(await AskForMain(person, "third.twice@main.example")).Id;
        Assert.IsType<AddressOutcome.Refused>(await ConfirmMain(person, change, AddressSide.New, await CodeOf(change, "main-address-new")));
        Assert.IsType<AddressOutcome.Done>(await ground.With(async (GiveUpMainAddress give) => await give.RunAsync(other, await Given.Actor(person))));
        Assert.IsType<AddressOutcome.Refused>(await ConfirmMain(person, other, AddressSide.New, await CodeOf(other, "main-address-new")));
        await Given.Save(new PersonEmail { Email = "unsure.twice@main.example", PersonId = person.Id, Main = false });
        Assert.Contains("Confirm this address first", Assert.IsType<AddressOutcome.Refused>(await AskForMain(person, "unsure.twice@main.example")).Sentence);
        Assert.IsType<AddressOutcome.NotFound>(await AskForMain(person, "nobody@main.example"));
        Assert.StartsWith("old.twice@main.example main", await AddressesOf(person));
    }

    [Fact] // M3, P5: codes are for their reader only, and what nobody confirmed is forgotten
    public async Task Codes_go_out_once_and_addresses_that_nobody_confirmed_are_forgotten()
    {
        await using var room = new PostRoom(ground);
        var person = await Given.Person(email: "posts@forgets.example");
        var claim = await Asked(person, "posted@forgets.example");
        var code = await CodeOf(claim);
        var taken = await Given.Person(email: "other@forgets.example");
        await Asked(person, "other@forgets.example");
        await room.SendAsync();

        var mail = Assert.Single(room.Sink.Mails, mail => mail.To == "posted@forgets.example").Text("text/plain")!;
        Assert.Contains($"{code[..3]} {code[3..]}", mail);
        Assert.Contains($"https://learning.example/account/addresses/{claim}?code={code}", mail);
        Assert.Equal(0, await ground.Sql<long>("select count(*) from messages where address = 'posted@forgets.example' and (sent_text is not null or data <> '{}')"));
        var warning = Assert.Single(room.Sink.Mails, mail => mail.To == "other@forgets.example").Text("text/plain")!;
        Assert.Contains("belongs to an account already", warning);
        Assert.DoesNotContain(person.GivenName, warning);
        Assert.NotNull(taken);

        ground.Clock.Advance(TimeSpan.FromDays(2));
        Assert.True(await ground.With((ForgetAddressClaims forget) => forget.RunAsync()) >= 2);
        Assert.Equal(0, await ground.Sql<long>($"select count(*) from address_claims where person_id = '{person.Id}'"));
        ground.Clock.Set("2024-05-15 09:00");
    }

    private async Task<(Person Person, Guid Change)> WantsMain(string name, Person? who = null)
    {
        var person = who ?? await Given.Person(email: $"old.{name}@main.example".ToLowerInvariant());
        if (who is not null)
        {
            await ground.Sql($"update person_emails set email = 'old.{name}@main.example' where person_id = '{who.Id}'");
        }

        await Account(person);
        await Given.Save(new PersonEmail { Email = $"new.{name}@main.example".ToLowerInvariant(), PersonId = person.Id, Main = false, VerifiedAt = ground.Zone.Now });
        return (person, Assert.IsType<AddressOutcome.Asked>(await AskForMain(person, $"new.{name}@main.example")).Id);
    }

    private async Task Account(Person person) => await (await ground.SiteAsync()).AccountAsync(person.Id);

    private async Task<AddressOutcome> Ask(Person person, string? email)
    {
        var actor = await Given.Actor(person);
        return await ground.With((AddAddress add) => add.RunAsync(email, actor));
    }

    private async Task<Guid> Asked(Person person, string email) => Assert.IsType<AddressOutcome.Asked>(await Ask(person, email)).Id;

    private async Task<AddressOutcome> Confirm(Person person, Guid claim, string code)
    {
        var actor = await Given.Actor(person);
        return await ground.With((ConfirmAddress confirm) => confirm.RunAsync(claim, code, actor));
    }

    private async Task<AddressOutcome> Remove(Person person, string email)
    {
        var actor = await Given.Actor(person);
        return await ground.With((RemoveAddress remove) => remove.RunAsync(email, actor));
    }

    private async Task<AddressOutcome> AskForMain(Person person, string email)
    {
        var actor = await Given.Actor(person);
        return await ground.With((AskForMainAddress ask) => ask.RunAsync(email, actor));
    }

    private async Task<AddressOutcome> ConfirmMain(Person person, Guid change, AddressSide side, string code)
    {
        var actor = await Given.Actor(person);
        return await ground.With((ConfirmMainAddress confirm) => confirm.RunAsync(change, side, code, actor));
    }

    private async Task<AddressOutcome> Unreadable(Person person, Guid change)
    {
        var actor = await Given.Actor(person);
        return await ground.With((SayAddressUnreadable say) => say.RunAsync(change, actor));
    }

    private async Task<AddressOutcome> Vouch(Guid change, bool yes, Person by)
    {
        var actor = await Given.Actor(by);
        return await ground.With((VouchForAddress vouch) => vouch.RunAsync(change, yes, actor));
    }

    private Task<string> CodeOf(Guid subject, string kind = "confirm-address") =>
        ground.Sql<string>($"select coalesce((select data ->> 'code' from messages where subject_id = '{subject}' and kind = '{kind}'), 'no code')");

    private Task<string> AddressesOf(Person person) =>
        ground.Sql<string>($"select string_agg(email || case when main then ' main' else '' end, ', ' order by main desc, email) from person_emails where person_id = '{person.Id}'");

    private Task<string> MailsOf(Person person) =>
        ground.Sql<string>($"select coalesce(string_agg(kind || '@' || address, ' ' order by ctid), '') from messages where person_id = '{person.Id}'");
}
