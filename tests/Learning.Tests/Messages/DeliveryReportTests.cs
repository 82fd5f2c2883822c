using System.Text;

using FsCheck;
using FsCheck.Fluent;

using Learning.Messages;

namespace Learning.Tests.Messages;

/// <summary>M5: what mail servers send back, read without their help.</summary>
public class DeliveryReportTests
{
    private const string Id = "<0123456789abcdef0123456789abcdef@partnership.example>", To = "gone@agency.example";

    public static TheoryData<string, string> Failures => new()
    {
        { ReturnedMail.Postfix, "550 5.1.1 <gone@agency.example>: Recipient address rejected: User unknown in virtual mailbox table" },
        { ReturnedMail.Exchange, "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient gone@agency.example not found by SMTP address lookup" },
        { ReturnedMail.Gmail, "550-5.1.1 The email account that you tried to reach does not exist. 550 5.1.1 https://support.mail.example/?p=NoSuchUser" },
        { ReturnedMail.Sendmail, "5.1.1" },
        { ReturnedMail.OldExim, "550 5.1.1 No such mailbox" },
        { ReturnedMail.Qmail, "Remote host said: 550 sorry, no mailbox here by that name (#5.1.1)" },
    };

    [Theory] // M5
    [MemberData(nameof(Failures))]
    public void Each_shape_says_which_letter_did_not_reach_whom_and_why(string shape, string reason)
    {
        var report = DeliveryReport.Of(ReturnedMail.Of(shape))!;

        Assert.Equal(Id, report.MessageId);
        Assert.Contains(To, report.Addresses);
        Assert.True(report.Permanent);
        Assert.Equal(reason, report.Reason);
    }

    [Theory] // M5: as they come from servers that write other line ends, put a mailbox's line before, write addresses in capitals, or cut the end off
    [MemberData(nameof(Failures))]
    public void However_it_is_written(string shape, string reason)
    {
        var text = Encoding.UTF8.GetString(ReturnedMail.Of(shape, to: "Gone@AGENCY.example"));
        foreach (var written in new[] { text.ReplaceLineEndings("\n"), "From MAILER-DAEMON Thu Nov 19 09:00:02 2026\r\n" + text, text[..text.LastIndexOf("\r\n", StringComparison.Ordinal)] })
        {
            var report = DeliveryReport.Of(Encoding.UTF8.GetBytes(written))!;
            Assert.Equal(Id, report.MessageId);
            Assert.Contains(To, report.Addresses);
            Assert.Equal(reason, report.Reason, ignoreCase: true);
        }
    }

    [Fact] // M5: nobody refused the address, but the letter has not arrived
    public void What_was_given_up_after_long_trying_is_no_word_about_the_address() =>
        Assert.False(DeliveryReport.Of(ReturnedMail.Of(ReturnedMail.GivenUp))!.Permanent);

    public static TheoryData<string> Others => [ReturnedMail.Delayed, ReturnedMail.Delivered, ReturnedMail.Receipt, ReturnedMail.Complaint, ReturnedMail.OutOfOffice, "", "\r\n", "Subject: Hi. This is the\r\n\r\nwords"];

    [Theory] // M5
    [MemberData(nameof(Others))]
    public void A_delay_a_success_a_receipt_a_complaint_and_an_answer_are_none(string shape) => Assert.Null(DeliveryReport.Of(ReturnedMail.Of(shape)));

    [Fact] // M5
    public void A_report_that_does_not_say_which_letter_it_was_is_none() =>
        Assert.Null(DeliveryReport.Of(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(ReturnedMail.Of(ReturnedMail.Postfix)).Replace("Message-ID:", "X-Other:", StringComparison.Ordinal))));

    [Fact] // M5: anybody can write to the mailbox
    public void Whatever_comes_is_read_to_its_end()
    {
        var reports = new[] { ReturnedMail.Postfix, ReturnedMail.Exchange, ReturnedMail.Gmail, ReturnedMail.Qmail }.Select(shape => ReturnedMail.Of(shape)).ToList();
        Prop.ForAll(ArbMap.Default.ArbFor<(int Which, int At, byte[] Noise, int Length)>(), hit =>
        {
            var mail = reports[(int)((uint)hit.Which % reports.Count)].ToList();
            var at = (int)((uint)hit.At % mail.Count);
            mail.RemoveRange(at, Math.Min((int)((uint)hit.Length % 200), mail.Count - at));
            mail.InsertRange(at, hit.Noise ?? []);
            _ = DeliveryReport.Of([.. mail]);
        }).QuickCheckThrowOnFailure();
        foreach (var bomb in new[]
        {
            string.Concat(Enumerable.Range(0, 3000).Select(i => $"Content-Type: multipart/mixed; boundary=b{i}\n\n--b{i}\n")), new string('\n', 500_000), new string('=', 500_000), "Hi. This is the\n" + new string('<', 500_000),
            "Content-Type: multipart/mixed; boundary=\"\"\n\n--\n--\n--\n", "Content-Type: multipart/report; boundary=b\n\n" + string.Concat(Enumerable.Repeat("--b\n\n", 100_000)),
        })
        {
            Assert.Null(DeliveryReport.Of(Encoding.Latin1.GetBytes(bomb)));
        }
    }
}
