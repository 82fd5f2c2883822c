using MailKit.Net.Smtp;
using MailKit.Security;

using MimeKit;

namespace Learning.Messages.MailKit;

/// <summary>Mail by MailKit: STARTTLS, implicit TLS or none, and every common way to sign in, by a token too.</summary>
internal sealed class MailTransport(MailServer server) : IMailTransport
{
    private readonly SmtpClient client = new();

    /// <summary>A sentence where this build cannot speak to that server, else null: MailKit can to any.</summary>
    public static string? Refusal(MailServer server) => null;

    public async Task<Delivery> SendAsync(Letter letter, CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(server.Patience);
        var talking = false;
        try
        {
            using var message = Compose(letter);
            await ConnectAsync(patience.Token);
            talking = true;
            return new Delivery.Accepted(Letter.OneLine(await client.SendAsync(message, patience.Token)));
        }
        catch (SmtpCommandException e) when (talking && e.StatusCode != SmtpStatusCode.ServiceNotAvailable)
        {
            return new Delivery.Refused(Line(e), Bounced: e.ErrorCode == SmtpErrorCode.RecipientNotAccepted && (int)e.StatusCode >= 500);
        }
        catch (ParseException e)
        {
            return new Delivery.Refused(Line(e), Bounced: true);
        }
        catch (Exception e) when (e is SmtpCommandException or SmtpProtocolException or SslHandshakeException or AuthenticationException or SaslException
            or MailTokenException or NotSupportedException or System.Net.Sockets.SocketException or IOException)
        {
            return new Delivery.Unreachable($"{server.Place}: {Line(e)}");
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return new Delivery.Unreachable($"{server.Place}: no answer within {server.Patience.TotalSeconds} seconds", TimedOut: true);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (client.IsConnected)
        {
            try
            {
                using var patience = new CancellationTokenSource(server.Patience);
                await client.DisconnectAsync(quit: true, patience.Token);
            }
            catch (Exception e) when (e is OperationCanceledException or IOException or SmtpProtocolException)
            {
                // Every letter has its answer already: a server that does not stay for "QUIT" takes nothing back.
            }
        }

        client.Dispose();
    }

    private async Task ConnectAsync(CancellationToken stop)
    {
        if (!client.IsConnected)
        {
            await client.ConnectAsync(server.Host, server.Port, SignIn.Options(server.Tls), stop);
        }

        if (server.User is not null && !client.IsAuthenticated)
        {
            await SignIn.RunAsync(client, server.User, server.Password, server.Tokens, stop);
        }
    }

    private static MimeMessage Compose(Letter letter)
    {
        var words = new MultipartAlternative { Part("plain", letter.Text), Part("html", letter.Html) };
        MimeEntity body = words;
        if (letter.Calendar is { } calendar)
        {
            var entry = Part("calendar", calendar.Text);
            entry.ContentType.Parameters.Add("method", calendar.Method);
            words.Add(entry);
            body = new Multipart("mixed")
            {
                words,
                new MimePart("application", "ics")
                {
                    Content = new MimeContent(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(calendar.Text))),
                    ContentTransferEncoding = ContentEncoding.Base64,
                    ContentDisposition = new ContentDisposition(ContentDisposition.Attachment),
                    FileName = "session.ics",
                },
            };
        }

        var message = new MimeMessage { Subject = letter.Subject, Body = body, MessageId = letter.MessageId };
        message.From.Add(Address(letter.From));
        message.To.Add(Address(letter.To));
        message.Headers.Add("Auto-Submitted", "auto-generated");
        if (letter.ReplyTo is { } organiser)
        {
            message.ReplyTo.Add(Address(organiser));
        }

        if (letter.Unsubscribe is { } stop)
        {
            message.Headers.Add("List-Unsubscribe", $"<{stop.AbsoluteUri}>");
            message.Headers.Add("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        }

        return message;
    }

    private static TextPart Part(string subtype, string text)
    {
        var part = new TextPart(subtype) { ContentTransferEncoding = ContentEncoding.QuotedPrintable };
        part.SetText(System.Text.Encoding.UTF8, text);
        return part;
    }

    // "Name <address>" is put together by the library; an address that is none is refused here, before the server is asked.
    private static MailboxAddress Address(Correspondent one)
    {
        var address = MailboxAddress.Parse(one.Address);
        address.Name = Letter.OneLine(one.Name);
        return address;
    }

    private static string Line(Exception e) => Letter.OneLine(e.Message);
}
