using Learning.ELearning;

namespace Learning.Tests.ELearning;

/// <summary>The check that stands between an author's mistake and a learner: each mistake, made on purpose, is named.</summary>
public class ContentCheckTests
{
    private static readonly ContentFolder Content = new(Path.Combine(AppContext.BaseDirectory, "content"));
    private static readonly CourseFiles Sieb = Content.Find("SIEB")!;

    private static IReadOnlyList<string> Faults(string file, string from, string to)
    {
        var texts = Sieb.Texts.ToDictionary(t => t.Key, t => t.Value);
        Assert.Contains(from, texts[file]);
        texts[file] = texts[file].Replace(from, to);
        return ContentCheck.Of(ReadCourse.From(new CourseFiles(texts)), Content.Local());
    }

    [Fact]
    public void A_single_question_with_two_right_options_is_refused() // E3
    {
        var fault = Assert.Single(Faults("quiz.yaml", "- text: Anyone under 16\n        right: false", "- text: Anyone under 16\n        right: true"));
        Assert.Contains("who-is-a-child has 2 right options", fault);
    }

    [Fact]
    public void An_option_without_feedback_is_refused() // E3
    {
        var fault = Assert.Single(Faults("quiz.yaml", "feedback: Not quite. Many leave school at 16 and are still children.", "feedback: ''"));
        Assert.Contains("who-is-a-child has an option without text or feedback", fault);
    }

    [Fact]
    public void An_outcome_that_fewer_than_two_questions_test_is_refused() =>
        Assert.Contains("quiz.yaml:7: outcome 5 is tested by 1 questions in every try, it needs 2", Faults("quiz.yaml", "notes: 2", "notes: 1"));

    [Fact]
    public void A_choice_in_the_story_that_leads_nowhere_is_refused()
    {
        var fault = Assert.Single(Faults("case.yaml", "after: Your note went on file that afternoon.", "after: ''"));
        Assert.Contains("note has a choice without text, effect, reason or after", fault);
    }

    [Fact]
    public void A_sentence_over_the_promised_length_is_quoted()
    {
        var sentence = "Remember " + string.Join(' ', Enumerable.Repeat("always", 25)) + ".";
        var faults = Faults("pages/04-noticing.md", "So noticing matters.", sentence);

        var line = Array.IndexOf(Sieb.Texts["pages/04-noticing.md"].Split('\n'), "So noticing matters.") + 1;
        Assert.Contains($"pages/04-noticing.md:{line}: a sentence of 26 words, over 25: {sentence}", faults);
    }

    [Fact]
    public void A_page_of_more_words_than_promised_is_refused()
    {
        var faults = Faults("pages/04-noticing.md", "So noticing matters.", string.Concat(Enumerable.Repeat("It really matters. ", 20)));

        Assert.Contains("words, not 150 to 250", Assert.Single(faults));
    }

    [Fact]
    public void A_course_is_refused_while_a_local_contact_that_it_needs_is_empty()
    {
        var local = Content.Local();
        var without = local with
        {
            Fields = local.Fields.ToDictionary(f => f.Key, f => f.Key == "out_of_hours" ? f.Value with { Name = " " } : f.Value),
        };

        var fault = Assert.Single(ContentCheck.Of(ReadCourse.From(Sieb), without));
        Assert.Matches("^course.yaml:[0-9]+: the local contact out_of_hours is empty in programme/local.yaml$", fault);
    }

    [Fact]
    public void A_page_may_only_use_contacts_that_the_course_says_it_needs()
    {
        var fault = Assert.Single(Faults("pages/06-act.md", "{{out_of_hours}}", "{{threshold_document}}"));
        Assert.Contains("threshold_document", fault);
    }

    [Fact]
    public void A_misspelt_key_is_a_mistake_with_file_and_line_and_never_a_silent_wrong_answer()
    {
        var mistake = Assert.Throws<ContentException>(() => Faults("quiz.yaml", "pass_mark: 80", "pas_mark: 80"));
        Assert.StartsWith("quiz.yaml:3:", mistake.Message);
        Assert.Contains("pas_mark", mistake.Message);
    }

