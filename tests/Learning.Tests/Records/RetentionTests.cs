using Learning.Attendance;
using Learning.Bookings;
using Learning.Figures;
using Learning.History;
using Learning.People;
using Learning.Records;
using Learning.Records.Retention;
using Learning.Tests.Attendance;
using Learning.Tests.Figures;
using Learning.Tests.History;
using Learning.Tests.Messages;
using Learning.Tests.Support;

using Npgsql;

namespace Learning.Tests.Records;

/// <summary>P5: who has done nothing for six years is told, and a month later erased, by nights of the program; each figure stays.</summary>
public sealed class RetentionTests : IClassFixture<Ground>
{
    private readonly Ground ground;
    private readonly LongInactive once;

    public RetentionTests(Ground ground)
    {
        (this.ground, once) = (ground, new LongInactive(ground));
        ground.Clock.Set("2024-04-14 02:50");
    }

    [Fact] // P5, M1, M3
    public async Task Whoever_did_nothing_for_six_years_is_told_at_nine_and_erased_thirty_one_days_later()
    {
        var person = await once.Person("2018-05-14", "Ivy", "Longago");

        await once.Night("2024-04-13");
        Assert.Equal(0, await once.Listed(person));
        await once.Night("2024-04-14");
        Assert.Equal((1, 1), (await once.Listed(person), await once.Notices(person)));
        Assert.Equal(new DateOnly(2024, 5, 15), await ground.Sql<DateOnly>($"select erase_on from retention_cases where person_id = '{person.Id}'"));
        await once.Night("2024-04-15");
        Assert.Equal(1, await once.Notices(person));

        await using (var post = new PostRoom(ground))
        {
            ground.Clock.Set("2024-04-14 08:59");
            await post.SendAsync();
            Assert.DoesNotContain(post.Sink.Mails, mail => mail.Subject.Contains("erased", StringComparison.Ordinal));
            ground.Clock.Set("2024-04-14 09:00");
            await post.SendAsync();
            var mail = Assert.Single(post.Sink.Mails, mail => mail.Text("text/plain")!.Contains("Ivy", StringComparison.Ordinal));
            Assert.Equal("Your training record will be erased unless you keep it", mail.Subject);
            Assert.Contains("After Tuesday 14 May 2024 your record will be erased for good", mail.Text("text/plain")!.Replace("*", "", StringComparison.Ordinal).ReplaceLineEndings(" "));
            Assert.Contains("you were on a session’s register, on 14 May 2018", mail.Text("text/plain")!.ReplaceLineEndings(" "));
        }

        await once.Night("2024-05-14");
        Assert.False(await once.Erased(person));
        await once.Night("2024-05-15");
        Assert.True(await once.Erased(person));
        Assert.Equal(0, await once.Listed(person));
        Assert.Equal(EraseInactive.Reason, await ground.Sql<string>($"select reason from erasures where person_id = '{person.Id}' and listed_at is not null and noticed_at is not null and erased_by is null"));
        Assert.DoesNotContain(person.Id.ToString(), await WalkAsync());
    }

    [Fact] // P5, T4: last year's figures, the same digest
    public async Task Figures_have_the_same_values_and_digests_before_and_after()
    {
        var agency = await once.Given.Agency();
        var (person, other) = (await once.Person("2018-05-02", agency: agency), await once.Person("2018-05-03", agency: agency));
        await new Told(ground).Complete(await once.Given.Course(), person, "2018-05-01", agency);
        await once.Night("2024-04-10");
        await once.Noticed(person, "2024-04-10 09:00");
        var before = await CountAsync("2024-05-01 00:00");
        Assert.Contains("sha256:", before);

        await once.Night("2024-05-12");

        Assert.True(await once.Erased(person));
        Assert.False(await once.Erased(other));
        Assert.Equal(before, await CountAsync("2024-05-01 00:00"));
        Assert.Equal(before.Replace("2024-04-30T23:00:00", "", StringComparison.Ordinal), (await CountAsync("2024-06-01 00:00")).Replace("2024-05-31T23:00:00", "", StringComparison.Ordinal));
    }

    private async Task<string> CountAsync(string asAt) => ReportJson.Write(await new Told(ground).Report(
        "{id: people, measure: people, by: [agency]}, {id: attendances, measure: attendances}, {id: completions, measure: completions, by: [agency]}", asAt, "2018-04-01", "2019-04-01"));

