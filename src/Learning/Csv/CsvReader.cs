using System.Text;

namespace Learning.Csv;

/// <summary>
/// Reads comma-separated text after RFC 4180 and knows where each value stands, which the report of mistakes needs: a line ends with LF, CRLF or CR; a value in
/// quotes may hold commas, line ends and doubled quotes. After a quote that goes wrong it goes on with the next line, so that one slip is one mistake.
/// </summary>
internal sealed class CsvReader(string text)
{
    private readonly List<CsvValue> values = [];
    private int at;
    private int rowStart;
    private int rowLine = 1;
    private int nextLine = 1;

    /// <summary>The values of the row that was read last.</summary>
    public IReadOnlyList<CsvValue> Values => values;

    /// <summary>Where a quote went wrong in that row: not closed, or followed by something else than a comma; -1: nowhere. The values before it stand.</summary>
    public int BrokenAt { get; private set; }

    /// <summary>Where that row ends, before its line end.</summary>
    public int RowEnd { get; private set; }

    /// <summary>The line on which that row begins, from 1.</summary>
    public int Line => rowLine;

    /// <summary>The whole row as it is written.</summary>
    public ReadOnlySpan<char> Written => text.AsSpan(rowStart, RowEnd - rowStart);

    /// <summary>Goes to the next row; false at the end of the text.</summary>
    public bool Read()
    {
        values.Clear();
        BrokenAt = -1;
        if (at >= text.Length)
        {
            return false;
        }

        (rowStart, rowLine) = (at, nextLine);
        while (true)
        {
            if (!(at < text.Length && text[at] == '"' ? ReadQuoted() : ReadPlain()))
            {
                break;
            }

            if (at < text.Length && text[at] == ',')
            {
                at++;
                continue;
            }

            break;
        }

        RowEnd = at;
        SkipLineEnd();
        return true;
    }

    /// <summary>Line and column, both from 1, of an offset in the row that was read last. A column is a character, however many units it takes.</summary>
    public (int Line, int Column) PositionOf(int offset)
    {
        var (line, lineStart) = (rowLine, rowStart);
        for (var i = rowStart; i < offset; i++)
        {
            if (EndsLine(i))
            {
                (line, lineStart) = (line + 1, i + 1);
            }
        }

        var column = 1;
        for (var i = lineStart; i < offset; i++)
        {
            column += char.IsLowSurrogate(text[i]) ? 0 : 1;
        }

        return (line, column);
    }

    /// <summary>The characters of a value, without surrounding space.</summary>
    public ReadOnlySpan<char> Of(CsvValue value) => value.Unquoted is { } unquoted ? unquoted.AsSpan().Trim() : text.AsSpan(value.From, value.Length).Trim();

    private bool ReadPlain()
    {
        var start = at;
        var rest = text.AsSpan(at);
        var length = rest.IndexOfAny(',', '\r', '\n');
        length = length < 0 ? rest.Length : length;
        at += length;
        values.Add(new CsvValue(start, start, length, null, rest[..length].Contains('"')));
        return true;
    }

    // From the opening quote to past the closing one. False when it goes wrong; then the reader stands at the end of a line.
    private bool ReadQuoted()
    {
        var start = at;
        StringBuilder? unquoted = null;
        var from = start + 1;
        var segment = from;
        while (true)
        {
            var quote = text.IndexOf('"', segment);
            if (quote < 0)
            {
                return Break(start);
            }

            if (quote + 1 < text.Length && text[quote + 1] == '"')
            {
                (unquoted ??= new StringBuilder()).Append(text, from, quote + 1 - from);
                segment = from = quote + 2;
                continue;
            }

            at = quote + 1;
            if (at < text.Length && text[at] is not (',' or '\r' or '\n'))
            {
                return Break(start);
            }

            values.Add(unquoted is null
                ? new CsvValue(start, start + 1, quote - start - 1, null, false)
                : new CsvValue(start, start, 0, unquoted.Append(text, from, quote - from).ToString(), false));
            return true;
        }
    }

    // The slip is on the line of the opening quote; what follows that line is read as if nothing had happened.
    private bool Break(int start)
    {
        BrokenAt = start;
        var end = text.AsSpan(start).IndexOfAny('\r', '\n');
        at = end < 0 ? text.Length : start + end;
        return false;
    }

    private void SkipLineEnd()
    {
        if (at < text.Length)
        {
            at += text[at] == '\r' && at + 1 < text.Length && text[at + 1] == '\n' ? 2 : 1;
        }

        nextLine = rowLine;
        for (var i = rowStart; i < at; i++)
        {
            nextLine += EndsLine(i) ? 1 : 0;
        }
    }

    // CRLF ends a line once, at its LF.
    private bool EndsLine(int i) => text[i] == '\n' || (text[i] == '\r' && !(i + 1 < text.Length && text[i + 1] == '\n'));
}

/// <summary>A value of a row: where it stands (its opening quote, if it has one), and its characters, copied only where quotes were doubled.</summary>
/// <param name="HasStrayQuote">A quote inside a value that is not in quotes.</param>
internal readonly record struct CsvValue(int At, int From, int Length, string? Unquoted, bool HasStrayQuote);
