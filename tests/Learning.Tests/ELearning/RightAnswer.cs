using Learning.ELearning;
using Learning.Tests.Support;

namespace Learning.Tests.ELearning;

/// <summary>What a learner who knows sends for a question, read off the page as it stands: its options come in an order that is not the text's.</summary>
internal static class RightAnswer
{
    public static IEnumerable<(string Name, string? Value)> On(Page page, Question question) => question.Kind switch
    {
        QuestionKind.InOrder => Lines(page, question).Select(line => ("Input.Written", (string?)$"{line + 1}")),
        QuestionKind.Matched => Lines(page, question).Select(line => ("Input.Written", page.Document.QuerySelectorAll("select[name='Input.Written']")[0].QuerySelectorAll("option")
            .Single(option => option.TextContent == question.Options[line].Match).GetAttribute("value"))),
        QuestionKind.InWords => [("Input.Written", question.Options.First(option => option.Right).Text)],
        _ => page.Document.QuerySelectorAll("input[name='Input.Chosen']")
            .Where(input => question.Options.Single(o => o.Text == Label(page, input.Id)).Right).Select(input => ("Input.Chosen", input.GetAttribute("value"))),
    };

    // The lines of the page, each by its place in the text.
    private static IEnumerable<int> Lines(Page page, Question question) =>
        page.Document.QuerySelectorAll("select[name='Input.Written']").Select(select => question.Options.Index().Single(o => o.Item.Text == Label(page, select.Id)).Index);

    private static string Label(Page page, string? id) => page.Document.QuerySelector($"label[for='{id}']")!.TextContent.Trim();
}