    [Fact] // P5, H4: an old history is imported, and its first night erases nobody
    public async Task Nobody_is_erased_who_was_not_told_thirty_days_before_however_long_ago_they_were_here()
    {
        var person = await once.Person("2009-03-01");

        await once.Night("2024-04-20");
        Assert.False(await once.Erased(person));
        await once.Noticed(person, "2024-04-20 09:00");
        foreach (var night in new[] { "2024-04-21", "2024-05-19", "2024-05-20" })
        {
            await once.Night(night);
            Assert.False(await once.Erased(person));
        }

        await once.Night("2024-05-21");
        Assert.True(await once.Erased(person));
    }

    [Fact] // P5, H4: through the import itself
    public async Task The_first_night_after_an_import_tells_and_erases_nobody()
    {
        using var folder = WrittenFolder.Small("ret");
        ground.Clock.Set("2026-11-20 09:00");
        Assert.IsType<ImportOutcome.Imported>(await ground.With((ImportHistory import) => import.RunAsync(folder.Path, dryRun: false, null, Actor.Machine, default)));
        var imported = await ground.Sql<Guid[]>("select array(select person_id from person_emails where email like '%@ret.example')");
        Assert.True(imported.Length > 2);

        Assert.Equal(0, (await once.Night("2040-01-01")).Erased);

        var people = string.Join(',', imported.Select(id => $"'{id}'"));
        Assert.Equal(imported.Length, await ground.Sql<long>($"select count(*) from retention_cases c join messages m on m.id = c.message_id where c.person_id in ({people}) and c.erase_on = '2040-02-01' and m.state = 'due'"));
        Assert.Equal(0, (await once.Night("2040-01-31")).Erased);
    }

    [Fact] // P5, M5
    public async Task A_notice_that_lies_unsent_told_nobody_and_one_that_no_server_took_is_as_good_as_no_address()
    {
        var (unsent, parked) = (await once.Person("2017-01-01"), await once.Person("2017-01-02"));
        await once.Night("2024-04-14");
        await once.Noticed(parked, "2024-04-16 12:00", "parked");

        await once.Night("2024-05-16");
        Assert.False(await once.Erased(parked));
        await once.Night("2024-05-17");
        Assert.True(await once.Erased(parked));
        await once.Night("2024-09-01");
        Assert.False(await once.Erased(unsent));
        Assert.Equal(1, await once.Notices(unsent));
    }

    [Fact] // P5: nobody writes to them, so the business unit sees them as long before
    public async Task Whoever_has_no_address_that_takes_mail_is_listed_thirty_days_before()
    {
        var (none, bounces) = (await once.Person("2018-05-14", address: false), await once.Person("2018-05-14"));
        await ground.Sql($"update person_emails set bounced_at = now() where person_id = '{bounces.Id}'");
        await once.Night("2024-04-14");
        Assert.Equal((1, 1), (await once.Listed(none), await once.Listed(bounces)));
        Assert.Equal((0, 0), (await once.Notices(none), await once.Notices(bounces)));

        // An address after all: they are told first.
        await ground.Sql($"update person_emails set bounced_at = null where person_id = '{bounces.Id}'");
        await once.Night("2024-05-10");
        await once.Night("2024-05-15");

        Assert.True(await once.Erased(none));
        Assert.False(await once.Erased(bounces));
        Assert.Equal(1, await once.Notices(bounces));
        Assert.Equal(0, await ground.Sql<long>($"select count(*) from erasures where person_id = '{none.Id}' and (noticed_at is not null or listed_at is null)"));
        await once.Noticed(bounces, "2024-05-10 09:00");
        await once.Night("2024-06-09");
        Assert.False(await once.Erased(bounces));
        await once.Night("2024-06-10");
        Assert.True(await once.Erased(bounces));
    }

    [Fact] // P5
    public async Task Whoever_does_something_meanwhile_leaves_the_list_and_is_told_anew_six_years_later()
    {
        var person = await once.Person("2018-05-14");
        await once.Night("2024-04-14");
        await once.Noticed(person, "2024-04-14 09:00");

        ground.Clock.Set("2024-05-14 23:30");
        await ground.Sql($"insert into audit_entries (at, actor_id, verb, subject_kind, subject_id) values ('{ground.Zone.Now:O}', '{person.Id}', 'signed in', 'person', '{person.Id}')");
        await once.Night("2024-05-15");

        Assert.Equal(0, await once.Listed(person));
        await once.Night("2030-04-13");
        Assert.Equal(0, await once.Listed(person));
        await once.Night("2030-04-14");
        Assert.Equal((1, 2), (await once.Listed(person), await once.Notices(person)));
        Assert.False(await once.Erased(person));
    }

