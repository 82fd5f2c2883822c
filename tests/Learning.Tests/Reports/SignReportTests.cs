using Learning.Attendance;
using Learning.Attendance.Meetings;
using Learning.Figures;
using Learning.History;
using Learning.People;
using Learning.Reports;

using Microsoft.EntityFrameworkCore;

using Npgsql;

namespace Learning.Tests.Reports;

/// <summary>Signing freezes a report (F7): by the chair, with what is unfinished accepted by name, once, whole or not at all.</summary>
public sealed class SignReportTests(SigningSite site) : IClassFixture<SigningSite>
{
    private const string Everything = "people: measure: people, by: [agency]";

    [Fact] // F7, F9: value, definition, as-at, digest and drill-down are kept, and nothing that happens later changes them
    public async Task What_is_signed_stays()
    {
        site.Ground.Clock.Set("2025-05-15 09:00");
        var course = await site.Told.Given.Course();
        var (session, people) = await site.Held(course, 7);
        var report = await site.Report(course, Everything, "fill: measure: fill_rate");
        var chair = await site.Chair();
        Assert.Equal(new SigningOutcome.Signed(1), await site.Sign(report, chair));

        var signed = await site.Signed(report);
        Assert.Equal((7.0, 7, 40), (signed.Computed.Figures[0].Value, signed.Computed.Figures[1].Numerator, signed.Computed.Figures[1].Denominator));
        Assert.Equal((site.Told.At("2025-05-15 09:00"), 1, chair.PersonId), (signed.Signing.AsAt, signed.Signing.Version, await SignerAsync(report)));
        var behind = await site.With((Signings signings) => signings.BehindAsync(signed.Signing, "people", default));
        Assert.Equal((session.Ref, 7L), (Assert.Single(behind!.Rows).Ref, behind.Counted));

        site.Ground.Clock.Advance(TimeSpan.FromDays(1));
        await site.Told.Mark(session, await site.Told.Given.Person(), MarkKind.Attended, at: "2025-05-16 09:00");
        await site.Told.Mark(session, people[0], MarkKind.Dna, at: "2025-05-16 09:00");
        await site.Told.Merge(people[1], people[2], "2025-05-16 09:00");
        await site.Write(report, course, "people: measure: attendances");
        var later = await site.Signed(report);
        Assert.Equal(signed.Computed.Figures.Select(figure => (figure.Value, figure.Digest)), later.Computed.Figures.Select(figure => (figure.Value, figure.Digest)));
        Assert.Equal(signed.Definition.Digest, later.Definition.Digest);
        Assert.Equal(Measure.People, later.Definition.Figures[0].Measure);
    }

    [Theory] // T4, F7: nobody changes what is signed, not even by SQL
    [InlineData("update report_signings set figures = '{}'")]
    [InlineData("delete from signed_behind")]
    [InlineData("update report_definitions set yaml = ''")]
    [InlineData("delete from report_publications")]
    public async Task The_database_refuses_to_change_what_is_signed(string sql)
    {
        var refused = await Assert.ThrowsAsync<PostgresException>(() => site.Ground.OwnerSql(sql));
        Assert.Equal(PostgresErrorCodes.RestrictViolation, refused.SqlState);
    }

