using Learning.Catalogue;
using Learning.ELearning;
using Learning.Tests.Support;

namespace Learning.Tests.ELearning;

/// <summary>Every course that is written, taken from its first page to its completion over HTTP, without JavaScript.</summary>
public class PlayedCoursesTests(Ground ground) : IClassFixture<Ground>
{
    private static readonly ContentFolder Content = new(Path.Combine(AppContext.BaseDirectory, "content"));

    public static TheoryData<string> Written => CourseTextsTests.Written;

    [Theory, MemberData(nameof(Written))]
    public async Task A_learner_turns_every_page_tries_every_choice_answers_every_question_and_completes_the_course(string code) // E2, E3
    {
        var course = ReadCourse.From(Content.Find(code)!);
        var outline = new Outline(course);
        await ground.Given.Course(CourseKind.ELearning, code: code, title: course.Head.Title);
        var person = await ground.Given.Person(await ground.Given.Agency());
        var page = await (await (await ground.SiteAsync()).SignedInAsync(person.Id)).Get($"/learn/{code}");

        foreach (var stop in outline.Stops.TakeWhile(stop => stop is not QuizStop))
        {
            Assert.Equal(stop.Title, page.Document.QuerySelector("h1")!.TextContent);
            Assert.DoesNotContain("{{", page.Text);
            page = stop switch
            {
                DecisionStop decision => await TryAllAsync(page, decision.Decision),
                ReadingStop { Page.Check: { } check } => await AnswerAsync(page, check),
                _ => page,
            };
            page = await page.Submit("Next");
        }

        for (var asked = 0; asked < course.Quiz!.AskedATry; asked++)
        {
            page = await AnswerAsync(page, course.Quiz.Questions.Single(q => q.Text == page.Document.QuerySelector("legend")!.TextContent.Trim()));
            page = await page.Submit(page.Document.QuerySelectorAll("button").Any(b => b.TextContent == "Next") ? "Next" : "Finish");
        }

        Assert.Contains($"You have completed {course.Head.Title}", page.Text);
        Assert.Equal(100m, await ground.Sql<decimal>($"select score from completions where person_id = '{person.Id}'"));
    }

    private static async Task<Page> TryAllAsync(Page page, Decision decision)
    {
        foreach (var (place, option) in decision.Options.Index())
        {
            page = await page.Submit("Check answer", ("Input.Chosen", $"{place}"));
            var told = page.Document.QuerySelector("#feedback")!.TextContent;
            Assert.Contains(option.Effect, told);
            Assert.Contains(option.Reason, told);
        }

        return page;
    }

    private static async Task<Page> AnswerAsync(Page page, Question question)
    {
        page = await page.Submit("Check answer", [.. RightAnswer.On(page, question)]);

        Assert.Contains("Your answer is right", page.Text);
        Assert.All(question.Options.Where(o => o.Right || question.Kind is QuestionKind.InOrder or QuestionKind.Matched), o => Assert.Contains(o.Feedback, page.Document.QuerySelector("#feedback")!.TextContent));
        return page;
    }
}