    [Fact] // P5, A6
    public async Task Whom_the_verb_refuses_stays_with_its_reason_and_goes_once_that_is_gone()
    {
        var trainer = await once.Given.Person(given: "Old");
        var session = await once.Given.Session(null, 20, "2018-03-01 09:30 to 12:00");
        await once.Given.Trainer(session, trainer);
        await once.Night("2024-03-01");
        await once.Noticed(trainer, "2024-03-01 09:00");

        Assert.Equal(1, (await once.Night("2024-04-05")).Refused);
        Assert.False(await once.Erased(trainer));
        Assert.Contains($"register is not signed: {session.Ref}", await ground.Sql<string>($"select refused from retention_cases where person_id = '{trainer.Id}'"));

        await new Told(ground).Sign(session, "2018-03-02 09:00");
        await once.Night("2024-04-06");
        Assert.True(await once.Erased(trainer));
    }

    [Fact] // P5, P3
    public async Task Of_somebody_whose_records_were_merged_the_newest_counts_and_both_go()
    {
        var (kept, former, active) = (await once.Person("2018-01-01"), await once.Person("2017-01-01"), await once.Person("2024-01-10"));
        var stays = await once.Person("2016-01-01");
        await ground.Given.Save(
            new PersonMerge { PersonId = former.Id, IntoId = kept.Id, RecordedAt = ground.Zone.Now, Reason = "One person" }, new PersonMerge { PersonId = active.Id, IntoId = stays.Id, RecordedAt = ground.Zone.Now, Reason = "One person" });
        await once.Night("2024-04-14");
        Assert.Equal((1, 0, 0, 0), (await once.Listed(kept), await once.Listed(former), await once.Listed(active), await once.Listed(stays)));
        Assert.Equal((1, 0), (await once.Notices(kept), await once.Notices(former)));
        await once.Noticed(kept, "2024-04-14 09:00");

        await once.Night("2024-05-15");

        Assert.Equal((true, true, false), (await once.Erased(kept), await once.Erased(former), await once.Erased(stays)));
        Assert.DoesNotContain(former.Id.ToString(), await WalkAsync());
    }

