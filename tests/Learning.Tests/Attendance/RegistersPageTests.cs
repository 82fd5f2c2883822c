using System.Net;

using Learning.Attendance;
using Learning.Bookings;
using Learning.Tests.Support;

namespace Learning.Tests.Attendance;

/// <summary>"My sessions" of a trainer, "Registers" of the business unit.</summary>
public class RegistersPageTests(Ground ground) : IClassFixture<Ground>
{
    private Given Given => ground.Given;

    [Fact] // A6, S2
    public async Task A_trainer_sees_what_is_to_sign_what_comes_and_what_is_signed_of_their_own_sessions_only()
    {
        var (toSign, signed, elsewhere) = (await Hall.Open(ground, 2, null, "2024-05-14 10:00 to 12:00"), await Hall.Open(ground, 1, null, "2024-05-13 10:00 to 12:00"), await Hall.Open(ground, 1, null, "2024-05-13 10:00 to 12:00"));
        await signed.Signed();
        var (soon, far) = (await Given.Session(null, 20, "2024-05-20 10:00 to 12:00"), await Given.Session(null, 20, "2024-07-01 10:00 to 12:00"));
        foreach (var session in new[] { signed.Session, soon, far })
        {
            await Given.Trainer(session, toSign.Trainer);
        }

        var page = await (await (await ground.SiteAsync()).SignedInAsync(toSign.Trainer.Id)).Get("/register");

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal(["To mark and sign", "Coming", "Signed"], page.Document.QuerySelectorAll("h2").Select(heading => heading.TextContent).Take(3));
        Assert.Contains("2 marks missing", page.Document.QuerySelector("section[aria-labelledby=to-mark-and-sign]")!.TextContent);
        Assert.Contains("Signed on 15 May 2024", page.Document.QuerySelector("section[aria-labelledby=signed]")!.TextContent);
        Assert.Contains("Register opens on 17 June 2024", page.Document.QuerySelector("section[aria-labelledby=coming]")!.TextContent);
        var links = page.Document.QuerySelectorAll("main a").Select(link => link.GetAttribute("href")).ToList();
        Assert.Contains($"/register/{soon.Ref}", links);
        Assert.DoesNotContain($"/register/{far.Ref}", links);
        Assert.DoesNotContain(elsewhere.Session.Ref, page.Text);
    }

    [Fact] // A3
    public async Task The_business_unit_sees_everybody_s_unsigned_registers_and_those_with_marks_to_look_at()
    {
        var (unsigned, flagged) = (await Hall.Open(ground, 1, null, "2024-05-14 10:00 to 12:00"), await Hall.Open(ground, 1, null, "2024-05-14 10:00 to 12:00"));
        await flagged.Signed();
        ground.Clock.Advance(TimeSpan.FromMinutes(1));
        await flagged.Sent("tablet", flagged.Mark(Guid.CreateVersion7()));

        var page = await (await (await ground.SiteAsync()).SignedInAsync((await Given.Unit()).Id)).Get("/register");

        Assert.Contains(unsigned.Session.Ref, page.Document.QuerySelector("section[aria-labelledby=to-mark-and-sign]")!.TextContent);
        var toLookAt = page.Document.QuerySelector("section[aria-labelledby=with-marks-to-look-at]")!.TextContent;
        Assert.Contains(flagged.Session.Ref, toLookAt);
        Assert.Contains("1 mark to look at", toLookAt);
        Assert.DoesNotContain($"{unsigned.Session.Ref}\n", toLookAt);
    }

    [Fact]
    public async Task Who_gives_no_session_is_told_what_will_appear_and_the_list_is_one_statement_more_for_nothing()
    {
        var count = new StatementCount();
        await using var site = await count.SiteAsync(ground);
        var person = await Given.Person();
        var visitor = await site.SignedInAsync(person.Id);
        Assert.Contains("You give no session", (await visitor.Get("/register")).Text);

        await Given.Trainer(await Given.Session(), person);
        var one = await count.Of(() => visitor.Get("/register"));
        await Given.Trainer(await Given.Session(), person);
        await Given.Trainer(await Given.Session(), person);
        Assert.Equal(one, await count.Of(() => visitor.Get("/register")));
    }
}
