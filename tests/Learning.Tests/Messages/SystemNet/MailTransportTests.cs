using Learning.Messages;

namespace Learning.Tests.Messages.SystemNet;

public class MailTransportTests
{
    [Fact]
    public void The_default_build_says_that_it_cannot_do_implicit_TLS() =>
        Assert.Contains("MailKit", Assert.Throws<FormatException>(() => MessagesArea.ServerOf("smtp://mail.example?tls=implicit")).Message);
}
