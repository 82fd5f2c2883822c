using System.Text;
using System.Text.Unicode;

using Learning.Csv;
using Learning.Database;
using Learning.People;

namespace Learning.Membership;

/// <summary>
/// Reads people from a CSV file in UTF-8 with a header row: email, and if wanted given_name, family_name, job_title, workforce, level, department, in any order. A column that was clearly mistyped is
/// said, and read as what it was meant to be. Each slip is one mistake.
/// </summary>
internal sealed class ReadListFile
{
    /// <summary>The columns that a file may have; the first it must.</summary>
    public static readonly IReadOnlyList<string> Columns = ["email", "given_name", "family_name", "job_title", "workforce", "level", "department"];

    private readonly CsvReader csv;
    private readonly Invitees read = new();
    private readonly Dictionary<string, int> columns = [];
    private int width;

    private ReadListFile(string text) => csv = new CsvReader(text);

    /// <summary>What is in it, or why nothing can be read of it.</summary>
    public static (Invitees? Read, ListRefusal? Refused) From(ReadOnlySpan<byte> bytes)
    {
        // A workbook is a ZIP, or what came before it.
        if (bytes.StartsWith("PK\x03\x04"u8) || bytes.StartsWith((byte[])[0xD0, 0xCF, 0x11, 0xE0]))
        {
            return (null, ListRefusal.Workbook);
        }

        bytes = bytes.StartsWith((byte[])[0xEF, 0xBB, 0xBF]) ? bytes[3..] : bytes;
        if (!Utf8.IsValid(bytes) || bytes.Contains((byte)0))
        {
            return (null, ListRefusal.NotText);
        }

        var file = new ReadListFile(Encoding.UTF8.GetString(bytes));
        file.Read();
        return (file.read, null);
    }

    private void Read()
    {
        if (!csv.Read() || csv.Values.All(value => csv.Of(value).IsEmpty))
        {
            read.Mistake(1, 1, $"There is no header row; its columns are {string.Join(", ", Columns)}");
            return;
        }

        if (!ReadHeader())
        {
            return;
        }

        while (csv.Read())
        {
            if (csv.BrokenAt < 0 && csv.Values.All(value => csv.Of(value).IsEmpty))
            {
                continue;
            }

            read.Name();
            ReadRow();
        }
    }

    private bool ReadHeader()
    {
        var names = csv.Values.Select(value => csv.Of(value).ToString()).ToList();
        if (names is [var only] && only.AsSpan().IndexOfAny(';', '\t') >= 0)
        {
            read.Mistake(1, 1, "The columns are not separated by commas");
            return false;
        }

        width = names.Count;
        for (var index = 0; index < names.Count; index++)
        {
            Take(names[index], index);
        }

        if (!columns.ContainsKey("email"))
        {
            read.Mistake(1, 1, $"The column email is missing; the columns are {string.Join(", ", Columns)}");
            return false;
        }

        return true;
    }

    private void Take(string name, int index)
    {
        var (line, column) = csv.PositionOf(csv.Values[index].At);
        var plain = name.ToLowerInvariant().Replace(' ', '_').Replace('-', '_');
        if (Columns.Contains(plain))
        {
            if (!columns.TryAdd(plain, index))
            {
                read.Mistake(line, column, $"The column {plain} is there twice");
            }

            return;
        }

        var nearest = Nearest.Of(plain, Columns)!;
        read.Mistake(line, column, $"There is no column “{Invitees.Short(name)}”; the nearest is {nearest}");
        if (Nearest.Slips(plain, nearest) * 2 <= Math.Max(plain.Length, nearest.Length))
        {
            columns.TryAdd(nearest, index);
        }
    }

    private void ReadRow()
    {
        if (csv.BrokenAt >= 0)
        {
            var (line, column) = csv.PositionOf(csv.BrokenAt);
            read.Mistake(line, column, "This quote is not closed, or something other than a comma follows the closing one");
            return;
        }

        if (csv.Values.Count != width)
        {
            var (line, column) = csv.PositionOf(csv.Values.Count < width ? csv.RowEnd : csv.Values[width].At);
            read.Mistake(line, column, $"The row has {csv.Values.Count} values and the header {width}; a comma inside a value needs quotes around the value");
            return;
        }

        var before = read.Mistakes.Count;
        var (email, emailLine, emailAt) = Value("email");
        var address = read.Email(email, emailLine, emailAt);
        var (given, family) = (Line("given_name", "given name", JoiningRules.LongestName), Line("family_name", "family name", JoiningRules.LongestName));
        var (title, workforce, level) = (Line("job_title", "job title", JoiningRules.LongestJobTitle), ReadWorkforce(), Line("level", "level", JoiningRules.LongestLevel));
        var (department, _, departmentAt) = Value("department");
        if (read.Mistakes.Count == before)
        {
            read.Add(new Invitee(csv.Line, address!, given, family, title, workforce, level, department.Length == 0 ? null : department, departmentAt));
        }
    }

    private string? Line(string column, string what, int longest)
    {
        var (text, line, at) = Value(column);
        return read.Text(text, what, longest, line, at);
    }

    private Workforce? ReadWorkforce()
    {
        var (text, line, at) = Value("workforce");
        if (text.Length == 0)
        {
            return null;
        }

        if (Words.TryParse<Workforce>(text, out var workforce))
        {
            return workforce;
        }

        read.Mistake(line, at, $"“{Invitees.Short(text)}” is no workforce; it is one of {string.Join(", ", Words.All<Workforce>())}");
        return null;
    }

    private (string Text, int Line, int Column) Value(string column)
    {
        if (!columns.TryGetValue(column, out var index))
        {
            return ("", csv.Line, 1);
        }

        var (line, at) = csv.PositionOf(csv.Values[index].At);
        return (csv.Of(csv.Values[index]).ToString(), line, at);
    }
}
