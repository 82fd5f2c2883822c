using System.Net;

using Learning.Membership;
using Learning.People;
using Learning.Records.Retention;
using Learning.Tests.Support;

namespace Learning.Tests.Records;

/// <summary>What the business unit sees of retention, and the page by which somebody keeps their record (P5, S2, S3).</summary>
public sealed class RetentionPagesTests : IClassFixture<Ground>
{
    private readonly Ground ground;
    private readonly LongInactive once;

    public RetentionPagesTests(Ground ground)
    {
        (this.ground, once) = (ground, new LongInactive(ground));
        ground.Clock.Set("2024-04-14 02:50");
    }

    [Fact] // P5, S3
    public async Task The_business_unit_sees_who_goes_when_and_why_and_what_else_goes()
    {
        var agency = await ground.Given.Agency(name: "Harbour Trust");
        var (told, none) = (await once.Person("2018-05-14", "Ivy", "Toldwell", agency), await once.Person("2018-05-13", "Noa", "Nomail", agency, address: false));
        await ground.Sql($"update persons set created_at = '2018-01-01' where id = '{told.Id}'");
        await once.List();
        await once.Noticed(told, "2024-04-14 09:00");
        ground.Clock.Set("2024-05-13 23:30");
        var needy = await ground.Given.Booking(await ground.Given.Session(null, 20, "2024-04-15 09:30 to 12:00"), await ground.Given.Person());
        await ground.Sql($"update bookings set needs = 'A ramp' where id = '{needy.Id}'");
        var (unit, person) = await UnitAsync();

        var page = await unit.Get("/manage/retention?sort=name");

        Assert.Contains("People are erased after 6 years without activity, 30 days after they were told", page.Text);
        var row = Row(page, "Ivy Toldwell");
        Assert.Contains("Harbour Trust", row);
        Assert.Contains("Mon 14 May 2018", row);
        Assert.Contains("Was on a register", row);
        Assert.Contains("Wed 15 May 2024", row);
        Assert.Contains("Sent on Sun 14 Apr 2024", row);
        Assert.Contains("None: no address", Row(page, "Noa Nomail"));
        Assert.Contains("Attendance files from video meetings will go after 12 months: none can be imported yet", page.Text);
        Assert.Contains("What people need in order to take part 30 days after the session", page.Text.Replace("part30", "part 30", StringComparison.Ordinal));
        Assert.Equal(1, await ground.Sql<long>($"select count(*) from audit_entries where verb = 'looked at who is going to be erased' and actor_id = '{person}'"));

        Assert.Contains("The coming night erases nobody, and deletes what people needed of no booking", page.Text);
        ground.Clock.Set("2024-05-14 00:30");
        Assert.Contains("The coming night erases", (await unit.Get("/manage/retention")).Text);
        Assert.DoesNotContain("The coming night erases nobody", (await unit.Get("/manage/retention")).Text);
        Assert.Contains("and deletes what people needed of 1 booking", (await unit.Get("/manage/retention")).Text);
        Assert.Contains("Nomail", (await unit.Get("/manage/retention?state=untold")).Text);
        Assert.DoesNotContain("Toldwell", (await unit.Get("/manage/retention?state=untold")).Text);
        Assert.DoesNotContain("Nomail", (await unit.Get("/manage/retention?q=tol+ivy")).Text);
        Assert.Contains("Nobody matches all of this", (await unit.Get("/manage/retention?q=nobody+at+all")).Text);
        Assert.Contains("Who and what goes by itself", (await unit.Get("/manage")).Text);

        await ground.Sql($"insert into audit_entries (at, actor_id, verb, subject_kind, subject_id) values ('{ground.Zone.Now:O}', '{told.Id}', 'signed in', 'person', '{told.Id}')");
        Assert.Contains("Active again on Tue 14 May 2024", Row(await unit.Get("/manage/retention"), "Ivy Toldwell"));
    }

