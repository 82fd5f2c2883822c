using System.Net;


using Learning.Accounts;
using Learning.Catalogue;
using Learning.ELearning;
using Learning.People;
using Learning.Tests.Support;

namespace Learning.Tests.ELearning;

/// <summary>The player as a learner without JavaScript meets it, over HTTP, on the real first course.</summary>
public class PlayerPagesTests(Ground ground) : IClassFixture<Ground>
{
    private static readonly CourseText Sieb = ReadCourse.From(new ContentFolder(Path.Combine(AppContext.BaseDirectory, "content")).Find("SIEB")!);

    [Fact]
    public async Task A_visitor_who_has_not_signed_in_is_asked_to() // S1
    {
        var site = await ground.SiteAsync();

        Assert.StartsWith(SignIn.Page, (await site.Visitor().Get("/learn/SIEB")).Path);
    }

    [Fact]
    public async Task A_course_that_does_not_exist_or_is_no_e_learning_is_not_found()
    {
        var (_, learner) = await LearnerAsync();
        var trained = await ground.Given.Course(CourseKind.Trained);

        Assert.Equal(HttpStatusCode.NotFound, (await learner.Get("/learn/NOSUCH")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await learner.Get($"/learn/{trained.Code}")).Status);
    }

    [Fact]
    public async Task A_course_without_pages_says_so_and_leads_to_its_description()
    {
        var (_, learner) = await LearnerAsync();
        await CourseAsync("NOTEXT");
        var page = await learner.Get("/learn/NOTEXT");

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("This course cannot be taken here yet", page.Text);
    }

    [Fact]
    public async Task Looking_at_the_first_page_begins_nothing_and_Next_does() // E2
    {
        var (person, learner) = await LearnerAsync();
        var first = await learner.Get("/learn/SIEB");
        Assert.Equal(0L, await AttemptsAsync(person));

        var second = await first.Submit("Next");
        Assert.Equal(1L, await AttemptsAsync(person));
        Assert.Equal("/learn/SIEB?page=the-difference", second.Path);
    }

    [Fact]
    public async Task The_course_is_played_from_the_first_page_to_Finish_without_JavaScript() // E2, E3
    {
        var (person, learner) = await LearnerAsync();
        var page = await ToTheQuizAsync(learner);
        page = await AnswerAllAsync(page, right: true);
        var finished = await page.Submit("Finish");

        Assert.Contains("You have completed Safeguarding Is Everybody's Business", finished.Text);
        Assert.Contains("Wednesday 15 May 2024, with 100% in the quiz", finished.Text);
        Assert.Equal(1L, await ground.Sql<long>($"select count(*) from completions where person_id = '{person.Id}'"));
    }

    [Fact]
    public async Task What_is_right_is_in_no_page_before_the_answer() // E3
    {
        var (_, learner) = await LearnerAsync();
        var page = await ToTheQuizAsync(learner);
        var html = page.Document.DocumentElement.OuterHtml;

        Assert.DoesNotContain(Sieb.Quiz!.Questions.SelectMany(q => q.Options).Select(o => o.Feedback), feedback => html.Contains(WebUtility.HtmlEncode(feedback)) || html.Contains(feedback));
        Assert.DoesNotContain("Right answer", html);
        var values = page.Document.QuerySelectorAll("input[type=radio]").Select(input => input.GetAttribute("value"));
        Assert.Equal(["0", "1", "2"], values);
    }

    [Fact]
    public async Task Check_answer_shows_the_feedback_of_the_choice_and_closes_the_question() // E3
    {
        var (_, learner) = await LearnerAsync();
        var page = await ToTheQuizAsync(learner);
        var (question, wrong) = Choice(page, right: false);
        var told = await page.Submit("Check answer", ("Input.Chosen", wrong));

        Assert.Contains("Another answer is better", told.Text);
        Assert.Contains(question.Options.Where(o => o.Right).Select(o => o.Feedback).Single(), told.Text);
        Assert.DoesNotContain(told.Document.QuerySelectorAll("button"), button => button.TextContent == "Check answer");
    }

    [Fact]
    public async Task Check_answer_without_a_choice_says_what_to_do_and_changes_nothing()
    {
        var (_, learner) = await LearnerAsync();
        var page = await (await ToTheQuizAsync(learner)).Submit("Check answer");

        Assert.Contains("Choose an answer first", page.Document.QuerySelector(".govuk-error-summary")!.TextContent);
        Assert.StartsWith("Error: ", page.Document.Title);
    }

    [Fact]
    public async Task Next_with_a_choice_that_was_not_checked_shows_its_effect_first()
    {
        var (_, learner) = await LearnerAsync();
        var page = await ToAsync(learner, "secret");
        var effect = await page.Submit("Next", ("Input.Chosen", "0"));

        Assert.Contains(Sieb.Case!.Decisions[0].Options[0].Effect, effect.Text);
        var other = await effect.Submit("Check answer", ("Input.Chosen", "1"));
        Assert.Contains(Sieb.Case.Decisions[0].Options[1].Effect, other.Text);
        Assert.Contains(Sieb.Case.Decisions[0].Options[1].After, (await other.Submit("Next")).Text);
    }

    [Fact]
    public async Task Every_page_has_support_in_one_press_and_says_how_old_its_law_is()
    {
        var (_, learner) = await LearnerAsync();
        var page = await learner.Get("/learn/SIEB");
        for (var i = 0; i < 13; i++)
        {
            Assert.NotNull(page.Document.QuerySelector("details#support a[href='tel:08088005000']"));
            Assert.Contains("as at 31 March 2024", page.Text);
            Assert.Contains("Illustrative", page.Text);
            page = await page.Submit("Next");
        }
    }

