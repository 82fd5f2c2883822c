using System.Net;

using Learning.Catalogue;
using Learning.ELearning;
using Learning.ELearning.Writing;
using Learning.People;
using Learning.Tests.Support;

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Learning.Tests.ELearning;

/// <summary>A course is written in the product: drafts, two writers at once, versions and who keeps what (rule E1), withdrawal, sign-off.</summary>
public sealed class WritingTests(Ground ground) : IClassFixture<Ground>, IAsyncLifetime
{
    private const string First = "pages/01-first.md", Changed = "---\ntitle: First page\nminutes: 1\n---\nWords as they should be.\n";

    private readonly SmallCourse folder = new();
    private CourseLibrary library = null!;
    private WebsiteUnderTest site = null!;
    private Course course = null!;
    private Person unit = null!;

    public async Task InitializeAsync()
    {
        File.WriteAllText(Path.Combine(folder.Path, "programme", "sign-off.yaml"), "points: [The law is right., Nothing is left in it.]\n");
        folder.Write("course.yaml", File.ReadAllText(Path.Combine(folder.CourseFolder, "course.yaml")) + "illustrative: true\n");
        library = new CourseLibrary(new ContentFolder(folder.Path));
        course = await ground.Given.Course(CourseKind.ELearning, code: folder.Code);
        unit = await ground.Given.Unit();
        site = await WebsiteUnderTest.StartAsync(ground.ConnectionString, ground.Clock, services => services.AddSingleton(new ContentFolder(folder.Path)));
    }

    public async Task DisposeAsync()
    {
        await site.DisposeAsync();
        folder.Dispose();
    }

    private string Write => $"/manage/courses/{folder.Code}/write?file=pages/01-first.md";

    private string Versions => $"/manage/courses/{folder.Code}/versions";

    [Fact]
    public async Task A_draft_is_saved_previewed_and_linted_beside_the_text_and_no_learner_sees_it() // E1
    {
        var writer = await site.SignedInAsync(unit.Id);
        var page = await writer.Get(Write);
        var previewed = await page.Submit("Preview", ("Input.Words", "---\ntitle: ''\nminutes: 1\n---\nA **new** thought <script>alert(1)</script>.\n"));
        Assert.Contains("pages/01-first.md:2: has no title or no minutes", previewed.Document.QuerySelector("#linted")!.TextContent);
        Assert.Equal("new", previewed.Document.QuerySelector("#preview strong")!.TextContent);
        Assert.Null(previewed.Document.QuerySelector("#preview script"));
        Assert.Contains("A **new** thought", previewed.Document.QuerySelector("textarea")!.TextContent);
        Assert.Equal(0L, await ground.Sql<long>($"select count(*) from course_saves where course_id = '{course.Id}'"));

        Assert.Contains("The draft is saved", (await page.Submit("Save the draft", ("Input.Words", Changed))).Text);
        Assert.Contains("Words as they should be", (await writer.Get(Write)).Document.QuerySelector("textarea")!.TextContent);
        Assert.Contains("Some words.", (await (await LearnerAsync()).Get($"/learn/{folder.Code}")).Text);
    }

    [Fact]
    public async Task Of_two_who_write_at_once_the_second_is_told_and_nothing_is_lost()
    {
        var (one, two) = (await site.SignedInAsync(unit.Id), await site.SignedInAsync((await ground.Given.Unit()).Id));
        var (mine, theirs) = (await one.Get(Write), await two.Get(Write));
        await mine.Submit("Save the draft", ("Input.Words", Changed));
        var told = await theirs.Submit("Save the draft", ("Input.Words", "---\ntitle: First page\nminutes: 1\n---\nOther words.\n"));

        Assert.Contains("Somebody else saved this file", told.Text);
        Assert.Contains("Words as they should be.", told.Document.QuerySelector(".app-changes ins")!.TextContent);
        Assert.Contains("Other words.", told.Document.QuerySelector("textarea")!.TextContent);
        await told.Submit("Save the draft");
        Assert.Equal(2L, await ground.Sql<long>($"select count(*) from course_saves where course_id = '{course.Id}'"));
        Assert.Contains("Other words.", (await one.Get(Write)).Document.QuerySelector("textarea")!.TextContent);
    }

