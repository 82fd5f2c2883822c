using System.Globalization;
using System.Text;

namespace Learning.Tests.History;

/// <summary>Files as people send them: columns and rows in any order, optional columns left out, fields quoted or not, both ways of writing a date, several of an instant.</summary>
public sealed class RandomCsv(Random random)
{
    // The format prints them in [ ]: the only columns that may be missing.
    private static readonly string[] MayBeAbsent = ["parent", "successor", "successor_from", "aliases", "board", "trainers", "cancelled_at", "part", "seat"];

    private readonly Dictionary<string, List<(string Column, string Value)[]>> _files = [];

    public void Add(string file, params (string Column, string Value)[] row)
    {
        if (!_files.TryGetValue(file, out var rows))
            _files[file] = rows = [];
        rows.Add(row);
    }

    public string Date(DateOnly day) => day.ToString(random.Next(2) == 0 ? "yyyy-MM-dd" : "dd/MM/yyyy", CultureInfo.InvariantCulture);

    public string Local(DateTime wall) => wall.ToString(random.Next(3) switch { 0 => "yyyy-MM-dd HH:mm", 1 => "yyyy-MM-ddTHH:mm", _ => "dd/MM/yyyy HH:mm" }, CultureInfo.InvariantCulture);

    public string Instant(DateTimeOffset instant) => random.Next(3) switch
    {
        0 => instant.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture) + "Z",
        1 => instant.ToOffset(TimeSpan.FromHours(1)).ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture),
        _ when instant.Second == 0 => instant.UtcDateTime.ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture) + "Z",
        _ => instant.ToOffset(TimeSpan.FromHours(-5)).ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture),
    };

    public void Write(string folder)
    {
        foreach (var (file, rows) in _files.OrderBy(file => file.Key, StringComparer.Ordinal))
        {
            var columns = rows[0].Select(field => field.Column).Where(column => !MayBeAbsent.Contains(column) || random.Next(2) == 0
                || rows.Exists(row => row.Single(field => field.Column == column).Value.Length > 0)).ToArray();
            var lines = rows.ToArray();
            random.Shuffle(columns);
            random.Shuffle(lines);
            var newLine = random.Next(2) == 0 ? "\n" : "\r\n";
            var text = new StringBuilder(string.Join(',', columns)).Append(newLine);
            foreach (var line in lines)
                text.AppendJoin(',', columns.Select(column => Field(line.Single(field => field.Column == column).Value))).Append(newLine);
            // A spreadsheet begins its UTF-8 with a byte order mark.
            File.WriteAllText(Path.Combine(folder, file + ".csv"), text.ToString(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: random.Next(3) == 0));
        }
    }

    private string Field(string value) =>
        value.AsSpan().IndexOfAny(",\"") >= 0 || random.Next(5) == 0 ? $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : value;
}
