using Learning.Attendance;
using Learning.Tests.Support;
using Learning.Web;

namespace Learning.Tests.Web;

public class WorkToDoTests(Ground ground) : IClassFixture<Ground>
{
    [Fact] // A6
    public async Task A_session_that_ended_waits_for_its_signature_and_then_no_more()
    {
        var session = await ground.Given.Session(capacity: 10, parts: "2024-05-14 09:30 to 16:00");
        await ground.Given.Booking(session, await ground.Given.Person());

        var waiting = Assert.Single(await ground.With((WorkToDo work) => work.WaitingAsync()));
        Assert.Equal((1, "Register not signed"), (waiting.Count, waiting.Title));
        Assert.Contains("Tuesday 14 May 2024", waiting.Why);
        Assert.Equal("1 to sign", (await ground.With((WorkToDo work) => work.YearAsync())).Single(month => month.First == new DateOnly(2024, 5, 1)).Words);

        await ground.Given.Save(new RegisterEvent { SessionId = session.Id, Event = RegisterEventKind.Signed, RecordedAt = ground.Zone.Now });

        Assert.Empty(await ground.With((WorkToDo work) => work.WaitingAsync()));
        Assert.Equal("1 held", (await ground.With((WorkToDo work) => work.YearAsync())).Single(month => month.First == new DateOnly(2024, 5, 1)).Words);
    }

    [Fact] // S2
    public async Task Only_the_business_unit_opens_Manage()
    {
        var site = await ground.SiteAsync();
        var practitioner = await site.SignedInAsync((await ground.Given.Person()).Id);
        Assert.Equal(System.Net.HttpStatusCode.Forbidden, (await practitioner.Get("/manage")).Status);

        var unit = await site.SignedInAsync((await ground.Given.Unit()).Id);
        Assert.Contains("To do, Wednesday 15 May 2024", (await unit.Get("/manage")).Text);
    }
}
