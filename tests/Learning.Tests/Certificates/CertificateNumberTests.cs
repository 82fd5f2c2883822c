using Learning.Certificates;

namespace Learning.Tests.Certificates;

/// <summary>E5: how a number is spelt and read back.</summary>
public class CertificateNumberTests
{
    [Theory] // E5: case, spaces and dashes never matter
    [InlineData("ABCD-EFGH-JKMN-PQRT-UVWX")]
    [InlineData("abcd-efgh-jkmn-pqrt-uvwx")]
    [InlineData("  abcd efgh jkmn pqrt uvwx ")]
    [InlineData("ABCDEFGHJKMNPQRTUVWX")]
    [InlineData("ABCD–EFGH‑JKMN—PQRT-UVWX")]
    public void It_is_read_however_it_was_written(string written) => Assert.Equal("ABCDEFGHJKMNPQRTUVWX", CertificateNumber.Read(written));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("ABCD-EFGH-JKMN-PQRT-UVW")]
    [InlineData("ABCD-EFGH-JKMN-PQRT-UVWXY")]
    [InlineData("ABCD-EFGH-JKMN-PQRT-UVW0")]
    [InlineData("ABCD-EFGH-JKMN-PQRT-UVWÄ")]
    [InlineData("'; select 1 --")]
    public void What_is_no_number_is_none(string? written) => Assert.Null(CertificateNumber.Read(written));

    [Fact]
    public void It_is_spelt_in_groups_of_four() => Assert.Equal("ABCD-EFGH-JKMN-PQRT-UVWX", CertificateNumber.Spelt("ABCDEFGHJKMNPQRTUVWX"));
}
