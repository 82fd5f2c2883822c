using System.Text.Json;

using Learning.Bookings;
using Learning.Figures;
using Learning.Messages;
using Learning.People;
using Learning.Records;
using Learning.Tests.Figures;
using Learning.Tests.Support;

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

using Npgsql;

namespace Learning.Tests.Records;

/// <summary>P5: a person who is erased is a number without identity, and every figure stands. One person of whom everything is held, erased once for all tests.</summary>
public sealed class ErasePersonTests(ErasePersonTests.Erased erased) : IClassFixture<ErasePersonTests.Erased>
{
    /// <summary>What was before, and the erasure.</summary>
    public sealed class Erased : IAsyncLifetime
    {
        public Ground Ground { get; } = new();
        internal Furnished Furnished { get; private set; } = null!;
        internal string Figures { get; private set; } = "";

        /// <summary>As at the instant of the merge and the erasure.</summary>
        internal string FiguresMerged { get; private set; } = "";
        internal List<string> Before { get; private set; } = [];
        internal List<string> Left { get; private set; } = [];
        internal Guid Waiting { get; private set; }
        internal EraseOutcome Outcome { get; private set; } = null!;
        internal Visitor Visitor { get; private set; } = null!;

        /// <summary>People, attendances and completions of the year with a digest each, as at an instant before the erasure.</summary>
        internal async Task<string> CountAsync(string asAt)
        {
            var report = await new Told(Ground).Report(
                "{id: people, measure: people, by: [agency]}, {id: attendances, measure: attendances}, {id: completions, measure: completions, by: [agency]}, {id: booked, measure: places_booked}, {id: dna, measure: dna_rate}",
                asAt, "2024-04-01", "2025-04-01");
            return ReportJson.Write(report);
        }

        public async Task InitializeAsync()
        {
            await Ground.InitializeAsync();
            Furnished = await Furnished.In(Ground);
            var waits = await Ground.Given.Person(family: "Waiter");
            Waiting = (await Ground.Given.Booking(Furnished.Coming, waits, BookingState.Waiting)).Id;
            Visitor = await (await Ground.SiteAsync()).SignedInAsync(Furnished.Person.Id);
            (Figures, FiguresMerged) = (await CountAsync("2024-05-15 08:59"), await CountAsync("2024-05-15 09:00"));
            Before = await WholeDatabase.HoldingAsync(Ground.OwnerConnectionString, Furnished.Words);
            Outcome = await Ground.With((ErasePerson erase) => erase.RunAsync(Furnished.Person.Id, "They asked for it in writing.", Actor.Machine));
            Left = await WholeDatabase.HoldingAsync(Ground.OwnerConnectionString, Furnished.Words);
        }

        internal async Task<List<T>> ReadAsync<T>(string sql, Func<NpgsqlDataReader, T> read)
        {
            await using var source = NpgsqlDataSource.Create(Ground.OwnerConnectionString);
            await using var command = source.CreateCommand(sql);
            command.Parameters.AddWithValue("words", Furnished.Words);
            await using var reader = await command.ExecuteReaderAsync();
            var rows = new List<T>();
            while (await reader.ReadAsync())
            {
                rows.Add(read(reader));
            }

            return rows;
        }

        public Task DisposeAsync() => Ground.DisposeAsync();
    }

    private Ground Ground => erased.Ground;

    private Guid Person => erased.Furnished.Person.Id;

    [Fact] // P5, P3
    public async Task Nowhere_in_the_whole_database_is_a_word_left_of_who_they_were()
    {
        Assert.IsType<EraseOutcome.Erased>(erased.Outcome);
        Assert.True(erased.Before.Select(text => text.Split(':')[0]).Distinct().Count() > 25, string.Join('\n', erased.Before));
        Assert.Empty(erased.Left);
        Assert.Equal(2, await Ground.Sql<long>($"select count(*) from persons where id in ('{Person}', '{erased.Furnished.Former.Id}') and erased_at is not null and given_name = '' and family_name = ''"));
    }

