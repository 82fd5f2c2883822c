using Learning.Accounts;
using Learning.Membership;
using Learning.Messages;
using Learning.People;
using Learning.Records;
using Learning.Tests.Support;

using Microsoft.EntityFrameworkCore;

namespace Learning.Tests.Membership;

/// <summary>Somebody who has lost the phone and the recovery codes is let back in by who knows them, and by nobody else (S1, S2, S3; ASVS 5.0, 6.4.4).</summary>
public sealed class RecoveryTests(Ground ground) : IClassFixture<Ground>
{
    private Given Given => ground.Given;

    [Fact] // S1, S2: another agency's lead, a colleague, the unit where there is a lead, the person: as if there were no such request
    public async Task Only_a_lead_of_their_agency_decides_and_nobody_about_themselves()
    {
        var lost = await LostPhone.In(ground);
        var elsewhere = await LostPhone.In(ground);
        var id = await lost.AskedAsync();
        foreach (var stranger in new[] { elsewhere.Lead, lost.Person, await Given.Person(lost.Agency), await Given.Unit(), await AdministratorAsync() })
        {
            var actor = await Given.Actor(stranger);
            Assert.IsType<RecoveryOutcome.NotFound>(await lost.LetIn(id, stranger));
            Assert.IsType<RecoveryOutcome.NotFound>(await lost.Refuse(id, stranger));
            Assert.Null(await ground.With((OpenRecoveries open) => open.FindAsync(id, actor)));
            Assert.DoesNotContain(await ListAsync(actor), one => one.Id == id);
        }

        Assert.IsType<RecoveryOutcome.NotFound>(await lost.LetIn(Guid.CreateVersion7()));
        Assert.IsType<RecoveryOutcome.NotFound>(await ground.With((LetBackIn verb) => verb.RunAsync(id, true, Actor.Machine)));
        Assert.Contains(await ListAsync(await Given.Actor(lost.Lead)), one => one.Id == id);
        Assert.Equal(new RecoveryOutcome.Done(RecoveryState.LetIn), await lost.LetIn(id));
    }

    [Fact] // S1: a deputy decides like the lead, as long as they work there; the lead of the agency above too
    public async Task Deputies_and_the_lead_of_the_agency_above_decide_too()
    {
        var above = await Given.Agency();
        var head = await Given.Person(above);
        await Given.Role(head, Role.AgencyLead, above);
        var lost = await LostPhone.In(ground, await Given.Agency(parent: above.Id), hasLead: false);
        Assert.Equal(new RecoveryOutcome.Done(RecoveryState.LetIn), await lost.LetIn(await lost.AskedAsync(), head));
        Assert.Equal(["let-in-asked"], await LostPhone.ToldAsync(ground, head));

        var deputy = await Given.Person(lost.Agency);
        await Given.Role(deputy, Role.AgencyLead, lost.Agency, deputy: true);
        var gone = await Given.Person(null);
        await Given.Job(gone, lost.Agency, "2020-01-01", "2024-01-01");
        await Given.Role(gone, Role.AgencyLead, lost.Agency, deputy: true);
        var second = await lost.AskedAsync();
        Assert.Equal(["let-in-asked"], await LostPhone.ToldAsync(ground, deputy)); // the nearest are told
        Assert.Equal(["let-in-asked"], await LostPhone.ToldAsync(ground, head));
        Assert.Empty(await LostPhone.ToldAsync(ground, gone));
        Assert.IsType<RecoveryOutcome.NotFound>(await lost.LetIn(second, gone));
        Assert.Equal(new RecoveryOutcome.Done(RecoveryState.LetIn), await lost.LetIn(second, deputy));
    }

