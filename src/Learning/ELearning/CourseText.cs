namespace Learning.ELearning;

/// <summary>A course as its texts say it is: what the catalogue shows, and, where it can be played, its pages, story and quiz.</summary>
public sealed record CourseText(CourseHead Head, IReadOnlyList<CoursePage> Pages, CaseStudy? Case, Quiz? Quiz, CourseFiles Files)
{
    /// <summary>Names this very version (E1).</summary>
    public string Digest => Files.Digest;
}

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
    public string? Version { get; init => field = string.IsNullOrWhiteSpace(value) ? null : value; }

    /// <summary>Versions that nobody may finish any more (E1): digests, or beginnings of at least 8 characters.</summary>
    public IReadOnlyList<string> Withdrawn { get; init; } = [];

    /// <summary>The topic can put a learner at risk who is watched, as domestic abuse can: each page has "Leave this page quickly".</summary>
    public bool QuickExit { get; init; }

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
public sealed record CoursePage(string Name, string Title, int Minutes, string Markdown)
{
    /// <summary>Its file inside the course's folder, and the line of it on which the Markdown begins.</summary>
    public string File { get; init; } = "";
    public int FirstLine { get; init; } = 1;

    /// <summary>A question for practice at the page's foot: answered as often as one likes, and counted nowhere.</summary>
    public Question? Check { get; init; }

    /// <summary>What the learner is asked to think about, in a box whose words nobody else is shown; null: the page has none.</summary>
    public string? Reflection { get; init; }

    public CourseVideo? Video { get; init; }
}

/// <summary>
/// A video above the words of a page, never without captions and a transcript (WCAG 1.2.2, 1.2.3). The recording is no part of the version, only its texts are: a new recording gets a new
/// file name, so that whoever began the old version sees the old one (E1).
/// </summary>
public sealed record CourseVideo
{
    public string Title { get; init; } = "";

    /// <summary><c>videos/name.mp4</c> in the course's folder.</summary>
    public string File { get; init; } = "";

    /// <summary><c>videos/name.vtt</c>: WebVTT, which names speakers and the sounds that matter.</summary>
    public string Captions { get; init; } = "";

    /// <summary><c>videos/name.md</c>: all that is said and all that is seen, as Markdown.</summary>
    public string Transcript { get; init; } = "";

    /// <summary>What may distress, said before the video; the transcript is the way round it.</summary>
    public string? Warning { get; init => field = string.IsNullOrWhiteSpace(value) ? null : value; }
}
