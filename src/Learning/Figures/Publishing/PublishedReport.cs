namespace Learning.Figures.Publishing;

/// <summary>A number of a publication as it is printed, and for programs that calculate its value: null where it is held back (F6) or not known (F3).</summary>
public sealed record PublishedCell(string Printed, double? Value);

/// <summary>A row of a published table.</summary>
public sealed record PublishedRow(string Name, IReadOnlyList<PublishedCell> Cells)
{
    /// <summary>Over the whole row, as its bar is drawn.</summary>
    public PublishedCell Whole => Cells[^1];
}

/// <summary>A published table: no form of a publication has a number that is not in it.</summary>
/// <param name="By">"by agency and month".</param>
/// <param name="Total">The last row, over all; null where there is none.</param>
/// <param name="Notes">What a reader has to know of it: what an X is, and whom it counts twice.</param>
public sealed record PublishedTable(string By, string Head, IReadOnlyList<string> Columns, IReadOnlyList<PublishedRow> Rows, PublishedRow? Total, IReadOnlyList<string> Notes)
{
    /// <summary>Every row, the total last.</summary>
    public IEnumerable<PublishedRow> All => Total is null ? Rows : Rows.Append(Total);

    /// <summary>The table in parts that fit beside each other on a page of A4, each with the names of the rows.</summary>
    public IReadOnlyList<PublishedTable> InParts(int mostColumns) => Columns.Count <= mostColumns ? [this] : [.. Columns.Select((column, number) => (column, number)).Chunk(mostColumns).Select(part => this with
    {
        Columns = [.. part.Select(one => one.column)], Rows = [.. Rows.Select(row => Of(row, part[0].number, part.Length))], Total = Total is null ? null : Of(Total, part[0].number, part.Length),
    })];

    private static PublishedRow Of(PublishedRow row, int from, int count) => row with { Cells = [.. row.Cells.Skip(from).Take(count)] };
}

/// <summary>The same figure in an earlier or later report, as it was signed (F10).</summary>
public sealed record PublishedPoint(string Title, string Reference, PublishedCell Value);

/// <summary>A figure of a publication (F9).</summary>
/// <param name="Parts">What a ratio is made of: "12 of 40"; null where it is none, or held back.</param>
/// <param name="Share">It is read as a percentage.</param>
/// <param name="Easy">In plain words, for Easy Read: short sentences.</param>
/// <param name="Heading">Of the section that begins with it.</param>
/// <param name="Trend">As each of several reports signed it, the oldest first; empty where only one has it.</param>
public sealed record PublishedFigure(
    string Id, string Reference, string Title, string Sentence, IReadOnlyList<string> Easy, Measure Measure, string Unit, bool Share, PublishedCell Value, string? Parts, bool Restated, string Counts, string Detail,
    IReadOnlyList<string> Limits, string When, string Digest, PublishedTable? Table, IReadOnlyList<PublishedPoint> Trend, string? Heading);

/// <summary>
/// A report as everybody may have it: the one object that pages, Word, Excel, CSV, PDF and Easy Read are made of (F10). What F6 holds back is not in it, so that no form can carry it.
/// </summary>
/// <param name="Revision">Null: a draft.</param>
/// <param name="State">"Signed by …", or that nobody has.</param>
/// <param name="Mark">What stands for a number that is held back.</param>
public sealed record PublishedReport(
    string Report, int? Revision, string Title, string Period, string AsAt, string State, string? Reason, string Partnership, string Mark, string Legend, IReadOnlyList<PublishedFigure> Figures)
{
    /// <summary>"2023-24/r1"; a draft has no revision.</summary>
    public string Reference => Revision is { } number ? $"{Report}/r{number}" : Report;
}
