using Learning.ELearning;

namespace Learning.Tests.ELearning;

public class QuizRulesTests // E3
{
    private static readonly Quiz Quiz = new()
    {
        PassMark = 80, Shuffle = true,
        Questions = [.. Enumerable.Range(1, 10).Select(n => new Question
        {
            Id = $"q{n}",
            Kind = n == 10 ? QuestionKind.SeveralRight : QuestionKind.OneRight,
            Options = [new() { Text = "a", Right = true }, new() { Text = "b", Right = n == 10 }, new() { Text = "c" }],
        })],
    };

    private static readonly Guid Attempt = Guid.CreateVersion7();

    private static List<QuizAnswer> Answers(int @try, int right, int of) => [.. Enumerable.Range(1, of).Select(n => new QuizAnswer
    {
        AttemptId = Attempt, Try = @try, Question = $"q{n}", Chosen = ["0"], Correct = n <= right, AnsweredAt = default,
    })];

    [Theory]
    [InlineData(8, true)]
    [InlineData(7, false)]
    public void The_pass_mark_itself_passes_and_one_question_less_does_not(int right, bool passed) =>
        Assert.Equal(passed, new QuizStanding(Quiz, Attempt, Answers(1, right, 10)).Scored.Passed);

    [Fact]
    public void Two_thirds_do_not_round_up_to_a_pass_mark_of_67() =>
        Assert.False(new QuizScore(2, 3, 67).Passed);

    [Fact]
    public void A_question_with_several_right_options_needs_all_of_them_and_no_other()
    {
        var several = Quiz.Questions[9];

        Assert.True(AnswerRules.IsRight(several, new(["0", "1"])));
        Assert.False(AnswerRules.IsRight(several, new(["0"])));
        Assert.False(AnswerRules.IsRight(several, new(["0", "1", "2"])));
    }

    [Fact]
    public void Nothing_chosen_or_two_of_one_is_no_answer_and_says_so()
    {
        string? WhyNot(int question, params int[] places) => AnswerRules.Read(new(Quiz.Questions[question], [0, 1, 2]), new(places)).WhyNot;

        Assert.Equal("Choose an answer first", WhyNot(0));
        Assert.Equal("Choose one answer only", WhyNot(0, 0, 1));
        Assert.Null(WhyNot(9, 0, 1));
        Assert.NotNull(WhyNot(0, 7));
    }

    [Fact]
    public void The_order_stays_the_same_in_a_try_and_changes_with_the_try()
    {
        static string Order(int @try) => string.Join(' ', QuizRules.Asked(Quiz, Attempt, @try).Select(a => $"{a.Question.Id}:{string.Concat(a.Order)}"));

        Assert.Equal(Order(1), Order(1));
        Assert.True(Enumerable.Range(1, 8).Select(Order).Distinct().Count() > 1);
        Assert.Equal(10, QuizRules.Asked(Quiz, Attempt, 1).Select(a => a.Question.Id).Distinct().Count());
    }

    [Fact]
    public void The_place_of_an_option_on_the_screen_does_not_tell_its_place_in_the_text()
    {
        var firsts = Enumerable.Range(1, 30).SelectMany(t => QuizRules.Asked(Quiz, Attempt, t)).Select(a => a.Order[0]);

        Assert.Equal([0, 1, 2], firsts.Distinct().Order());
    }

    [Fact]
    public void A_place_that_is_not_on_the_screen_is_no_choice()
    {
        var asked = QuizRules.Asked(Quiz, Attempt, 1)[0];

        Assert.Null(asked.FromScreen([3]));
        Assert.Null(asked.FromScreen([-1]));
        Assert.Equal([asked.Order[2]], asked.FromScreen([2]));
    }

    [Fact]
    public void Another_try_opens_when_the_last_was_not_passed_and_one_is_left()
    {
        var twice = Quiz with { Attempts = 2 };

        Assert.True(new QuizStanding(twice, Attempt, Answers(1, 5, 10), 2).IsOpen);
        Assert.False(new QuizStanding(twice, Attempt, Answers(1, 9, 10), 2).IsOpen);
        Assert.False(new QuizStanding(twice, Attempt, Answers(1, 5, 9), 2).IsOpen);
        Assert.False(new QuizStanding(twice, Attempt, [.. Answers(1, 5, 10), .. Answers(2, 5, 10)], 3).IsOpen);
        Assert.True(new QuizStanding(twice, Attempt, [.. Answers(1, 5, 10), .. Answers(2, 5, 10)]).TriesUsed);
        Assert.False(new QuizStanding(Quiz, Attempt, [.. Answers(1, 5, 10), .. Answers(2, 5, 10)]).TriesUsed);
    }

    [Fact]
    public void Answers_of_an_earlier_try_do_not_count_in_the_next()
    {
        var standing = new QuizStanding(Quiz, Attempt, [.. Answers(1, 7, 10), .. Answers(2, 1, 1)]);

        Assert.Equal((2, 1, 9), (standing.Try, standing.Scored.Right, standing.Unanswered.Count));
    }

    [Fact]
    public void A_try_draws_as_many_of_a_pool_as_it_says_always_the_same_ones_and_others_in_the_next()
    {
        var pooled = Quiz with
        {
            Pools = new Dictionary<string, int> { ["a"] = 2, ["b"] = 1 },
            Questions = [.. Quiz.Questions.Select((question, i) => question with { Pool = i < 5 ? "a" : i < 8 ? "b" : null })],
        };
        string[] Drawn(int @try) => [.. QuizRules.Asked(pooled, Attempt, @try).Select(asked => asked.Question.Id)];

        Assert.Equal(5, pooled.AskedATry);
        Assert.All(Enumerable.Range(1, 20), one =>
        {
            Assert.Equal(Drawn(one), Drawn(one));
            Assert.Equal((2, 1, 2), (Drawn(one).Count(id => id is "q1" or "q2" or "q3" or "q4" or "q5"), Drawn(one).Count(id => id is "q6" or "q7" or "q8"), Drawn(one).Count(id => id is "q9" or "q10")));
        });
        Assert.Equal(10, Enumerable.Range(1, 40).SelectMany(Drawn).Distinct().Count());
    }

    [Fact]
    public void A_drawn_try_is_over_and_scored_by_the_questions_that_it_asks()
    {
        var pooled = Quiz with { Pools = new Dictionary<string, int> { ["a"] = 4 }, Questions = [.. Quiz.Questions.Select(question => question with { Pool = "a" })] };
        var answers = QuizRules.Asked(pooled, Attempt, 1).Select((asked, i) => new QuizAnswer { AttemptId = Attempt, Try = 1, Question = asked.Question.Id, Chosen = ["0"], Correct = i > 0, AnsweredAt = default }).ToList();

        Assert.Equal((true, 3, 4, false), (new QuizStanding(pooled, Attempt, answers).IsOver, new QuizStanding(pooled, Attempt, answers).Scored.Right, new QuizStanding(pooled, Attempt, answers).Scored.Of, new QuizStanding(pooled, Attempt, answers).Scored.Passed));
        Assert.True(new QuizStanding(pooled, Attempt, answers, 2).IsOpen);
    }
}