    [Theory]
    [InlineData("{kind: ordering, options: [{text: A, feedback: F}, {text: B, feedback: F}]}", "has 2 steps, an ordering has 3 to 9")]
    [InlineData("{kind: ordering, options: [{text: A, feedback: F, right: true}, {text: B, feedback: F}, {text: C, feedback: F}]}", "marks a step as right")]
    [InlineData("{kind: ordering, options: [{text: A, feedback: F}, {text: B, feedback: F}, {text: B, feedback: F}]}", "has the option “B” twice")]
    [InlineData("{kind: ordering, options: [{text: A, feedback: F}, {text: B}, {text: C, feedback: F}]}", "has an option without text or feedback")]
    [InlineData("{kind: matching, options: [{text: A, feedback: F, match: M}]}", "has 1 lines, a matching has 2 to 9")]
    [InlineData("{kind: matching, options: [{text: A, feedback: F, match: M}, {text: B, feedback: F}]}", "has a line without a match")]
    [InlineData("{kind: matching, options: [{text: A, feedback: F, match: M}, {text: B, feedback: F, match: M}]}", "has one match for everything")]
    [InlineData("{kind: matching, options: [{text: A, feedback: F, match: M, right: true}, {text: B, feedback: F, match: N}]}", "marks a line as right")]
    [InlineData("{kind: matching, others: [N], options: [{text: A, feedback: F, match: M}, {text: B, feedback: F, match: N}]}", "has “N” under others")]
    [InlineData("{kind: short, otherwise: O, options: [{text: A, feedback: F}]}", "has no right answer in its list")]
    [InlineData("{kind: short, options: [{text: A, feedback: F, right: true}]}", "has no feedback for an answer that is not in its list")]
    [InlineData("{kind: short, otherwise: O, options: [{text: A b, feedback: F, right: true}, {text: a-B., feedback: F}]}", "has “A b” and “a-B.”, which are one answer")]
    [InlineData("{kind: short, otherwise: O, options: [{text: A, also: ['?'], feedback: F, right: true}]}", "has the answer “?”, which nobody can give")]
    [InlineData("{kind: single, otherwise: O, options: [{text: A, feedback: F, right: true}, {text: B, feedback: F}]}", "has also or otherwise, which belong to kind: short")]
    [InlineData("{kind: multiple, options: [{text: A, feedback: F, right: true, match: M}, {text: B, feedback: F}]}", "has match or others, which belong to kind: matching")]
    public void Every_mistake_in_an_ordering_a_matching_or_a_short_text_is_named_with_file_and_line_on_a_page_and_in_the_quiz(string question, string mistake) // E3
    {
        var texts = Sieb.Texts.ToDictionary(t => t.Key, t => t.Value);
        texts["quiz.yaml"] += $"  - {{id: new, outcome: [1], text: T, {question[1..]}\n";
        texts["pages/03-kinds-of-harm.md"] = texts["pages/03-kinds-of-harm.md"].Replace("\n---\n", $"\ncheck: {{text: T, {question[1..]}\n---\n");
        var faults = ContentCheck.Of(ReadCourse.From(new CourseFiles(texts)), Content.Local());

        var line = texts["quiz.yaml"].TrimEnd().Split('\n').Length;
        Assert.Contains(faults, fault => fault.StartsWith($"quiz.yaml:{line}: new {mistake}", StringComparison.Ordinal));
        Assert.Contains(faults, fault => fault.StartsWith($"pages/03-kinds-of-harm.md:4: the check {mistake}", StringComparison.Ordinal));
    }

    [Fact]
    public void A_kind_that_there_is_not_is_a_mistake_with_file_and_line() =>
        Assert.StartsWith("quiz.yaml:12:", Assert.Throws<ContentException>(() => Faults("quiz.yaml", "text: Who counts as a child in safeguarding?\n    kind: single", "text: Who counts as a child in safeguarding?\n    kind: sorting")).Message);
}
