using System.Net;

using Learning.Attendance;
using Learning.Bookings;
using Learning.Catalogue;
using Learning.People;
using Learning.Tests.Support;

namespace Learning.Tests.Records;

/// <summary>B12, C2: what was given up late and who did not come, to the agency's lead and to finance, and what an organiser excuses.</summary>
public class AbsencesTests(Ground ground) : IClassFixture<Ground>, IAsyncLifetime
{
    private Agency agency = null!;
    private Person late = null!, absent = null!, ill = null!, came = null!;
    private Session session = null!;
    private Guid lateId, absentId;

    public async Task InitializeAsync()
    {
        ground.Clock.Set("2024-05-15 09:00");
        await ground.OwnerSql("delete from installation where name like 'charge-%'");
        agency = await ground.Given.Agency();
        (late, absent, ill, came) = (await ground.Given.Person(agency, family: "Latecomer"), await ground.Given.Person(agency, given: "=HYPERLINK()", family: "Absent"), await ground.Given.Person(agency, family: "Unwell"), await ground.Given.Person(agency, family: "Present"));
        session = await ground.Given.Session(await ground.Given.Course(title: "Neglect"), 5, "2024-06-03 09:30 to 16:00");
        lateId = (await ground.Given.Booking(session, late)).Id;
        absentId = (await ground.Given.Booking(session, absent)).Id;
        await ground.Given.Booking(session, ill);
        await ground.Given.Booking(session, came);
        ground.Clock.Set("2024-06-02 09:00");
        var actor = await ground.Given.Actor(late);
        await ground.With((CancelBooking cancel) => cancel.RunAsync(lateId, actor));
        ground.Clock.Set("2024-06-04 09:00");
        await MarkAsync(absent, MarkKind.Dna);
        await MarkAsync(ill, MarkKind.Apologies);
        await MarkAsync(came, MarkKind.Attended);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact] // B12, C2, S2
    public async Task The_lead_reads_late_cancellations_and_no_shows_of_the_agency_once_the_register_is_signed()
    {
        var (lead, other) = (await LeadAsync(agency), await LeadAsync(await ground.Given.Agency()));

        var open = await lead.Get("/agency/statement");
        Assert.Contains("Sam Latecomer", open.Text);
        Assert.DoesNotContain("Absent", open.Text);

        await SignAsync();
        var page = await lead.Get("/agency/statement");
        Assert.Equal(["Sam Latecomer", "=HYPERLINK() Absent"], page.Document.QuerySelectorAll("tbody th").Select(cell => cell.ChildNodes[0].TextContent.Trim()));
        Assert.DoesNotContain("Unwell", page.Text);
        Assert.DoesNotContain("Present", page.Text);
        Assert.Contains("Nothing in this period", (await other.Get("/agency/statement")).Text);
        Assert.Contains("Nothing in this period", (await lead.Get("/agency/statement?from=2024-06-04&to=2025-03-31")).Text);
        Assert.Contains("Latecomer", (await lead.Get("/agency/statement?from=3/6/2024&to=3/6/2024")).Text);
        Assert.Contains("Enter dates such as", (await lead.Get("/agency/statement?from=nonsense")).Text);
        Assert.Contains("before the first", (await lead.Get("/agency/statement?from=2024-06-04&to=2024-06-01")).Text);

        var csv = await (await lead.Http.GetAsync("/agency/statement.csv?from=2024-06-01&to=2024-06-30")).Content.ReadAsStringAsync();
        Assert.Contains("'=HYPERLINK", csv);
        Assert.Equal(3, csv.Trim().Split("\r\n").Length);
        Assert.Contains("Given up late,no", csv);

        // Whoever has left the agency is a line without a name to its lead.
        await ground.Sql($"update employments set ends_on = '2024-06-04' where person_id = '{late.Id}'");
        page = await lead.Get("/agency/statement");
        Assert.DoesNotContain("Latecomer", page.Text);
        Assert.Contains("Somebody who has left", page.Text);

        // Reopened, the register is not returned.
        await ground.Given.Save(new RegisterEvent { SessionId = session.Id, Event = RegisterEventKind.Reopened, RecordedAt = ground.Zone.Now.AddMinutes(1), Reason = "A mistake" });
        Assert.DoesNotContain("Absent", (await lead.Get("/agency/statement")).Text);
    }

