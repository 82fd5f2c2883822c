using System.Net;

using Learning.Attendance;
using Learning.Bookings;
using Learning.People;
using Learning.Records;
using Learning.Tests.Attendance;
using Learning.Tests.Support;

using Npgsql;

namespace Learning.Tests.Records;

/// <summary>Who may be erased and by whom, as pages, by wish, and when two things happen at once (rule P5).</summary>
public class ErasureTests(Ground ground) : IClassFixture<Ground>
{
    [Theory] // P5
    [InlineData(Role.BusinessUnit, "business unit")]
    [InlineData(Role.Administrator, "administrator")]
    [InlineData(Role.Chair, "chair")]
    public async Task Who_holds_a_role_that_somebody_must_take_over_is_not_erased_before_that(Role role, string words)
    {
        var person = await ground.Given.Person();
        await ground.Given.Role(person, role);

        var notYet = Assert.IsType<EraseOutcome.NotYet>(await EraseAsync(person));
        Assert.Equal($"They hold the role {words}. Take it from them first, so that somebody else has it.", Assert.Single(notYet.First));
        Assert.Equal(0, await ground.Sql<long>($"select count(*) from erasures where person_id = '{person.Id}'"));

        await ground.Sql($"update role_grants set revoked_at = now() where person_id = '{person.Id}'");
        Assert.IsType<EraseOutcome.Erased>(await EraseAsync(person));
    }

    [Fact] // P5: the others end by themselves
    public async Task Other_roles_end_with_the_erasure_and_so_does_the_employment_the_day_after()
    {
        var agency = await ground.Given.Agency();
        var person = await ground.Given.Person(agency);
        await ground.Given.Role(person, Role.AgencyLead, agency);
        await ground.Given.Role(person, Role.SubgroupMember);

        Assert.IsType<EraseOutcome.Erased>(await EraseAsync(person));

        Assert.Equal(0, await ground.Sql<long>($"select count(*) from role_grants where person_id = '{person.Id}' and revoked_at is null"));
        Assert.Equal(new DateOnly(2024, 5, 16), await ground.Sql<DateOnly>($"select ends_on from employments where person_id = '{person.Id}'"));
        var actor = await ground.Given.Actor(person);
        Assert.Empty(actor.Roles);
        Assert.Empty(actor.LeadOf);
    }

    [Fact] // P5, A6
    public async Task A_trainer_is_not_erased_before_the_register_is_signed()
    {
        var hall = await Hall.Open(ground, 1, null, "2024-05-14 10:00 to 15:30");
        var unit = await UnitAsync();

        var page = await unit.Get($"/manage/people/{hall.Trainer.Id}/erase");
        Assert.Contains($"They give sessions whose register is not signed: {hall.Session.Ref}. Sign it first, or have it signed.", page.Text);
        Assert.DoesNotContain("Erase for good", page.Text);

        await hall.Signed();
        Assert.IsType<EraseOutcome.Erased>(await EraseAsync(hall.Trainer));
        Assert.Equal(1, await ground.Sql<long>($"select count(*) from session_trainers where person_id = '{hall.Trainer.Id}'"));
        Assert.Contains("Name removed", (await unit.Get($"/manage/people/{hall.Trainer.Id}")).Text);
    }

    [Theory] // P5, S3: the reason is kept, so it names nobody
    [InlineData("", "Write why they are erased")]
    [InlineData("   ", "Write why they are erased")]
    [InlineData("Ann asked", "Write the reason without names and addresses")]
    [InlineData("by REASONER’s wish", "Write the reason without names and addresses")]
    [InlineData("asked from a@b.example", "Write the reason without names and addresses")]
    [InlineData("nul\u0001", "has a character that is none")]
    public async Task A_reason_that_cannot_be_kept_is_refused(string reason, string words)
    {
        var person = await ground.Given.Person(given: "Ann", family: "Reasoner");
        Assert.Contains(words, Assert.IsType<EraseOutcome.Refused>(await EraseAsync(person, reason)).Reason);
        Assert.Contains("500 characters", Assert.IsType<EraseOutcome.Refused>(await EraseAsync(person, new string('x', 501))).Reason);
        Assert.IsType<EraseOutcome.Erased>(await EraseAsync(person, "At the annual review."));
    }

    [Fact] // S1, S2
    public async Task Nobody_but_the_business_unit_and_the_machine_erases()
    {
        var agency = await ground.Given.Agency();
        var person = await ground.Given.Person(agency);
        var lead = await ground.Given.Person(agency);
        await ground.Given.Role(lead, Role.AgencyLead, agency);

        foreach (var actor in new[] { Actor.Nobody, await ground.Given.Actor(person), await ground.Given.Actor(lead) })
        {
            Assert.IsType<EraseOutcome.NotFound>(await ground.With((ErasePerson erase) => erase.RunAsync(person.Id, "No.", actor)));
            Assert.Null(await ground.With((ErasePreview preview) => preview.AskAsync(person.Id, actor)));
        }

        Assert.IsType<EraseOutcome.NotFound>(await ground.With((ErasePerson erase) => erase.RunAsync(Guid.CreateVersion7(), "No.", Actor.Machine)));
    }