    [Fact] // F7, S1: the chair signs; the unit publishes and does not sign
    public async Task Only_the_chair_signs()
    {
        var course = await site.Told.Given.Course();
        await site.Held(course, 2);
        var report = await site.Report(course, Everything);
        foreach (var other in new[] { Role.BusinessUnit, Role.SubgroupMember, Role.Administrator })
        {
            var person = await site.Told.Given.Person();
            await site.Told.Given.Role(person, other);
            var actor = await site.Told.Given.Actor(person);
            await Assert.ThrowsAsync<UnauthorizedAccessException>(() => site.Sign(report, actor));
        }

        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => site.Sign(report, Actor.Machine));
        Assert.Null(await site.With((Signings signings) => signings.FindAsync(report, null, Actor.Machine, default)));
    }

    [Fact] // F7: unsigned registers, unmatched imports and waiting merges of what the report counts, each accepted by name or done
    public async Task What_is_unfinished_is_listed_and_accepted_by_name()
    {
        site.Ground.Clock.Set("2025-05-15 09:00");
        var (course, elsewhere) = (await site.Told.Given.Course(title: "Care"), await site.Told.Given.Course());
        var agency = await site.Told.Given.Agency("Harbour School");
        var (held, _) = await site.Held(course, 3);
        var unsigned = await site.Told.Given.Session(course, 20, "2024-07-01 09:30 to 12:30");
        await site.Told.Given.Session(elsewhere, 20, "2024-07-01 09:30 to 12:30");
        await site.Told.Given.Session(course, 20, "2025-07-01 09:30 to 12:30");
        var family = $"Twin{Guid.CreateVersion7():N}";
        var (one, two) = (await site.Told.Given.Person(agency, family: family), await site.Told.Given.Person(family: family));
        await site.Told.Mark(held, one, MarkKind.Attended);
        await site.Told.Mark(held, two, MarkKind.Attended);
        await site.Told.Given.Save(new MarkStray
        {
            Id = Guid.CreateVersion7(), SessionId = held.Id, PartId = Guid.CreateVersion7(), PersonId = one.Id, Kind = MarkKind.Attended, MarkedAt = held.EndsAt, RecordedAt = held.EndsAt, Why = MarkFlag.UnknownPart,
        });
        foreach (var recorded in new[] { true, false })
        {
            var meeting = new SentReport { Id = Guid.CreateVersion7(), SessionId = held.Id, Kind = "teams", SentAt = held.EndsAt };
            if (recorded)
            {
                meeting.Record(held.EndsAt, one.Id);
            }

            await site.Told.Given.Save(meeting);
            await site.Told.Given.Save(new ReportedPerson { Id = Guid.CreateVersion7(), ReportId = meeting.Id, Number = 1, Name = "iPhone", Joins = "[]" });
        }

        await site.Ground.Sql($"""
            insert into check_in_codes (id, session_id, part_id, counts_as, key, secret, opened_at) select gen_random_uuid(), session_id, id, 'register', 'ABCD', sha256('x'), '{held.StartsAt:O}' from session_parts where session_id = '{held.Id}';
            insert into self_check_ins (id, code_id, session_id, part_id, email, expected, checked_in_at) select gen_random_uuid(), id, session_id, part_id, 'wren@wall.example', false, opened_at from check_in_codes where session_id = '{held.Id}'
            """);
        var report = await site.Report(course, Everything);
        var chair = await site.Chair();

        var open = Assert.IsType<SigningOutcome.NotFinished>(await site.Sign(report, chair)).Items;
        Assert.Equal(
            [$"1 mark could not be placed: Care, 3 June 2024 ({held.Ref})", $"1 meeting report looked at and not recorded: Care, 3 June 2024 ({held.Ref})", $"1 person checked in by a code, and nobody counted heads: Care, 3 June 2024 ({held.Ref})", $"1 person of a meeting’s report not matched: Care, 3 June 2024 ({held.Ref})", $"Register not signed: Care, 1 July 2024 ({unsigned.Ref})", "Two records that may be one person: one of Harbour School, and one of no agency"],
            open.Select(item => item.Words).Order(StringComparer.Ordinal).Select(words => words.Contains("may be", StringComparison.Ordinal) ? Sorted(words) : words));
        Assert.DoesNotContain(open, item => item.Words.Contains(family, StringComparison.Ordinal));

        // One is left out; one is done; one more comes.
        Assert.Single(Assert.IsType<SigningOutcome.NotFinished>(await site.Sign(report, chair, 0, null, [.. open.Skip(1).Select(item => item.Key)])).Items);
        await site.Told.Sign(unsigned, "2025-05-15 08:00");
        var another = await site.Told.Given.Session(course, 20, "2024-08-01 09:30 to 12:30");
        Assert.Equal($"register {another.Ref}", Assert.Single(Assert.IsType<SigningOutcome.NotFinished>(await site.Sign(report, chair, 0, null, [.. open.Select(item => item.Key)])).Items).Key);
        Assert.Equal(new SigningOutcome.Signed(1), await site.Sign(report, chair, 0, null, [.. open.Select(item => item.Key), $"register {another.Ref}"]));
        var accepted = await site.Ground.Sql<string>($"select accepted::text from report_signings where report = '{report}'");
        Assert.Contains(another.Ref, accepted, StringComparison.Ordinal);
        Assert.DoesNotContain(unsigned.Ref, accepted, StringComparison.Ordinal);
    }

    [Fact] // F7: the one signs, the other reads who did
    public async Task Two_people_who_sign_at_once_give_one_signature_and_one_sentence()
    {
        site.Ground.Clock.Set("2025-05-15 09:00");
        var course = await site.Told.Given.Course();
        await site.Held(course, 2);
        var report = await site.Report(course, Everything);
        var chairs = new[] { await site.Chair("Helen", "Achebe"), await site.Chair("Ivo", "Brandt"), await site.Chair("Nell", "Okafor") };
        var outcomes = await Task.WhenAll(chairs.Select(chair => site.Sign(report, chair)));
        Assert.Single(outcomes.OfType<SigningOutcome.Signed>());
        Assert.All(outcomes.OfType<SigningOutcome.Already>(), other =>
            Assert.Matches("^(Helen Achebe|Ivo Brandt|Nell Okafor) signed this report as r1 on Thursday 15 May 2025, 9am, before you. It was not signed again.$", other.Sentence));
        Assert.Equal(2, outcomes.OfType<SigningOutcome.Already>().Count());
        Assert.Equal(1L, await site.Ground.Sql<long>($"select count(*) from report_signings where report = '{report}'"));
    }

    [Fact] // F7: without the lock both would sign; then the database refuses the second, since a revision is signed once
    public async Task A_revision_is_signed_once_whatever_happens()
    {
        var course = await site.Told.Given.Course();
        await site.Held(course, 2);
        var report = await site.Report(course, Everything);
        var chair = await site.Chair();
        await site.Sign(report, chair);
        await using var db = site.Ground.Db();
        var signing = await db.ReportSignings.AsNoTracking().SingleAsync(row => row.Report == report);
        db.ReportSignings.Add(new ReportSigning
        {
            Id = Guid.CreateVersion7(), Report = report, Revision = 1, PeriodFrom = signing.PeriodFrom, PeriodTo = signing.PeriodTo, AsAt = signing.AsAt, SignedAt = signing.SignedAt, SignedBy = chair.PersonId!.Value,
            DefinitionDigest = signing.DefinitionDigest, Figures = "{}", Accepted = "[]", Restated = [],
        });
        Assert.Equal(PostgresErrorCodes.UniqueViolation, Assert.IsType<PostgresException>((await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync())).InnerException).SqlState);
    }

    [Fact] // F7, T4: the instant is older than every transaction still open, so that what such a one recorded changes nothing as at the instant
    public async Task The_instant_of_a_signature_is_older_than_what_is_still_being_written()
    {
        var course = await site.Told.Given.Course();
        var (session, _) = await site.Held(course, 2);
        var report = await site.Report(course, Everything);
        await using var writer = new NpgsqlConnection(site.Ground.ConnectionString);
        await writer.OpenAsync();
        await using var open = await writer.BeginTransactionAsync();
        await using var mark = new NpgsqlCommand($"""
            insert into marks (id, part_id, session_id, person_id, mark, marked_at, recorded_at)
            select gen_random_uuid(), p.id, p.session_id, '{(await site.Told.Given.Person()).Id}', 'attended', clock_timestamp(), clock_timestamp() from session_parts p where p.session_id = '{session.Id}'
            """, writer);
        Assert.Equal(1, await mark.ExecuteNonQueryAsync());

        // Ten minutes later it has not ended yet.
        site.Ground.Clock.SetTo(TimeProvider.System.GetUtcNow().AddMinutes(10));
        Assert.Equal(new SigningOutcome.Signed(1), await site.Sign(report, await site.Chair()));
        await open.CommitAsync();
        var signed = await site.Signed(report);
        var again = await site.With((ComputeReport compute) => compute.RunAsync(signed.Definition, signed.Signing.AsAt, Actor.Machine, default));
        Assert.Equal((2.0, signed.Computed.Figures[0].Digest), (again.Figures[0].Value, again.Figures[0].Digest));
    }

    [Fact] // F7: a sentence each, and nothing half signed
    public async Task What_cannot_be_signed_is_refused_in_a_sentence()
    {
        site.Ground.Clock.Set("2025-05-15 09:00");
        var course = await site.Told.Given.Course();
        var chair = await site.Chair();
        var report = await site.Report(course, Everything, "rate: measure: dna_rate");
        Assert.Equal("There is nothing to sign: no session, completion or course of this report is on record for its period.", Refusal(await site.Sign(report, chair)));
        await site.Held(course, 1);
        var changed = await site.With((SignReport sign) => sign.RunAsync(report, new Signature(0, "another", new HashSet<string>()), chair));
        Assert.Equal("The definition of this report was changed since you opened this page. Look at it again before you sign.", Refusal(changed));
        var unknown = await site.Write("unknown", course, "a: measure: people, programme: NOWHERE");
        Assert.Equal("This report cannot be counted: there is no programme 'NOWHERE'.", Refusal(await site.Sign(unknown, chair)));
        await using var importing = new NpgsqlConnection(site.Ground.ConnectionString);
        await importing.OpenAsync();
        await using var transaction = await importing.BeginTransactionAsync();
        await using var take = new NpgsqlCommand($"select pg_advisory_xact_lock({ImportHistory.Lock})", importing);
        await take.ExecuteNonQueryAsync();
        Assert.Equal("History is being imported. Sign when the import has ended.", Refusal(await site.Sign(report, chair)));
        Assert.Equal(0L, await site.Ground.Sql<long>($"select count(*) from report_signings where report in ('{report}', 'unknown')"));
        await transaction.RollbackAsync();
        Assert.Equal(new SigningOutcome.Signed(1), await site.Sign(report, chair));
    }

    [Fact] // F7: whole or not at all, also where it ends in the middle: with the signature written and what is behind it not yet
    public async Task A_signature_that_is_broken_off_is_none()
    {
        site.Ground.Clock.Set("2025-05-15 09:00");
        var course = await site.Told.Given.Course();
        await site.Held(course, 2);
        var (report, chair) = (await site.Report(course, Everything), await site.Chair());
        await using (var holding = new NpgsqlConnection(site.Ground.OwnerConnectionString))
        {
            await holding.OpenAsync();
            await using var transaction = await holding.BeginTransactionAsync();
            await using (var hold = new NpgsqlCommand("lock table signed_behind in share mode", holding))
            {
                await hold.ExecuteNonQueryAsync();
            }

            var signing = site.Sign(report, chair);
            const string Waits = "from pg_locks where relation = 'signed_behind'::regclass and not granted";
            using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
            while (!await site.Ground.Sql<bool>($"select exists (select {Waits})"))
            {
                await Task.Delay(20, patience.Token);
            }

            await site.Ground.OwnerSql($"select pg_terminate_backend(pid) {Waits}");
            await Assert.ThrowsAnyAsync<Exception>(() => signing);
            await transaction.RollbackAsync();
        }

        Assert.Equal(0L, await site.Ground.Sql<long>($"select count(*) from report_signings where report = '{report}'"));
        Assert.DoesNotContain("Signed", (await (await site.As(Role.Chair)).Get($"/reports/{report}")).Document.QuerySelector(".app-head")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(new SigningOutcome.Signed(1), await site.Sign(report, chair));
        Assert.Equal(2, (await site.With(async (Signings signings) => await signings.BehindAsync((await site.Signed(report)).Signing, "people", default)))!.Counted);
    }

    [Fact] // F7: what is not over yet can be signed by whoever accepts that
    public async Task A_period_that_has_not_ended_is_unfinished()
    {
        site.Ground.Clock.Set("2025-02-01 09:00");
        var course = await site.Told.Given.Course();
        await site.Held(course, 1);
        var report = await site.Report(course, Everything);
        var chair = await site.Chair();
        Assert.Equal("The period has not ended: its last day is 31 March 2025", Assert.Single(Assert.IsType<SigningOutcome.NotFinished>(await site.Sign(report, chair)).Items).Words);
        Assert.Equal(new SigningOutcome.Signed(1), await site.Sign(report, chair, 0, null, "period"));
        site.Ground.Clock.Set("2025-05-15 09:00");
    }

    [Fact] // F8: r2 with a reason, [r] where it differs, r1 as it was
    public async Task A_restatement_is_another_revision_with_its_reason()
    {
        site.Ground.Clock.Set("2025-05-15 09:00");
        var (course, other) = (await site.Told.Given.Course(), await site.Told.Given.Course());
        var (session, _) = await site.Held(course, 7);
        await site.Held(other, 2);
        var report = await site.Report(course, Everything, "held: measure: sessions_held");
        var chair = await site.Chair();
        await site.Sign(report, chair);
        var first = await site.Signed(report);
        site.Ground.Clock.Advance(TimeSpan.FromDays(7));
        await site.Told.Mark(session, await site.Told.Given.Person(), MarkKind.Attended, at: "2025-05-20 09:00");
        Assert.Equal("Write why the report is restated: everybody reads it", Refusal(await site.Sign(report, chair, 1)));
        Assert.Contains("before you", Assert.IsType<SigningOutcome.Already>(await site.Sign(report, chair, 0, "A sheet was found.")).Sentence, StringComparison.Ordinal);
        Assert.Equal(new SigningOutcome.Signed(2), await site.Sign(report, chair, 1, "A sheet was found."));
        var second = await site.Signed(report);
        Assert.Equal((8.0, "A sheet was found.", true, false), (second.Computed.Figures[0].Value, second.Signing.Reason, second.Signing.Restates("people"), second.Signing.Restates("held")));
        var kept = await site.Signed(report, 1);
        Assert.Equal((7.0, first.Computed.Figures[0].Digest), (kept.Computed.Figures[0].Value, kept.Computed.Figures[0].Digest));
        Assert.Equal([2, 1], second.Revisions.Select(revision => revision.Revision));
    }

    private static string Refusal(SigningOutcome outcome) => Assert.IsType<SigningOutcome.Refused>(outcome).Sentence;

    private static string Sorted(string words) => "Two records that may be one person: " + string.Join(", and ", words["Two records that may be one person: ".Length..].Split(", and ").Order(StringComparer.Ordinal));

    private Task<Guid> SignerAsync(string report) => site.Ground.Sql<Guid>($"select signed_by from report_signings where report = '{report}'");
}