    [Fact] // S1, S2
    public async Task Where_there_is_no_lead_or_they_lead_an_agency_the_business_unit_decides()
    {
        var unit = await Given.Unit();
        var alone = await LostPhone.In(ground, hasLead: false);
        var before = await WaitsAsync();
        var id = await alone.AskedAsync();
        Assert.Equal(before + 1, await WaitsAsync());
        Assert.Contains("let-in-asked", await LostPhone.ToldAsync(ground, unit));
        Assert.Contains(await ListAsync(await Given.Actor(unit)), one => one.Id == id);
        Assert.Equal(new RecoveryOutcome.Done(RecoveryState.LetIn), await alone.LetIn(id, unit));
        Assert.Equal(before, await WaitsAsync());

        // Of two leads neither lets the other in.
        var lost = await LostPhone.In(ground);
        await Given.Role(lost.Person, Role.AgencyLead, lost.Agency, deputy: true);
        var deputys = await lost.AskedAsync();
        Assert.Empty(await LostPhone.ToldAsync(ground, lost.Lead));
        Assert.IsType<RecoveryOutcome.NotFound>(await lost.LetIn(deputys));
        Assert.Equal(new RecoveryOutcome.Done(RecoveryState.LetIn), await lost.LetIn(deputys, unit));

        async Task<int> WaitsAsync() => (await ground.With((Learning.Web.WorkToDo queue) => queue.WaitingAsync())).FirstOrDefault(work => work.Address == "/manage/recoveries")?.Count ?? 0;
    }

    [Theory] // S1: a role that is to begin counts
    [InlineData(Role.BusinessUnit, "2020-01-01")]
    [InlineData(Role.Chair, "2024-06-01")]
    [InlineData(Role.Administrator, "2020-01-01")]
    public async Task Somebody_of_a_strong_role_is_let_in_by_another_administrator_alone(Role role, string from)
    {
        var (unit, administrator) = (await Given.Unit(), await AdministratorAsync());
        var lost = await LostPhone.In(ground);
        await Given.Role(lost.Person, role, from: from);
        var id = await lost.AskedAsync();
        foreach (var stranger in new[] { lost.Lead, unit, lost.Person })
        {
            Assert.IsType<RecoveryOutcome.NotFound>(await lost.LetIn(id, stranger));
            Assert.DoesNotContain(await ListAsync(await Given.Actor(stranger)), one => one.Id == id);
        }

        // Nor an administrator who has shown no second step.
        await using var db = ground.Db();
        var weak = await Actor.ForAsync(db, administrator.Id, ground.Zone.Today, strong: false);
        Assert.IsType<RecoveryOutcome.NotFound>(await ground.With((LetBackIn verb) => verb.RunAsync(id, true, weak)));
        Assert.Contains("let-in-asked", await LostPhone.ToldAsync(ground, administrator));
        Assert.Contains(await ListAsync(await Given.Actor(administrator)), one => one.Id == id);
        Assert.Equal(new RecoveryOutcome.Done(RecoveryState.LetIn), await lost.LetIn(id, administrator));
    }

    [Fact] // S3: every step, and the owner knows of each
    public async Task Every_step_is_on_the_trail_and_told()
    {
        var lost = await LostPhone.In(ground);
        var refused = await lost.AskedAsync();
        Assert.IsType<RecoveryOutcome.Refused>(await lost.Refuse(refused, reason: " "));
        Assert.Equal(new RecoveryOutcome.Done(RecoveryState.Refused), await lost.Refuse(refused));
        ground.Clock.Advance(TimeSpan.FromMinutes(1));
        var stopped = await lost.AskedAsync();
        var stop = await lost.StopPathAsync(stopped);
        await (await (await ground.SiteAsync()).Visitor().Get(stop)).Submit("It was not me: stop it");
        ground.Clock.Advance(TimeSpan.FromMinutes(1));
        var visitor = (await ground.SiteAsync()).Visitor();
        var page = await (await visitor.Get(await lost.LinkAsync())).Submit("Sign in");
        Assert.Equal(FinishSignIn.Security, page.Path);

        Assert.Equal(
            "asked to be let back in by them, refused to let somebody back in by the lead, asked to be let back in by them, stopped being let back in by them, asked to be let back in by them, let somebody back in by the lead, came back in without a second step by them, signed in by them",
            await ground.Sql<string>($"""
                select string_agg(verb || case actor_id when '{lost.Person.Id}' then ' by them' when '{lost.Lead.Id}' then ' by the lead' else ' by ?' end, ', ' order by id)
                from audit_entries where subject_id = '{lost.Person.Id}'
                """));
        Assert.Equal(
            ["let-in-begun", "let-in-begun", "let-in-begun", "let-in-link", "Nobody is let in without your second step", "You are back in", "You were not let back in"],
            (await LostPhone.ToldAsync(ground, lost.Person)).Order(StringComparer.OrdinalIgnoreCase));
        Assert.Equal(["let-in-asked", "let-in-asked", "let-in-asked"], await LostPhone.ToldAsync(ground, lost.Lead));
    }

