namespace Learning.ELearning;

/// <summary>One page of a course as it is played. The name is its address and what an attempt remembers.</summary>
public abstract record Stop(string Name, string Title, int Minutes);

/// <summary>A page of reading.</summary>
public sealed record ReadingStop(CoursePage Page) : Stop(Page.Name, Page.Title, Page.Minutes);

/// <summary>A decision of the story; <paramref name="Number"/> counts from 1. The decisions share the minutes of the story, none of which is lost by rounding.</summary>
public sealed record DecisionStop(CaseStudy Story, Decision Decision, int Number)
    : Stop(Decision.Id, Decision.Title, Math.Max(1, (Story.Minutes * Number / Story.Decisions.Count) - (Story.Minutes * (Number - 1) / Story.Decisions.Count)));

/// <summary>How the story ends.</summary>
public sealed record EndingStop(CaseStudy Story) : Stop(Outline.Ending, "What happened next", 1);

/// <summary>The quiz, one question at a time.</summary>
public sealed record QuizStop(Quiz Quiz) : Stop(Outline.Quiz, Quiz.Title, Quiz.Minutes);

/// <summary>The pages of a course in their order: reading, story, quiz.</summary>
public sealed class Outline
{
    public const string Ending = "ending";
    public const string Quiz = "quiz";

    public Outline(CourseText course) => Stops =
    [
        .. course.Pages.Select(page => new ReadingStop(page)),
        .. course.Case?.Decisions.Select((decision, i) => new DecisionStop(course.Case, decision, i + 1)) ?? [],
        .. course.Case is { } story ? new Stop[] { new EndingStop(story) } : [],
        .. course.Quiz is { } quiz ? new Stop[] { new QuizStop(quiz) } : [],
    ];

    public IReadOnlyList<Stop> Stops { get; }

    public Stop First => Stops[0];

    public Stop Last => Stops[^1];

    public Stop? Find(string? name) => Stops.FirstOrDefault(stop => stop.Name == name);

    /// <summary>Counted from 1, as people do.</summary>
    public int Number(Stop stop) => Place(stop) + 1;

    public Stop? After(Stop stop) => Stops.ElementAtOrDefault(Place(stop) + 1);

    public Stop? Before(Stop stop) => Place(stop) is var place && place > 0 ? Stops[place - 1] : null;

    /// <summary>About how long this page and all after it take.</summary>
    public int MinutesFrom(Stop stop) => Stops.Skip(Place(stop)).Sum(s => s.Minutes);

    private int Place(Stop stop) => Stops.Index().First(s => s.Item.Name == stop.Name).Index;
}
