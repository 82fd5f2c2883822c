using Learning.ELearning;

namespace Learning.Tests.ELearning;

public class CourseMarkdownTests
{
    [Fact]
    public void Script_in_a_course_text_is_shown_and_never_run()
    {
        var html = CourseMarkdown.ToHtml("Hello <script>alert(1)</script> [press](javascript:alert(1))");

        Assert.DoesNotContain("<script", html);
        Assert.DoesNotContain("javascript:", html);
    }

    [Fact]
    public void A_local_contact_stands_in_the_sentence_with_what_to_press()
    {
        var local = new LocalContacts
        {
            Fields = new Dictionary<string, LocalContact> { ["front_door"] = new() { Label = "x", Name = "The front door", Phone = "01702 215007" } },
        };

        Assert.Contains("The front door, <a href=\"tel:01702215007\">01702 215007</a>",
            CourseMarkdown.ToHtml("A child: {{front_door}}", local));
    }

    [Theory]
    [InlineData("One two. Three four five! Six?", 3)]
    [InlineData("- one two\n- three four\n", 2)]
    [InlineData("She said: \"Come here.\" Then she left.", 2)]
    [InlineData("# A heading is no sentence\n\nBut this is one.", 1)]
    public void Sentences_are_counted_as_a_reader_hears_them(string markdown, int sentences) =>
        Assert.Equal(sentences, PlainText.Sentences(markdown).Count);

    [Fact]
    public void One_changed_letter_is_another_version() // E1
    {
        static string Digest(string path, string text) => new CourseFiles([new(path, text)]).Digest;

        Assert.Equal(Digest("a.md", "x\n"), Digest("a.md", "x\r\n"));
        Assert.NotEqual(Digest("a.md", "x"), Digest("a.md", "y"));
        Assert.NotEqual(Digest("a.md", "x"), Digest("b.md", "x"));
    }
}