    [Fact] // P5, T4
    public async Task Figures_as_at_before_have_the_same_values_rows_and_digests_after()
    {
        Assert.Contains("sha256:", erased.Figures);
        Assert.Contains("\"value\":1", erased.Figures.Replace(" ", "", StringComparison.Ordinal));
        Assert.Equal(erased.Figures, await erased.CountAsync("2024-05-15 08:59"));
        Assert.Equal(erased.FiguresMerged, await erased.CountAsync("2024-05-15 09:00"));
        Assert.Equal(2, await Ground.Sql<long>($"select count(*) from marks where person_id = '{Person}' or substitute_id = '{Person}'"));
        Assert.Equal(1, await Ground.Sql<long>($"select count(*) from completions where person_id = '{Person}'"));
        Assert.Equal(3, await Ground.Sql<long>($"select count(*) from bookings where person_id = '{Person}'"));
    }

    [Fact] // P5, B6
    public async Task A_place_ahead_is_freed_and_offered_to_who_waits_and_nobody_writes_to_the_one_who_is_gone()
    {
        await using var db = Ground.Db();
        Assert.Equal(BookingState.Cancelled, (await db.Bookings.SingleAsync(booking => booking.Id == erased.Furnished.ComingBooking.Id)).State);
        Assert.Equal(BookingState.Confirmed, (await db.Bookings.SingleAsync(booking => booking.Id == erased.Furnished.PastBooking.Id)).State);
        Assert.Equal(BookingState.Offered, (await db.Bookings.SingleAsync(booking => booking.Id == erased.Waiting)).State);
        Assert.Equal(1, await db.Messages.CountAsync(message => message.Kind == "place-offered" && message.SubjectId == erased.Waiting && message.State == MessageState.Due));
        Assert.Equal(0, await db.Messages.CountAsync(message => message.PersonId == Person && message.State == MessageState.Due));
    }

    [Fact] // P5
    public async Task Nobody_can_sign_in_to_it_again_and_the_open_session_is_over()
    {
        Assert.StartsWith("/account/sign-in", (await erased.Visitor.Get("/account")).Path);
        Assert.Equal(0, await Ground.Sql<long>($"select count(*) from accounts where person_id in ('{Person}', '{erased.Furnished.Former.Id}')"));
        var role = await Assert.ThrowsAsync<PostgresException>(() => Ground.Sql($"insert into access_tokens (id, person_id, hash, name, created_at, expires_at) values (gen_random_uuid(), '{Person}', '\\x99', 'x', now(), now() + interval '1 day')"));
        Assert.Contains("has been erased", role.MessageText);
        foreach (var sql in new[]
        {
            $"insert into accounts (id, person_id, email_confirmed, phone_number_confirmed, two_factor_enabled, lockout_enabled, access_failed_count) values (gen_random_uuid(), '{Person}', true, false, false, false, 0)",
            $"insert into person_emails (email, person_id, main) values ('again@zephyr.example', '{Person}', true)",
            $"insert into bookings (id, session_id, person_id, state, booked_at, state_at) values (gen_random_uuid(), '{erased.Furnished.Coming.Id}', '{Person}', 'waiting', now(), now())",
        })
        {
            Assert.Equal(PostgresErrorCodes.RestrictViolation, (await Assert.ThrowsAsync<PostgresException>(() => Ground.Sql(sql))).SqlState);
        }
    }

    [Fact] // P5, P6
    public async Task The_address_is_free_for_somebody_new()
    {
        var newcomer = await Ground.Given.Person(email: Furnished.Address);
        Assert.NotEqual(Person, newcomer.Id);
        Assert.Equal(0, await Ground.Sql<long>($"select count(*) from person_emails where person_id in ('{Person}', '{erased.Furnished.Former.Id}')"));
    }

    [Fact] // P5, S3
    public async Task The_erasure_is_on_record_with_its_reason_and_on_the_trail_and_the_wish_is_granted()
    {
        Assert.Equal("They asked for it in writing.", await Ground.Sql<string>($"select reason from erasures where person_id = '{Person}'"));
        Assert.Equal(1, await Ground.Sql<long>($"select count(*) from audit_entries where verb = 'erased a person' and subject_id = '{Person}' and actor_id is null"));
        Assert.Equal("erased", await Ground.Sql<string>($"select decision from erasure_requests where person_id = '{Person}'"));
        Assert.IsType<EraseOutcome.Erased>(await Ground.With((ErasePerson erase) => erase.RunAsync(Person, null, Actor.Machine)));
        Assert.Equal(1, await Ground.Sql<long>($"select count(*) from audit_entries where verb = 'erased a person' and subject_id = '{Person}'"));
    }

