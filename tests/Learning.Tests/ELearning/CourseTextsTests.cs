using Learning.ELearning;

namespace Learning.Tests.ELearning;

/// <summary>Every text under content/courses, as it is in the repository.</summary>
public class CourseTextsTests
{
    private static readonly ContentFolder Content = new(Path.Combine(AppContext.BaseDirectory, "content"));

    public static TheoryData<string> Codes => [.. Content.Codes];

    /// <summary>The courses that are written in full.</summary>
    public static TheoryData<string> Written => [.. Content.Codes.Where(code => Content.Find(code)!.Playable)];

    [Fact]
    public void The_partnership_has_eight_courses_and_the_council_ten_and_both_have_their_texts()
    {
        string[] partnership = ["SIEB", "NEGLECT", "SELFNEG", "CURIOUS", "THRESH", "INFOSHARE", "TRANSIT", "REVIEWS"];
        string[] council = ["SAA", "SCA", "MCA", "DA", "PREVENT", "MSLAV", "CECL", "ONLINE", "LADO", "RECORDS"];

        Assert.Empty(partnership.Concat(council).Except(Content.Codes));
    }

    [Theory, MemberData(nameof(Codes))]
    public void A_course_is_whole_and_every_choice_in_it_has_its_answer(string code)
    {
        var course = ReadCourse.From(Content.Find(code)!);

        Assert.Equal(code, course.Head.Code);
        Assert.Empty(ContentCheck.Of(course, Content.Local()));
    }

    [Fact]
    public void The_first_course_has_its_eight_pages_its_story_of_four_decisions_and_its_twelve_questions_a_try()
    {
        var course = ReadCourse.From(Content.Find("SIEB")!);

        Assert.Equal(8, course.Pages.Count);
        Assert.Equal([3, 3, 3, 3], course.Case!.Decisions.Select(d => d.Options.Count));
        Assert.Equal(12, course.Quiz!.AskedATry);
        Assert.Equal((25, 18), (course.Head.PlainEnglish!.LongestSentence, course.Head.PlainEnglish.AverageSentence));
        Assert.Equal([150, 250], course.Head.PlainEnglish.PageWords);
    }

    [Theory, MemberData(nameof(Written))]
    public void A_written_course_has_three_to_five_decisions_each_with_one_safest_choice_of_three_and_twelve_questions_or_more(string code)
    {
        var course = ReadCourse.From(Content.Find(code)!);

        Assert.NotEmpty(course.Head.Outcomes);
        Assert.NotNull(course.Head.PlainEnglish);
        Assert.All(course.Case!.Decisions, d => Assert.Equal((3, 1), (d.Options.Count, d.Options.Count(o => o.Safest))));
        Assert.InRange(course.Case.Decisions.Count, 3, 5);
        Assert.InRange(course.Quiz!.Questions.Count, 12, 20);
    }

    [Theory, MemberData(nameof(Written))]
    public void The_minutes_that_the_catalogue_promises_are_those_of_the_pages_within_three(string code)
    {
        var course = ReadCourse.From(Content.Find(code)!);

        Assert.InRange(new Outline(course).Stops.Sum(stop => stop.Minutes) - course.Head.Minutes, -3, 3);
    }

    [Theory, MemberData(nameof(Written))]
    public void The_story_and_the_quiz_keep_to_sentences_of_25_words_too(string code)
    {
        var course = ReadCourse.From(Content.Find(code)!);
        var texts = course.Case!.Decisions
            .SelectMany(d => d.Options.SelectMany(o => new[] { o.Effect, o.Reason, o.After }).Append(d.Story))
            .Concat(course.Quiz!.Questions.SelectMany(q => q.Options.Select(o => o.Feedback)));

        Assert.DoesNotContain(texts.SelectMany(PlainText.Sentences), s => PlainText.Words(s) > 25);
    }

    [Theory, MemberData(nameof(Written))]
    public void No_option_stands_out_by_its_length(string code)
    {
        var course = ReadCourse.From(Content.Find(code)!);

        foreach (var question in course.Quiz!.Questions.Where(question => question.IsChoice))
        {
            var lengths = question.Options.Select(o => PlainText.Words(o.Text)).ToList();
            Assert.True(lengths.Max() - lengths.Min() <= 7, $"{question.Id}: {string.Join(", ", lengths)} words");
        }
    }

    // Lengths are those that a reader sees: letters, not words. One right option in three is the longest by chance.
    [Theory, MemberData(nameof(Written))]
    public void Whoever_always_takes_the_longest_or_the_shortest_option_does_no_better_than_chance(string code)
    {
        var course = ReadCourse.From(Content.Find(code)!);
        var choices = course.Quiz!.Questions.Concat(course.Pages.Select(page => page.Check).OfType<Question>()).Where(question => question.Kind == QuestionKind.OneRight)
            .Select(question => (question.Id, Right: question.Options.Single(o => o.Right).Text.Length, Wrong: question.Options.Where(o => !o.Right).Select(o => o.Text.Length).ToList()))
            .Concat(course.Case!.Decisions.Select(d => (d.Id, Right: d.Options.Single(o => o.Safest).Text.Length, Wrong: d.Options.Where(o => !o.Safest).Select(o => o.Text.Length).ToList())))
            .ToList();

        Assert.InRange(choices.Count(choice => choice.Right > choice.Wrong.Max()), 0, choices.Count * 2 / 5);
        Assert.InRange(choices.Count(choice => choice.Right < choice.Wrong.Min()), 0, choices.Count * 2 / 5);
        Assert.Empty(choices.Where(choice => choice.Right > choice.Wrong.Max() * 1.2).Select(choice => choice.Id));
    }

    [Theory, MemberData(nameof(Written))]
    public void The_decisions_of_a_story_share_its_minutes_and_lose_none(string code)
    {
        var course = ReadCourse.From(Content.Find(code)!);

        Assert.Equal(course.Case!.Minutes, new Outline(course).Stops.OfType<DecisionStop>().Sum(stop => stop.Minutes));
    }

    [Fact]
    public void Each_kind_of_question_is_asked_somewhere() =>
        Assert.Equal(Enum.GetValues<QuestionKind>(), Content.Codes.Where(code => Content.Find(code)!.Playable).Select(code => ReadCourse.From(Content.Find(code)!))
            .SelectMany(course => course.Quiz!.Questions.Concat(course.Pages.Select(page => page.Check).OfType<Question>())).Select(question => question.Kind).Distinct().Order());

    [Theory, MemberData(nameof(Written))]
    public void Feedback_on_what_is_not_right_explains_and_never_scolds(string code)
    {
        var course = ReadCourse.From(Content.Find(code)!);
        var feedback = course.Quiz!.Questions.Concat(course.Pages.Select(page => page.Check).OfType<Question>()).Where(q => q.Kind is not (QuestionKind.InOrder or QuestionKind.Matched))
            .SelectMany(q => q.Options.Where(o => !o.Right).Select(o => o.Feedback).Concat(q.Kind == QuestionKind.InWords ? [q.Otherwise] : []));

        Assert.All(feedback, text => Assert.StartsWith("Not ", text));
    }
}