    [Fact]
    public async Task A_version_is_published_while_people_are_in_the_middle_of_the_old_one() // E1
    {
        var (early, done) = (await LearnerAsync(), await ground.Given.Person());
        await ground.Sql($"insert into completions (id, course_id, person_id, completed_on, recorded_at) values (gen_random_uuid(), '{course.Id}', '{done.Id}', '2024-05-01', now())");
        await (await early.Get($"/learn/{folder.Code}")).Submit("Next");
        var digest = await PublishAsync(Changed, "The first page was wrong");

        Assert.Contains("Some words.", (await early.Get($"/learn/{folder.Code}?page=first")).Text);
        Assert.Contains("Words as they should be.", (await (await LearnerAsync()).Get($"/learn/{folder.Code}")).Text);
        Assert.Equal(1L, await ground.Sql<long>($"select count(*) from completions where person_id = '{done.Id}'"));
        Assert.Equal(1L, await ground.Sql<long>($"select count(*) from course_publications where digest = '{digest}' and everyone_again_because is null"));
    }

    [Fact]
    public async Task Everyone_again_is_a_choice_that_needs_a_reason() // E1
    {
        await SaveAsync(First, Changed);
        var page = await (await site.SignedInAsync(unit.Id)).Get(Versions);
        var refused = await page.Submit("Publish", ("Input.Note", "New law"), ("Input.EveryoneAgain", "true"));
        Assert.Contains("Say why everyone is needed again", refused.Text);
        Assert.Contains("New law", refused.Document.QuerySelector("textarea")!.TextContent);

        Assert.Contains("The new version is published", (await refused.Submit("Publish", ("Input.Because", "The law is another one"))).Text);
        Assert.Equal("The law is another one", await ground.Sql<string>($"select everyone_again_because from course_publications where course_id = '{course.Id}'"));
    }

    [Fact]
    public async Task A_draft_with_a_mistake_or_that_changed_meanwhile_or_without_a_change_is_not_published()
    {
        await SaveAsync("quiz.yaml", folder.Quiz.Replace("right: true", "right: false"));
        var page = await (await site.SignedInAsync(unit.Id)).Get(Versions);
        Assert.Contains("mistakes to mend before it can be published", page.Text);
        Assert.Contains("The linter finds", (await page.Submit("Publish", ("Input.Note", "x"))).Text);

        await SaveAsync("quiz.yaml", folder.Quiz.Replace("One?", "Which one?"), seen: await NewestAsync());
        Assert.Contains("The draft has changed since", (await page.Submit("Publish", ("Input.Note", "x"))).Text);
        await SaveAsync("quiz.yaml", folder.Quiz, seen: await NewestAsync());
        Assert.IsType<PublishOutcome.Refused>(await ground.With<LearningDb, PublishOutcome>(async db =>
            await new PublishDraft(db, library, ground.Zone).RunAsync(folder.Code, library.Current(folder.Code).Files!.Digest, "x", false, null, await ground.Given.Actor(unit))));
    }

    [Fact]
    public async Task What_is_published_wins_over_the_folder_until_the_folder_is_changed() // E1
    {
        await PublishAsync(Changed, "Better");
        Assert.Contains("Words as they should be.", (await OfferAsync()).Text!.Pages[0].Markdown);

        folder.Write(First, "---\ntitle: First page\nminutes: 1\n---\nWords of an update.\n");
        Assert.Contains("Words of an update.", (await OfferAsync()).Text!.Pages[0].Markdown);
    }

    [Fact]
    public async Task The_catalogue_says_what_was_published_and_again_what_the_folder_says_once_that_is_withdrawn()
    {
        await SaveAsync("course.yaml", Head("A course about something better."));
        await (await (await site.SignedInAsync(unit.Id)).Get(Versions)).Submit("Publish", ("Input.Note", "Better words"));
        Assert.Equal("A course about something better.", (await LookAsync())!.TextContent);

        var digest = await ground.Sql<string>($"select digest from course_publications where course_id = '{course.Id}'");
        await (await (await site.SignedInAsync(unit.Id)).Get(Versions)).Submit("Withdraw", ("Gone.Digest", digest), ("Gone.Reason", "Not better"));
        Assert.Null(await LookAsync()); // The site under test has its catalogue from elsewhere, and nothing there of this course.

        string Head(string summary) => System.Text.RegularExpressions.Regex.Replace(File.ReadAllText(Path.Combine(folder.CourseFolder, "course.yaml")), "(?m)^summary:.*$", $"summary: {summary}");
        async Task<AngleSharp.Dom.IElement?> LookAsync() => (await (await LearnerAsync()).Get($"/courses/{folder.Code}")).Document.QuerySelector(".app-lead");
    }

