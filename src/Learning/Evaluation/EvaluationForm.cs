using System.Security.Cryptography;
using System.Text;

using Learning.ELearning;

namespace Learning.Evaluation;

/// <summary>One question of an evaluation: a scale from 1 to 5, one of several choices, or words.</summary>
public sealed record EvaluationQuestion
{
    /// <summary>Kept with the answers.</summary>
    public string Id { get; init; } = "";
    public string Asks { get; init; } = "";
    public string? Hint { get; init; }

    /// <summary>The words at 1 and at 5.</summary>
    public IReadOnlyList<string> Scale { get; init; } = [];
    public IReadOnlyDictionary<string, string> Choices { get; init; } = new Dictionary<string, string>();
    public bool Words { get; init; }

    /// <summary>What the figures make of it (F2): rating, before, after or now; null: nothing.</summary>
    public string? Counts { get; init; }

    /// <summary>What stands for one answer in words: "5, very useful".</summary>
    public string Say(int score) => score switch { 1 => $"1, {Scale[0].ToLowerInvariant()}", 5 => $"5, {Scale[1].ToLowerInvariant()}", _ => $"{score}" };
}

/// <summary>
/// The questions that are asked after a session or a course, and three months later: a file under content/evaluation, as its text was when somebody was first asked them. <see cref="Digest"/> tells one
/// version from another.
/// </summary>
public sealed class EvaluationForm
{
    private static readonly string[] Known = ["rating", "before", "after", "now"];

    private sealed class Written
    {
        public bool Ask { get; set; }
        public IReadOnlyList<EvaluationQuestion> After { get; set; } = [];
        public IReadOnlyList<EvaluationQuestion> Later { get; set; } = [];
    }

    private readonly Written written;

    /// <exception cref="ContentException">The text is no set of questions; says file and why.</exception>
    public EvaluationForm(string file, string yaml)
    {
        (Yaml, written) = (yaml, CourseYaml.Read<Written>(file, yaml));
        Digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(yaml)));
        foreach (var (stage, questions) in new[] { (EvaluationStage.After, written.After), (EvaluationStage.Later, written.Later) })
        {
            foreach (var question in questions)
            {
                if (WhyNot(question, stage) is { } why)
                {
                    throw new ContentException($"{file}: the question '{question.Id}' {why}");
                }
            }

            if (questions.Select(question => question.Id).Distinct(StringComparer.Ordinal).Count() < questions.Count)
            {
                throw new ContentException($"{file}: two questions have one id");
            }
        }

        if (written.Ask && written.After.Count == 0)
        {
            throw new ContentException($"{file}: it asks nothing; write ask: false");
        }
    }

    public string Yaml { get; }
    public string Digest { get; }

    /// <summary>Whether anybody is asked at all.</summary>
    public bool Asks => written.Ask;

    public IReadOnlyList<EvaluationQuestion> Of(EvaluationStage stage) => stage == EvaluationStage.After ? written.After : written.Later;

    private static string? WhyNot(EvaluationQuestion question, EvaluationStage stage) =>
        question.Id.Length is 0 or > 40 || !question.Id.All(letter => char.IsAsciiLetterLower(letter) || letter == '-') ? "has no id of small letters"
        : question.Asks.Length == 0 ? "asks nothing"
        : (question.Scale.Count > 0 ? 1 : 0) + (question.Choices.Count > 0 ? 1 : 0) + (question.Words ? 1 : 0) != 1 ? "is answered by one of scale, choices and words"
        : question.Scale.Count is not (0 or 2) ? "has a scale with words at two ends"
        : question.Counts is { } counts && (question.Scale.Count == 0 || !Known.Contains(counts) || (counts == "now") != (stage == EvaluationStage.Later)) ? "counts as nothing that the figures know of such a question"
        : null;
}

/// <summary>The sets of questions in content/evaluation: by the course's code, else by its kind, else the standard one. All are read when the program starts.</summary>
public sealed class EvaluationForms
{
    private readonly Dictionary<string, EvaluationForm> forms;

    public EvaluationForms(string folder)
    {
        forms = Directory.EnumerateFiles(folder, "*.yaml").ToDictionary(file => Path.GetFileNameWithoutExtension(file), file => new EvaluationForm(file, File.ReadAllText(file)), StringComparer.OrdinalIgnoreCase);
        if (!forms.ContainsKey("standard"))
        {
            throw new ContentException($"{folder} has no standard.yaml");
        }
    }

    /// <param name="kind">Its word, such as "e-learning".</param>
    public EvaluationForm For(string code, string kind) => forms.GetValueOrDefault(code) ?? forms.GetValueOrDefault(kind) ?? forms["standard"];
}