    private static string Row(Page page, string name) =>
        string.Join(' ', page.Document.QuerySelectorAll("tr").First(row => row.TextContent.Contains(name, StringComparison.Ordinal)).TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    [Fact] // P5, S3
    public async Task The_business_unit_keeps_somebody_with_a_reason_and_lets_them_go()
    {
        var person = await once.Person("2018-05-14", "Karl", "Keptwell");
        await once.List();
        ground.Clock.Set("2024-05-01 10:00");
        var (unit, _) = await UnitAsync();

        var page = await (await unit.Get($"/manage/retention?q=Keptwell")).Follow("Keep: Karl Keptwell");
        Assert.Contains("Last active Monday 14 May 2018", page.Text.Replace("activeMonday", "active Monday", StringComparison.Ordinal));
        var empty = await page.Submit("Keep the record", ("Input.Reason", " "));
        Assert.Contains("Write why the record is kept", empty.Document.QuerySelector("#Input_Reason-error")!.TextContent);
        var wrong = await page.Submit("Keep the record", ("Input.Reason", new string('x', 501)));
        Assert.Contains("500 characters or fewer", wrong.Document.QuerySelector("#Input_Reason-error")!.TextContent);
        Assert.Equal(501, wrong.Document.QuerySelector("textarea")!.TextContent.Trim().Length);
        var kept = await page.Submit("Keep the record", ("Input.Reason", "A claim <b>before</b> the tribunal"));
        Assert.Contains("The record is kept", kept.Text);
        Assert.Contains("Kept since Wednesday 1 May 2024 by Una", kept.Text);
        Assert.Contains("A claim <b>before</b> the tribunal", kept.Text);
        Assert.Contains("Kept since Wed 1 May 2024", Row(await unit.Get("/manage/retention?state=kept"), "Karl Keptwell"));
        Assert.Contains("is kept for a reason", (await unit.Get($"/manage/people/{person.Id}/erase")).Text);

        // An old page, pressed twice.
        Assert.Contains("The record is kept", (await page.Submit("Keep the record", ("Input.Reason", "Again"))).Text);
        Assert.Equal(1, await ground.Sql<long>($"select count(*) from record_holds where person_id = '{person.Id}'"));
        var lifted = await kept.Submit("Keep it no longer");
        Assert.Contains("The record is kept no longer", lifted.Text);
        Assert.Contains("The record is kept no longer", (await kept.Submit("Keep it no longer")).Text);
        Assert.Equal(1, await ground.Sql<long>($"select count(*) from audit_entries where verb = 'let a person''s record go on to be erased' and subject_id = '{person.Id}'"));
        Assert.Equal(HttpStatusCode.NotFound, (await unit.Get($"/manage/people/{Guid.CreateVersion7()}/keep")).Status);
    }

    [Fact] // S3
    public async Task The_list_is_taken_away_as_CSV_without_formulas_and_that_is_on_the_trail()
    {
        await once.Person("2018-05-14", "=cmd|'/c calc'!A0", "Formulawell");
        await once.List();
        ground.Clock.Set("2024-05-01 10:00");
        var (unit, person) = await UnitAsync();

        var csv = await unit.Http.GetStringAsync("/manage/retention.csv?q=Formulawell");

        Assert.StartsWith("id,given_name,family_name,email,agency,last_active_on,last_activity,erased_on,notice_sent_on,notice,", csv);
        Assert.DoesNotContain(",=cmd", csv);
        Assert.Contains("'=cmd", csv);
        Assert.Contains(",2018-05-14,Was on a register,2024-05-15,,due,", csv);
        Assert.Equal(3, csv.Split("\r\n").Length);
        Assert.Equal(1, await ground.Sql<long>($"select count(*) from audit_entries where verb = 'exported who is going to be erased as CSV' and actor_id = '{person}' and details->>'searched' = 'true'"));
    }

    [Fact] // P5
    public async Task Looking_at_the_link_of_a_notice_changes_nothing_and_one_press_keeps_the_record_without_signing_in()
    {
        var person = await once.Person("2018-05-14", "Lena", "Linkwell");
        await once.List();
        var link = await ground.Sql<string>($"select data->>'link' from messages where kind = 'record-ends' and person_id = '{person.Id}'");
        Assert.Equal(0, await ground.Sql<long>($"select count(*) from retention_cases where position('{link}' in encode(link_hash, 'escape')) > 0"));
        ground.Clock.Set("2024-05-14 23:00");
        var visitor = (await ground.SiteAsync()).Visitor();

        var page = await visitor.Get($"/account/keep/{link}");
        await visitor.Get($"/account/keep/{link}");
        Assert.Contains("It would be erased after Tuesday 14 May 2024, because by then you will have done nothing here for 6 years or more", page.Text);
        Assert.DoesNotContain("Linkwell", page.Text);
        Assert.Equal(1, await once.Listed(person));

        var kept = await page.Submit("Keep my record");
        Assert.Equal("/account/kept", kept.Path);
        Assert.Contains("Your record is kept", kept.Text);
        Assert.Equal(0, await once.Listed(person));
        Assert.Equal(1, await ground.Sql<long>($"select count(*) from audit_entries where verb = 'kept their record' and actor_id = '{person.Id}' and subject_id = '{person.Id}'"));
        Assert.Contains("This link no longer works", (await page.Submit("Keep my record")).Text);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.Get($"/account/keep/{link}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.Get("/account/keep/guessed")).Status);

        await once.Night("2024-05-15");
        Assert.False(await once.Erased(person));
        await once.Night("2030-04-13");
        Assert.Equal(0, await once.Listed(person));
        await once.Night("2030-04-14");
        Assert.Equal(1, await once.Listed(person));
    }

    [Fact] // S1, S2
    public async Task Nobody_but_the_business_unit_sees_the_list()
    {
        var administrator = await ground.Given.Person();
        await ground.Given.Role(administrator, Role.Administrator);
        var actor = await ground.Given.Actor(administrator);
        var person = await once.Person("2018-05-14");
        await once.List();

        Assert.Empty(await ground.With((RetentionList list) => list.FindAsync(RetentionFilter.All, actor)));
        Assert.Empty(await ground.With((RetentionList list) => list.AlsoAsync(actor)));
        Assert.Equal(new RetentionNumbers(0, 0, 0, 0, 0), await ground.With((RetentionList list) => list.NumbersAsync(actor)));
        Assert.Null(await ground.With((HoldSeen seen) => seen.AskAsync(person.Id, actor)));
        Assert.False(await ground.With((ExportRetention export) => export.RunAsync(RetentionFilter.All, actor, () => throw new InvalidOperationException("nothing is written"))));
        Assert.IsType<HoldOutcome.NotFound>(await ground.With((HoldRecord hold) => hold.LiftAsync(person.Id, actor)));
    }

    [Fact] // house rule 6
    public async Task A_long_list_takes_as_many_statements_as_a_short_one()
    {
        await once.Person("2018-05-14");
        await once.List();
        var count = new StatementCount();
        await using var site = await count.SiteAsync(ground);
        var unit = await site.SignedInAsync((await ground.Given.Unit()).Id);
        await unit.Get("/manage/retention");
        var one = await count.Of(() => unit.Get("/manage/retention"));
        for (var i = 0; i < 3; i++)
        {
            await once.Person("2018-05-14");
        }

        await once.List();
        Assert.Equal(one, await count.Of(() => unit.Get("/manage/retention")));
    }

    private async Task<(Visitor Visitor, Guid Person)> UnitAsync()
    {
        var unit = await ground.Given.Unit();
        return (await (await ground.SiteAsync()).SignedInAsync(unit.Id), unit.Id);
    }
}
