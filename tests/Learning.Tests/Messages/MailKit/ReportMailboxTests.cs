using Learning.Messages;
using Learning.People;
using Learning.Tests.Support;
using Learning.Time;

namespace Learning.Tests.Messages.MailKit;

/// <summary>M5: delivery reports out of a mailbox, by IMAP, with MailKit built in.</summary>
public class ReportMailboxTests(Ground ground) : IClassFixture<Ground>
{
    private const string User = "bounces@partnership.example", Password = "p@ss:w/rd % 7";

    [Fact] // M5, M2
    public async Task What_came_back_marks_the_address_and_the_letter_once_and_other_mail_is_left_alone()
    {
        await using var box = await Mailbox.StartAsync(User, Password);
        await using var room = new PostRoom(ground);
        var (gone, goneId) = await SentAsync(room);
        var (full, fullId) = await SentAsync(room);
        var (fine, fineId) = await SentAsync(room);
        await box.PutAsync(ReturnedMail.Of(ReturnedMail.OutOfOffice, fineId, fine));
        await box.PutAsync(ReturnedMail.Of(ReturnedMail.Exchange, goneId, gone.ToUpperInvariant()));
        await box.PutAsync(ReturnedMail.Of(ReturnedMail.GivenUp, fullId, full));
        await box.PutAsync(ReturnedMail.Of(ReturnedMail.Delayed, fineId, fine));

        Assert.Equal(new(4, 2, 1), await ReadAsync(box));

        Assert.Equal("new read read new", await box.SeenAsync());
        Assert.True(await BouncedAsync(gone));
        Assert.False(await BouncedAsync(full));
        Assert.False(await BouncedAsync(fine));
        Assert.Contains("came back: 550 5.1.10", await OutcomeAsync(gone));
        Assert.Equal("came back: 451 4.4.7 retry timeout exceeded", await OutcomeAsync(full));
        Assert.DoesNotContain("came back", await OutcomeAsync(fine));

        // Nothing new; then one more; then the mailbox is another one with the same mails.
        Assert.Equal(new(0, 0, 0), await ReadAsync(box));
        await box.PutAsync(ReturnedMail.Of(ReturnedMail.Postfix, fineId, fine));
        Assert.Equal(new(1, 1, 1), await ReadAsync(box));
        await box.MoveAsync();
        Assert.Equal(new(5, 3, 0), await ReadAsync(box));
    }

    [Fact] // M5: anybody can write to it
    public async Task A_report_by_who_never_had_the_letter_marks_nobody()
    {
        await using var box = await Mailbox.StartAsync(User, Password);
        await using var room = new PostRoom(ground);
        var (victim, _) = await SentAsync(room);
        var (_, other) = await SentAsync(room);
        await box.PutAsync(ReturnedMail.Of(ReturnedMail.Postfix, $"<{Guid.CreateVersion7():N}@partnership.example>", victim));
        await box.PutAsync(ReturnedMail.Of(ReturnedMail.Postfix, "<nonsense>", victim));
        await box.PutAsync(ReturnedMail.Of(ReturnedMail.Postfix, other, victim));
        await ground.Sql("delete from bounce_readings");

        Assert.Equal(new(3, 3, 0), await ReadAsync(box));

        Assert.False(await BouncedAsync(victim));
    }

    [Fact] // M5
    public async Task It_signs_in_by_a_token_and_what_it_fails_of_is_told()
    {
        await using var box = await Mailbox.StartAsync(User, "token:t0ken-1");
        await using var endpoint = new TokenEndpoint();
        await ground.Sql("delete from bounce_readings");
        var mailbox = BounceMailbox.Of($"imap://{Uri.EscapeDataString(User)}@127.0.0.1:{box.Port}?tls=none", MailTokens.Of(endpoint.Setting()))!;

        Assert.Equal(new(0, 0, 0), await ReadAsync(mailbox));

        endpoint.Answer = (200, """{"access_token": "wrong", "expires_in": 3600}""");
        mailbox.Tokens!.Forget();
        await Assert.ThrowsAnyAsync<Exception>(() => ReadAsync(mailbox));
        endpoint.Answer = (200, """{"access_token": "t0ken-1", "expires_in": 3600}""");
        Assert.Equal(new(0, 0, 0), await ReadAsync(mailbox));
        Assert.Equal(3, endpoint.Asked.Count);
    }

    private Task<ReadBounces.Outcome> ReadAsync(Mailbox box) => ReadAsync(BounceMailbox.Of($"imap://{Uri.EscapeDataString(User)}:{Uri.EscapeDataString(Password)}@127.0.0.1:{box.Port}?tls=none")!);

    private async Task<ReadBounces.Outcome> ReadAsync(BounceMailbox mailbox)
    {
        await using var db = ground.Db();
        return await new ReadBounces(db, new RecordBounces(db, ground.Zone), new MailboxSetting(mailbox), ground.Zone).RunAsync();
    }

    private Task<bool> BouncedAsync(string email) => ground.Sql<bool>($"select bounced_at is not null from person_emails where email = '{email}'");

    private Task<string> OutcomeAsync(string email) => ground.Sql<string>($"select outcome from messages where sent_to = '{email}'");

    private async Task<(string Email, string Id)> SentAsync(PostRoom room)
    {
        var email = $"p{Guid.CreateVersion7():N}@agency.example";
        var booking = await ground.Given.Booking(await ground.Given.Session(), await ground.Given.Person(email: email));
        await using var db = ground.Db();
        await using (var transaction = await db.Database.BeginTransactionAsync())
        {
            await Outbox.QueueAsync(db, ground.Zone.Now, [new Outgoing { Kind = "booking-confirmed", PersonId = booking.PersonId, SubjectId = booking.Id, Why = "A test." }]);
            await transaction.CommitAsync();
        }

        await room.SendAsync();
        return (email, room.Sink.Mails.Single(mail => mail.To == email).Header("Message-ID")!);
    }
}
