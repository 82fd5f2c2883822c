using FsCheck;
using FsCheck.Fluent;

using Learning.ELearning;

namespace Learning.Tests.ELearning;

/// <summary>How an ordering, a matching and a short text are read and judged.</summary>
public class AnswerRulesTests // E3
{
    private static readonly Question Steps = new() { Text = "In which order?", Kind = QuestionKind.InOrder, Options = [.. "abcd".Select(letter => new QuestionOption { Text = $"{letter}", Feedback = "So." })] };

    private static readonly Question Pairs = new()
    {
        Kind = QuestionKind.Matched, Others = ["none"],
        Options = [new() { Text = "a", Match = "zebra" }, new() { Text = "b", Match = "ant" }, new() { Text = "c", Match = "ant" }],
    };

    private static readonly Question Words = new()
    {
        Kind = QuestionKind.InWords, Otherwise = "No.",
        Options = [new() { Text = "Was not brought", Also = ["wasn’t brought"], Right = true }, new() { Text = "did not attend" }],
    };

    private static (GivenAnswer? Answer, string? WhyNot) Read(Question question, int[] order, params string?[] written) => AnswerRules.Read(new(question, order), new([], written));

    [Fact]
    public void Steps_are_kept_by_their_places_in_the_text_in_the_order_that_the_learner_gave()
    {
        // On the screen: c, a, d, b. The learner gives 3, 1, 4, 2: the right order.
        var (answer, _) = Read(Steps, [2, 0, 3, 1], "3", "1", "4", "2");
        Assert.Equal(["0", "1", "2", "3"], answer!.Chosen);
        Assert.True(AnswerRules.IsRight(Steps, answer));

        var (other, _) = Read(Steps, [2, 0, 3, 1], "1", "2", "3", "4");
        Assert.Equal(["2", "0", "3", "1"], other!.Chosen);
        Assert.False(AnswerRules.IsRight(Steps, other));
    }

    [Fact]
    public void A_number_given_twice_is_named_and_one_that_is_missing_is_asked_for()
    {
        Assert.Equal("Use each number once. Number 2 stands there twice or more", Read(Steps, [2, 0, 3, 1], "2", "2", "", "1").WhyNot);
        Assert.Equal("Use each number once. Numbers 1 and 2 stand there twice or more", Read(Steps, [2, 0, 3, 1], "2", "2", "1", "1").WhyNot);
        Assert.Equal("Give each step a number. Some have none yet", Read(Steps, [2, 0, 3, 1], "2", null, "", "1").WhyNot);
        Assert.Equal("Give each step a number first", Read(Steps, [2, 0, 3, 1]).WhyNot);
    }

    [Fact]
    public void Steps_never_stand_in_the_right_order_on_the_screen_and_are_mixed_where_nothing_else_is()
    {
        var quiz = new Quiz { Shuffle = false, Questions = [Steps with { Id = "q" }] };
        var orders = Enumerable.Range(1, 60).Select(n => string.Concat(QuizRules.Asked(quiz, Guid.CreateVersion7(), n)[0].Order)).ToList();

        Assert.DoesNotContain("0123", orders);
        Assert.True(orders.Distinct().Count() > 10);
        Assert.NotEqual([0, 1, 2, 3], QuizRules.OnPage(Steps, "page").Order);
        Assert.Equal(QuizRules.OnPage(Steps, "page").Order, QuizRules.OnPage(Steps, "page").Order);
    }

    [Fact]
    public void Matches_are_kept_for_each_line_of_the_text_and_two_lines_may_have_the_same()
    {
        Assert.Equal(["ant", "none", "zebra"], Pairs.Matches);
        var (answer, _) = Read(Pairs, [1, 2, 0], "0", "0", "2");
        Assert.Equal(["2", "0", "0"], answer!.Chosen);
        Assert.True(AnswerRules.IsRight(Pairs, answer));
        Assert.False(AnswerRules.IsRight(Pairs, Read(Pairs, [1, 2, 0], "1", "0", "2").Answer!));
        Assert.Equal("Choose a match for each line. Some have none yet", Read(Pairs, [1, 2, 0], "0", "", "2").WhyNot);
    }

    [Theory]
    [InlineData("was not brought", true)]
    [InlineData("  WAS-NOT  brought. ", true)]
    [InlineData("Wasn't brought", true)]
    [InlineData("was nót brought", true)]
    [InlineData("did not attend", false)]
    [InlineData("was brought", false)]
    public void Capitals_spaces_accents_and_punctuation_make_no_other_answer(string words, bool right) =>
        Assert.Equal(right, AnswerRules.IsRight(Words, Read(Words, [0, 1], words).Answer!));

    [Fact]
    public void Words_without_a_letter_or_too_many_of_them_are_no_answer()
    {
        Assert.Equal("Write an answer first", Read(Words, [0, 1], " ").WhyNot);
        Assert.Equal("Write an answer first", Read(Words, [0, 1], "\0").WhyNot);
        Assert.Equal("Write the answer in letters or numbers", Read(Words, [0, 1], "?!").WhyNot);
        Assert.Equal("An answer has 200 characters at most, and this one has 201", Read(Words, [0, 1], new string('a', 201)).WhyNot);
        Assert.NotNull(Read(Words, [0, 1], "one", "two").WhyNot);
    }

    [Fact]
    public void Whatever_is_sent_is_an_answer_or_a_sentence_and_never_an_error() => Prop.ForAll<string?[], int[]>((written, chosen) =>
    {
        foreach (var question in new[] { Steps, Pairs, Words, new Question { Options = Steps.Options } })
        {
            var (answer, whyNot) = AnswerRules.Read(new(question, [.. Enumerable.Range(0, question.Options.Count)]), new(chosen, written));
            Assert.Equal(answer is null, whyNot is not null);
            Assert.False(answer is not null && question.Kind == QuestionKind.InWords && AnswerRules.Plain(answer.Words!).Length == 0);
        }
    }).QuickCheckThrowOnFailure();
}
