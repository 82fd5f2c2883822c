using System.Globalization;
using System.Text;
using System.Text.Unicode;

using Learning.Csv;
using Learning.Database;
using Learning.Membership;
using Learning.Time;

namespace Learning.Returns;

/// <summary>A mistake in a file: line and column from 1.</summary>
public sealed record FileMistake(int Line, int Column, string Sentence);

/// <summary>
/// Reads returns from a CSV file in UTF-8 with a header row: level, date, in_scope, valid, and agency where somebody returns for several, in any order. Whole or not at all: with one mistake nothing is read,
/// and each slip is one mistake.
/// </summary>
internal sealed class ReadReturnsFile
{
    public static readonly IReadOnlyList<string> Columns = ["agency", "level", "date", "in_scope", "valid"];

    private readonly CsvReader csv;
    private readonly IReadOnlyDictionary<string, AgencyPlace> agencies;
    private readonly IReadOnlyDictionary<string, string> levels;
    private readonly DateOnly today;
    private readonly Dictionary<string, int> columns = [];
    private readonly Dictionary<(Guid, string, DateOnly), int> seen = [];
    private readonly List<NewReturn> read = [];
    private readonly List<FileMistake> mistakes = [];

    private ReadReturnsFile(string text, IReadOnlyList<AgencyPlace> agencies, IReadOnlyList<TrainingLevel> levels, DateOnly today)
    {
        csv = new CsvReader(text);
        this.agencies = agencies.ToDictionary(place => place.Code, StringComparer.OrdinalIgnoreCase);
        this.levels = levels.ToDictionary(level => level.Code, level => level.Code, StringComparer.OrdinalIgnoreCase);
        this.today = today;
    }

    /// <param name="agencies">Those that may be returned for.</param>
    public static (IReadOnlyList<NewReturn> Read, IReadOnlyList<FileMistake> Mistakes) From(byte[] bytes, IReadOnlyList<AgencyPlace> agencies, IReadOnlyList<TrainingLevel> levels, DateOnly today)
    {
        var text = bytes.AsSpan();
        text = text.StartsWith((byte[])[0xEF, 0xBB, 0xBF]) ? text[3..] : text;
        if (!Utf8.IsValid(text) || text.Contains((byte)0))
        {
            return ([], [new FileMistake(1, 1, "This is no CSV file in UTF-8. Excel writes one under Save as, “CSV UTF-8”")]);
        }

        var file = new ReadReturnsFile(Encoding.UTF8.GetString(text), agencies, levels, today);
        file.Read();
        return file.mistakes.Count == 0 ? (file.read, []) : ([], file.mistakes);
    }

    private void Read()
    {
        if (!csv.Read() || csv.Values.All(value => csv.Of(value).IsEmpty))
        {
            mistakes.Add(new FileMistake(1, 1, $"There is no header row; its columns are {string.Join(", ", Columns)}"));
            return;
        }

        ReadHeader();
        // Without a column there is nothing to say about the rows.
        var whole = Columns.All(column => columns.ContainsKey(column) || (column == "agency" && agencies.Count == 1));
        var width = csv.Values.Count;
        while (whole && csv.Read())
        {
            if (csv.BrokenAt < 0 && csv.Values.All(value => csv.Of(value).IsEmpty))
            {
                continue;
            }

            if (read.Count >= ReturnRules.MostRows)
            {
                mistakes.Add(new FileMistake(csv.Line, 1, $"A file holds {British.Number(ReturnRules.MostRows)} rows at most"));
                return;
            }

            if (csv.BrokenAt >= 0)
            {
                Wrong(csv.BrokenAt, "This quote is not closed, or something other than a comma follows the closing one");
            }
            else if (csv.Values.Count != width)
            {
                Wrong(csv.Values.Count < width ? csv.RowEnd : csv.Values[width].At, $"The row has {csv.Values.Count} values and the header {width}");
            }
            else
            {
                ReadRow();
            }
        }

        if (mistakes.Count == 0 && read.Count == 0)
        {
            mistakes.Add(new FileMistake(2, 1, "There is no row below the header"));
        }
    }

    private void ReadHeader()
    {
        for (var index = 0; index < csv.Values.Count; index++)
        {
            var name = csv.Of(csv.Values[index]).ToString();
            var plain = name.ToLowerInvariant().Replace(' ', '_').Replace('-', '_');
            if (!Columns.Contains(plain))
            {
                Wrong(csv.Values[index].At, $"There is no column “{Short(name)}”{Nearest.Offer(plain, Columns)}");
            }
            else if (!columns.TryAdd(plain, index))
            {
                Wrong(csv.Values[index].At, $"The column {plain} is there twice");
            }
        }

        foreach (var missing in Columns.Where(column => !columns.ContainsKey(column) && (column != "agency" || agencies.Count != 1)))
        {
            mistakes.Add(new FileMistake(1, 1, $"The column {missing} is missing; the columns are {string.Join(", ", Columns)}"));
        }
    }

    private void ReadRow()
    {
        var before = mistakes.Count;
        var agency = Agency();
        var level = levels.GetValueOrDefault(Text("level"));
        Check("level", level is null ? $"There is no level “{Short(Text("level"))}”; the levels are {string.Join(", ", levels.Keys)}" : null);
        var isDate = British.TryDate(Text("date"), out var date);
        Check("date", !isDate ? $"“{Short(Text("date"))}” is no date such as 2026-09-30 or 30/09/2026" : ReturnRules.WhyNotDate(date, today));
        var (inScope, wrongScope) = ReturnRules.Number(Text("in_scope"), "in scope");
        var (valid, wrongValid) = ReturnRules.Number(Text("valid"), "with valid training");
        Check("in_scope", wrongScope ?? (inScope is null ? "Enter how many people are in scope" : null));
        Check("valid", wrongValid ?? (inScope is null ? null : ReturnRules.WhyNotPair(inScope, valid)));
        if (mistakes.Count > before)
        {
            return;
        }

        if (!seen.TryAdd((agency!.Id, level!, date!.Value), csv.Line))
        {
            Check("level", $"Line {seen[(agency.Id, level!, date.Value)].ToString(CultureInfo.InvariantCulture)} has the same agency, level and date");
            return;
        }

        read.Add(new NewReturn(agency.Id, level!, date.Value, inScope, valid));
    }

    private AgencyPlace? Agency()
    {
        if (!columns.ContainsKey("agency"))
        {
            return agencies.Values.Single();
        }

        var code = Text("agency");
        if (agencies.TryGetValue(code, out var place))
        {
            return place;
        }

        Check("agency", code.Length == 0 ? "Enter the agency’s code" : $"“{Short(code)}” is none of your agencies; their codes are {string.Join(", ", agencies.Keys.Order().Take(8))}{(agencies.Count > 8 ? " …" : "")}");
        return null;
    }

    private string Text(string column) => csv.Of(csv.Values[columns[column]]).ToString();

    private void Check(string column, string? wrong)
    {
        if (wrong is not null)
        {
            Wrong(csv.Values[columns[column]].At, wrong);
        }
    }

    private void Wrong(int offset, string sentence)
    {
        var (line, column) = csv.PositionOf(offset);
        mistakes.Add(new FileMistake(line, column, sentence));
    }

    private static string Short(string text) => text.Length <= 40 ? text : text[..39] + "…";
}