    [Fact] // P5, S3
    public async Task The_page_shows_what_goes_and_what_stays_and_asks_for_the_name_before_it_erases()
    {
        var person = await ground.Given.Person(await ground.Given.Agency(), given: "Paula", family: "Pagely");
        var coming = await ground.Given.Session();
        await ground.Given.Booking(coming, person);
        await ground.Given.Booking(await ground.Given.Session(null, 5, "2024-05-01 09:30 to 12:00"), person);
        var unit = await UnitAsync();

        var page = await (await unit.Get($"/manage/people/{person.Id}")).Follow("Erase");
        Assert.Contains("1 address", page.Text);
        Assert.Contains($"1 booking ahead: {coming.Ref}", page.Text);
        Assert.Contains("What stays, without a name 2 bookings", page.Text);

        var wrong = await page.Submit("Erase for good", ("Input.Reason", "They asked."), ("Input.Confirm", "Paul"));
        Assert.Contains("Type Paula Pagely to confirm", wrong.Document.QuerySelector("#Input_Confirm-error")!.TextContent);
        Assert.Equal("They asked.", wrong.Document.QuerySelector("textarea")!.TextContent.Trim());
        var named = await page.Submit("Erase for good", ("Input.Reason", "Ms Pagely asked."), ("Input.Confirm", "Paula Pagely"));
        Assert.Contains("without names", named.Document.QuerySelector("#Input_Reason-error")!.TextContent);

        var after = await page.Submit("Erase for good", ("Input.Reason", "They asked."), ("Input.Confirm", " paula  PAGELY "));
        Assert.Contains("Name removed", after.Document.QuerySelector("h1")!.TextContent);
        Assert.Contains("Erased on Wednesday 15 May 2024", after.Text);
        Assert.DoesNotContain("Pagely", after.Text);
        Assert.Contains("This person has been erased", (await unit.Get($"/manage/people/{person.Id}/erase")).Text);
        Assert.Contains("This person has been erased", (await page.Submit("Erase for good", ("Input.Reason", "Again."), ("Input.Confirm", "Paula Pagely"))).Text);
        Assert.Equal(1, await ground.Sql<long>($"select count(*) from audit_entries where verb = 'erased a person' and subject_id = '{person.Id}'"));
    }

    [Fact] // P5
    public async Task A_person_asks_to_be_erased_the_unit_declines_with_an_answer_and_they_may_ask_again_and_take_it_back()
    {
        var site = await ground.SiteAsync();
        var person = await ground.Given.Person(given: "Wendy", family: "Wisher");
        var (own, unit) = (await site.SignedInAsync(person.Id), await UnitAsync());

        var asked = await (await own.Get("/account/privacy")).Submit("Ask to be erased", ("Input.Why", "I am leaving the county"));
        Assert.Contains("You have asked to be erased", asked.Text);
        Assert.Contains("You asked for it on Wednesday 15 May 2024", asked.Text);

        Assert.Contains("Wish to be erased The oldest is to be answered by Saturday 15 June 2024.", (await unit.Get("/manage")).Text.Replace("erasedThe", "erased The", StringComparison.Ordinal));
        var list = await unit.Get("/manage/erasures");
        Assert.Contains("Wendy Wisher", list.Text);
        Assert.Contains("I am leaving the county", list.Text);
        var page = await list.Follow("Wendy Wisher");
        Assert.Contains("Write why not", (await page.Submit("Decline the wish", ("Answer.Text", " "))).Text);
        await page.Submit("Decline the wish", ("Answer.Text", "Your certificate is part of a review that goes on."));

        var declined = await own.Get("/account/privacy");
        Assert.Contains("declined on Wednesday 15 May 2024: Your certificate is part of a review that goes on.", declined.Text);
        Assert.DoesNotContain("Wendy Wisher", (await unit.Get("/manage/erasures")).Text);

        await declined.Submit("Ask to be erased");
        Assert.Equal(0, (await declined.Submit("Ask to be erased")).Document.QuerySelectorAll(".govuk-error-summary").Length);
        var back = await (await own.Get("/account/privacy")).Submit("I want to stay after all");
        Assert.Contains("You have taken it back", back.Text);
        Assert.Equal("declined,withdrawn", await ground.Sql<string>($"select string_agg(decision, ',' order by decision) from erasure_requests where person_id = '{person.Id}'"));
        Assert.Contains("1000 characters or fewer", (await back.Submit("Ask to be erased", ("Input.Why", new string('x', 1001)))).Text);
    }

