using System.Text;

namespace Learning.Tests.Messages;

/// <summary>What mail servers send back, in the shapes of those that are about. {ID} stands for the letter's Message-ID, {TO} for whom it went to.</summary>
public static class ReturnedMail
{
    public static byte[] Of(string shape, string id = "<0123456789abcdef0123456789abcdef@partnership.example>", string to = "gone@agency.example") =>
        Encoding.UTF8.GetBytes(shape.Replace("{ID}", id, StringComparison.Ordinal).Replace("{TO}", to, StringComparison.Ordinal).ReplaceLineEndings("\r\n"));

    public const string Postfix = """
        Return-Path: <>
        Date: Thu, 19 Nov 2026 09:00:02 +0000 (GMT)
        From: MAILER-DAEMON@relay.example (Mail Delivery System)
        Subject: Undelivered Mail Returned to Sender
        To: training@partnership.example
        Auto-Submitted: auto-replied
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status;
        	boundary="4Xx1yZ0abc.1763542802/relay.example"
        Content-Transfer-Encoding: 8bit
        Message-Id: <20261119090002.4Xx1yZ0abd@relay.example>

        This is a MIME-encapsulated message.

        --4Xx1yZ0abc.1763542802/relay.example
        Content-Description: Notification
        Content-Type: text/plain; charset=utf-8

        I'm sorry to have to inform you that your message could not be delivered to one or more recipients.

        --4Xx1yZ0abc.1763542802/relay.example
        Content-Description: Delivery report
        Content-Type: message/delivery-status

        Reporting-MTA: dns; relay.example
        X-Postfix-Queue-ID: 4Xx1yZ0abc
        Arrival-Date: Thu, 19 Nov 2026 09:00:01 +0000 (GMT)

        Final-Recipient: rfc822; {TO}
        Original-Recipient: rfc822;{TO}
        Action: failed
        Status: 5.1.1
        Remote-MTA: dns; mx.agency.example
        Diagnostic-Code: smtp; 550 5.1.1 <{TO}>: Recipient address rejected: User
            unknown in virtual mailbox table

        --4Xx1yZ0abc.1763542802/relay.example
        Content-Description: Undelivered Message Headers
        Content-Type: text/rfc822-headers

        Return-Path: <training@partnership.example>
        From: Learning <training@partnership.example>
        To: {TO}
        Message-ID: {ID}
        Subject: Your place is booked

        --4Xx1yZ0abc.1763542802/relay.example--
        """;

    // Exchange Online: the report's part is followed by the whole letter; its Status is of the 5.1.10 kind; the address is written in capitals.
    public const string Exchange = """
        From: Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@agency.example>
        To: <training@partnership.example>
        Subject: Undeliverable: Your place is booked
        In-Reply-To: {ID}
        References: {ID}
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status; boundary=_000_d41a_

        --_000_d41a_
        Content-Type: multipart/alternative; differences=Content-Type; boundary="_001_d41a_"

        --_001_d41a_
        Content-Type: text/plain; charset="us-ascii"
        Content-Transfer-Encoding: quoted-printable

        {TO} wasn't found at agency.example=2E

        --_001_d41a_
        Content-Type: text/html; charset="us-ascii"

        <html><body>not found</body></html>
        --_001_d41a_--

        --_000_d41a_
        Content-Type: message/delivery-status

        Reporting-MTA: dns;AM0PR01.agency.example
        Received-From-MTA: dns;relay.example
        Arrival-Date: Thu, 19 Nov 2026 09:00:01 +0000

        Final-Recipient: rfc822;{TO}
        Action: failed
        Status: 5.1.10
        Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient {TO} not found by SMTP address lookup
        X-Display-Name: {TO}

        --_000_d41a_
        Content-Type: message/rfc822

        Received: from relay.example by AM0PR01.agency.example; Thu, 19 Nov 2026 09:00:01 +0000
        Message-ID:
         {ID}
        From: Learning <training@partnership.example>
        To: {TO}
        Subject: Your place is booked
        MIME-Version: 1.0
        Content-Type: text/plain

        Your place is booked.
        --_000_d41a_--
        """;

    // Gmail puts pictures into the first part, so that it is a multipart of its own.
    public const string Gmail = """
        From: Mail Delivery Subsystem <mailer-daemon@mail.example>
        To: training@partnership.example
        Auto-Submitted: auto-replied
        X-Failed-Recipients: {TO}
        Subject: Delivery Status Notification (Failure)
        Content-Type: multipart/report; boundary="000000000000a1b2"; report-type=delivery-status

        --000000000000a1b2
        Content-Type: multipart/related; boundary="000000000000c3d4"

        --000000000000c3d4
        Content-Type: multipart/alternative; boundary="000000000000e5f6"

        --000000000000e5f6
        Content-Type: text/plain; charset="UTF-8"
        Content-Transfer-Encoding: base64

        QWRkcmVzcyBub3QgZm91bmQ=
        --000000000000e5f6--
        --000000000000c3d4--
        --000000000000a1b2
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mail.example

        Final-Recipient: rfc822; {TO}
        Action: failed
        Status: 5.1.1
        Remote-MTA: dns; mx.agency.example. (192.0.2.7, the server for the domain agency.example.)
        Diagnostic-Code: smtp; 550-5.1.1 The email account that you tried to reach does not exist.
         550 5.1.1 https://support.mail.example/?p=NoSuchUser
        Last-Attempt-Date: Thu, 19 Nov 2026 01:00:02 -0800 (PST)
        --000000000000a1b2
        Content-Type: message/rfc822

        Message-ID: {ID}
        To: {TO}
        Subject: Your place is booked

        Your place is booked.
        --000000000000a1b2--
        """;

