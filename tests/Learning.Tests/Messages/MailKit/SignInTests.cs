using Learning.Benchmarks;
using Learning.Benchmarks.Storm;

using Ground = Learning.Tests.Support.Ground;

namespace Learning.Tests.Messages.MailKit;

/// <summary>What MailKit can and the framework's client cannot, against a mail server of other people's making, by the program in a process of its own that trusts its certificate: encryption from the first byte, and sign-in by a token.</summary>
public class SignInTests(Ground ground) : IClassFixture<Ground>
{
    private const string User = "learning@partnership.example";

    [Fact] // M5
    public async Task A_letter_leaves_by_a_token_that_the_endpoint_gives_and_waits_while_it_gives_none_or_an_old_one()
    {
        var folder = Directory.CreateTempSubdirectory("learning-token-");
        try
        {
            var (key, certificate) = StartTlsTests.Certificate(folder.FullName);
            await using var sink = await MailSink.StartAsync(key, certificate, User, "token:t0ken-1", "implicit");
            await using var endpoint = new TokenEndpoint { Answer = (401, """{"error": "invalid_client"}""") };
            var message = await StartTlsTests.MessageAsync(ground);
            await using var server = await ServerProcess.StartAsync(ground.OwnerConnectionString, "worker",
                ("LEARNING_SMTP", $"smtp://{Uri.EscapeDataString(User)}@localhost:{sink.Port}?tls=implicit"), ("LEARNING_MAIL_OAUTH", endpoint.Setting()), ("SSL_CERT_FILE", certificate));

            await StartTlsTests.UntilAsync(ground, $"select outcome like '%127.0.0.1 gave no access token: it answered 401, invalid_client.' from messages where id = '{message}'");
            endpoint.Answer = (200, """{"access_token": "old", "expires_in": 3600}""");
            await AgainAsync(message);
            await StartTlsTests.UntilAsync(ground, $"select outcome not like '%access token%' from messages where id = '{message}'");
            Assert.Equal("due 0", await ground.Sql<string>($"select state || ' ' || attempts from messages where id = '{message}'"));
            Assert.Equal(0, (await sink.CountAsync()).Mails);

            endpoint.Answer = (200, """{"access_token": "t0ken-1", "expires_in": 3600}""");
            await AgainAsync(message);
            await StartTlsTests.UntilAsync(ground, $"select state = 'sent' from messages where id = '{message}'");
            Assert.Equal(1, (await sink.CountAsync()).Mails);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private Task AgainAsync(Guid message) => ground.Sql($"update messages set next_try_at = now(), claimed_until = null where id = '{message}'");
}
