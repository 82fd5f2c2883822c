using Learning.Catalogue;
using Learning.ELearning;
using Learning.People;
using Learning.Tests.Support;

using Microsoft.Extensions.DependencyInjection;

namespace Learning.Tests.ELearning;

/// <summary>Ordering, matching and short text in a quiz and on a page, as a learner without JavaScript meets them.</summary>
public sealed class QuestionKindsTests : IClassFixture<Ground>, IAsyncLifetime
{
    private readonly Ground ground;
    private readonly SmallCourse folder = new();
    private WebsiteUnderTest site = null!;

    public QuestionKindsTests(Ground ground)
    {
        this.ground = ground;
        folder.Write("quiz.yaml", """
            title: Check what you know
            minutes: 2
            pass_mark: 100
            questions:
              - id: steps
                text: In which order?
                kind: ordering
                options:
                  - {text: Hear, feedback: First you hear.}
                  - {text: Write, feedback: Then you write.}
                  - {text: Tell, feedback: Last you tell.}
              - id: pairs
                text: What belongs to what?
                kind: matching
                options:
                  - {text: Cold, match: Coat, feedback: A coat warms.}
                  - {text: Rain, match: Roof, feedback: A roof shelters.}
                others: [Spoon]
              - id: words
                text: Which number?
                kind: short
                options:
                  - {text: "999", also: [nine nine nine], right: true, feedback: That is the one.}
                  - {text: "111", feedback: Not in an emergency.}
                otherwise: Not that one.

            """.ReplaceLineEndings("\n"));
        folder.Write("pages/01-first.md", """
            ---
            title: First page
            minutes: 1
            check:
              text: Which number?
              kind: short
              options:
                - {text: "999", right: true, feedback: That is the one.}
              otherwise: Not that one.
            ---
            Words.

            """.ReplaceLineEndings("\n"));
    }

    private string Start => $"/learn/{folder.Code}";

    public async Task InitializeAsync()
    {
        await ground.Given.Course(CourseKind.ELearning, code: folder.Code);
        site = await WebsiteUnderTest.StartAsync(ground.ConnectionString, ground.Clock, services => services.AddSingleton(new ContentFolder(folder.Path)));
    }

    public async Task DisposeAsync()
    {
        await site.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task A_number_used_twice_is_an_error_beside_the_steps_and_nothing_that_was_given_is_lost() // E3
    {
        var (_, page) = await ToTheQuizAsync();
        var wrong = await page.Submit("Check answer", Written("2", "2", ""));

        Assert.Contains("Use each number once. Number 2 stands there twice or more", wrong.Document.QuerySelector(".govuk-error-summary")!.TextContent);
        Assert.Equal(["2", "2", ""], Standing(wrong));
        Assert.DoesNotContain("First you hear", wrong.Document.DocumentElement.OuterHtml);
    }

    [Fact]
    public async Task Each_kind_is_answered_told_and_kept_and_the_right_answers_complete_the_course() // E2, E3
    {
        var (person, page) = await ToTheQuizAsync();
        foreach (var question in ReadCourse.From(new ContentFolder(folder.Path).Find(folder.Code)!).Quiz!.Questions)
        {
            page = await page.Submit("Check answer", [.. RightAnswer.On(page, question)]);
            Assert.Contains("Your answer is right", page.Text);
            Assert.Contains(question.Options[0].Feedback, page.Document.QuerySelector("#feedback")!.TextContent);
            Assert.DoesNotContain(page.Document.QuerySelectorAll("button"), button => button.TextContent == "Check answer");
            page = await page.Submit(page.Document.QuerySelectorAll("button").Any(b => b.TextContent == "Next") ? "Next" : "Finish");
        }

        Assert.Contains("with 100% in the quiz", page.Text);
        Assert.Equal(["steps|0,1,2|", "pairs|0,1|", "words||999"], (await ground.Sql<string>($"""
            select string_agg(question || '|' || array_to_string(chosen, ',') || '|' || coalesce(words, ''), ';' order by q.id) from quiz_answers q join learning_attempts t on t.id = q.attempt_id where t.person_id = '{person.Id}'
            """)).Split(';'));
        var again = await (await site.SignedInAsync(person.Id)).Get($"{Start}?page=quiz&try=1&question=1");
        Assert.Equal(3, again.Document.QuerySelectorAll(".app-line").Length);
        Assert.Empty(again.Document.QuerySelectorAll("select"));
    }

    [Fact]
    public async Task A_wrong_answer_says_what_is_right_and_the_feedback_of_what_was_written() // E3
    {
        var (_, page) = await ToTheQuizAsync();
        var right = RightAnswer.On(page, Quiz.Questions[0]).Select(one => one.Value).ToList();
        page = await page.Submit("Check answer", Written([.. right.Skip(1), right[0]]));
        Assert.Contains("Another answer is better", page.Text);
        Assert.Equal(right.Select(number => $"{number} Right answer"), Verdicts(page));
        Assert.Equal(["Hear: First you hear.", "Write: Then you write.", "Tell: Last you tell."], page.Document.QuerySelectorAll("#feedback li").Select(line => line.TextContent));

        page = await (await page.Submit("Next")).Submit("Check answer", Written("2", "1"));
        Assert.Equal(["Coat Right answer", "Roof Your answer, right"], Verdicts(page));
        page = await (await page.Submit("Next")).Submit("Check answer", Written("1 1 1."));
        Assert.Equal(["Not in an emergency.", "“999”: That is the one."], page.Document.QuerySelectorAll("#feedback p").Select(line => line.TextContent));
        Assert.Equal("1 1 1.", page.Document.QuerySelector(".app-line__text")!.TextContent);
        page = await page.Submit("Finish");
        Assert.Contains("Not passed yet", page.Text);
        Assert.Contains("0 of 3 are right", page.Text);
    }

    [Fact]
    public async Task Next_with_what_was_given_and_not_checked_checks_it_first()
    {
        var (_, page) = await ToTheQuizAsync();

        Assert.Contains("Your answer is right", (await page.Submit("Next", [.. RightAnswer.On(page, Quiz.Questions[0])])).Text);
    }

    [Fact]
    public async Task The_same_answer_twice_is_one_and_another_afterwards_changes_nothing() // E3
    {
        var (person, page) = await ToTheQuizAsync();
        var right = RightAnswer.On(page, Quiz.Questions[0]).ToArray();
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => page.Submit("Check answer", right)));
        Assert.Contains("Your answer is right", (await page.Submit("Check answer", Written("1", "2", "3"))).Text);

