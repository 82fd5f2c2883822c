using Learning.Benchmarks.Storm;
using Learning.Catalogue;
using Learning.ELearning;
using Learning.Tests.Support;

using Npgsql;

namespace Learning.Tests.ELearning;

/// <summary>The server (kill -9) and the database (stopped and started) end in the middle of a course, of an answer and of Finish: what was said to be saved is there, and the completion is one.</summary>
public sealed class KilledCourseTests(Ground ground) : IClassFixture<Ground>
{
    private static readonly CourseText Sieb = ReadCourse.From(new ContentFolder(Path.Combine(AppContext.BaseDirectory, "content")).Find("SIEB")!);

    [Fact] // E2, E3; by the real clock
    public async Task A_server_that_is_killed_loses_the_press_that_it_was_at_and_nothing_else()
    {
        var learner = await LearnerAsync(ground);
        var server = await ServerProcess.StartAsync(ground.OwnerConnectionString, "web");
        try
        {
            var page = await (await SignInAsync(server.Address, learner)).Get("/learn/SIEB");
            page = await (await page.Submit("Next")).Submit("Next");
            Assert.EndsWith("page=kinds-of-harm", page.Path);

            // In the middle of a page that is turned.
            server = await KilledAsync(server, learner, () => page.Submit("Next"));
            page = await (await SignInAsync(server.Address, learner)).Get("/learn/SIEB");
            Assert.Equal("Kinds of harm", page.Document.QuerySelector("h1")!.TextContent);
            while (!page.Path.Contains("page=quiz", StringComparison.Ordinal))
            {
                page = await page.Submit("Next");
            }

            // In the middle of the third answer.
            page = await AnswerAsync(await AnswerAsync(page));
            var third = RightAnswer.On(page, QuestionOn(page)).ToArray();
            server = await KilledAsync(server, learner, () => page.Submit("Check answer", third));
            page = await (await SignInAsync(server.Address, learner)).Get("/learn/SIEB");
            Assert.Equal(2L, await AnswersAsync(ground, learner));
            Assert.Contains("Question 3 of 12", page.Text);
            Assert.Equal(third, RightAnswer.On(page, QuestionOn(page)));

            // In the middle of Finish.
            while (await AnswersAsync(ground, learner) < Sieb.Quiz!.AskedATry)
            {
                page = await AnswerAsync(page);
            }

            page = await page.GetAgain();
            server = await KilledAsync(server, learner, () => page.Submit("Finish"));
            Assert.Equal(0L, await CompletionsAsync(ground, learner));
            page = await (await SignInAsync(server.Address, learner)).Get("/learn/SIEB");
            var finished = await Task.WhenAll(page.Submit("Finish"), page.Submit("Finish"));
            Assert.All(finished, one => Assert.Contains("You have completed", one.Text));
            Assert.Equal((1L, 12L), (await CompletionsAsync(ground, learner), await AnswersAsync(ground, learner)));
        }
        finally
        {
            await server.DisposeAsync();
        }
    }

    [Fact] // E2, E3
    public async Task A_database_that_is_stopped_loses_the_press_that_it_was_at_and_nothing_else()
    {
        await using var database = await StoppableDatabase.StartAsync();
        var own = database.Ground;
        var learner = await LearnerAsync(own);
        var page = await (await SignInAsync((await own.SiteAsync()).Address, learner)).Get("/learn/SIEB");
        page = await (await page.Submit("Next")).Submit("Next");
        page = await StoppedAsync(database, learner, page, () => page.Submit("Next"));
        Assert.Equal("Kinds of harm", page.Document.QuerySelector("h1")!.TextContent);
        while (!page.Path.Contains("page=quiz", StringComparison.Ordinal))
        {
            page = await page.Submit("Next");
        }

        page = await AnswerAsync(await AnswerAsync(page));
        var third = RightAnswer.On(page, QuestionOn(page)).ToArray();
        page = await StoppedAsync(database, learner, page, () => page.Submit("Check answer", third));
        Assert.Equal(2L, await AnswersAsync(own, learner));
        Assert.Contains("Question 3 of 12", page.Text);
        while (await AnswersAsync(own, learner) < Sieb.Quiz!.AskedATry)
        {
            page = await AnswerAsync(page);
        }

        page = await page.GetAgain();
        page = await StoppedAsync(database, learner, page, () => page.Submit("Finish"));
        Assert.Equal(0L, await CompletionsAsync(own, learner));
        Assert.Contains("You have completed", (await page.Submit("Finish")).Text);
        Assert.Equal((1L, 12L), (await CompletionsAsync(own, learner), await AnswersAsync(own, learner)));
    }