    [Fact] // C2, A2
    public async Task Who_came_to_one_part_of_two_is_no_no_show()
    {
        session = await ground.Given.Session(null, 5, "2024-06-03 18:00 to 19:00", "2024-06-04 18:00 to 19:00");
        await ground.Given.Booking(session, came);
        var booking = (await ground.Given.Booking(session, absent)).Id;
        await MarkAsync(came, MarkKind.Attended, 1);
        await MarkAsync(came, MarkKind.Dna, 2);
        await MarkAsync(absent, MarkKind.Dna, 1);
        await MarkAsync(absent, MarkKind.Dna, 2);
        await SignAsync();
        Assert.Equal(booking, await ground.Sql<Guid>($"select booking_id from no_shows('2024-06-04', '2024-06-05') n join bookings b on b.id = n.booking_id where b.session_id = '{session.Id}'"));
    }

    [Fact] // B12, S1
    public async Task An_organiser_excuses_with_a_reason_and_what_is_excused_is_not_charged()
    {
        var unit = await ground.Given.Unit();
        var (visitor, lead) = (await (await ground.SiteAsync()).SignedInAsync(unit.Id), await LeadAsync(agency));
        Assert.IsType<DeskOutcome.Refused>(await ExcuseAsync(absentId, "Their child was ill", unit));
        await SignAsync();
        Assert.Contains("Nothing is charged here", (await visitor.Get("/manage/charges")).Text);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.Http.GetAsync("/manage/charges.csv")).StatusCode);
        await ground.OwnerSql("insert into installation (name, value) values ('charge-late', '25'), ('charge-no-show', '40.50')");

        var csv = await (await visitor.Http.GetAsync("/manage/charges.csv?from=2024-06-01&to=2024-06-30")).Content.ReadAsStringAsync();
        Assert.Contains($"Given up late,25.00,{lateId}", csv);
        Assert.Contains($"Did not come,40.50,{absentId}", csv);
        Assert.Contains("'=HYPERLINK", csv);

        foreach (var nobody in new[] { late, absent, await ground.Given.Person() })
        {
            Assert.IsType<DeskOutcome.NotFound>(await ExcuseAsync(absentId, "Why not", nobody));
        }

        Assert.Equal(HttpStatusCode.NotFound, (await lead.Get($"/bookings/{absentId}/excuse")).Status);
        var ask = await visitor.Get($"/bookings/{absentId}/excuse");
        Assert.Contains("did not come", ask.Text);
        Assert.Contains("Write why", (await ask.Submit("Excuse")).Text);
        Assert.Contains("It is excused", (await ask.Submit("Excuse", ("Input.Reason", "Their child was ill"))).Text);
        Assert.IsType<DeskOutcome.Done>(await ExcuseAsync(lateId, "A court date", unit));
        Assert.IsType<DeskOutcome.Done>(await ExcuseAsync(lateId, "Another reason", unit));
        Assert.Equal("A court date", await ground.Sql<string>($"select excuse from bookings where id = '{lateId}'"));

        Assert.DoesNotContain($"{absentId}", await (await visitor.Http.GetAsync("/manage/charges.csv?from=2024-06-01&to=2024-06-30")).Content.ReadAsStringAsync());
        var statement = await lead.Get("/agency/statement");
        Assert.Contains("Excused", statement.Document.QuerySelector("tbody")!.TextContent);
        Assert.DoesNotContain("Their child was ill", statement.Text);

        // F2: the figures do not read it.
        Assert.Equal(1L, await ground.Sql<long>($"select count(*) from marks where session_id = '{session.Id}' and mark = 'dna'"));
    }

    [Theory]
    [InlineData("charge-late", "-1")]
    [InlineData("charge-no-show", "much")]
    [InlineData("charge-late", "10000")]
    public async Task The_database_refuses_a_charge_that_is_none(string name, string value) =>
        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => ground.OwnerSql($"insert into installation (name, value) values ('{name}', '{value}')"));

    private async Task<DeskOutcome> ExcuseAsync(Guid booking, string reason, Person by)
    {
        var actor = await ground.Given.Actor(by);
        return await ground.With((ExcuseBooking excuse) => excuse.RunAsync(booking, reason, actor));
    }

    private Task SignAsync() => ground.Given.Save(new RegisterEvent { SessionId = session.Id, Event = RegisterEventKind.Signed, RecordedAt = ground.Zone.Now });

    private async Task MarkAsync(Person person, MarkKind kind, int part = 1)
    {
        var id = await ground.Sql<Guid>($"select id from session_parts where session_id = '{session.Id}' and number = {part}");
        await ground.Given.Save(new Mark { Id = Guid.CreateVersion7(), PartId = id, SessionId = session.Id, PersonId = person.Id, Kind = kind, MarkedAt = session.EndsAt, RecordedAt = session.EndsAt });
    }

    private async Task<Visitor> LeadAsync(Agency of)
    {
        var lead = await ground.Given.Person(of, given: "Lead");
        await ground.Given.Role(lead, Role.AgencyLead, of);
        return await (await ground.SiteAsync()).SignedInAsync(lead.Id);
    }
}