        Assert.Equal("0,1,2", await ground.Sql<string>($"select string_agg(array_to_string(chosen, ','), ';') from quiz_answers q join learning_attempts t on t.id = q.attempt_id where t.person_id = '{person.Id}'"));
        await Assert.ThrowsAnyAsync<Exception>(() => ground.Sql("update quiz_answers set correct = false"));
    }

    [Fact]
    public async Task An_answer_that_the_page_does_not_offer_one_to_a_question_that_is_not_asked_and_one_to_a_finished_attempt_are_sentences() // E3
    {
        var (person, page) = await ToTheQuizAsync();
        Assert.Contains("Choose one of the answers on the page", (await page.Submit("Check answer", Written("1", "2", "4"))).Text);
        Assert.Contains("Choose one of the answers on the page", (await page.Submit("Check answer", Written("1", "2", "3", "3"))).Text);
        Assert.Contains("Choose one of the answers on the page", (await page.Submit("Check answer", Written("1", "2", "<b>"))).Text);
        var actor = await ground.Given.Actor(person);
        var library = new CourseLibrary(new ContentFolder(folder.Path));
        Task<string?> Answer(string question) => ground.With<LearningDb, string?>(db => new CheckAnswer(db, library, ground.Zone).DoAsync(actor, folder.Code, 1, question, new Sent([], ["999"])));

        Assert.Equal("That question is not in this quiz.", await Answer("other"));
        foreach (var question in Quiz.Questions)
        {
            page = await page.Submit("Check answer", [.. RightAnswer.On(page, question)]);
            page = await page.Submit(page.Document.QuerySelectorAll("button").Any(b => b.TextContent == "Next") ? "Next" : "Finish");
        }

        Assert.Equal("You have not begun this course, or you have finished it.", await Answer("words"));
        Assert.Equal(3L, await ground.Sql<long>($"select count(*) from quiz_answers q join learning_attempts t on t.id = q.attempt_id where t.person_id = '{person.Id}'"));
        Assert.Equal(1L, await ground.Sql<long>($"select count(*) from completions where person_id = '{person.Id}'"));
    }

    [Fact]
    public async Task Words_on_a_page_are_judged_told_and_can_be_given_again()
    {
        var (person, learner) = await LearnerAsync();
        var page = await (await learner.Get(Start)).Submit("Check answer", Written("112"));
        Assert.Equal(["Not that one.", "“999”: That is the one."], page.Document.QuerySelectorAll("#feedback p").Select(line => line.TextContent));
        page = await page.Submit("Check answer", Written(" 9-9-9 "));
        Assert.Contains("Your answer is right", page.Text);
        Assert.Equal($"{Start}?page=second", (await page.Submit("Next")).Path);
        Assert.Equal("9-9-9", await ground.Sql<string>($"select words from page_checks k join learning_attempts t on t.id = k.attempt_id where t.person_id = '{person.Id}'"));
    }

    private Quiz Quiz => ReadCourse.From(new ContentFolder(folder.Path).Find(folder.Code)!).Quiz!;

    private static IEnumerable<string> Verdicts(Page page) =>
        page.Document.QuerySelectorAll(".app-line").Select(line => $"{line.QuerySelector("b")!.TextContent} {line.QuerySelectorAll(".app-state")[^1].TextContent}");

    private static (string, string?)[] Written(params string?[] lines) => [.. lines.Select(line => ("Input.Written", line))];

    private static IEnumerable<string> Standing(Page page) => page.Document.QuerySelectorAll("select[name='Input.Written']").Select(select => select.QuerySelector("option[selected]")?.GetAttribute("value") ?? "");

    private async Task<(Person Person, Visitor Learner)> LearnerAsync()
    {
        var person = await ground.Given.Person(await ground.Given.Agency());
        return (person, await site.SignedInAsync(person.Id));
    }

    private async Task<(Person Person, Page Page)> ToTheQuizAsync()
    {
        var (person, learner) = await LearnerAsync();
        var page = await learner.Get(Start);
        for (var turn = 0; turn < 4; turn++)
        {
            page = await page.Submit("Next");
        }

        return (person, page);
    }
}
