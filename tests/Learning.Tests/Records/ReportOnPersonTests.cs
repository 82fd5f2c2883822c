using System.IO.Compression;
using System.Net;
using System.Text.Json;

using AngleSharp.Html.Parser;

using Learning.People;
using Learning.Records;
using Learning.Records.Held;
using Learning.Tests.Support;

using Npgsql;

namespace Learning.Tests.Records;

/// <summary>Everything held about a person, in one press: complete, about nobody else, for nobody else (rules P5, S2, S3).</summary>
public class ReportOnPersonTests(Ground ground) : IClassFixture<Ground>
{
    [Fact] // P3, S3
    public async Task The_report_has_every_section_with_something_in_it_also_what_was_merged_and_is_on_the_trail()
    {
        var everything = await Furnished.In(ground);
        var taken = $"select count(*) from audit_entries where verb = 'took everything held about a person' and actor_id is null and subject_id = '{everything.Person.Id}'";
        var before = await ground.Sql<long>(taken);

        var html = await TextAsync(everything.Person.Id, HeldAs.Html);
        using var json = JsonDocument.Parse(await TextAsync(everything.Person.Id, HeldAs.Json));

        var document = new HtmlParser().ParseDocument(html);
        var empty = Everything.Sections.Where(section => document.GetElementById(section.Key)!.ParentElement!.TextContent.Contains("Nothing.", StringComparison.Ordinal)).Select(section => section.Key).ToList();
        Assert.Equal(["sessionsGiven", "signatures"], empty);
        foreach (var words in new[]
        {
            "Quenby", "Zephyrine", "quenby.home@zephyrine.example", "q.zephyrine@zephyrine.example", "Head of Falconry", "wheelchair-of-quenby", "because Quenby asked", "Dear Quenby, you are booked.",
            "Lantern Phone", "Passkey of quenby", "recovery code", "Curious online", "q-one", "Ask at the Falconry", "Falconry again", "at-the-door", "came in the place of a colleague", "somebody of the role business unit", "07700900123",
        })
        {
            Assert.Contains(words, document.Body!.TextContent);
        }

        var sections = json.RootElement.GetProperty("sections").EnumerateArray().ToDictionary(section => section.GetProperty("section").GetString()!, section => section.GetProperty("rows"));
        Assert.Equal(Everything.Sections.Select(section => section.Key), sections.Keys);
        Assert.Equal(3, sections["addresses"].GetArrayLength());
        Assert.Equal(4, sections["bookings"].GetArrayLength());
        Assert.Equal("2024-05-07", sections["completions"][0].GetProperty("on").GetString());
        Assert.Equal(90, sections["completions"][0].GetProperty("score").GetDecimal());
        Assert.True(sections["answers"][0].GetProperty("correct").GetBoolean());
        Assert.Equal(before + 2, await ground.Sql<long>(taken));
    }

    [Fact] // S2
    public async Task Nothing_in_it_is_about_anybody_else_or_lets_anybody_in()
    {
        var everything = await Furnished.In(ground);

        foreach (var form in new[] { HeldAs.Html, HeldAs.Json })
        {
            var text = WebUtility.HtmlDecode(await TextAsync(everything.Person.Id, form));
            Assert.All(new[] { "Ottoline", "ottoline@harbour.example", "Trainerman", "Una Person", everything.PasswordHash, "secret of quenby" }, words => Assert.DoesNotContain(words, text));
            Assert.DoesNotContain(everything.Colleague.Id.ToString(), text);
        }
    }

    [Fact]
    public async Task The_page_is_one_file_that_needs_nothing_else_and_runs_nothing()
    {
        var person = await ground.Given.Person(given: "<script>alert(1)</script>", family: "\"><img src=x onerror=alert(1)>");

        var html = await TextAsync(person.Id, HeldAs.Html);

        var document = new HtmlParser().ParseDocument(html);
        Assert.Empty(document.QuerySelectorAll("script, img, link, iframe, object, [src], [onerror]"));
        Assert.All(document.QuerySelectorAll("a"), link => Assert.Matches("^(#|mailto:)", link.GetAttribute("href")!));
        Assert.Contains("<script>alert(1)</script>", document.QuerySelector("h1")!.TextContent);
        Assert.Equal("en-GB", document.DocumentElement.GetAttribute("lang"));
    }

