using Learning.Bookings;
using Learning.Messages;
using Learning.People;
using Learning.Tests.Support;

namespace Learning.Tests.Messages;

/// <summary>The business unit writes its own words: versions, a preview on real data, a test to oneself.</summary>
public class EditLetterTests(Ground ground) : IClassFixture<Ground>
{
    [Fact]
    public async Task A_version_counts_from_the_next_letter_on_and_the_delivered_words_come_back()
    {
        await using var room = new PostRoom(ground);
        var visitor = await UnitAsync();
        var page = await visitor.Get("/manage/letters/booking-waiting");
        Assert.Contains("These are the words as delivered.", page.Text);

        page = await page.Submit("Save as a new version", ("Input.Subject", "Patience: {{course}}"), ("Input.Body", "Hello {{name}},\n\nyou are **number {{position}}**.\n\n{{#each when}}\n- {{this}}\n{{/each}}\n"));
        Assert.Contains("Version 1 counts", page.Text);
        await WaitingAsync("<b>Ann</b>");
        await room.SendAsync();
        Assert.StartsWith("Patience: Course", room.Sink.Mails[0].Subject);
        Assert.Contains("Hello <b>Ann</b>,\r\n\r\nyou are number 1.\r\n\r\n- Monday 3 June 2024", room.Sink.Mails[0].Text("text/plain"));
        Assert.Contains("Hello &lt;b&gt;Ann&lt;/b&gt;,", room.Sink.Mails[0].Text("text/html"));

        page = await page.Submit("Back to the delivered words");
        Assert.Contains("Version 2 counts", page.Text);
        Assert.Contains("back to the delivered words", page.Text);
        await WaitingAsync("Bob");
        await room.SendAsync();
        Assert.StartsWith("You are on the waiting list: ", room.Sink.Mails[1].Subject);
    }

    [Theory]
    [InlineData("{{secret}}", "Words", "This letter knows no {{secret}}")]
    [InlineData("Subject", "{{#if held}}never closed", "This letter knows no {{held}}")]
    [InlineData("Subject", "{{#if name}}never closed", "It cannot be read")]
    [InlineData("Subject", "{{{name}}}", "Use two braces, not three")]
    [InlineData("Subject", "    code\n\n| a | b |\n", "")]
    [InlineData("", "Words", "Enter a subject")]
    [InlineData("Subject", "  ", "Enter the words")]
    public async Task Words_that_cannot_be_filled_are_refused_and_kept_in_the_form(string subject, string body, string why)
    {
        var page = await (await (await UnitAsync()).Get("/manage/letters/booking-waiting")).Submit("Save as a new version", ("Input.Subject", subject), ("Input.Body", body));

        if (why.Length > 0)
        {
            Assert.Contains(why, page.Text);
            Assert.Equal(subject, page.Document.QuerySelector("[name='Input.Subject']")!.GetAttribute("value"));
        }
    }

    [Fact] // S3
    public async Task It_is_seen_filled_from_a_real_message_and_goes_to_oneself_as_a_test_without_the_secrets_of_its_links()
    {
        await using var room = new PostRoom(ground);
        ground.Clock.Advance(TimeSpan.FromMinutes(5));
        await WaitingAsync("Cat");
        var unit = await ground.Given.Unit();
        var actor = await ground.Given.Actor(unit);
        const string subject = "Wait, {{course}}", body = "Dear {{name}}, [leave]({{site}}/answer/{{answer}})";

        var seen = await room.With((TryLetter letter) => letter.PreviewAsync("booking-waiting", subject, body, actor));
        Assert.StartsWith("Dear Cat, leave: https://learning.example/answer/(only in the letter itself)", seen.Letter!.Text);
        var said = await room.With((TryLetter letter) => letter.SendAsync("booking-waiting", subject, body, actor));

        Assert.StartsWith("It went to ", said);
        var mail = Assert.Single(room.Sink.Mails);
        Assert.StartsWith("Test: Wait, Course", mail.Subject);
        Assert.Contains("(only in the letter itself)", mail.Text("text/plain"));
        Assert.Null((await room.With((TryLetter letter) => letter.PreviewAsync("sign-in-code", "Code {{code}}", "{{code}}", actor))).Letter);
        Assert.Null((await room.With((TryLetter letter) => letter.PreviewAsync("booking-waiting", subject, body, Actor.Nobody))).Letter);
    }

    private async Task<Visitor> UnitAsync() => await (await ground.SiteAsync()).SignedInAsync((await ground.Given.Unit()).Id);

    private async Task WaitingAsync(string name)
    {
        await ground.Sql("update messages set state = 'dropped', settled_at = now() where state = 'due'");
        var session = await ground.Given.Session(capacity: 0);
        var person = await ground.Given.Person(await ground.Given.Agency(), given: name);
        await ground.With(async (BookPlace book) => await book.RunAsync(new PlaceWanted(session.Ref), await ground.Given.Actor(person)));
    }
}
