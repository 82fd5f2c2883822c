namespace Learning.ELearning;

/// <summary>Holds a page to what its course promises about sentences and length.</summary>
public static class PlainEnglishCheck
{
    /// <returns>What is wrong, and the words near which it stands; null where it is the whole page.</returns>
    public static IEnumerable<(string? Near, string Sentence)> Of(CoursePage page, PlainEnglish? promise)
    {
        if (promise is null)
        {
            yield break;
        }

        var lengths = PlainText.Sentences(page.Markdown).Select(s => (Text: s, Words: PlainText.Words(s))).ToList();
        foreach (var (text, words) in lengths.Where(s => s.Words > promise.LongestSentence))
        {
            yield return (text, $"a sentence of {words} words, over {promise.LongestSentence}: {text}");
        }

        var average = lengths.Count == 0 ? 0 : lengths.Average(s => s.Words);
        if (average > promise.AverageSentence)
        {
            yield return (null, $"{average:0.0} words a sentence on average, over {promise.AverageSentence}");
        }

        var total = lengths.Sum(s => s.Words);
        if (promise.PageWords is [var from, var to] && (total < from || total > to))
        {
            yield return (null, $"{total} words, not {from} to {to}");
        }
    }
}
