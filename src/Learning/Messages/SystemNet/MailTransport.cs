using System.Net;
using System.Net.Mail;
using System.Net.Mime;
using System.Text;

namespace Learning.Messages.SystemNet;

/// <summary>Mail by the framework's own client: STARTTLS or none, sign-in by LOGIN. It cannot do implicit TLS, nor sign in by a token.</summary>
internal sealed class MailTransport(MailServer server) : IMailTransport
{
    private readonly SmtpClient client = new(server.Host, server.Port)
    {
        Timeout = (int)server.Patience.TotalMilliseconds * 2,
        EnableSsl = server.Tls == MailTls.StartTls,
        Credentials = server.User is null ? null : new NetworkCredential(server.User, server.Password),
    };

    /// <summary>A sentence where this build cannot speak to that server, else null.</summary>
    public static string? Refusal(MailServer server) =>
        server.Tls == MailTls.Implicit ? "LEARNING_SMTP asks for tls=implicit, which this build's mail client cannot do: use tls=starttls (mostly port 587), or build with -p:MailTransport=MailKit."
        : server.Tokens is not null ? "LEARNING_SMTP has a user without a password, and this build's mail client cannot sign in by the token of LEARNING_MAIL_OAUTH: give a password, or build with -p:MailTransport=MailKit."
        : null;

    public async Task<Delivery> SendAsync(Letter letter, CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(server.Patience);
        try
        {
            using var message = Compose(letter);
            // Once the whole letter is with the server, the client waits for its answer whatever the token says: it is left behind then, and ends by its own clock.
            await client.SendMailAsync(message, patience.Token).WaitAsync(patience.Token);
            return new Delivery.Accepted($"accepted by {server.Place}");
        }
        catch (SmtpFailedRecipientException e)
        {
            return new Delivery.Refused(Line(e), Bounced: (int)e.StatusCode >= 500);
        }
        catch (SmtpException e) when (IsAboutTheLetter(e.StatusCode))
        {
            return new Delivery.Refused(Line(e));
        }
        catch (Exception e) when (e is SmtpException or IOException or FormatException or System.Security.Authentication.AuthenticationException)
        {
            return e is FormatException ? new Delivery.Refused(Line(e), Bounced: true) : new Delivery.Unreachable($"{server.Place}: {Line(e)}");
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return new Delivery.Unreachable($"{server.Place}: no answer within {server.Patience.TotalSeconds} seconds", TimedOut: true);
        }
    }

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        return ValueTask.CompletedTask;
    }

    private static MailMessage Compose(Letter letter)
    {
        var message = new MailMessage
        {
            From = Address(letter.From), Subject = letter.Subject, SubjectEncoding = Encoding.UTF8, HeadersEncoding = Encoding.UTF8,
        };
        message.To.Add(Address(letter.To));
        message.Headers["Message-ID"] = letter.MessageId;
        message.Headers["Auto-Submitted"] = "auto-generated";
        if (letter.ReplyTo is { } organiser)
        {
            message.ReplyToList.Add(Address(organiser));
        }

        if (letter.Unsubscribe is { } stop)
        {
            message.Headers["List-Unsubscribe"] = $"<{stop.AbsoluteUri}>";
            message.Headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click";
        }

        message.AlternateViews.Add(View(letter.Text, "text/plain"));
        message.AlternateViews.Add(View(letter.Html, "text/html"));
        if (letter.Calendar is { } calendar)
        {
            var view = View(calendar.Text, "text/calendar");
            view.ContentType.Parameters["method"] = calendar.Method;
            message.AlternateViews.Add(view);
            var file = new Attachment(new MemoryStream(Encoding.UTF8.GetBytes(calendar.Text)), "session.ics", "application/ics") { TransferEncoding = TransferEncoding.Base64 };
            file.ContentDisposition!.FileName = "session.ics";
            message.Attachments.Add(file);
        }

        return message;
    }

    // The framework's quoted-printable writes line breaks as data (=0A), which is no text any more (RFC 2045, 6.7): plain lines go as they are, others in base64.
    private static AlternateView View(string text, string type)
    {
        var lines = text.ReplaceLineEndings("\r\n");
        var plain = Ascii.IsValid(lines) && lines.Split("\r\n").All(line => line.Length < 990);
        return new AlternateView(new MemoryStream(Encoding.UTF8.GetBytes(lines)), new ContentType(type) { CharSet = "utf-8" })
        {
            TransferEncoding = plain ? TransferEncoding.SevenBit : TransferEncoding.Base64,
        };
    }

    private static MailAddress Address(Correspondent one) => new(one.Address, Letter.OneLine(one.Name), Encoding.UTF8);

    private static bool IsAboutTheLetter(SmtpStatusCode status) =>
        status is not (SmtpStatusCode.GeneralFailure or SmtpStatusCode.ServiceNotAvailable or SmtpStatusCode.ServiceClosingTransmissionChannel
            or SmtpStatusCode.MustIssueStartTlsFirst or SmtpStatusCode.ClientNotPermitted or (SmtpStatusCode)530 or (SmtpStatusCode)535);

    private static string Line(Exception e) => Letter.OneLine(e.InnerException is null ? e.Message : $"{e.Message} {e.InnerException.Message}");
}
