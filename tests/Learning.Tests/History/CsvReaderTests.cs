using FsCheck;
using FsCheck.Fluent;

using Learning.Csv;
using Learning.History;

namespace Learning.Tests.History;

/// <summary>The reader of comma-separated text: whatever was written comes back, and every value is where it says.</summary>
public class CsvReaderTests
{
    private static readonly string[] LineEnds = ["\n", "\r\n", "\r"];

    private static List<string[]> Read(string text)
    {
        var (csv, rows) = (new CsvReader(text), new List<string[]>());
        while (csv.Read())
        {
            rows.Add([.. csv.Values.Select(value => csv.Of(value).ToString())]);
        }

        return rows;
    }

    private static string Quoted(string value) => $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    // Values of what goes wrong most: commas, quotes, line ends, spaces, a letter outside the first plane.
    private static readonly Gen<string> Value = Gen.Elements("a", "Bé", ",", "\"", "\n", "\r\n", " ", "🏖", "").ArrayOf().Select(string.Concat);

    private static readonly Gen<string[][]> Rows = Value.ArrayOf(3).Where(row => row.Any(value => value.Trim().Length > 0)).ArrayOf();

    [Fact]
    public void What_was_written_comes_back() =>
        Prop.ForAll(Rows.ToArbitrary(), Gen.Elements(LineEnds).ToArbitrary(), (rows, end) =>
        {
            var read = Read(string.Concat(rows.Select(row => string.Join(',', row.Select(Quoted)) + end)));
            Assert.Equal(rows.Select(row => row.Select(value => value.Trim()).ToArray()), read);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_value_begins_where_it_is_said_to() =>
        Prop.ForAll(Rows.ToArbitrary(), Gen.Elements(LineEnds).ToArbitrary(), (rows, end) =>
        {
            var text = string.Concat(rows.Select(row => string.Join(',', row.Select(Quoted)) + end));
            var lines = text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Split('\n');
            var csv = new CsvReader(text);
            foreach (var row in rows)
            {
                Assert.True(csv.Read());
                foreach (var (value, at) in row.Zip(csv.Values))
                {
                    var (line, column) = csv.PositionOf(at.At);
                    var runes = lines[line - 1].EnumerateRunes().Skip(column - 1).ToList();
                    var firstLine = Quoted(value).Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n')[0];
                    Assert.StartsWith(firstLine, string.Concat(runes), StringComparison.Ordinal);
                }
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void No_text_stops_the_reader_and_it_never_leaves_a_line_out() =>
        Prop.ForAll(Gen.Elements("a", ",", "\"", "\"\"", "\n", "\r", "\r\n", "x,y\n").ArrayOf().Select(string.Concat).ToArbitrary(), text =>
        {
            var (csv, last) = (new CsvReader(text), 0);
            while (csv.Read())
            {
                Assert.True(csv.Line > last);
                last = csv.Line;
            }
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("a,b,c", "a|b|c")]
    [InlineData("a,,", "a||")]
    [InlineData(" a , b ", "a|b")]
    [InlineData("\"a \"\"b\"\", c\",d", "a \"b\", c|d")]
    [InlineData("\"\",x", "|x")]
    public void A_row_is_its_values(string row, string values) => Assert.Equal(values, string.Join('|', Assert.Single(Read(row))));

    [Fact]
    public void A_quote_that_goes_wrong_costs_its_own_line_only()
    {
        var csv = new CsvReader("a,\"b\nc,d\n\"e\"x,f\ng,\"h\"");
        Assert.True(csv.Read());
        Assert.Equal((1, 3), csv.PositionOf(csv.BrokenAt));
        Assert.True(csv.Read());
        Assert.Equal(2, csv.Values.Count);
        Assert.True(csv.Read());
        Assert.Equal((3, 1), csv.PositionOf(csv.BrokenAt));
        Assert.True(csv.Read());
        Assert.Equal(-1, csv.BrokenAt);
        Assert.False(csv.Read());
    }
}