    [Fact]
    public async Task A_withdrawn_version_is_left_by_those_in_the_middle_of_it_and_kept_by_those_who_completed_it() // E1
    {
        var learner = await LearnerAsync();
        var digest = await PublishAsync(Changed, "Better");
        await (await learner.Get($"/learn/{folder.Code}")).Submit("Next");
        var page = await (await site.SignedInAsync(unit.Id)).Get(Versions);
        Assert.Contains("Say why it is withdrawn", (await page.Submit("Withdraw", ("Gone.Digest", digest))).Text);
        Assert.Contains("The version is withdrawn", (await page.Submit("Withdraw", ("Gone.Digest", digest), ("Gone.Reason", "A telephone number is wrong"))).Text);

        var told = await learner.Get($"/learn/{folder.Code}");
        Assert.Contains("the old version has been withdrawn", told.Text);
        Assert.Contains("Some words.", (await told.Submit("Begin again")).Text);
    }

    [Fact]
    public async Task A_course_whose_only_version_is_withdrawn_is_not_begun() // E1
    {
        var digest = library.Current(folder.Code).Files!.Digest;
        await ground.With<LearningDb>(async db => Assert.Null(await new WithdrawVersion(db, library, ground.Zone).RunAsync(folder.Code, digest, "Wrong", await ground.Given.Actor(unit))));

        Assert.Contains("This course cannot be taken here yet", (await (await LearnerAsync()).Get($"/learn/{folder.Code}")).Text);
    }

    [Fact]
    public async Task A_question_found_wrong_and_corrected_leaves_answers_and_completions_as_they_were() // E1, E3
    {
        var (learner, person) = await ToTheQuizAsync();
        await AnswerAllAsync(learner, right: true);
        await SaveAsync("quiz.yaml", folder.Quiz.Replace("{text: Yes, right: true, feedback: Right so.}", "{text: Yes, feedback: Not so any more.}").Replace("{text: No, right: false", "{text: No, right: true"));
        await PublishDraftAsync("The first question was wrong");
        Assert.Contains("You have completed", (await (await learner.Get($"/learn/{folder.Code}?page=quiz&try=1&question=2")).Submit("Finish")).Text);
        Assert.Equal(100m, await ground.Sql<decimal>($"select score from completions where person_id = '{person.Id}'"));

        var (next, other) = await ToTheQuizAsync();
        await AnswerAllAsync(next, right: true);
        Assert.Contains("Not passed yet", (await (await next.Get($"/learn/{folder.Code}?page=quiz&try=1&question=2")).Submit("Finish")).Text);
        Assert.Equal(0L, await ground.Sql<long>($"select count(*) from completions where person_id = '{other.Id}'"));
    }

    [Fact]
    public async Task A_sign_off_by_every_point_ends_illustrative_for_that_version_alone()
    {
        var learner = await LearnerAsync();
        Assert.Contains("Illustrative", (await learner.Get($"/learn/{folder.Code}")).Text);
        var page = await (await site.SignedInAsync(unit.Id)).Get($"/manage/courses/{folder.Code}/sign-off");
        Assert.Contains("Tick every point", (await page.Submit("Record the sign-off", ("Input.Points", "0"), ("Input.Expert", "Grace Adeyemi, named doctor"))).Text);
        await ground.With<LearningDb>(async db => Assert.Null(await new SignOffCourse(db, library, ground.Zone).RunAsync(
            folder.Code, library.Current(folder.Code).Files!.Digest, "Grace Adeyemi, named doctor", [0, 1], await ground.Given.Actor(unit))));

        var signed = await learner.Get($"/learn/{folder.Code}");
        Assert.Contains("Signed off by Grace Adeyemi, named doctor on 15 May 2024", signed.Text);
        Assert.DoesNotContain("Illustrative", signed.Text);
        await PublishAsync(Changed, "Better");
        Assert.Contains("Illustrative", (await (await LearnerAsync()).Get($"/learn/{folder.Code}")).Text);
    }

    [Fact]
    public async Task Without_a_check_list_nothing_can_be_signed_off()
    {
        File.Delete(Path.Combine(folder.Path, "programme", "sign-off.yaml"));
        var page = await (await site.SignedInAsync(unit.Id)).Get($"/manage/courses/{folder.Code}/sign-off");
        Assert.Contains("There is no check list", page.Text);
        Assert.DoesNotContain(page.Document.QuerySelectorAll("button"), button => button.TextContent == "Record the sign-off");
        await ground.With<LearningDb>(async db => Assert.Equal(("Input.Expert", SignOffCourse.NoList), await new SignOffCourse(db, library, ground.Zone).RunAsync(
            folder.Code, library.Current(folder.Code).Files!.Digest, "Grace Adeyemi, named doctor", [], await ground.Given.Actor(unit))));
    }

