using MailKit;
using MailKit.Security;

namespace Learning.Messages.MailKit;

/// <summary>How MailKit connects and signs in, to send as to read.</summary>
internal static class SignIn
{
    public static SecureSocketOptions Options(MailTls tls) => tls switch
    {
        MailTls.StartTls => SecureSocketOptions.StartTls,
        MailTls.Implicit => SecureSocketOptions.SslOnConnect,
        _ => SecureSocketOptions.None,
    };

    /// <summary>By the password, or by a token (XOAUTH2); one that is refused is not used again.</summary>
    public static async Task RunAsync(IMailService client, string user, string? password, MailTokens? tokens, CancellationToken stop)
    {
        if (tokens is null)
        {
            await client.AuthenticateAsync(user, password!, stop);
            return;
        }

        try
        {
            await client.AuthenticateAsync(new SaslMechanismOAuth2(user, await tokens.TokenAsync(stop)), stop);
        }
        catch (Exception e) when (e is AuthenticationException or SaslException)
        {
            tokens.Forget();
            throw;
        }
    }
}
