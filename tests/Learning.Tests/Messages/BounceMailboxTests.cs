using Learning.Messages;

namespace Learning.Tests.Messages;

/// <summary>The setting that names the mailbox of what comes back.</summary>
public class BounceMailboxTests
{
    [Theory]
    [InlineData("imap://bounces:p%40ss@mail.example", "mail.example", 993, "p@ss", MailTls.Implicit, "INBOX")]
    [InlineData("imap://bounces:x@mail.example:1143/?tls=none", "mail.example", 1143, "x", MailTls.None, "INBOX")]
    [InlineData("imap://bounces:x@mail.example/Came%20back?tls=starttls", "mail.example", 143, "x", MailTls.StartTls, "Came back")]
    public void LEARNING_BOUNCE_MAILBOX_names_a_mailbox(string setting, string host, int port, string password, MailTls tls, string folder) =>
        Assert.Equal(new BounceMailbox(host, port, "bounces", password, tls, folder), BounceMailbox.Of(setting));

    [Theory]
    [InlineData("mail.example")]
    [InlineData("imaps://bounces:SECRET@mail.example")]
    [InlineData("imap://mail.example")]
    [InlineData("imap://bounces@mail.example")]
    [InlineData("imap://bounces:SECRET@mail.example?tls=ssl")]
    [InlineData("imap://bounces:SECRET@mail.example#x")]
    public void What_is_none_is_refused_in_one_line_that_keeps_the_password(string setting)
    {
        var message = Assert.Throws<FormatException>(() => BounceMailbox.Of(setting)).Message;
        Assert.StartsWith("LEARNING_BOUNCE_MAILBOX", message);
        Assert.DoesNotContain("SECRET", message);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public void Without_it_there_is_none_and_what_is_shown_of_one_is_no_password()
    {
        Assert.Null(BounceMailbox.Of(" "));
        Assert.DoesNotContain("SECRET", $"{BounceMailbox.Of("imap://bounces:SECRET@mail.example")}");
    }
}