    [Fact] // S2
    public async Task A_person_takes_their_own_and_the_unit_anybodys_and_nobody_else_any()
    {
        var site = await ground.SiteAsync();
        var agency = await ground.Given.Agency();
        var person = await ground.Given.Person(agency, given: "Ownreport");
        var lead = await ground.Given.Person(agency, given: "Leaderly");
        await ground.Given.Role(lead, Role.AgencyLead, agency);
        var (own, leads, unit) = (await site.SignedInAsync(person.Id), await site.SignedInAsync(lead.Id), await site.SignedInAsync((await ground.Given.Unit()).Id));

        var page = await own.Get("/account/privacy");
        foreach (var (link, name) in new[] { ("Download everything", "zip"), ("the page", "html"), ("the data as JSON", "json") })
        {
            var address = page.Document.QuerySelectorAll("a").Single(one => one.TextContent == link).GetAttribute("href");
            var answer = await own.Http.GetAsync(address);
            Assert.Equal($"everything-held-2024-05-15.{name}", answer.Content.Headers.ContentDisposition!.FileName);
            Assert.True(answer.Headers.CacheControl!.NoStore);
        }

        await using var zip = await ZipArchive.CreateAsync(await own.Http.GetStreamAsync("/account/privacy/everything"), ZipArchiveMode.Read, leaveOpen: false, entryNameEncoding: null);
        Assert.Equal(["everything-held-2024-05-15.html", "everything-held-2024-05-15.json"], zip.Entries.Select(entry => entry.FullName));
        using var text = new StreamReader(await zip.Entries[0].OpenAsync());
        Assert.Contains("Everything held about Ownreport", await text.ReadToEndAsync());

        Assert.Contains("Ownreport", await (await unit.Http.GetAsync($"/manage/people/{person.Id}/everything?as=html")).Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.NotFound, (await unit.Http.GetAsync($"/manage/people/{Guid.CreateVersion7()}/everything")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await leads.Http.GetAsync($"/manage/people/{person.Id}/everything")).StatusCode);
        Assert.False(await RunAsync(person.Id, HeldAs.Html, await ground.Given.Actor(lead), new MemoryStream()));
        Assert.False(await RunAsync(person.Id, HeldAs.Html, Actor.Nobody, new MemoryStream()));
    }

    [Fact]
    public async Task Every_column_that_points_at_a_person_or_at_something_of_theirs_is_in_the_report_or_left_out_for_a_reason()
    {
        var covered = Everything.Sections.SelectMany(section => section.Covers).ToHashSet();
        var theirs = covered.Select(column => column.Split('.')[0]).Append("persons").ToHashSet();

        var known = covered.Concat(Everything.LeftOut.Keys).ToHashSet();
        var missing = (await PointersAsync()).Where(pointer => theirs.Contains(pointer.To) && !known.Contains(pointer.Column)).Select(pointer => $"{pointer.Column} points at {pointer.To}")
            .Concat((await NumbersOfPeopleAsync()).Where(column => !known.Contains(column)).Select(column => $"{column} holds a person's number")).ToList();

        Assert.True(missing.Count == 0, $"""
            Records/Held/Everything.cs neither has these in a section nor says why they are left out of what a person is told:
            {string.Join('\n', missing)}
            """);
        Assert.Empty(known.Except((await ColumnsAsync()).Append("persons.id")));
        Assert.All(Everything.LeftOut.Values, reason => Assert.True(reason.Length > 10));
    }

    [Fact]
    public async Task A_heavy_person_takes_as_many_questions_as_a_light_one_and_comes_out_whole()
    {
        var person = await ground.Given.Person();
        await ground.Sql($"""
            insert into messages (id, kind, person_id, subject_id, occurrence, why, data, due_at, next_try_at, queued_at, state, sent_at, settled_at, sent_to, sent_subject, sent_text)
            select gen_random_uuid(), 'booking-confirmed', '{person.Id}', gen_random_uuid(), n::text, 'Why', jsonb_build_object(), now(), now(), now(), 'sent', now(), now(), 'a@b.example', 'Subject', repeat('Words. ', 200)
            from generate_series(1, 5000) n
            """);
        await ground.Sql($"insert into audit_entries (at, actor_id, verb, subject_kind) select now(), '{person.Id}', 'signed in', 'person' from generate_series(1, 20000)");

        using var json = JsonDocument.Parse(await TextAsync(person.Id, HeldAs.Json));

        var sections = json.RootElement.GetProperty("sections").EnumerateArray().ToDictionary(section => section.GetProperty("section").GetString()!, section => section.GetProperty("rows").GetArrayLength());
        Assert.Equal((5000, 20001), (sections["messages"], sections["trail"]));
    }

    private async Task<string> TextAsync(Guid person, HeldAs form)
    {
        using var stream = new MemoryStream();
        Assert.True(await RunAsync(person, form, Actor.Machine, stream));
        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }

    private Task<bool> RunAsync(Guid person, HeldAs form, Actor actor, Stream output) => ground.With((ReportOnPerson report) => report.RunAsync(person, form, actor, () => output));

    private async Task<List<(string Column, string To)>> PointersAsync() => await ReadAsync("""
        select f.relname || '.' || a.attname, t.relname
        from pg_constraint c join pg_class f on f.oid = c.conrelid join pg_class t on t.oid = c.confrelid join pg_attribute a on a.attrelid = c.conrelid and a.attnum = any(c.conkey)
        where c.contype = 'f' and c.connamespace = 'public'::regnamespace
        """, reader => (reader.GetString(0), reader.GetString(1)));

    // Where no foreign key holds them: the trail, and what came of a device.
    private async Task<List<string>> NumbersOfPeopleAsync() => await ReadAsync("""
        select c.table_name || '.' || c.column_name from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
        where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.data_type = 'uuid' and (column_name in ('person_id', 'substitute_id', 'actor_id') or column_name like '%\_by')
        """, reader => reader.GetString(0));

    private async Task<List<string>> ColumnsAsync() => await ReadAsync(
        "select table_name || '.' || column_name from information_schema.columns where table_schema = 'public'", reader => reader.GetString(0));

    private async Task<List<T>> ReadAsync<T>(string sql, Func<NpgsqlDataReader, T> read)
    {
        await using var source = NpgsqlDataSource.Create(ground.ConnectionString);
        await using var command = source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await reader.ReadAsync())
        {
            rows.Add(read(reader));
        }

        return rows;
    }
}
