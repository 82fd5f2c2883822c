using Learning.Messages;

namespace Learning.Tests.Messages.SystemNet;

public class MailTransportTests
{
    private static readonly MailTokens Tokens = MailTokens.Of("/run/token")!;

    [Fact]
    public void The_default_build_says_that_it_cannot_do_implicit_TLS() =>
        Assert.Contains("MailKit", Assert.Throws<FormatException>(() => MessagesArea.ServerOf("smtp://mail.example?tls=implicit")).Message);

    [Fact]
    public void The_default_build_says_that_it_cannot_sign_in_by_a_token() =>
        Assert.Contains("MailKit", Assert.Throws<FormatException>(() => MessagesArea.ServerOf("smtp://learning@mail.example", Tokens)).Message);

    [Fact]
    public void The_default_build_says_that_it_reads_no_mailbox() =>
        Assert.Contains("MailKit", Assert.Throws<FormatException>(() => MessagesArea.MailboxOf("imap://learning:x@mail.example")).Message);
}