    [Fact] // P5, M2: two servers
    public async Task Two_servers_at_it_write_once_and_erase_each_once()
    {
        var people = new List<Person>();
        for (var i = 0; i < 6; i++)
        {
            people.Add(await once.Person($"2018-02-0{i + 1}"));
        }

        ground.Clock.Set("2024-04-14 02:50");
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(once.List)));
        foreach (var person in people)
        {
            Assert.Equal(1, await once.Notices(person));
            await once.Noticed(person, "2024-04-14 09:00");
        }

        ground.Clock.Set("2024-05-20 02:45");
        var runs = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(once.Erase)));

        Assert.Equal(people.Count, runs.Sum(run => run.Erased));
        foreach (var person in people)
        {
            Assert.True(await once.Erased(person));
            Assert.Equal(1, await ground.Sql<long>($"select count(*) from audit_entries where verb = 'erased a person' and subject_id = '{person.Id}'"));
        }
    }

    [Fact] // P5
    public async Task The_business_unit_keeps_a_record_and_nothing_erases_it_until_it_is_let_go_and_then_it_is_told_again()
    {
        var person = await once.Person("2018-05-14");
        var unit = await ground.Given.Actor(await ground.Given.Unit());
        await once.Night("2024-04-14");
        await once.Noticed(person, "2024-04-14 09:00");

        Assert.IsType<HoldOutcome.Refused>(await HoldAsync(person, " ", unit));
        Assert.IsType<HoldOutcome.NotFound>(await HoldAsync(person, "A claim", await ground.Given.Actor(person)));
        Assert.IsType<HoldOutcome.Done>(await HoldAsync(person, "A claim of Ivy’s", unit));
        Assert.IsType<HoldOutcome.Done>(await HoldAsync(person, "Again", unit));
        await once.Night("2024-05-20");
        Assert.False(await once.Erased(person));
        Assert.Contains("is kept for a reason", Assert.Single(Assert.IsType<EraseOutcome.NotYet>(await ground.With((ErasePerson erase) => erase.RunAsync(person.Id, "They asked.", Actor.Machine))).First));
        Assert.Equal(1, await ground.Sql<long>($"select count(*) from record_holds where person_id = '{person.Id}'"));
        Assert.Equal(1, await ground.Sql<long>($"select count(*) from audit_entries where verb = 'kept a person''s record from being erased' and subject_id = '{person.Id}' and actor_id = '{unit.PersonId}'"));

        Assert.IsType<HoldOutcome.Done>(await ground.With((HoldRecord hold) => hold.LiftAsync(person.Id, unit)));
        await once.Night("2024-05-21");
        Assert.False(await once.Erased(person));
        Assert.Equal(2, await once.Notices(person));
        await once.Noticed(person, "2024-05-21 09:00");
        await once.Night("2024-06-21");
        Assert.True(await once.Erased(person));
    }

    private Task<HoldOutcome> HoldAsync(Person person, string reason, Actor actor) => ground.With((HoldRecord hold) => hold.RunAsync(person.Id, reason, actor));

    [Fact] // P5: settings
    public async Task The_periods_are_settings_and_one_that_is_not_sensible_the_database_refuses()
    {
        Assert.Equal(new RetentionPeriods(6, 30, 30), await PeriodsAsync());
        foreach (var (name, value) in new[]
        {
            ("years-without-activity", "1"), ("years-without-activity", "26"), ("years-without-activity", "six"), ("years-without-activity", ""), ("years-without-activity", "6.5"), ("days-of-notice", "29"), ("days-of-notice", "181"),
            ("days-of-notice", "030"), ("days-of-needs", "6"), ("days-of-needs", "91"), ("days-of-needs", "-30"), ("days-of-needs", "99999999999"),
        })
        {
            var refused = await Assert.ThrowsAsync<PostgresException>(() => ground.Sql($"insert into installation (name, value) values ('{name}', '{value}')"));
            Assert.Equal("installation_retention", refused.ConstraintName);
        }

        var person = await once.Person("2021-05-14");
        await once.Night("2024-04-14");
        Assert.Equal(0, await once.Listed(person));
        try
        {
            await ground.Sql("insert into installation (name, value) values ('years-without-activity', '2'), ('days-of-notice', '60'), ('days-of-needs', '90')");
            Assert.Equal(new RetentionPeriods(2, 60, 90), await PeriodsAsync());
            await once.Night("2024-04-14");
            Assert.Equal(new DateOnly(2024, 6, 14), await ground.Sql<DateOnly>($"select erase_on from retention_cases where person_id = '{person.Id}'"));
        }
        finally
        {
            await ground.Sql("delete from installation");
        }
    }

    private async Task<RetentionPeriods> PeriodsAsync()
    {
        await using var db = ground.Db();
        return await RetentionPeriods.ReadAsync(db);
    }

    [Fact] // P5: the check
    public async Task The_check_finds_who_was_erased_without_notice_and_whose_record_was_kept()
    {
        var (unannounced, untold, held) = (await once.Person("2018-05-14"), await once.Person("2018-05-14"), await once.Person("2018-05-14"));
        foreach (var person in new[] { unannounced, untold, held })
        {
            await ground.Sql($"update persons set given_name = '', family_name = '', erased_at = now() where id = '{person.Id}'; delete from person_emails where person_id = '{person.Id}'");
        }

        await ground.Sql($"""
            insert into erasures (person_id, erased_at, reason) values ('{unannounced.Id}', now(), '{EraseInactive.Reason}'), ('{held.Id}', now(), 'They asked.');
            insert into erasures (person_id, erased_at, reason, listed_at, noticed_at) values ('{untold.Id}', now(), '{EraseInactive.Reason}', now() - interval '40 days', now() - interval '40 days');
            insert into record_holds (id, person_id, reason, held_at, held_by) values (gen_random_uuid(), '{held.Id}', 'A claim', now(), '{(await ground.Given.Unit()).Id}')
            """);
        var found = await WalkAsync();
        foreach (var (person, sentence) in new[]
        {
            (unannounced, "Nobody is erased by retention who was not announced"), (untold, "Nobody is erased by retention who was not announced"), (held, "Nobody is erased whose record is kept"),
        })
        {
            Assert.Contains(found.Split('\n'), line => line.Contains(sentence, StringComparison.Ordinal) && line.Contains($"person {person.Id}", StringComparison.Ordinal));
        }

        Assert.Equal(PostgresErrorCodes.CheckViolation, (await Assert.ThrowsAsync<PostgresException>(() => ground.Sql($"update erasures set listed_at = erased_at - interval '29 days' where person_id = '{untold.Id}'"))).SqlState);
        await ground.Sql($"delete from record_holds where person_id = '{held.Id}'; delete from erasures where person_id in ('{unannounced.Id}', '{untold.Id}', '{held.Id}')");
    }

    private async Task<string> WalkAsync()
    {
        await using var database = NpgsqlDataSource.Create(ground.ConnectionString);
        await using var output = new StringWriter();
        await Learning.Commands.CheckCommand.WalkAsync(database, output, CancellationToken.None);
        return output.ToString();
    }
}
