using Learning.Accounts;
using Learning.Tests.Support;

using Npgsql;

namespace Learning.Tests.Accounts;

/// <summary>Two presses at once: reading that a link is good and then using it up would let in as often as it was read; the verbs lock its row first.</summary>
public class LinkRaceTests(Ground ground) : IClassFixture<Ground>
{
    private const int Presses = 8;

    [Fact]
    public async Task Without_the_lock_everybody_who_read_in_time_is_let_in()
    {
        var email = await AskAsync();
        await using var source = NpgsqlDataSource.Create(ground.ConnectionString);
        var (read, everybodyHasRead) = (0, new TaskCompletionSource());

        var letIn = await Task.WhenAll(Enumerable.Range(0, Presses).Select(async _ =>
        {
            await using var connection = await source.OpenConnectionAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            await using var look = new NpgsqlCommand($"select ended_at is null from sign_in_codes where email = '{email}'", connection, transaction);
            var good = (bool)(await look.ExecuteScalarAsync())!;
            if (Interlocked.Increment(ref read) == Presses)
            {
                everybodyHasRead.SetResult();
            }

            await everybodyHasRead.Task;
            await using var use = new NpgsqlCommand($"update sign_in_codes set ended_at = now(), ended_because = 'used' where email = '{email}'", connection, transaction);
            await use.ExecuteNonQueryAsync();
            await transaction.CommitAsync();
            return good;
        }));

        Assert.Equal(Presses, letIn.Count(was => was));
    }

    [Fact] // P1
    public async Task With_the_lock_the_link_lets_in_once_and_makes_one_account()
    {
        var email = await AskAsync();
        var link = (await MailedCode.NewestAsync(ground, email)).Link;

        var next = await Task.WhenAll(Enumerable.Range(0, Presses).Select(_ => new Doorstep(ground).With((EnterByLink enter) => enter.RunAsync(link))));

        Assert.Single(next, one => one is not null);
        Assert.Equal(1, await ground.Sql<long>($"select count(*) from accounts a join person_emails e on e.person_id = a.person_id where e.email = '{email}'"));
    }

    [Fact]
    public async Task With_the_lock_the_code_lets_in_once_and_wrong_ones_are_counted_one_by_one()
    {
        var (browser, email) = (new Doorstep(ground), (await EmailAsync()));
        var secret = ((AskOutcome.Asked)await browser.With((AskForCode ask) => ask.RunAsync(email, null))).Secret;
        var mailed = await MailedCode.NewestAsync(ground, email);

        var wrong = await Task.WhenAll(Enumerable.Range(0, SignInCode.MostWrong - 1).Select(_ => browser.With((EnterByCode enter) => enter.RunAsync(new CodeAsked(secret, email), mailed.Wrong))));
        Assert.Equal([1, 2, 3, 4], wrong.Select(outcome => ((CodeOutcome.Wrong)outcome).Left).Order());

        var right = await Task.WhenAll(Enumerable.Range(0, Presses).Select(i => new Doorstep(ground, $"198.51.100.{i}").With((EnterByCode enter) => enter.RunAsync(new CodeAsked(secret, email), mailed.Code))));
        Assert.Single(right, outcome => outcome is CodeOutcome.Entered);
        Assert.Equal(Presses - 1, right.Count(outcome => outcome is CodeOutcome.Over or CodeOutcome.TooMany));
    }

    [Fact]
    public async Task Requests_at_once_leave_one_code_that_is_good()
    {
        var email = await EmailAsync();

        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => new Doorstep(ground).With((AskForCode ask) => ask.RunAsync(email, null))));

        Assert.Equal(1, await ground.Sql<long>($"select count(*) from sign_in_codes where email = '{email}' and ended_at is null"));
        Assert.Equal(5, await ground.Sql<long>($"select count(*) from sign_in_codes where email = '{email}'"));
    }

    private async Task<string> AskAsync()
    {
        var email = await EmailAsync();
        await new Doorstep(ground).With((AskForCode ask) => ask.RunAsync(email, null));
        return email;
    }

    private async Task<string> EmailAsync()
    {
        var person = await ground.Given.Person();
        return await ground.Sql<string>($"select email from person_emails where person_id = '{person.Id}'");
    }
}
