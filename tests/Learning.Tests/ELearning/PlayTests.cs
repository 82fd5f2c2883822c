using Learning.Catalogue;
using Learning.ELearning;
using Learning.People;
using Learning.Tests.Support;

using Microsoft.EntityFrameworkCore;

namespace Learning.Tests.ELearning;

/// <summary>The verbs of e-learning on a small course of two pages, a decision and a quiz of two questions, in a folder of its own.</summary>
public sealed class PlayTests : IClassFixture<Ground>, IDisposable
{
    private readonly Ground ground;
    private readonly SmallCourse folder = new();
    private readonly CourseLibrary library;

    public PlayTests(Ground ground)
    {
        this.ground = ground;
        library = new CourseLibrary(new ContentFolder(folder.Path));
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Beginning_twice_is_the_same_attempt() // E2
    {
        var learner = await LearnerAsync();

        Assert.Equal(await BeginAsync(learner), await BeginAsync(learner));
    }

    [Fact]
    public async Task Ten_presses_at_once_begin_one_attempt() // E2
    {
        var learner = await LearnerAsync();
        var begun = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => BeginAsync(learner)));

        Assert.Single(begun.Distinct());
    }

    [Fact]
    public async Task A_learner_goes_on_where_they_were_on_another_device() // E2
    {
        var learner = await LearnerAsync();
        await BeginAsync(learner);
        await TurnAsync(learner, "first");

        var progress = await ProgressAsync(learner);
        Assert.Equal("second", progress.Attempt!.LastPage);
        Assert.Equal(["first", "second"], progress.Seen.Order());
    }

    [Fact]
    public async Task Nobody_reaches_a_page_past_one_that_they_have_not_opened()
    {
        var learner = await LearnerAsync();
        await BeginAsync(learner);

        await ground.With<LearningDb>(async db => Assert.IsType<TurnOutcome.Refused>(
            await new TurnPage(db, library, ground.Zone).DoAsync(learner, folder.Code, "second", forward: true)));
        Assert.Equal(["first"], (await ProgressAsync(learner)).Seen);
    }

    [Fact]
    public async Task A_learner_finishes_the_version_that_they_began_and_the_next_one_gets_the_new() // E1
    {
        var (early, late) = (await LearnerAsync(), await LearnerAsync());
        await BeginAsync(early);
        folder.Write("pages/01-first.md", "---\ntitle: Another first page\nminutes: 2\n---\nNew words.\n");
        await BeginAsync(late);

        Assert.Equal("First page", (await ProgressAsync(early)).Text!.Pages[0].Title);
        Assert.Equal("Another first page", (await ProgressAsync(late)).Text!.Pages[0].Title);
        Assert.IsType<FinishOutcome.Completed>(await ToTheEndAsync(early));
    }

    [Fact]
    public async Task The_version_is_there_also_when_the_program_starts_again_without_its_folder() // E1
    {
        var learner = await LearnerAsync();
        await BeginAsync(learner);
        Directory.Delete(folder.CourseFolder, recursive: true);

        await ground.With<LearningDb>(async db =>
        {
            var afterStart = new CourseLibrary(new ContentFolder(folder.Path));
            var progress = await LearningProgress.OfAsync(db, afterStart, learner.PersonId!.Value, folder.Code);
            Assert.Equal("First page", progress!.Text!.Pages[0].Title);
        });
    }

    [Fact]
    public async Task A_withdrawn_version_is_not_finished_and_one_begins_again_with_the_new() // E1
    {
        var learner = await LearnerAsync();
        var old = await BeginAsync(learner);
        var digest = (await ProgressAsync(learner)).Attempt!.Version;
        folder.Withdraw(digest[..12]);

        Assert.IsType<FinishOutcome.Refused>(await FinishAsync(learner));
        await ground.With<LearningDb>(async db => Assert.IsType<TurnOutcome.Refused>(
            await new TurnPage(db, library, ground.Zone).DoAsync(learner, folder.Code, "first", forward: true)));

        Assert.NotEqual(old, await BeginAsync(learner));
        Assert.NotEqual(digest, (await ProgressAsync(learner)).Attempt!.Version);
        await using var db = ground.Db();
        Assert.Equal(AttemptEnd.Withdrawn, (await db.LearningAttempts.FindAsync(old))!.EndedBecause);
    }

    [Fact]
    public async Task A_withdrawn_course_is_neither_begun_nor_finished() // E1
    {
        var (begun, newcomer) = (await LearnerAsync(), await LearnerAsync());
        await BeginAsync(begun);
        await ground.Sql($"update courses set withdrawn_on = date '2024-05-15' where code = '{folder.Code}'");

        Assert.IsType<FinishOutcome.Refused>(await FinishAsync(begun));
        await ground.With<LearningDb>(async db => Assert.IsType<StartOutcome.Refused>(
            await new StartCourse(db, library, ground.Zone).DoAsync(newcomer, folder.Code)));
    }

    [Fact]
    public async Task A_course_with_a_mistake_in_its_texts_is_not_begun()
    {
        var learner = await LearnerAsync();
        folder.Write("quiz.yaml", folder.Quiz.Replace("right: true", "right: false"));

        await ground.With<LearningDb>(async db => Assert.IsType<StartOutcome.Refused>(
            await new StartCourse(db, library, ground.Zone).DoAsync(learner, folder.Code)));
    }

    [Fact]
    public async Task A_completion_carries_the_agency_of_its_local_day_for_good() // P2, T3
    {
        var (old, next) = (await ground.Given.Agency(), await ground.Given.Agency());
        var person = await ground.Given.Person();
        await ground.Given.Job(person, old, "2020-01-01", "2024-07-01", Workforce.Adults);
        await ground.Given.Job(person, next, "2024-07-01", workforce: Workforce.Children);
        var learner = await ground.Given.Actor(person);
        await NewCourseAsync();
        ground.Clock.Set("2024-07-01 00:10"); // 23:10 of 30 June in UTC

        await BeginAsync(learner);
        Assert.IsType<FinishOutcome.Completed>(await ToTheEndAsync(learner));
        await ground.Sql($"update employments set ends_on = date '2024-07-01' where person_id = '{person.Id}' and ends_on is null");

        await using var db = ground.Db();
        var completion = await db.Completions.SingleAsync(c => c.PersonId == person.Id);
        Assert.Equal((next.Id, Workforce.Children, new DateOnly(2024, 7, 1), 100m),
            (completion.AgencyId!.Value, completion.Workforce!.Value, completion.CompletedOn, completion.Score!.Value));
    }

    [Fact]
    public async Task Finish_pressed_ten_times_at_once_records_one_completion() // E2
    {
        var learner = await LearnerAsync();
        await BeginAsync(learner);
        await ToTheQuizAsync(learner);
        await AnswerAsync(learner, right: true);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => FinishAsync(learner)));

        Assert.All(outcomes, outcome => Assert.IsType<FinishOutcome.Completed>(outcome));
        Assert.Equal(1L, await ground.Sql<long>($"select count(*) from completions where person_id = '{learner.PersonId}'"));
    }

    [Fact]
    public async Task A_course_taken_again_is_another_completion() // E2
    {
        var learner = await LearnerAsync();
        await BeginAsync(learner);
        await ToTheEndAsync(learner);
        await BeginAsync(learner);
        await ToTheEndAsync(learner);

        Assert.Equal(2L, await ground.Sql<long>($"select count(*) from completions where person_id = '{learner.PersonId}'"));
    }

    [Fact]
    public async Task Without_an_answer_to_each_question_there_is_nothing_to_finish() // E3
    {
        var learner = await LearnerAsync();
        await BeginAsync(learner);
        await ToTheQuizAsync(learner);

        Assert.Equal([1, 2], Assert.IsType<FinishOutcome.Refused>(await FinishAsync(learner)).Questions);
    }

    [Fact]
    public async Task The_first_answer_of_a_try_stands() // E3
    {
        var learner = await LearnerAsync();
        await BeginAsync(learner);
        await ToTheQuizAsync(learner);

        Assert.Null(await AnswerAsync(learner, right: false, questions: 1));
        Assert.Null(await AnswerAsync(learner, right: true, questions: 1));
        Assert.Equal(1L, await ground.Sql<long>($"""
            select count(*) from quiz_answers where not correct and attempt_id = '{(await ProgressAsync(learner)).Attempt!.Id}'
            """));
    }

    [Fact]
    public async Task Too_few_right_is_no_completion() // E3
    {
        var learner = await LearnerAsync();
        await BeginAsync(learner);
        await ToTheQuizAsync(learner);
        await AnswerAsync(learner, right: true, questions: 1);
        await AnswerAsync(learner, right: false);

        Assert.Equal(1, Assert.IsType<FinishOutcome.NotPassed>(await FinishAsync(learner)).Score.Right);
        Assert.Equal(0L, await ground.Sql<long>($"select count(*) from completions where person_id = '{learner.PersonId}'"));
    }

    [Fact]
    public async Task A_failed_try_is_followed_by_another_and_the_last_one_ends_the_attempt() // E3
    {
        var learner = await LearnerAsync();
        await NewCourseAsync(tries: 2);
        var old = await BeginAsync(learner);
        await ToTheQuizAsync(learner);
        await AnswerAsync(learner, right: false);
        Assert.Equal("This try is over.", await AnswerAsync(learner, right: true, @try: 3));
        await AnswerAsync(learner, right: false, @try: 2);
        Assert.Equal("This try is over.", await AnswerAsync(learner, right: true, @try: 3));

        Assert.NotEqual(old, await BeginAsync(learner));
        await using var db = ground.Db();
        Assert.Equal(AttemptEnd.TriesUsed, (await db.LearningAttempts.FindAsync(old))!.EndedBecause);
    }

    [Fact]
    public async Task A_choice_in_the_story_is_kept_and_can_be_changed_and_a_stranger_one_is_not_taken() // E2
    {
        var learner = await LearnerAsync();
        await BeginAsync(learner);
        await TurnAsync(learner, "first");
        await TurnAsync(learner, "second");

        Assert.Null(await ChooseAsync(learner, 0));
        Assert.Null(await ChooseAsync(learner, 1));
        Assert.NotNull(await ChooseAsync(learner, 2));
        Assert.NotNull(await ChooseAsync(learner, null));
        Assert.Equal(1, (await ProgressAsync(learner)).Choices["door"]);
    }

    private async Task<Actor> LearnerAsync()
    {
        await NewCourseAsync();
        return await ground.Given.Actor(await ground.Given.Person(await ground.Given.Agency()));
    }

    private async Task NewCourseAsync(int tries = 0)
    {
        folder.Write("quiz.yaml", folder.Quiz.Replace("attempts: 0", $"attempts: {tries}"));
        await using var db = ground.Db();
        if (!await db.Courses.AnyAsync(c => c.Code == folder.Code))
        {
            await ground.Given.Course(CourseKind.ELearning, code: folder.Code);
        }
    }

    private Task<Guid> BeginAsync(Actor learner) => ground.With<LearningDb, Guid>(async db =>
        Assert.IsType<StartOutcome.Begun>(await new StartCourse(db, library, ground.Zone).DoAsync(learner, folder.Code)).AttemptId);

    private Task TurnAsync(Actor learner, string from) => ground.With<LearningDb>(async db =>
        Assert.IsType<TurnOutcome.On>(await new TurnPage(db, library, ground.Zone).DoAsync(learner, folder.Code, from, forward: true)));

    private Task<string?> ChooseAsync(Actor learner, int? choice) => ground.With<LearningDb, string?>(db =>
        new ChooseInCase(db, library, ground.Zone).DoAsync(learner, folder.Code, "door", choice));

    private Task<FinishOutcome> FinishAsync(Actor learner) => ground.With<LearningDb, FinishOutcome>(db =>
        new FinishCourse(db, library, ground.Zone).DoAsync(learner, folder.Code));

    private async Task<LearningProgress> ProgressAsync(Actor learner) => (await ground.With<LearningDb, LearningProgress?>(db =>
        LearningProgress.OfAsync(db, library, learner.PersonId!.Value, folder.Code)))!;

    private async Task ToTheQuizAsync(Actor learner)
    {
        foreach (var page in new[] { "first", "second", "door", "ending" })
        {
            await TurnAsync(learner, page);
        }
    }

    private async Task<FinishOutcome> ToTheEndAsync(Actor learner)
    {
        await ToTheQuizAsync(learner);
        await AnswerAsync(learner, right: true);
        return await FinishAsync(learner);
    }

    /// <summary>Answers the first questions of a try, by the places that the options have on this learner's screen; the last refusal, if any.</summary>
    private async Task<string?> AnswerAsync(Actor learner, bool right, int @try = 1, int questions = 2)
    {
        var progress = await ProgressAsync(learner);
        string? refused = null;
        foreach (var asked in QuizRules.Asked(progress.Text!.Quiz!, progress.Attempt!.Id, @try).Take(questions))
        {
            var places = Enumerable.Range(0, asked.Order.Count).Where(i => asked.Question.Options[asked.Order[i]].Right == right);
            var chosen = asked.Question.Kind == QuestionKind.OneRight ? places.Take(1) : places;
            refused = await ground.With<LearningDb, string?>(db =>
                new CheckAnswer(db, library, ground.Zone).DoAsync(learner, folder.Code, @try, asked.Question.Id, new Sent([.. chosen])));
        }

        return refused;
    }
}