    [Fact] // P5: a race
    public async Task Who_is_booked_and_erased_at_the_same_moment_holds_no_place()
    {
        for (var i = 0; i < 8; i++)
        {
            var person = await ground.Given.Person();
            var (first, second) = (await ground.Given.Session(), await ground.Given.Session(null, 5, "2024-06-20 09:30 to 12:00"));
            await ground.Given.Booking(first, person);
            var actor = await ground.Given.Actor(person);

            var erase = Task.Run(() => EraseAsync(person));
            var book = Task.Run(() => ground.With(async (BookPlace book) =>
            {
                try
                {
                    await book.RunAsync(new PlaceWanted(second.Ref), actor);
                }
                catch (Microsoft.EntityFrameworkCore.DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.RestrictViolation })
                {
                    // They were gone before the place was theirs.
                }
            }));
            await Task.WhenAll(erase, book);

            Assert.IsType<EraseOutcome.Erased>(await erase);
            Assert.Equal(0, await ground.Sql<long>($"select count(*) from bookings where person_id = '{person.Id}' and state in ('requested', 'confirmed', 'waiting', 'offered')"));
            Assert.Equal(0, await ground.Sql<long>($"select count(*) from sessions where id in ('{first.Id}', '{second.Id}') and taken <> 0"));
        }
    }

    [Fact] // P5: a race
    public async Task Who_is_about_to_get_an_account_while_they_are_erased_gets_none()
    {
        var person = await ground.Given.Person();
        await using var source = NpgsqlDataSource.Create(ground.ConnectionString);
        await using var erasing = await source.OpenConnectionAsync();
        await using var transaction = await erasing.BeginTransactionAsync();
        await using (var command = new NpgsqlCommand($"select from persons where id = '{person.Id}' for update; update persons set given_name = '', family_name = '', erased_at = now() where id = '{person.Id}'", erasing))
        {
            await command.ExecuteNonQueryAsync();
        }

        var account = Task.Run(() => ground.Sql($"insert into accounts (id, person_id, email_confirmed, phone_number_confirmed, two_factor_enabled, lockout_enabled, access_failed_count) values (gen_random_uuid(), '{person.Id}', true, false, false, false, 0)"));
        await WaitsAsync();
        await transaction.CommitAsync();

        Assert.Contains("has been erased", (await Assert.ThrowsAsync<PostgresException>(() => account)).MessageText);
    }

    // Until somebody waits for a lock.
    private async Task WaitsAsync()
    {
        while (await ground.Sql<long>("select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'") == 0)
        {
            await Task.Yield();
        }
    }

    [Fact] // P5, S2: what is left is nobody's in lists
    public async Task Lists_that_people_are_picked_from_leave_them_out()
    {
        var agency = await ground.Given.Agency();
        var person = await ground.Given.Person(agency, given: "Listed", family: "Leftout");
        var session = await ground.Given.Session(null, 5, "2024-06-21 09:30 to 12:00");
        await ground.Given.Trainer(session, person);
        await EraseAsync(person);
        var unit = await UnitAsync();

        Assert.Equal(HttpStatusCode.OK, (await unit.Get($"/sessions/{session.Ref}")).Status);
        Assert.Contains("Nobody matches all of this", (await unit.Get($"/manage/people?agency={agency.Code}")).Text);
        Assert.Empty(await ground.With((FindPeople find) => find.AskAsync("Leftout", new DateOnly(2024, 5, 15))));
        Assert.DoesNotContain(person.Id.ToString(), await unit.Http.GetStringAsync("/manage/people.csv"));
    }

    [Fact] // P5
    public async Task The_check_finds_out_what_a_hand_at_the_database_gave_back()
    {
        var person = await ground.Given.Person();
        var booking = await ground.Given.Booking(await ground.Given.Session(null, 5, "2024-05-02 09:30 to 12:00"), person);
        await EraseAsync(person);
        Assert.DoesNotContain("P5", await WalkAsync());

        await ground.Sql($"update bookings set needs = 'a ramp' where id = '{booking.Id}'");

        Assert.Contains($"P5 Who was erased has no name, address, account, token or place ahead: person {person.Id}", await WalkAsync());
        await ground.Sql($"update bookings set needs = null where id = '{booking.Id}'");
    }

    private async Task<string> WalkAsync()
    {
        await using var database = NpgsqlDataSource.Create(ground.ConnectionString);
        await using var output = new StringWriter();
        await Learning.Commands.CheckCommand.WalkAsync(database, output, CancellationToken.None);
        return output.ToString();
    }

    private Task<EraseOutcome> EraseAsync(Person person, string reason = "They asked.") => ground.With((ErasePerson erase) => erase.RunAsync(person.Id, reason, Actor.Machine));

    private async Task<Visitor> UnitAsync() => await (await ground.SiteAsync()).SignedInAsync((await ground.Given.Unit()).Id);
}
