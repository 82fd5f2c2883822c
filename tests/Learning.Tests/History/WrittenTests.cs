using System.Globalization;

using Learning.Csv;
using Learning.History;

namespace Learning.Tests.History;

/// <summary>How dates, times, numbers and addresses are written in files of history, and how they are not.</summary>
public class WrittenTests
{
    [Theory]
    [InlineData("2024-02-29", "2024-02-29")]
    [InlineData("29/02/2024", "2024-02-29")]
    [InlineData("2023-02-29", null)]
    [InlineData("02/29/2024", null)]
    [InlineData("1/2/2024", null)]
    [InlineData("29-02-2024", null)]
    [InlineData("0204-02-29", null)]
    [InlineData("2024-02-29 ", null)]
    [InlineData("２０２４-02-29", null)]
    public void A_date_is_iso_or_british(string text, string? date) =>
        Assert.Equal(date, Written.Date(text)?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("2024-03-31 23:50", "2024-03-31T23:50:00")]
    [InlineData("31/03/2024T23:50", "2024-03-31T23:50:00")]
    [InlineData("2024-03-31 23:50:30", "2024-03-31T23:50:30")]
    [InlineData("2024-03-31 24:00", null)]
    [InlineData("2024-03-31 9:30", null)]
    [InlineData("2024-03-31", null)]
    [InlineData("2024-03-31 23:50Z", null)]
    public void A_local_time_has_no_zone(string text, string? local) =>
        Assert.Equal(local, Written.Local(text)?.ToString("s", CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("2024-03-31T23:50Z", "2024-03-31T23:50:00.0000000+00:00")]
    [InlineData("2024-03-31 23:50:10+01:00", "2024-03-31T22:50:10.0000000+00:00")]
    [InlineData("31/03/2024 23:50:10.25-05:30", "2024-04-01T05:20:10.2500000+00:00")]
    [InlineData("2024-03-31T23:50", null)]
    [InlineData("2024-03-31T23:50+0100", "2024-03-31T22:50:00.0000000+00:00")]
    [InlineData("2024-03-31T23:50+010", null)]
    [InlineData("2024-03-31T23:50+15:00", null)]
    [InlineData("2024-03-31T23:50 BST", null)]
    [InlineData("2024-03-31T23:50:10.Z", null)]
    public void An_instant_needs_its_zone(string text, string? instant) =>
        Assert.Equal(instant, Written.Instant(text)?.ToString("O", CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("12", 12)]
    [InlineData("007", 7)]
    [InlineData("-1", null)]
    [InlineData("1.0", null)]
    [InlineData("1,000", null)]
    [InlineData("99999999999", null)]
    [InlineData("", null)]
    public void A_whole_number_is_digits(string text, int? number) => Assert.Equal(number, Written.Whole(text));

    [Theory]
    [InlineData("ann@x.example", true)]
    [InlineData("o'neil+tag@sub.x.example", true)]
    [InlineData("ann@x", false)]
    [InlineData("ann.x.example", false)]
    [InlineData("@x.example", false)]
    [InlineData("ann@@x.example", false)]
    [InlineData("ann lee@x.example", false)]
    [InlineData("Ann <ann@x.example>", false)]
    [InlineData("ann@x..example", false)]
    [InlineData("ann@.example", false)]
    [InlineData("zoë@x.example", false)]
    public void An_address_is_what_mail_can_be_sent_to(string text, bool is_) => Assert.Equal(is_, Learning.People.PersonEmail.IsAddress(text));
}
