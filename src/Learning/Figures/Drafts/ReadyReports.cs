using Learning.Database;
using Learning.People;
using Learning.Time;

namespace Learning.Figures.Drafts;

/// <summary>The ready-made definitions under content/reports/ready/, with what stands in their braces filled in.</summary>
public sealed class ReadyFiles(string folder)
{
    /// <summary>The text of the definition of a report.</summary>
    public async Task<string> TextAsync(ReadyReport report, CancellationToken stop) => (await File.ReadAllTextAsync(Path.Combine(folder, $"{report.Kind.Word()}.yaml"), stop))
        .Replace("{NAME}", report.Name, StringComparison.Ordinal).Replace("{TITLE}", report.Title, StringComparison.Ordinal)
        .Replace("{FROM}", $"{report.Period.From:yyyy-MM-dd}", StringComparison.Ordinal).Replace("{TO}", $"{report.Period.To:yyyy-MM-dd}", StringComparison.Ordinal);
}

/// <summary>Makes the next report of a ready-made kind, as a draft that can be changed like any other. By the business unit; refused when somebody made it a moment before, or when its period has not begun.</summary>
public sealed class MakeReady(ReadyFiles files, ReportDefinitions definitions, WriteDefinition write, Zone zone)
{
    /// <summary>What a press would make, of each kind that has a next.</summary>
    public async Task<IReadOnlyList<ReadyReport>> NextAsync(CancellationToken stop)
    {
        var names = (await definitions.AllAsync(stop)).Reports.Select(report => report.Report).ToList();
        return [.. Enum.GetValues<ReadyKind>().Select(kind => ReadyReport.Next(kind, names, zone.Today)).OfType<ReadyReport>()];
    }

    /// <param name="name">The report that the page offered.</param>
    /// <returns>Its name, or the sentence of a refusal.</returns>
    /// <exception cref="UnauthorizedAccessException">The actor is not of the business unit.</exception>
    public async Task<(string? Report, string? Refused)> RunAsync(string? name, Actor actor, CancellationToken stop = default)
    {
        if ((await NextAsync(stop)).FirstOrDefault(report => report.Name == name) is not { } ready)
        {
            return (null, "That report is there already. The next is offered below");
        }

        return await write.RunAsync(await files.TextAsync(ready, stop), null, null, actor, stop) switch
        {
            WritingOutcome.Written written => (written.Report, null),
            WritingOutcome.Taken taken => (null, taken.Sentence),
            WritingOutcome.Wrong wrong => (null, CheckDraft.Sentence(wrong.Mistakes[0].What)),
            _ => (null, "It was not made. Try again"),
        };
    }
}