    // Sendmail: a deferral group and a failed one, the address by its xtext, no Diagnostic-Code.
    public const string Sendmail = """
        From: Mail Delivery Subsystem <MAILER-DAEMON>
        Subject: Returned mail: see transcript for details
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status;
        	boundary="x8J90cEq012345.1763542802/relay.example"

        --x8J90cEq012345.1763542802/relay.example

        The original message was received at Thu, 19 Nov 2026 09:00:01 GMT

           ----- The following addresses had permanent fatal errors -----
        <{TO}>

        --x8J90cEq012345.1763542802/relay.example
        Content-Type: message/delivery-status

        Reporting-MTA: dns; relay.example

        Original-Recipient: RFC822;gone+40agency.example
        Final-Recipient: RFC822; local-alias@agency.example
        Action: failed
        Status: 5.1.1

        --x8J90cEq012345.1763542802/relay.example
        Content-Type: message/rfc822

        Message-ID: {ID}
        Subject: Your place is booked

        Words.
        --x8J90cEq012345.1763542802/relay.example--
        """;

    // Given up after four days: nobody refused the address.
    public const string GivenUp = """
        From: Mail Delivery System <Mailer-Daemon@relay.example>
        Content-Type: multipart/report; report-type=delivery-status; boundary=1763542802-eximdsn-1
        MIME-Version: 1.0
        Subject: Mail delivery failed: returning message to sender

        --1763542802-eximdsn-1
        Content-type: text/plain; charset=us-ascii

        retry timeout exceeded

        --1763542802-eximdsn-1
        Content-type: message/delivery-status

        Reporting-MTA: dns; relay.example

        Action: failed
        Final-Recipient: rfc822;{TO}
        Status: 4.4.7
        Diagnostic-Code: smtp; 451 4.4.7 retry timeout exceeded

        --1763542802-eximdsn-1
        Content-type: message/rfc822

        Message-ID: {ID}

        Words.
        --1763542802-eximdsn-1--
        """;

    // The letter was forwarded, and refused there.
    public const string Forwarded = """
        Content-Type: multipart/report; report-type=delivery-status; boundary=b
        Subject: Undelivered

        --b
        Content-Type: text/plain

        no
        --b
        Content-Type: message/delivery-status

        Reporting-MTA: dns; forwarder.example

        Final-Recipient: rfc822; private@elsewhere.example
        Action: failed
        Status: 5.2.1
        Diagnostic-Code: smtp; 550 5.2.1 disabled
        --b
        Content-Type: message/rfc822

        Message-ID: {ID}

        Words.
        --b--
        """;

    // Exim before it learned to write reports.
    public const string OldExim = """
        From: Mail Delivery System <Mailer-Daemon@relay.example>
        X-Failed-Recipients: {TO}
        Auto-Submitted: auto-replied
        Subject: Mail delivery failed: returning message to sender

        This message was created automatically by mail delivery software.

          {TO}
            SMTP error from remote mail server after RCPT TO:<{TO}>:
            550 5.1.1 No such mailbox

        ------ This is a copy of the message, including all the headers. ------

        Return-path: <training@partnership.example>
        Message-ID: {ID}
        Subject: Your place is booked

        Words.
        """;

    public const string Qmail = """
        From: MAILER-DAEMON@relay.example
        Subject: failure notice

        Hi. This is the qmail-send program at relay.example.
        I'm afraid I wasn't able to deliver your message to the following addresses.
        This is a permanent error; I've given up. Sorry it didn't work out.

        <{TO}>:
        192.0.2.9 does not like recipient.
        Remote host said: 550 sorry, no mailbox here by that name (#5.1.1)
        Giving up on 192.0.2.9.

        --- Below this line is a copy of the message.

        Return-Path: <training@partnership.example>
        Message-ID: {ID}
        Subject: Your place is booked

        Words.
        """;

    public static readonly string Delayed = Postfix.Replace("Action: failed", "Action: delayed", StringComparison.Ordinal).Replace("Status: 5.1.1", "Status: 4.4.1", StringComparison.Ordinal);

    public static readonly string Delivered = Postfix.Replace("Action: failed", "Action: delivered", StringComparison.Ordinal).Replace("Status: 5.1.1", "Status: 2.0.0", StringComparison.Ordinal);

    // Somebody read the letter (RFC 8098).
    public const string Receipt = """
        In-Reply-To: {ID}
        Content-Type: multipart/report; report-type=disposition-notification; boundary=b

        --b
        Content-Type: text/plain

        550 5.1.1 read
        --b
        Content-Type: message/disposition-notification

        Final-Recipient: rfc822;{TO}
        Disposition: manual-action/MDN-sent-manually; displayed
        --b--
        """;

    // Somebody pressed "this is spam" (RFC 5965).
    public const string Complaint = """
        Content-Type: multipart/report; report-type=feedback-report; boundary=b

        --b
        Content-Type: message/feedback-report

        Feedback-Type: abuse
        Original-Rcpt-To: {TO}
        --b
        Content-Type: message/rfc822

        Message-ID: {ID}
        --b--
        """;

    public const string OutOfOffice = """
        From: {TO}
        In-Reply-To: {ID}
        Auto-Submitted: auto-replied
        Subject: Automatic reply: Your place is booked

        I am away. 550 5.1.1 is my extension.
        """;
}
