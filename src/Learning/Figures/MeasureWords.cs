using Learning.Database;
using Learning.ELearning;

namespace Learning.Figures;

/// <summary>What a measure counts, in words for whoever reads a figure: content/figures/measures.yaml.</summary>
public sealed class MeasureWords
{
    /// <summary>A measure's name, what it counts in a sentence, and what more a careful reader asks.</summary>
    public sealed class Words
    {
        public string Name { get; set; } = "";
        public string Counts { get; set; } = "";
        public string Detail { get; set; } = "";
    }

    private readonly Dictionary<string, Words> words;

    /// <exception cref="InvalidOperationException">A measure has no words.</exception>
    public MeasureWords(string file)
    {
        words = CourseYaml.Read<Dictionary<string, Words>>(file, File.ReadAllText(file));
        if (Enum.GetValues<Measure>().Where(measure => !words.TryGetValue(measure.Word(), out var known) || known is not { Name.Length: > 0, Counts.Length: > 0, Detail.Length: > 0 }).ToList() is { Count: > 0 } missing)
        {
            throw new InvalidOperationException($"{file} has no words for {string.Join(", ", missing.Select(measure => measure.Word()))}.");
        }
    }

    public Words Of(Measure measure) => words[measure.Word()];
}
