namespace Learning.Figures.Publishing;

/// <summary>A report in Easy Read: a picture on the left and short sentences on the right, and each hard word explained where it comes first.</summary>
/// <param name="Breaks">What breaks the rules of Easy Read.</param>
public sealed record EasyRead(Paper Paper, IReadOnlyList<HardToRead> Breaks)
{
    /// <summary>Said in every copy: a program wrote it.</summary>
    public static readonly IReadOnlyList<string> NotChecked = ["A computer made this text.", "People with learning disabilities have not checked it.", "Please check it with them before you use it."];

    /// <summary>The report in plain words; every number in it is the publication's.</summary>
    public static EasyRead Of(PublishedReport report, EasyWords words)
    {
        List<PaperPart> parts =
        [
            new PaperPart.Heading(1, report.Title),
            new PaperPart.Prose("Easy Read", PaperTone.Lead),
            Pictured("book", ["This is about our training.", $"It is about this time: {report.Period}.", $"It was made by {report.Partnership}."]),
        ];
        var explained = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var figure in report.Figures.Where(figure => figure.Easy.Count > 0))
        {
            parts.Add(new PaperPart.Heading(2, figure.Title));
            parts.Add(Pictured(figure.Value.Value is null ? "question" : words.Picture(figure.Measure), [.. figure.Easy, .. Explain(figure.Easy)]));
        }

        parts.Add(new PaperPart.Heading(2, "Where the numbers come from"));
        parts.Add(Pictured("tick", [
            report.Revision is null ? "Nobody has signed these numbers yet." : "These numbers were checked and signed.", $"We counted them on {report.AsAt.Split(',')[0]}.",
            "We do not print very small numbers.", "This is so that nobody can tell who it was.", "You can ask us about this report."]));
        parts.Add(new PaperPart.Heading(2, "Help us to make this better"));
        parts.Add(Pictured("speech", NotChecked));

        string[] ours = [.. parts.OfType<PaperPart.Pictured>().SelectMany(part => part.Lines).Where(line => !line.StartsWith("It is about this time", StringComparison.Ordinal))];
        return new EasyRead(new Paper($"{report.Title}: Easy Read", $"{report.Partnership}: {report.Period}, {report.Reference}, in Easy Read", true, parts),
            EasyReadRules.Check(ours, words, [report.Partnership, .. report.Figures.SelectMany(figure => figure.Limits)]));

        PaperPart.Pictured Pictured(string picture, IReadOnlyList<string> lines) => new(picture, words.Describe(picture), lines);

        IEnumerable<string> Explain(IReadOnlyList<string> sentences) => words.Explained
            .Where(pair => sentences.Any(sentence => sentence.Contains(pair.Key, StringComparison.OrdinalIgnoreCase)) && explained.Add(pair.Key)).Select(pair => pair.Value);
    }
}
