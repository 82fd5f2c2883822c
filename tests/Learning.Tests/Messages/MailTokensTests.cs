using Learning.Messages;
using Learning.Tests.Support;

namespace Learning.Tests.Messages;

/// <summary>Access tokens for mail servers that take no passwords any more.</summary>
public class MailTokensTests
{
    private readonly FakeClock clock = new();

    [Fact]
    public async Task An_endpoint_is_asked_by_client_credentials_and_again_when_the_token_has_a_minute_left_or_was_refused()
    {
        await using var endpoint = new TokenEndpoint();
        var tokens = MailTokens.Of(endpoint.Setting(), clock)!;

        Assert.Equal("t0ken-1", await tokens.TokenAsync());
        clock.Advance(TimeSpan.FromMinutes(58));
        Assert.Equal("t0ken-1", await tokens.TokenAsync());
        Assert.Equal(["/tenant/token grant_type=client_credentials&client_id=client-1&client_secret=s%26cret%3A1&scope=https%3A%2F%2Fmail.example%2F.default"], endpoint.Asked);

        endpoint.Answer = (200, """{"access_token": "t0ken-2", "expires_in": 3600}""");
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("t0ken-2", await tokens.TokenAsync());

        endpoint.Answer = (200, """{"access_token": "t0ken-3"}""");
        tokens.Forget();
        Assert.Equal("t0ken-3", await tokens.TokenAsync());
        Assert.Equal(3, endpoint.Asked.Count);
    }

    [Theory]
    [InlineData(401, """{"error": "invalid_client", "error_description": "s&cret:1 is wrong"}""", "it answered 401, invalid_client.")]
    [InlineData(200, "{}", "it answered 200.")]
    [InlineData(200, "[]", "its answer is none")]
    [InlineData(502, "<html>", "its answer is none")]
    public async Task What_it_says_instead_of_a_token_is_told_without_the_secret(int status, string json, string told)
    {
        await using var endpoint = new TokenEndpoint { Answer = (status, json) };

        var message = (await Assert.ThrowsAsync<MailTokenException>(() => MailTokens.Of(endpoint.Setting(), clock)!.TokenAsync())).Message;

        Assert.Contains($"127.0.0.1 gave no access token: {told}", message);
        Assert.DoesNotContain("cret", message);
    }

    [Fact]
    public async Task One_that_is_not_there_and_a_file_that_is_not_are_told()
    {
        string setting;
        await using (var endpoint = new TokenEndpoint())
        {
            setting = endpoint.Setting();
        }

        Assert.Contains("127.0.0.1 gave no access token", (await Assert.ThrowsAsync<MailTokenException>(() => MailTokens.Of(setting)!.TokenAsync())).Message);
        Assert.Contains("cannot be read", (await Assert.ThrowsAsync<MailTokenException>(() => MailTokens.Of("/nowhere/token")!.TokenAsync())).Message);
    }

    [Fact]
    public async Task A_file_is_read_anew_each_time_for_something_else_keeps_it_fresh()
    {
        var file = Path.GetTempFileName();
        try
        {
            var tokens = MailTokens.Of(file)!;
            await File.WriteAllTextAsync(file, "t0ken-1\n");
            Assert.Equal("t0ken-1", await tokens.TokenAsync());
            await File.WriteAllTextAsync(file, "t0ken-2");
            Assert.Equal("t0ken-2", await tokens.TokenAsync());
            await File.WriteAllTextAsync(file, " \n");
            Assert.Contains("holds no access token", (await Assert.ThrowsAsync<MailTokenException>(() => tokens.TokenAsync())).Message);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("token")]
    [InlineData("http://client:SECRET@login.example/token?scope=x")]
    [InlineData("https://login.example/token?scope=x")]
    [InlineData("https://client@login.example/token?scope=x")]
    [InlineData("https://client:SECRET@login.example/token?tenant=x")]
    [InlineData("https://client:SECRET@login.example/token?scope=x#y")]
    public void What_is_neither_is_refused_in_one_line_that_keeps_the_secret(string setting)
    {
        var message = Assert.Throws<FormatException>(() => MailTokens.Of(setting)).Message;
        Assert.StartsWith("LEARNING_MAIL_OAUTH", message);
        Assert.DoesNotContain("SECRET:", message.Replace("CLIENT:SECRET@", "", StringComparison.Ordinal));
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public void A_user_without_a_password_signs_in_by_it_and_one_with_a_password_by_that()
    {
        var tokens = MailTokens.Of("/run/token")!;

        Assert.Same(tokens, MailServer.Of("smtp://a%40b.example@mail.example", tokens)!.Tokens);
        Assert.Null(MailServer.Of("smtp://a%40b.example:x@mail.example", tokens)!.Tokens);
        Assert.Null(MailServer.Of("smtp://mail.example", tokens)!.Tokens);
        Assert.Same(tokens, BounceMailbox.Of("imap://a%40b.example@mail.example", tokens)!.Tokens);
        Assert.Null(BounceMailbox.Of("imap://a%40b.example:x@mail.example", tokens)!.Tokens);
        Assert.Null(MailTokens.Of(" "));
    }
}
