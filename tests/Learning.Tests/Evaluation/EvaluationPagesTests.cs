using System.Net;

using Learning.Evaluation;
using Learning.Tests.Messages;
using Learning.Tests.Support;

namespace Learning.Tests.Evaluation;

/// <summary>What is answered, by the letter or signed in, and what of it is shown to whom.</summary>
public sealed class EvaluationPagesTests(Ground ground) : IClassFixture<Ground>
{
    private readonly Asking asking = new(ground);

    [Fact] // M4, S1: by the letter's own link, which opens nothing else, without JavaScript
    public async Task Somebody_answers_by_the_link_of_their_letter()
    {
        await using var room = new PostRoom(ground);
        await ground.Sql("update messages set state = 'dropped', settled_at = now() where state = 'due'");
        await asking.BeginAsync(1);
        await room.SendAsync();
        var link = Asking.LinkIn(room.Sink.Mails.Last(mail => mail.Subject.StartsWith("How was", StringComparison.Ordinal)));
        var visitor = (await ground.SiteAsync()).Visitor();
        var page = await visitor.Get(link);
        Assert.Contains("Do not name a child, an adult or a family.", page.Text, StringComparison.Ordinal);
        page = await page.Submit("Send my answers");
        Assert.Contains("Answer at least one question", page.Text, StringComparison.Ordinal);
        page = await page.Submit("Send my answers", ("Input.useful", "6"), ("Input.differently", "I shall listen."));
        Assert.Contains("Choose a number from 1 to 5", page.Text, StringComparison.Ordinal);
        Assert.Contains("I shall listen.", page.Text, StringComparison.Ordinal);
        page = await page.Submit("Send my answers", ("Input.useful", "5"), ("Input.differently", "I shall listen."));
        Assert.Contains("Thank you for your answers", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("I shall listen.", page.Text, StringComparison.Ordinal);
        Assert.StartsWith("/account/sign-in", (await visitor.Get("/my")).Path, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.Get(link[..^3] + "aaa")).Status);

        // Again: the newest counts, both are kept (T4).
        page = await (await visitor.Get(link + "?again=true")).Submit("Send my answers", ("Input.useful", "2"));
        Assert.Contains("Thank you for your answers", page.Text, StringComparison.Ordinal);
        Assert.Equal(2L, await ground.Sql<long>($"select count(*) from evaluation_responses r join evaluation_requests q on q.id = r.request_id where q.session_id = '{asking.Hall.Session.Id}'"));
    }

