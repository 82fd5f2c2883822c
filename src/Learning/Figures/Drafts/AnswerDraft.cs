using Learning.People;

namespace Learning.Figures.Drafts;

/// <summary>What came of a press in the builder.</summary>
/// <param name="Mistakes">Each with the field that it is about.</param>
/// <param name="Written">The report whose definition it is now.</param>
public sealed record DraftAnswer(IReadOnlyList<(string Field, string Sentence)> Mistakes, Preview? Preview = null, string? Written = null);

/// <summary>Does what a press in the builder asks for: adds or moves a figure, counts the draft, or keeps it. For the business unit.</summary>
public sealed class AnswerDraft(CheckDraft check, PreviewDraft preview, WriteDefinition write)
{
    /// <param name="report">The report that is changed; null: a new one.</param>
    /// <remarks>When somebody else wrote in the meantime, the draft then follows on what they wrote: a second press puts it in the place of theirs.</remarks>
    public async Task<DraftAnswer> RunAsync(ReportDraft draft, string? report, Actor actor, CancellationToken stop)
    {
        if (draft.Rearrange())
        {
            return new DraftAnswer([]);
        }

        draft.Name = report ?? draft.Name?.Trim();
        var (definition, mistakes) = await check.RunAsync(draft, stop);
        if (definition is null)
        {
            return new DraftAnswer(mistakes);
        }

        if (draft.Do != "save")
        {
            return new DraftAnswer([], await preview.RunAsync(definition, actor, stop));
        }

        switch (await write.RunAsync(definition.Yaml, report, draft.After, actor, stop))
        {
            case WritingOutcome.Written written:
                return new DraftAnswer([], Written: written.Report);
            case WritingOutcome.Meanwhile meanwhile:
                draft.After = meanwhile.Digest;
                return new DraftAnswer([("Input.Title", meanwhile.Sentence)]);
            case WritingOutcome.Taken taken:
                return new DraftAnswer([("Input.Name", taken.Sentence)]);
            case WritingOutcome.Wrong wrong:
                return new DraftAnswer([.. wrong.Mistakes.Select(mistake => ("Input.Title", CheckDraft.Sentence(mistake.What)))]);
            default:
                throw new InvalidOperationException();
        }
    }

    /// <summary>Keeps a definition that was sent as a file.</summary>
    /// <param name="after">The definition that the sender saw; a new report has none.</param>
    public async Task<DraftAnswer> UploadAsync(SentDefinition sent, string? report, string? after, Actor actor, CancellationToken stop)
    {
        if (sent.Mistake is { } mistake)
        {
            return new DraftAnswer([(SentDefinition.Field, mistake)]);
        }

        return await write.RunAsync(sent.Yaml, report, after, actor, stop) switch
        {
            WritingOutcome.Written written => new DraftAnswer([], Written: written.Report),
            WritingOutcome.Meanwhile meanwhile => new DraftAnswer([(SentDefinition.Field, meanwhile.Sentence)]),
            WritingOutcome.Taken taken => new DraftAnswer([(SentDefinition.Field, taken.Sentence)]),
            WritingOutcome.Wrong wrong => new DraftAnswer([(SentDefinition.Field, Sentence(wrong.Mistakes))]),
            _ => throw new InvalidOperationException(),
        };
    }

    // All of them would not fit beside a field; the first leads to the others.
    private static string Sentence(IReadOnlyList<DefinitionMistake> wrong) =>
        $"Line {wrong[0].Line}, column {wrong[0].Column}: {wrong[0].What}{(wrong.Count > 1 ? $" (and {wrong.Count - 1} more)" : "")}. Nothing was kept";
}
