using Learning.Csv;
using Learning.Database;

namespace Learning.History;

/// <summary>
/// A file of history, row by row, by the names of its columns in whatever order they stand (H3). Says what is wrong with the header and the shape of rows; a column that
/// was clearly mistyped is read as what it was meant to be, and one that is missing is missing once, not in each row.
/// </summary>
internal sealed class Sheet
{
    private readonly Format format;
    private readonly string file;
    private readonly CsvReader csv;
    private readonly Findings findings;
    private readonly Dictionary<string, (int Index, Column Column)> columns = new(StringComparer.OrdinalIgnoreCase);
    private readonly bool badEncoding;
    private bool badEncodingSaid;
    private int width;

    private Sheet(Format format, SourceFile source, Findings findings) =>
        (this.format, file, csv, badEncoding, this.findings) = (format, source.Name, new CsvReader(source.Text), source.BadEncoding, findings);

    /// <summary>Opens a file and reads its header. Null where nothing can be read from it, which is then said.</summary>
    public static Sheet? Open(Format format, SourceFile source, Findings findings)
    {
        var sheet = new Sheet(format, source, findings);
        return sheet.ReadHeader() ? sheet : null;
    }

    /// <summary>Whether the row has as many values as the header; nothing else is asked of one that has not.</summary>
    public bool RowIsWhole { get; private set; }

    /// <summary>The line on which the row begins.</summary>
    public int Line => csv.Line;

    /// <summary>Whether the header has the column, perhaps mistyped.</summary>
    public bool Has(string column) => columns[column].Index >= 0;

    /// <summary>The row's value in a column.</summary>
    public Cell this[string column]
    {
        get
        {
            var (index, known) = columns[column];
            return new Cell(this, known, index);
        }
    }

    /// <summary>Goes to the next row that is not empty; false at the end.</summary>
    public bool Next()
    {
        while (csv.Read())
        {
            SayBadEncoding();
            if (csv.BrokenAt >= 0)
            {
                RowIsWhole = false;
                findings.Mistake(At(csv.BrokenAt), "this quote is not closed, or something other than a comma follows the closing one; a quote inside a value is written twice");
                return true;
            }

            if (IsEmptyRow())
            {
                continue;
            }

            RowIsWhole = csv.Values.Count == width;
            if (!RowIsWhole)
            {
                var place = At(csv.Values.Count < width ? csv.RowEnd : csv.Values[width].At);
                findings.Mistake(place, $"the row has {csv.Values.Count} values, the header has {width}; a comma inside a value needs quotes around the value");
            }

            return true;
        }

        return false;
    }

    /// <summary>Everything in a row of the wrong shape that might be a name: nobody is told that what it names is unknown.</summary>
    public IEnumerable<string> MaybeNames() =>
        csv.Written.ToString().Split([',', '"', '\r', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    internal ReadOnlySpan<char> Value(int index) => index < 0 ? [] : csv.Of(csv.Values[index]);

    // Already said, or part of what is: a stray quote, characters that were lost, a column that the header lacks.
    internal bool IsSpoilt(int index) => index >= 0 && (csv.Values[index].HasStrayQuote || (badEncoding && Value(index).Contains(SourceFile.Lost)));

    internal bool HasStrayQuote(int index) => csv.Values[index].HasStrayQuote;

    internal void Mistake(int index, string what) => findings.Mistake(Place(index), what);

    internal void Warning(int index, string what) => findings.Warning(Place(index), what);

    /// <summary>Where a value stands; a column that the header lacks stands where the row does.</summary>
    internal Place Place(int index) => At(csv.Values[Math.Max(index, 0)].At);

    private Place At(int offset)
    {
        var (line, column) = csv.PositionOf(offset);
        return new Place(format.Order, file, line, column);
    }

    // Once a file: where one value was saved in another encoding, the others were too.
    private void SayBadEncoding()
    {
        if (!badEncoding || badEncodingSaid)
        {
            return;
        }

        foreach (var value in csv.Values)
        {
            if (csv.Of(value).Contains(SourceFile.Lost))
            {
                badEncodingSaid = true;
                findings.Mistake(At(value.At), "this is not UTF-8; save the file as CSV in UTF-8");
                return;
            }
        }
    }

    private bool IsEmptyRow()
    {
        foreach (var value in csv.Values)
        {
            if (!csv.Of(value).IsEmpty)
            {
                return false;
            }
        }

        return true;
    }

    private bool ReadHeader()
    {
        if (!csv.Read() || IsEmptyRow())
        {
            findings.Mistake(new Place(format.Order, file, 1, 1), $"there is no header row; its columns are {string.Join(", ", format.Columns.Select(column => column.Name))}");
            return false;
        }

        SayBadEncoding();
        if (csv.BrokenAt >= 0)
        {
            findings.Mistake(At(csv.BrokenAt), "this quote in the header row is not closed");
            return false;
        }

        var names = csv.Values.Select(value => csv.Of(value).ToString()).ToList();
        if (names is [var only] && only.AsSpan().IndexOfAny(';', '\t') >= 0)
        {
            findings.Mistake(new Place(format.Order, file, 1, 1), "the columns are not separated by commas");
            return false;
        }

        width = names.Count;
        var missing = format.Columns.Where(column => !names.Contains(column.Name, StringComparer.OrdinalIgnoreCase)).ToList();
        for (var index = 0; index < names.Count; index++)
        {
            Take(names[index], index, missing);
        }

        foreach (var column in missing)
        {
            columns[column.Name] = (-1, column);
            if (!column.MayBeAbsent)
            {
                findings.Mistake(new Place(format.Order, file, 1, 1), $"the column {column.Name} is missing");
            }
        }

        return true;
    }

    private void Take(string name, int index, List<Column> missing)
    {
        var place = At(csv.Values[index].At);
        if (format.Columns.FirstOrDefault(column => column.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } known)
        {
            if (!columns.TryAdd(known.Name, (index, known)))
            {
                findings.Mistake(place, $"the column {known.Name} is there twice");
            }

            return;
        }

        var nearest = Nearest.Of(name, format.Columns.Select(column => column.Name))!;
        if (!(badEncoding && name.Contains(SourceFile.Lost)))
        {
            findings.Mistake(place, $"unknown column \"{name}\"; the nearest known name is {nearest}");
        }

        if (missing.Find(column => column.Name == nearest) is { } meant && Nearest.Slips(name, nearest) * 2 <= Math.Max(name.Length, nearest.Length))
        {
            columns[meant.Name] = (index, meant);
            missing.Remove(meant);
        }
    }
}