    [Fact] // S2: from the record, one's own and nobody else's
    public async Task Somebody_answers_what_they_find_in_their_record_and_nobody_else_can()
    {
        await asking.BeginAsync(2);
        var site = await ground.SiteAsync();
        var own = await site.SignedInAsync(asking.Hall.People[0].Id);
        var page = await own.Get("/my/evaluations");
        Assert.Contains("Not answered", page.Text, StringComparison.Ordinal);
        var address = $"/my/evaluations/{await asking.RequestAsync(asking.Hall.People[0])}";
        page = await (await own.Get(address)).Submit("Send my answers", ("Input.taught", "4"));
        Assert.Contains("Thank you for your answers", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Not answered", (await own.Get("/my/evaluations")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await (await site.SignedInAsync(asking.Hall.People[1].Id)).Get(address)).Status);
    }

    [Fact] // A form that is sent twice is one answer
    public async Task The_same_form_twice_is_one_answer()
    {
        await asking.BeginAsync(1);
        var id = Guid.CreateVersion7();
        await asking.AnswerAsync(asking.Hall.People[0], "useful=4", id: id);
        await asking.AnswerAsync(asking.Hall.People[0], "useful=4", id: id);
        Assert.Equal(1L, await ground.Sql<long>($"select count(*) from evaluation_responses where id = '{id}'"));
    }

    [Fact] // F6, F3: nothing but how many, until five have answered
    public async Task What_fewer_than_five_said_is_not_shown()
    {
        await asking.BeginAsync(6);
        foreach (var person in asking.Hall.People.Take(4))
        {
            await asking.AnsweredAsync(person, "useful=4, differently=Something that I alone would say");
        }

        var site = await ground.SiteAsync();
        var trainer = await site.SignedInAsync(asking.Hall.Trainer.Id);
        var address = $"/manage/sessions/{asking.Hall.Session.Ref}/evaluation";
        var page = await trainer.Get(address);
        Assert.Contains("4 of 6 who were asked answered: 67%", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Something that I alone", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Something that I alone", await trainer.Http.GetStringAsync($"{address}.csv"), StringComparison.Ordinal);
        await asking.AnsweredAsync(asking.Hall.People[4], "useful=5");
        page = await trainer.Get(address);
        Assert.Contains("5 of 6 who were asked answered: 83%", page.Text, StringComparison.Ordinal);
        Assert.Contains("Something that I alone", page.Text, StringComparison.Ordinal);
        Assert.Contains("4.2 of 5 on average, from 5 answers", page.Text, StringComparison.Ordinal);
        Assert.All(asking.Hall.People, person => Assert.DoesNotContain(person.FamilyName, page.Text, StringComparison.Ordinal));
        Assert.Contains(",mean,5,4.20,", await trainer.Http.GetStringAsync($"{address}.csv"), StringComparison.Ordinal);
    }

    [Fact] // Matched pairs: the same person before and after; who gave one number is left out of both means, and counted
    public async Task A_gain_is_of_those_alone_who_gave_both_numbers()
    {
        await asking.BeginAsync(8);
        foreach (var person in asking.Hall.People.Take(5))
        {
            await asking.AnsweredAsync(person, "before=2, after=4");
        }

        await asking.AnsweredAsync(asking.Hall.People[5], "before=5");
        await asking.AnsweredAsync(asking.Hall.People[6], "after=1");
        var stage = (await asking.ResultsAsync(asking.Hall.Trainer))!.Stages.Single();
        Assert.Equal(new Gain(2, 4, 5, 2), stage.Gain);
        ground.Clock.Set("2024-08-15 09:00");
        await asking.AskAsync();
        foreach (var person in asking.Hall.People.Skip(1))
        {
            await asking.AnsweredAsync(person, "now=5, manager=yes", "later");
        }

        // Three months on: before and now, of the same five; the first has not answered, the seventh and eighth never said how it was before.
        Assert.Equal(new Gain(2.6, 5, 5, 2), (await asking.ResultsAsync(asking.Hall.Trainer))!.Stages[1].Gain);
    }

    [Fact] // S3: the unit takes a comment out with a reason; the words are gone from the database, the score stays
    public async Task The_business_unit_takes_a_comment_out()
    {
        await asking.BeginAsync(5);
        foreach (var person in asking.Hall.People)
        {
            await asking.AnsweredAsync(person, person == asking.Hall.People[0] ? "useful=4, differently=I met little Wilfrid Oakapple there" : "useful=4");
        }

        var site = await ground.SiteAsync();
        var address = $"/manage/sessions/{asking.Hall.Session.Ref}/evaluation";
        Assert.DoesNotContain("Take out", (await (await site.SignedInAsync(asking.Hall.Trainer.Id)).Get(address)).Text, StringComparison.Ordinal);
        var unit = await site.SignedInAsync((await ground.Given.Unit()).Id);
        var page = await (await unit.Get(address)).Follow("Take out: I met little Wilfrid Oakapple there");
        page = await page.Submit("Take it out");
        Assert.Contains("Write why the comment is taken out", page.Text, StringComparison.Ordinal);
        page = await page.Submit("Take it out", ("Input.Reason", "It named a child."));
        Assert.DoesNotContain("Oakapple", page.Text, StringComparison.Ordinal);
        Assert.Contains("Taken out", page.Text, StringComparison.Ordinal);
        Assert.Equal(0L, await ground.Sql<long>("select count(*) from evaluation_answers where words like '%Oakapple%'"));
        Assert.Equal("It named a child.", await ground.Sql<string>("select reason from evaluation_redactions"));
        Assert.Equal(5, (await asking.ResultsAsync(asking.Hall.Trainer))!.Stages[0].Responses);
    }

    [Theory]
    [InlineData("ask: true", "asks nothing")]
    [InlineData("ask: true\nafter: [{id: a, asks: Why?}]", "is answered by one of scale, choices and words")]
    [InlineData("ask: true\nafter: [{id: a, asks: Why?, words: true}, {id: a, asks: Why not?, words: true}]", "two questions have one id")]
    [InlineData("ask: true\nafter: [{id: a, asks: Why?, words: true, counts: rating}]", "counts as nothing")]
    [InlineData("ask: true\nafter: [{id: a, asks: How?, scale: [Bad, Good], counts: now}]", "counts as nothing")]
    public void A_set_of_questions_that_cannot_be_asked_says_why(string yaml, string why) =>
        Assert.Contains(why, Assert.ThrowsAny<Exception>(() => new EvaluationForm("x.yaml", yaml)).Message, StringComparison.Ordinal);
}