    private sealed record Learner(Guid Id, string Email, string Password);

    private static async Task<Learner> LearnerAsync(Ground ground)
    {
        await ground.Given.Course(CourseKind.ELearning, code: "SIEB", title: Sieb.Head.Title);
        var person = await ground.Given.Person(await ground.Given.Agency());
        var (email, password) = await (await ground.SiteAsync()).AccountAsync(person.Id);
        return new Learner(person.Id, email, password);
    }

    private static async Task<Visitor> SignInAsync(Uri address, Learner learner)
    {
        var visitor = new Visitor(address);
        await (await visitor.Get(Learning.Accounts.SignIn.Page)).Submit("Sign in", ("Input.Email", learner.Email), ("Input.Password", learner.Password));
        return visitor;
    }

    // The press stands still where it wants the attempt; there the server is killed. Another one comes after it.
    private async Task<ServerProcess> KilledAsync(ServerProcess server, Learner learner, Func<Task<Page>> press)
    {
        await using (var hold = await Hold.OnAsync(ground, learner.Id))
        {
            var pressed = press();
            await hold.WaitedForAsync();
            server.Kill();
            await Assert.ThrowsAnyAsync<Exception>(() => pressed);
        }

        await server.DisposeAsync();
        return await ServerProcess.StartAsync(ground.OwnerConnectionString, "web");
    }

    // The same with the database: the press is answered by a page that says so, and the next one finds everything.
    private static async Task<Page> StoppedAsync(StoppableDatabase database, Learner learner, Page page, Func<Task<Page>> press)
    {
        await using (var hold = await Hold.OnAsync(database.Ground, learner.Id))
        {
            var pressed = press();
            await hold.WaitedForAsync();
            await database.StopAsync();
            Assert.True((int)(await pressed).Status >= 500);
        }

        Assert.True((int)(await page.GetAgain()).Status >= 500);
        await database.GoOnAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while ((int)(await page.Start("/learn/SIEB")).Status >= 500)
        {
            await Task.Delay(100, patience.Token);
        }

        return await page.Start("/learn/SIEB");
    }

    private static Question QuestionOn(Page page) => Sieb.Quiz!.Questions.Single(question => question.Text == page.Document.QuerySelector("legend")!.TextContent.Trim());

    private static async Task<Page> AnswerAsync(Page page)
    {
        page = await page.Submit("Check answer", [.. RightAnswer.On(page, QuestionOn(page))]);
        return page.Document.QuerySelectorAll("button").Any(button => button.TextContent == "Next") ? await page.Submit("Next") : page;
    }

    private static Task<long> AnswersAsync(Ground ground, Learner learner) =>
        ground.Sql<long>($"select count(*) from quiz_answers q join learning_attempts t on t.id = q.attempt_id where t.person_id = '{learner.Id}'");

    private static Task<long> CompletionsAsync(Ground ground, Learner learner) => ground.Sql<long>($"select count(*) from completions where person_id = '{learner.Id}'");

    /// <summary>Holds the learner's attempt, so that whatever they press waits for it.</summary>
    private sealed class Hold(NpgsqlConnection connection, NpgsqlTransaction transaction, NpgsqlDataSource source) : IAsyncDisposable
    {
        public static async Task<Hold> OnAsync(Ground ground, Guid person)
        {
            var source = NpgsqlDataSource.Create(ground.OwnerConnectionString);
            var connection = await source.OpenConnectionAsync();
            var transaction = await connection.BeginTransactionAsync();
            await using var hold = new NpgsqlCommand($"select id from learning_attempts where person_id = '{person}' for update", connection, transaction);
            await hold.ExecuteNonQueryAsync();
            return new Hold(connection, transaction, source);
        }

        public async Task WaitedForAsync()
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
            await using var asked = source.CreateCommand("select exists (select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%attempt_of%')");
            while (await asked.ExecuteScalarAsync() is not true)
            {
                await Task.Delay(20, patience.Token);
            }
        }

        public async ValueTask DisposeAsync()
        {
            try
            {
                await transaction.DisposeAsync();
                await connection.DisposeAsync();
            }
            catch (Exception gone) when (gone is NpgsqlException or ObjectDisposedException or InvalidOperationException)
            {
                // Its server was stopped.
            }

            await source.DisposeAsync();
        }
    }
}
