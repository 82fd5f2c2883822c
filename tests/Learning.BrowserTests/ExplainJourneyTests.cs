using Learning.Attendance;
using Learning.Bookings;
using Learning.Evaluation;
using Learning.People;
using Learning.Reminders;
using Learning.Tests.Attendance;
using Learning.Tests.Messages;
using Learning.Tests.Support;

using Microsoft.Playwright;

namespace Learning.BrowserTests;

/// <summary>Why a message came, or did not: for a person and a session, and for a message, each state scanned once and fitting every width.</summary>
public sealed class ExplainJourneyTests(Ground ground, Chromium chromium) : IClassFixture<Ground>, IClassFixture<Chromium>
{
    [Fact] // M2, M3, M4, M5
    public async Task From_what_somebody_asks_to_the_mail_servers_answer_and_another_letter()
    {
        await using var room = new PostRoom(ground);
        ground.Clock.Set("2024-05-01 10:00");
        var unit = await ground.Given.Unit();
        var hall = await Hall.Open(ground, 1, await ground.Given.Agency(), "2024-05-15 10:00 to 15:30");
        await ground.Sql($"update courses set title = 'Graded Care Profile 2: measuring the quality of care' where id = '{hall.Session.CourseId}'");
        var (came, late) = (hall.People[0], await ground.Given.Person(await ground.Given.Agency(), "late.comer@agency.example", "Lena", "Órban-Featherstonehaugh"));
        await HourAsync(room, "2024-05-08 09:00");

        // Booked on the morning of the day before, when the reminder of a week had gone; the mail server knows no such person.
        ground.Clock.Set("2024-05-14 08:00");
        room.Sink.Refuses = to => to == "late.comer@agency.example" ? "550 5.1.1 No such person here" : null;
        await ground.With(async (BookPlace book) => await book.RunAsync(new PlaceWanted(hall.Session.Ref), await ground.Given.Actor(late)));
        await HourAsync(room, "2024-05-14 09:00");
        var page = await chromium.SignedInAsync(await ground.SiteAsync(), unit);
        await page.GotoAsync("/manage/messages/explain");
        await page.GetByLabel("E-mail address").FillAsync("late.comer@agency.example");
        await page.Locator("main [name=session]").FillAsync(hall.Session.Ref.ToLowerInvariant());
        await page.PressAsync("Explain");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("They got their place after its hour; the confirmation has told them.");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("No such person here");
        await page.LooksRightAsync();
        await page.FollowAsync("Booking confirmed");
        await page.ReachAsync("/manage/messages/[0-9a-f-]{36}$");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("The mail server has refused this address for good.");
        await page.LooksRightAsync();

        ground.Clock.Set("2024-05-15 16:00");
        await hall.Sent("paper", hall.Mark(came.Id), hall.Mark(late.Id, MarkKind.Dna));
        await hall.Sign();
        await ground.With((AskForEvaluations verb) => verb.RunAsync());
        await HourAsync(room, "2024-05-15 16:05");
        page = await chromium.SignedInAsync(await ground.SiteAsync(), unit);
        await page.GotoAsync($"/manage/messages/explain?who=late.comer@agency.example&session={hall.Session.Ref}");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("By the marks of the register they did not attend.");
        await page.LooksRightAsync();

        // Whoever came was asked what it was worth, and will be asked what came of it.
        var email = await ground.Sql<string>($"select email from person_emails where person_id = '{came.Id}'");
        await page.GotoAsync($"/manage/messages/explain?who={email}&session={hall.Session.Ref}");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("accepted by 127.0.0.1");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("It is asked at its hour, three months after the day.");
        await page.LooksRightAsync();

        // The message itself: what was sent, what the server said; once more in one press.
        await page.FollowAsync("Evaluation, once signed");
        await page.ReachAsync("/manage/messages/[0-9a-f-]{36}$");
        await page.LooksRightAsync();
        await page.PressAsync("Send another like it");
        await page.ReachAsync("queued=true");
        await page.LooksRightAsync();

        await page.GotoAsync("/manage/messages");
        await page.LooksRightAsync();
        await page.GotoAsync("/manage/messages/explain?who=nobody@agency.example&session=NONE");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("There is no such person or session");
        await page.LooksRightAsync();
    }

    private async Task HourAsync(PostRoom room, string hour)
    {
        ground.Clock.Set(hour);
        await ground.With((QueueReminders queue) => queue.RunAsync());
        await room.SendAsync();
    }
}