    [Fact] // P5
    public async Task The_report_of_what_is_held_says_what_is_left_and_names_nobody()
    {
        using var stream = new MemoryStream();
        Assert.True(await Ground.With((ReportOnPerson report) => report.RunAsync(Person, HeldAs.Json, Actor.Machine, () => stream)));
        var text = System.Text.Encoding.UTF8.GetString(stream.ToArray());
        Assert.All(Furnished.Words, word => Assert.DoesNotContain(word, text, StringComparison.OrdinalIgnoreCase));
        using var json = JsonDocument.Parse(text);
        Assert.Equal(2, json.RootElement.GetProperty("sections").EnumerateArray().Single(section => section.GetProperty("section").GetString() == "attendance").GetProperty("rows").GetArrayLength());
    }

    [Fact] // P5: a new table of people either goes, or says why not
    public async Task Every_column_of_text_of_every_table_that_points_at_a_person_goes_or_stays_for_a_reason()
    {
        var pointers = await ReadAsync("""
            select f.relname, t.relname from pg_constraint c join pg_class f on f.oid = c.conrelid join pg_class t on t.oid = c.confrelid
            where c.contype = 'f' and c.connamespace = 'public'::regnamespace
            """, reader => (From: reader.GetString(0), To: reader.GetString(1)));
        var goes = WhatGoes.All.ToList();
        var whole = goes.Where(gone => gone.Set is null).Select(gone => gone.Table).ToHashSet();
        var theirs = goes.Select(gone => gone.Table).Concat(["marks", "mark_strays", "completions", "learning_attempts"]).ToHashSet();
        var tables = pointers.Where(pointer => pointer.To == "persons" || theirs.Contains(pointer.To)).Select(pointer => pointer.From).Append("persons").ToHashSet();
        tables.UnionWith(theirs);
        var named = goes.SelectMany(gone => gone.Columns.Select(column => $"{gone.Table}.{column}")).Concat(WhatGoes.Stays.Keys).ToHashSet();

        var columns = await ReadAsync("""
            select table_name, column_name, data_type from information_schema.columns
            where table_schema = 'public' and data_type in ('text', 'character varying', 'jsonb', 'json', 'ARRAY', 'xml')
            """, reader => (Table: reader.GetString(0), Column: $"{reader.GetString(0)}.{reader.GetString(1)}"));
        var undecided = columns.Where(column => tables.Contains(column.Table) && !whole.Contains(column.Table) && !named.Contains(column.Column)).Select(column => column.Column).ToList();

        Assert.True(undecided.Count == 0, $"""
            Records/WhatGoes.cs does not say whether these go with a person's erasure, or why they stay:
            {string.Join('\n', undecided)}
            """);
        Assert.Empty(WhatGoes.Stays.Keys.Except(columns.Select(column => column.Column)));
        Assert.All(WhatGoes.Stays.Values, reason => Assert.True(reason.Length >= 5));
    }

    [Fact] // P5: bodies of messages to others speak of the person, too
    public async Task Every_letter_says_whether_it_speaks_of_somebody_besides_its_reader()
    {
        var kinds = await Ground.With((IEnumerable<MessageKind> all) => Task.FromResult(all.Select(kind => kind.Name).ToList()));
        Assert.Empty(kinds.Except(WhatGoes.AboutOthers).Except(WhatGoes.AboutTheReader));
        Assert.Empty(WhatGoes.AboutOthers.Concat(WhatGoes.AboutTheReader).Except(kinds));
        Assert.Empty(WhatGoes.AboutOthers.Intersect(WhatGoes.AboutTheReader));
    }

    private Task<List<T>> ReadAsync<T>(string sql, Func<NpgsqlDataReader, T> read) => erased.ReadAsync(sql, read);
}
