using Learning.Figures;
using Learning.Figures.Publishing;

namespace Learning.Tests.Figures.Publishing;

/// <summary>F10: Easy Read: what breaks its rules is found, hard words are explained, and nobody is claimed to have checked it.</summary>
public sealed class EasyReadTests
{
    private static readonly EasyWords Words = new(Path.Combine(AppContext.BaseDirectory, "content", "figures", "easy.yaml"));

    [Theory] // F10: 15 words, one idea, hard words
    [InlineData("Over 500 professionals have learned to use it.", "")]
    [InlineData("This is a sentence of exactly fifteen short words so that it may just stand here.", "It has 16 words")]
    [InlineData("This is a sentence of fifteen short words so that it may just stand here.", "")]
    [InlineData("People came; they liked it.", "more than one thing")]
    [InlineData("People came because it was good.", "more than one thing")]
    [InlineData("Tea and cake and songs.", "“and” twice")]
    [InlineData("Nurses, teachers, carers came.", "more than one comma")]
    [InlineData("About 1,234,567 people came.", "")]
    [InlineData("There were 4.2 people. They liked it.", "")]
    [InlineData("Approximately 40 came.", "Write “about”")]
    [InlineData("The MARAC met.", "“MARAC” is an abbreviation")]
    [InlineData("It was an interdisciplinary day.", "“interdisciplinary” is a long word")]
    [InlineData("They didn’t come.", "in full")]
    [InlineData("", "")]
    public void What_is_hard_to_read_is_found(string text, string what)
    {
        var found = EasyReadRules.Check([text], Words, []);
        if (what.Length == 0)
        {
            Assert.Empty(found);
        }
        else
        {
            Assert.Contains(found, hard => hard.What.Contains(what, StringComparison.Ordinal));
        }
    }

    [Fact] // F10: names are what they are
    public void A_name_is_no_hard_word() => Assert.Empty(EasyReadRules.Check(["The NHS Commissioning Board came."], Words, ["NHS Commissioning Board"]));

    [Fact] // F10: the explanations keep the rules themselves
    public void Explanations_are_easy() => Assert.Empty(EasyReadRules.Check(Words.Explained.Values.Concat(EasyRead.NotChecked), Words, []));

    [Fact] // F10: what the definitions under content/ say for Easy Read keeps the rules
    public async Task Every_report_of_the_partnership_is_easy()
    {
        foreach (var name in new[] { "2023-24", "2020-21" })
        {
            var definition = await ReadReport.FileAsync(Path.Combine(AppContext.BaseDirectory, "content", "reports", $"{name}.yaml"), default);
            Assert.All(definition.Figures, figure => Assert.Empty(EasyReadRules.Check([(figure.Easy ?? "").Replace("{phrase}", "over 500", StringComparison.Ordinal)], Words, ["Graded Care Profile 2", "Supervision Workshop"])));
            Assert.All(definition.Figures, figure => Assert.NotNull(figure.Easy));
        }

        foreach (var ready in new[] { "quarter", "year" })
        {
            var text = (await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "content", "reports", "ready", $"{ready}.yaml")))
                .Replace("{NAME}", "R", StringComparison.Ordinal).Replace("{TITLE}", "T", StringComparison.Ordinal).Replace("{FROM}", "2024-04-01", StringComparison.Ordinal).Replace("{TO}", "2025-04-01", StringComparison.Ordinal);
            Assert.All(ReadReport.Text(ready, text).Figures.Where(figure => figure.Easy is not null), figure =>
                Assert.Empty(EasyReadRules.Check([figure.Easy!.Replace("{phrase}", "over 500", StringComparison.Ordinal)], Words, [])));
        }
    }

    [Fact] // a picture that is named is there, drawn and as documents need it
    public void Every_picture_is_there()
    {
        var pictures = new PaperPictures(Path.Combine(AppContext.BaseDirectory, "content", "figures", "pictures"));
        Assert.All(Enum.GetValues<Measure>().Select(Words.Picture).Concat(["book", "tick", "speech", "question"]), picture =>
        {
            Assert.NotNull(pictures.Svg(picture));
            Assert.True(pictures.Png(picture).Length > 500);
            Assert.NotEmpty(Words.Describe(picture));
        });
        Assert.Null(pictures.Svg("../easy"));
    }
}
