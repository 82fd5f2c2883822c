using Learning.Database;
using Learning.Messages;
using Learning.Tests.Support;
using Learning.Web;

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Learning.Tests.Messages;

/// <summary>A program that books, and one that sends and would look for messages by itself only once an hour, on one database. By the real clock.</summary>
public sealed class BellTests(Ground ground) : IClassFixture<Ground>
{
    [Fact] // M1: heard on another server as soon as it is committed, and not before; also after the listening connection was lost
    public async Task A_message_is_sent_as_soon_as_it_is_committed()
    {
        await using var sink = new SmtpSink();
        using IHost books = Program(sink, sends: false), sends = Program(sink, sends: true);
        await Task.WhenAll(books.StartAsync(), sends.StartAsync());
        await UntilAsync("select count(*) = 1 from pg_stat_activity where datname = current_database() and query = 'listen messages'");
        await QueueAsync(books);
        await SentAsync(sink, 1);

        // As when the database starts again: what was queued before the connection was made anew is looked for then.
        await ground.OwnerSql("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query = 'listen messages'");
        await QueueAsync(books);
        await SentAsync(sink, 2);
        await QueueAsync(books);
        await SentAsync(sink, 3);
        await Task.WhenAll(books.StopAsync(), sends.StopAsync());
    }

    [Fact] // M1: what is rolled back rings nothing
    public async Task A_transaction_that_is_rolled_back_rings_nothing()
    {
        await using var sink = new SmtpSink();
        using var books = Program(sink, sends: false);
        var bell = books.Services.GetRequiredService<Bell>();
        await using (var db = await books.Services.GetRequiredService<IDbContextFactory<LearningDb>>().CreateDbContextAsync())
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            await Outbox.QueueAsync(db, TimeProvider.System.GetUtcNow(), [await MessageAsync()]);
            await transaction.RollbackAsync();
        }

        Assert.False(await bell.HeardAsync(TimeSpan.FromMilliseconds(50), default));
        await QueueAsync(books);
        Assert.True(await bell.HeardAsync(TimeSpan.FromSeconds(10), default));
    }

    [Fact] // M1: a booking's commit goes with its save
    public async Task A_commit_that_goes_with_the_save_rings_too()
    {
        await using var sink = new SmtpSink();
        using var books = Program(sink, sends: false);
        await using var db = await books.Services.GetRequiredService<IDbContextFactory<LearningDb>>().CreateDbContextAsync();
        await using var transaction = await db.Database.BeginTransactionAsync();
        Outbox.Add(db, TimeProvider.System.GetUtcNow(), await MessageAsync());

        await db.SaveAndCommitAsync(transaction, default);

        Assert.True(await books.Services.GetRequiredService<Bell>().HeardAsync(TimeSpan.FromSeconds(10), default));
    }

    private IHost Program(SmtpSink sink, bool sends)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        var settings = new SiteSettings { ConnectionString = ground.ConnectionString, PublicAddress = new Uri("https://learning.example"), Role = SiteRole.Web, Mail = MailServer.Of($"smtp://127.0.0.1:{sink.Port}?tls=none") };
        Site.AddFoundation(builder.Services, ground.ConnectionString);
        builder.Services.AddLogging().AddSingleton(settings).AddAreas(settings);
        if (sends)
        {
            builder.Services.AddSending(ground.ConnectionString).AddSingleton(new ListeningPlace(ground.ConnectionString) { Look = TimeSpan.FromHours(1) });
        }

        return builder.Build();
    }

    private async Task<Outgoing> MessageAsync()
    {
        var booking = await ground.Given.Booking(await ground.Given.Session(null, 20, "2099-06-03 09:30 to 16:00"), await ground.Given.Person());
        return new Outgoing { Kind = "booking-confirmed", PersonId = booking.PersonId, SubjectId = booking.Id, SessionId = booking.SessionId, Why = "A place was booked." };
    }

    private async Task QueueAsync(IHost program)
    {
        await using var db = await program.Services.GetRequiredService<IDbContextFactory<LearningDb>>().CreateDbContextAsync();
        await using var transaction = await db.Database.BeginTransactionAsync();
        await Outbox.QueueAsync(db, TimeProvider.System.GetUtcNow(), [await MessageAsync()]);
        await transaction.CommitAsync();
    }

    private static async Task SentAsync(SmtpSink sink, int mails)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (sink.Mails.Count < mails)
        {
            await Task.Delay(20, patience.Token);
        }
    }

    private async Task UntilAsync(string question)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (!await ground.Sql<bool>(question))
        {
            await Task.Delay(50, patience.Token);
        }
    }
}
