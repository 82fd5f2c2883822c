using Learning.Database;
using Learning.ELearning;

namespace Learning.Figures.Publishing;

/// <summary>The words of Easy Read: content/figures/easy.yaml. A picture for each measure, hard words with what they mean, and words that have a plainer one.</summary>
public sealed class EasyWords
{
    /// <summary>What the file holds.</summary>
    public sealed class Words
    {
        /// <summary>By measure, the name of its picture.</summary>
        public Dictionary<string, string> Pictures { get; set; } = [];

        /// <summary>By picture, what it shows.</summary>
        public Dictionary<string, string> Describes { get; set; } = [];

        /// <summary>Hard words that are explained, each by a short sentence.</summary>
        public Dictionary<string, string> Explained { get; set; } = [];

        /// <summary>Hard words that a plainer one takes the place of.</summary>
        public Dictionary<string, string> Plainer { get; set; } = [];
    }

    private readonly Words words;

    /// <exception cref="InvalidOperationException">A measure has no picture.</exception>
    public EasyWords(string file)
    {
        words = CourseYaml.Read<Words>(file, File.ReadAllText(file));
        if (Enum.GetValues<Measure>().Where(measure => !words.Describes.ContainsKey(words.Pictures.GetValueOrDefault(measure.Word(), ""))).ToList() is { Count: > 0 } missing)
        {
            throw new InvalidOperationException($"{file} has no picture for {string.Join(", ", missing.Select(measure => measure.Word()))}.");
        }
    }

    public IReadOnlyDictionary<string, string> Explained => words.Explained;

    public IReadOnlyDictionary<string, string> Plainer => words.Plainer;

    /// <summary>The picture that goes with a measure.</summary>
    public string Picture(Measure measure) => words.Pictures[measure.Word()];

    /// <summary>What a picture shows, in words.</summary>
    public string Describe(string picture) => words.Describes[picture];

    /// <summary>A figure in plain sentences: its own wording with the number; a share also as so many in every 100. What is held back is said to be.</summary>
    public IReadOnlyList<string> Say(FigureDefinition figure, ComputedFigure copy)
    {
        // A table of what another figure says has no words of its own.
        if ((figure.Easy ?? figure.Sentence) is null)
        {
            return [];
        }

        if (copy.Suppressed)
        {
            return ["We do not print this number.", "It is very small."];
        }

        if (copy.Value is not { } value)
        {
            return ["We do not know this number yet."];
        }

        var phrase = copy.Phrase.Replace("approximately", "about", StringComparison.Ordinal);
        var sentence = FigureWords.Sentence(figure with { Sentence = figure.Easy ?? figure.Sentence }, phrase);
        return figure.Measure.IsShare() ? [sentence, $"That is about {Math.Round(value * 100, MidpointRounding.AwayFromZero)} in every 100."] : [sentence];
    }
}
