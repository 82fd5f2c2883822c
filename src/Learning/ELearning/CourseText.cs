namespace Learning.ELearning;

/// <summary>A course as its texts say it is: what the catalogue shows, and, where it can be played, its pages, story and quiz.</summary>
public sealed record CourseText(CourseHead Head, IReadOnlyList<CoursePage> Pages, CaseStudy? Case, Quiz? Quiz, string Digest);

/// <summary>The head of a course: <c>course.yaml</c>.</summary>
public sealed record CourseHead
{
    public string Code { get; init; } = "";
    public string Title { get; init; } = "";
    public string Summary { get; init; } = "";
    public string Description { get; init; } = "";
    public string Audience { get; init; } = "";
    public int Minutes { get; init; }
    public string Level { get; init; } = "";
    public string YouReceive { get; init; } = "";
    public IReadOnlyList<string> Themes { get; init; } = [];

    /// <summary>Law and guidance are as they were on this day.</summary>
    public DateOnly AsAt { get; init; }

    public DateOnly ReviewBy { get; init; }

    /// <summary>The author's own name of the version, shown on every page; <see cref="CourseText.Digest"/> is the exact one.</summary>
    public string? Version { get; init; }

    /// <summary>Versions that nobody may finish any more (E1): digests, or beginnings of at least 8 characters.</summary>
    public IReadOnlyList<string> Withdrawn { get; init; } = [];

    /// <summary>Not yet signed off by a subject expert, and shown so.</summary>
    public bool Illustrative { get; init; }

    public IReadOnlyDictionary<int, string> Outcomes { get; init; } = new Dictionary<int, string>();

    /// <summary>The fields of <see cref="LocalContacts"/> without which the course is not offered.</summary>
    public IReadOnlyList<string> Local { get; init; } = [];

    /// <summary>How plain the pages promise to be; held by <see cref="ContentCheck"/>.</summary>
    public PlainEnglish? PlainEnglish { get; init; }

    public IReadOnlyList<CourseSource> Sources { get; init; } = [];
}

public sealed record CourseSource
{
    public string Title { get; init; } = "";
    public string Address { get; init; } = "";
}

/// <summary>Words a sentence (longest, and on average over a page), and words a page (from, to).</summary>
public sealed record PlainEnglish
{
    public int LongestSentence { get; init; }
    public int AverageSentence { get; init; }
    public IReadOnlyList<int> PageWords { get; init; } = [];
}

/// <summary>One page of reading: <c>pages/nn-name.md</c>. The name is the file's, without number and ending.</summary>
public sealed record CoursePage(string Name, string Title, int Minutes, string Markdown);
