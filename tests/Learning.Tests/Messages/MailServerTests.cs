using Learning.Messages;

namespace Learning.Tests.Messages;

public class MailServerTests
{
    [Theory]
    [InlineData("smtp://mail.example", "mail.example", 587, null, null, MailTls.StartTls)]
    [InlineData("smtp://mail.example:2525?tls=none", "mail.example", 2525, null, null, MailTls.None)]
    [InlineData("smtp://mail.example/?tls=none", "mail.example", 25, null, null, MailTls.None)]
    [InlineData("smtp://learning:p%40ss%3Aword@mail.example?tls=implicit", "mail.example", 465, "learning", "p@ss:word", MailTls.Implicit)]
    [InlineData("smtp://a%40b.example:x@[::1]:587?tls=starttls", "::1", 587, "a@b.example", "x", MailTls.StartTls)]
    public void LEARNING_SMTP_names_a_server(string setting, string host, int port, string? user, string? password, MailTls tls) =>
        Assert.Equal(new MailServer(host, port, user, password, tls), MailServer.Of(setting));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    public void Without_it_there_is_none(string? setting) => Assert.Null(MailServer.Of(setting));

    [Theory]
    [InlineData("mail.example:25")]
    [InlineData("https://mail.example")]
    [InlineData("smtp://")]
    [InlineData("smtp://mail.example/inbox")]
    [InlineData("smtp://mail.example?tls=ssl")]
    [InlineData("smtp://mail.example?starttls")]
    [InlineData("smtp://user:SECRET@mail.example:99999")]
    [InlineData("smtp://user@mail.example")]
    [InlineData("smtp://:SECRET@mail.example")]
    [InlineData("smtp://user:SECRET@mail.example?tls=none#x")]
    public void What_is_none_is_refused_in_one_line_that_keeps_the_password(string setting)
    {
        var message = Assert.Throws<FormatException>(() => MailServer.Of(setting)).Message;
        Assert.DoesNotContain("SECRET", message);
        Assert.DoesNotContain('\n', message);
    }
}
