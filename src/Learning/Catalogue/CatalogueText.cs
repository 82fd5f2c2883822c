using YamlDotNet.Serialization;

namespace Learning.Catalogue;

/// <summary>
/// What the catalogue says about a course in words: content/courses/&lt;code&gt;/course.yaml. A course without a file has its
/// title only.
/// </summary>
public sealed record CatalogueText
{
    /// <summary>The course's code; its case does not matter.</summary>
    public string Code { get; init; } = "";

    /// <summary>The title, for the reader of the file; the catalogue shows the course's own.</summary>
    public string Title { get; init; } = "";

    /// <summary>One or two sentences for a list, or null.</summary>
    public string? Summary { get; init; }

    /// <summary>Paragraphs for the course's page, Markdown, or null.</summary>
    public string? Description { get; init; }

    /// <summary>For whom it is, or null.</summary>
    public string? Audience { get; init; }

    /// <summary>How long it takes, in minutes, all parts together; null when not said.</summary>
    public int? Minutes { get; init; }

    /// <summary>The level of the course in the partnership's words, or null.</summary>
    public string? Level { get; init; }

    /// <summary>What the learner takes home, or null.</summary>
    public string? YouReceive { get; init; }

    /// <summary>What it is about, in a word or two each.</summary>
    public string[] Themes { get; init; } = [];

    /// <summary>Whether there are pages to play, not only this description. Not in the file: the folder says so.</summary>
    [YamlIgnore]
    public bool Playable { get; init; }

    /// <summary>Whether the text is about a word: title, summary, description, audience and themes are looked through.</summary>
    public bool Mentions(string word) =>
        Themes.Append(Title).Append(Summary).Append(Description).Append(Audience)
            .Any(text => text?.Contains(word, StringComparison.OrdinalIgnoreCase) == true);

    /// <summary>"45 minutes", "2 hours", "6 hours 30 minutes"; null when not said.</summary>
    public string? Length => Minutes switch
    {
        null or <= 0 => null,
        < 60 => $"{Minutes} minutes",
        _ => (Minutes / 60 == 1 ? "1 hour" : $"{Minutes / 60} hours") + (Minutes % 60 == 0 ? "" : $" {Minutes % 60} minutes"),
    };
}
