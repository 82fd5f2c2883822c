using System.Text;

namespace Learning.Attendance.Meetings;

/// <summary>A row of a report: the line on which it begins, and its cells without space around.</summary>
internal sealed record ReportRow(int Line, IReadOnlyList<string> Cells)
{
    /// <summary>The cell at a place; empty where there is none.</summary>
    public string this[int place] => place >= 0 && place < Cells.Count ? Cells[place] : "";

    /// <summary>How many cells have something.</summary>
    public int Filled => Cells.Count(cell => cell.Length > 0);
}

/// <summary>Cuts a report into rows (RFC 4180, with whatever mark stands between cells): a quote that is never closed ends with the text. Pure.</summary>
internal static class ReportRows
{
    /// <summary>What may stand between two cells.</summary>
    public static readonly IReadOnlyList<char> Marks = ['\t', ',', ';'];

    /// <summary>The rows that have anything; with a line whose quote is not closed, or 0.</summary>
    public static (IReadOnlyList<ReportRow> Rows, int Unclosed) Of(string text, char mark)
    {
        var (rows, cells, cell) = (new List<ReportRow>(), new List<string>(), new StringBuilder());
        var (line, begun, quoted, opened, blank) = (1, 1, false, 0, true);
        void EndCell()
        {
            cells.Add(Plain(cell.ToString()));
            cell.Clear();
            blank = true;
        }

        void EndRow()
        {
            EndCell();
            if (cells.Exists(one => one.Length > 0))
            {
                rows.Add(new ReportRow(begun, [.. cells]));
            }

            cells.Clear();
        }

        for (var at = 0; at < text.Length; at++)
        {
            var letter = text[at];
            if (letter == '\n' || (letter == '\r' && !(at + 1 < text.Length && text[at + 1] == '\n')))
            {
                line++;
            }

            if (quoted)
            {
                if (letter != '"')
                {
                    cell.Append(letter);
                }
                else if (at + 1 < text.Length && text[at + 1] == '"')
                {
                    cell.Append('"');
                    at++;
                }
                else
                {
                    quoted = false;
                }
            }
            else if (letter == '"' && blank)
            {
                (quoted, opened, blank) = (true, line, false);
                cell.Clear();
            }
            else if (letter == mark)
            {
                EndCell();
            }
            else if (letter is '\n' or '\r')
            {
                if (letter == '\n' || line > begun)
                {
                    EndRow();
                    begun = line;
                }
            }
            else
            {
                cell.Append(letter);
                blank &= char.IsWhiteSpace(letter);
            }
        }

        EndRow();
        return (rows, quoted ? opened : 0);
    }

    // Marks that steer the direction of writing are not seen, and the space before "PM" is a narrow one in newer reports.
    private static string Plain(string cell)
    {
        var plain = new StringBuilder(cell.Length);
        foreach (var letter in cell)
        {
            if (letter is not ('\u200e' or '\u200f' or '\u202a' or '\u202c' or '\ufeff'))
            {
                plain.Append(letter is '\u202f' or '\u00a0' or '\u2009' or '\r' or '\n' or '\t' ? ' ' : letter);
            }
        }

        return plain.ToString().Trim();
    }
}