    [Fact]
    public async Task Progress_is_there_for_everybody_and_a_closed_tab_loses_nothing() // E2
    {
        var (person, learner) = await LearnerAsync();
        await ToAsync(learner, "kinds-of-harm");
        var again = await (await (await ground.SiteAsync()).SignedInAsync(person.Id)).Get("/learn/sieb");

        Assert.Equal("Kinds of harm", again.Document.QuerySelector("h1")!.TextContent);
        Assert.Equal("2 of 14 pages done", again.Document.QuerySelector("progress")!.GetAttribute("aria-label"));
        Assert.Contains("Page 3 of 14", again.Text);
        Assert.Contains("saved 9am", again.Text);
    }

    [Fact]
    public async Task An_address_of_a_page_further_on_leads_back_to_where_the_learner_is()
    {
        var (_, learner) = await LearnerAsync();
        await ToAsync(learner, "the-difference");

        Assert.Equal("/learn/SIEB", (await learner.Get("/learn/SIEB?page=quiz&try=1&question=3")).Path);
        Assert.Equal("/learn/SIEB", (await learner.Get("/learn/SIEB?page=nowhere")).Path);
    }

    [Fact]
    public async Task Finish_with_questions_left_names_them_and_too_few_right_offers_another_try() // E3
    {
        var (person, learner) = await LearnerAsync();
        await ToTheQuizAsync(learner);
        var last = await learner.Get("/learn/SIEB?page=quiz&try=1&question=12");
        Assert.Equal(12, (await last.Submit("Finish")).Document.QuerySelectorAll(".govuk-error-summary a").Length);

        var result = await (await AnswerAllAsync(await learner.Get("/learn/SIEB?page=quiz"), right: false)).Submit("Finish");
        Assert.Contains("Not passed yet", result.Text);
        Assert.Contains("0 of 12 are right", result.Text);
        Assert.Equal(0L, await ground.Sql<long>($"select count(*) from completions where person_id = '{person.Id}'"));

        var passed = await (await AnswerAllAsync(await result.Follow("Try again"), right: true)).Submit("Finish");
        Assert.Contains("You have completed", passed.Text);
    }

    [Fact]
    public async Task Another_person_sees_nothing_of_it() // S2
    {
        var (_, learner) = await LearnerAsync();
        await ToAsync(learner, "kinds-of-harm");
        var (_, stranger) = await LearnerAsync();

        Assert.Equal("What it means", (await stranger.Get("/learn/SIEB")).Document.QuerySelector("h1")!.TextContent);
    }

    [Fact]
    public async Task A_forged_press_is_a_sentence_and_never_an_error_page()
    {
        var (_, learner) = await LearnerAsync();
        var page = await ToTheQuizAsync(learner);

        Assert.Equal(HttpStatusCode.OK, (await page.Submit("Check answer", ("Input.Chosen", "7"))).Status);
        Assert.Equal(HttpStatusCode.OK, (await page.Submit("Check answer", ("Input.Chosen", "<b>"))).Status);
        Assert.Equal(HttpStatusCode.OK, (await page.Submit("Check answer", ("Input.Press", "steal"))).Status);
    }

    private async Task<(Person Person, Visitor Learner)> LearnerAsync()
    {
        await CourseAsync("SIEB");
        var person = await ground.Given.Person(await ground.Given.Agency());
        return (person, await (await ground.SiteAsync()).SignedInAsync(person.Id));
    }

    private async Task CourseAsync(string code)
    {
        if (await ground.Sql<long>($"select count(*) from courses where code = '{code}'") == 0)
        {
            await ground.Given.Course(CourseKind.ELearning, code: code);
        }
    }

    private Task<long> AttemptsAsync(Person person) => ground.Sql<long>($"select count(*) from learning_attempts where person_id = '{person.Id}'");

    private static async Task<Page> ToAsync(Visitor learner, string name)
    {
        var page = await learner.Get("/learn/SIEB");
        for (var turned = 0; !page.Path.Contains($"page={name}"); turned++)
        {
            Assert.True(turned < 20, $"Next never came to {name}; it is at {page.Path}.");
            page = await page.Submit("Next");
        }

        return page;
    }

    private static Task<Page> ToTheQuizAsync(Visitor learner) => ToAsync(learner, "quiz");

    private static async Task<Page> AnswerAllAsync(Page page, bool right)
    {
        while (true)
        {
            page = await page.Submit("Check answer", ("Input.Chosen", Choice(page, right).Place));
            if (page.Document.QuerySelectorAll("button").All(button => button.TextContent != "Next"))
            {
                return page;
            }

            page = await page.Submit("Next");
        }
    }

    /// <summary>The question on the page, and the value of an option that is right, or not, as a reader would find it: by its words.</summary>
    private static (Question Question, string Place) Choice(Page page, bool right)
    {
        var question = Sieb.Quiz!.Questions.Single(q => q.Text == page.Document.QuerySelector("legend")!.TextContent.Trim());
        var option = question.Options.First(o => o.Right == right);
        var label = page.Document.QuerySelectorAll("label").Single(l => l.TextContent.Trim() == option.Text);
        return (question, page.Document.GetElementById(label.GetAttribute("for")!)!.GetAttribute("value")!);
    }
}