    [Fact]
    public async Task Whoever_is_named_on_the_course_by_its_owner_writes_it_and_nobody_else() // S1
    {
        var owner = await ground.Sql<Guid>($"select owner_id from courses where id = '{course.Id}'");
        var organiser = await ground.Given.Person();
        await ground.Sql($"insert into employments (id, person_id, agency_id, workforce, starts_on) values (gen_random_uuid(), '{organiser.Id}', '{owner}', 'joint', '2020-01-01')");
        Assert.Equal(HttpStatusCode.Forbidden, (await (await site.SignedInAsync(organiser.Id)).Get(Write)).Status);
        await ground.Sql($"insert into course_organisers (course_id, person_id) values ('{course.Id}', '{organiser.Id}')");

        Assert.Equal(HttpStatusCode.OK, (await (await site.SignedInAsync(organiser.Id)).Get(Write)).Status);
        var stranger = await ground.Given.Actor(await ground.Given.Person(await ground.Given.Agency()));
        await ground.With<LearningDb>(async db => Assert.IsType<SaveOutcome.NotFound>(await new SaveDraft(db, library, ground.Zone).RunAsync(folder.Code, First, "x", 0, stranger)));
        await ground.With<LearningDb>(async db => Assert.IsType<PublishOutcome.NotFound>(await new PublishDraft(db, library, ground.Zone).RunAsync(folder.Code, "", "x", false, null, stranger)));
        await ground.With<LearningDb>(async db => Assert.NotNull(await new WithdrawVersion(db, library, ground.Zone).RunAsync(folder.Code, library.Current(folder.Code).Files!.Digest, "x", stranger)));
    }

    [Theory]
    [InlineData("one\ntwo\nthree\n", "one\n2\nthree\nfour\n", " one|-two|+2| three|+four")]
    [InlineData("", "one\n", "+one")]
    [InlineData("a\nb\na\n", "a\na\n", " a|-b| a")]
    public void Lines_that_changed_are_told_from_those_that_did_not(string old, string @new, string changes) =>
        Assert.Equal(changes, string.Join('|', LineChanges.Between(old, @new).Select(one => (one.Change switch { LineChange.Gone => "-", LineChange.New => "+", _ => " " }) + one.Line)));

    private async Task<Visitor> LearnerAsync() => await site.SignedInAsync((await ground.Given.Person(await ground.Given.Agency())).Id);

    private Task<CourseOffer> OfferAsync() => ground.With<LearningDb, CourseOffer>(db => library.OfferAsync(db, course));

    private Task<long> NewestAsync() => ground.Sql<long>($"select max(id) from course_saves where course_id = '{course.Id}'");

    private Task SaveAsync(string file, string words, long seen = 0) => ground.With<LearningDb>(async db =>
        Assert.IsType<SaveOutcome.Saved>(await new SaveDraft(db, library, ground.Zone).RunAsync(folder.Code, file, words, seen, await ground.Given.Actor(unit))));

    private async Task<string> PublishAsync(string first, string note)
    {
        await SaveAsync(First, first);
        return await PublishDraftAsync(note);
    }

    private Task<string> PublishDraftAsync(string note) => ground.With<LearningDb, string>(async db =>
    {
        var actor = await ground.Given.Actor(unit);
        var draft = await CourseDraft.OfAsync(db, library, folder.Code, actor, ground.Zone.Today);
        return Assert.IsType<PublishOutcome.Published>(await new PublishDraft(db, library, ground.Zone).RunAsync(folder.Code, draft!.Files.Digest, note, false, null, actor)).Digest;
    });

    private async Task<(Visitor Learner, Person Person)> ToTheQuizAsync()
    {
        var person = await ground.Given.Person(await ground.Given.Agency());
        var learner = await site.SignedInAsync(person.Id);
        var page = await learner.Get($"/learn/{folder.Code}");
        for (var turned = 0; turned < 4; turned++)
        {
            page = await page.Submit("Next");
        }

        return (learner, person);
    }

    // By the words of the first version, whatever the version that is played calls right.
    private async Task AnswerAllAsync(Visitor learner, bool right)
    {
        foreach (var question in new[] { 1, 2 })
        {
            var page = await learner.Get($"/learn/{folder.Code}?page=quiz&try=1&question={question}");
            string[] wanted = right ? ["Yes", "This", "That"] : ["No", "Neither"];
            var chosen = page.Document.QuerySelectorAll("label").Where(label => wanted.Contains(label.TextContent.Trim()))
                .Select(label => ("Input.Chosen", page.Document.GetElementById(label.GetAttribute("for")!)!.GetAttribute("value"))).ToArray();
            await page.Submit("Check answer", chosen);
        }
    }
}