    [Fact] // the race of two leads
    public async Task Of_those_who_decide_at_once_one_does_and_the_others_are_told()
    {
        var lost = await LostPhone.In(ground);
        var second = await Given.Person(lost.Agency);
        await Given.Role(second, Role.AgencyLead, lost.Agency);
        var id = await lost.AskedAsync();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => i % 2 == 0 ? lost.LetIn(id) : lost.Refuse(id, second)));

        Assert.Single(outcomes.Distinct());
        var decided = Assert.IsType<RecoveryOutcome.Done>(outcomes[0]).State;
        Assert.Equal(1, await ground.Sql<long>($"select count(*) from audit_entries where subject_id = '{lost.Person.Id}' and verb in ('let somebody back in', 'refused to let somebody back in')"));
        Assert.Equal(decided == RecoveryState.LetIn ? 1 : 0, await ground.Sql<long>($"select count(*) from messages where kind = 'let-in-link' and subject_id = '{id}'"));
    }

    [Fact] // what the lock is for
    public async Task Without_the_lock_everybody_who_read_in_time_decides()
    {
        var lost = await LostPhone.In(ground);
        var id = await lost.AskedAsync();
        await using var source = Npgsql.NpgsqlDataSource.Create(ground.ConnectionString);
        var (read, everybodyHasRead) = (0, new TaskCompletionSource());

        var decided = await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            await using var connection = await source.OpenConnectionAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            await using var look = new Npgsql.NpgsqlCommand($"select decided_at is null from account_recoveries where id = '{id}'", connection, transaction);
            var open = (bool)(await look.ExecuteScalarAsync())!;
            if (Interlocked.Increment(ref read) == 4)
            {
                everybodyHasRead.SetResult();
            }

            await everybodyHasRead.Task;
            await using var decide = new Npgsql.NpgsqlCommand($"update account_recoveries set decided_at = asked_at, decided_by = '{lost.Lead.Id}', granted = false where id = '{id}'", connection, transaction);
            await decide.ExecuteNonQueryAsync();
            await transaction.CommitAsync();
            return open;
        }));

        Assert.Equal(4, decided.Count(one => one));
    }

    [Fact] // S1: by whatever statement
    public async Task The_database_refuses_whoever_decides_about_themselves()
    {
        var lost = await LostPhone.In(ground);
        var id = await lost.AskedAsync();
        var refused = await Assert.ThrowsAsync<Npgsql.PostgresException>(() => ground.Sql($"update account_recoveries set decided_at = asked_at, decided_by = person_id, granted = false where id = '{id}'"));
        Assert.Equal("23514", refused.SqlState);
    }

    [Fact]
    public async Task A_request_that_nobody_decided_lapses_after_a_week_and_old_ones_are_forgotten()
    {
        var lost = await LostPhone.In(ground);
        var id = await lost.AskedAsync();
        ground.Clock.Advance(AccountRecovery.Waits - TimeSpan.FromMinutes(1));
        await ForgetAsync();
        Assert.Equal(RecoveryState.Open, await StateAsync(id));

        ground.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(RecoveryState.Lapsed, await StateAsync(id)); // also before the job has run
        Assert.Equal(new RecoveryOutcome.Done(RecoveryState.Lapsed), await lost.LetIn(id));
        await Task.WhenAll(ForgetAsync(), ForgetAsync());
        Assert.Equal(1, (await LostPhone.ToldAsync(ground, lost.Person)).Count(told => told == "Nobody has let you back in"));

        var used = await lost.LinkAsync();
        await (await (await ground.SiteAsync()).Visitor().Get(used)).Submit("Sign in");
        ground.Clock.Advance(TimeSpan.FromDays(29));
        await ForgetAsync();
        Assert.Equal(2, await CountAsync(lost));
        ground.Clock.Advance(TimeSpan.FromDays(2));
        await ForgetAsync();
        Assert.Equal(0, await CountAsync(lost));
    }

    [Fact] // M3: read just before it is sent
    public async Task The_mail_to_who_decides_says_who_asks_on_what_and_to_call_them_and_is_dropped_once_it_is_over()
    {
        var lost = await LostPhone.In(ground);
        var id = await lost.AskedAsync();
        await using var db = ground.Db();
        var mail = await db.Messages.AsNoTracking().SingleAsync(message => message.Kind == "let-in-asked" && message.SubjectId == id);
        var letter = Assert.IsType<Draft.Ready>(await ground.With((WriteLetter write) => write.RunAsync(db, mail, default))).Letter;
        Assert.All(new[] { lost.Person.Name, lost.Agency.Name, "A browser", "Call them on a number that you have", $"/agency/recoveries/{id}" }, words => Assert.Contains(words, letter.Text));

        await lost.Refuse(id);
        db.ChangeTracker.Clear();
        Assert.IsType<Draft.Dropped>(await ground.With((WriteLetter write) => write.RunAsync(db, mail, default)));
        var begun = await db.Messages.SingleAsync(message => message.Kind == "let-in-begun" && message.SubjectId == id);
        Assert.IsType<Draft.Dropped>(await ground.With((WriteLetter write) => write.RunAsync(db, begun, default)));
    }

    [Fact] // P5: the request goes with its person; that they decided about another stays, without a name
    public async Task Erasing_somebody_takes_their_request_and_leaves_what_they_decided()
    {
        var lost = await LostPhone.In(ground);
        var other = await LostPhone.In(ground, lost.Agency);
        var mine = await lost.AskedAsync();
        var others = await other.AskedAsync();
        await lost.LetIn(others);
        Assert.IsType<EraseOutcome.Erased>(await ground.With((ErasePerson erase) => erase.RunAsync(lost.Person.Id, "They asked.", Actor.Machine)));
        Assert.IsType<EraseOutcome.Erased>(await ground.With((ErasePerson erase) => erase.RunAsync(lost.Lead.Id, "They asked.", Actor.Machine)));

        Assert.Equal(0, await ground.Sql<long>($"select count(*) from account_recoveries where id = '{mine}'"));
        Assert.Equal(lost.Lead.Id, await ground.Sql<Guid>($"select decided_by from account_recoveries where id = '{others}'"));
        var over = await ground.With(async (OpenRecoveries open) => await open.FindAsync(others, await Given.Actor(other.Lead)));
        Assert.Equal("Let in; the link is not used yet", RecoveryWords.Of(over!));
        await using var db = ground.Db();
        var due = await db.Messages.SingleAsync(message => message.SubjectId == mine && message.State == MessageState.Due);
        Assert.IsType<Draft.Dropped>(await ground.With((WriteLetter write) => write.RunAsync(db, due, default)));
    }

    [Fact] // P3: whoever is merged has no request of their own any more
    public async Task A_request_of_a_record_that_is_merged_opens_nothing()
    {
        var lost = await LostPhone.In(ground);
        var kept = await Given.Person(lost.Agency);
        var link = await lost.LinkAsync();
        var half = await lost.HalfwayAsync();
        Assert.IsType<MergeOutcome.Done>(await ground.With((MergePerson merge) => merge.RunAsync(kept.Id, lost.Person.Id, "One and the same", Actor.Machine)));

        Assert.Contains("This link is good no more", (await (await ground.SiteAsync()).Visitor().Get(link)).Text);
        Assert.Contains("within ten minutes", (await half.Submit("Go on", ("Input.Code", lost.Phone.Code(ground.Zone.Now)))).Text);
        Assert.IsType<RecoveryOutcome.NotFound>(await lost.LetIn(await lost.NewestAsync()));
        Assert.Equal(0, await ground.Sql<long>($"select count(*) from account_sessions s join accounts a on a.id = s.account_id where a.person_id in ('{kept.Id}', '{lost.Person.Id}') and s.ended_at is null"));
    }

    private async Task<Person> AdministratorAsync()
    {
        var person = await Given.Person(given: "Ada");
        await Given.Role(person, Role.Administrator);
        return person;
    }

    private async Task<IReadOnlyList<RecoveryToDecide>> ListAsync(Actor actor) =>
        [.. await ground.With((OpenRecoveries open) => open.WaitingAsync(actor, asLead: true)), .. await ground.With((OpenRecoveries open) => open.WaitingAsync(actor, asLead: false))];

    private Task<int> ForgetAsync() => ground.With((ForgetSignIns forget) => forget.RunAsync());

    private async Task<RecoveryState> StateAsync(Guid id)
    {
        await using var db = ground.Db();
        return (await db.AccountRecoveries.SingleAsync(row => row.Id == id)).StateAt(ground.Zone.Now);
    }

    private Task<long> CountAsync(LostPhone lost) => ground.Sql<long>($"select count(*) from account_recoveries where person_id = '{lost.Person.Id}'");
}
