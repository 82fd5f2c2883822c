using Learning.Messages;
using Learning.Tests.Support;
using Learning.Web;

using Microsoft.Extensions.DependencyInjection;

namespace Learning.Tests.Messages;

public class LetterTemplatesTests(Ground ground) : IClassFixture<Ground>
{
    private static readonly string Folder = Path.Combine(new SiteSettings { ConnectionString = "" }.Content, "emails");

    [Fact]
    public async Task Every_kind_of_message_in_the_code_has_its_template_and_no_template_is_left_over()
    {
        var kinds = await ground.With((WriteLetter write) => Task.FromResult(write.Kinds));

        Assert.Equal(kinds.Order(), new LetterTemplates(Folder).Kinds.Order());
    }

    [Fact]
    public void One_source_becomes_text_and_HTML()
    {
        var words = Fill("""
            ---
            subject: "Hello {{name}}"
            ---
            Dear {{name}},

            It is **soon**, [see where]({{site}}/my).

            ## What to bring

            {{#each things}}
            - {{this}}
            {{/each}}

            1. First
            2. Then
            """, new() { ["name"] = "Amara", ["site"] = "https://learning.example", ["things"] = new[] { "a pen", "a friend" } });

        Assert.Equal("Hello Amara", words.Subject);
        Assert.Equal("""
            Dear Amara,

            It is soon, see where: https://learning.example/my.

            What to bring

            - a pen
            - a friend

            1. First
            2. Then

            --------

            The Partnership

            Questions? Write to unit@partnership.example.

            """, words.Text);
        Assert.Contains("<h2>What to bring</h2>", words.Html);
        Assert.Contains("<a href=\"https://learning.example/my\">see where</a>", words.Html);
        Assert.Contains("<li>a friend</li>", words.Html);
        Assert.Contains("<title>Hello Amara</title>", words.Html);
        Assert.Contains("<html lang=\"en-GB\">", words.Html);
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("**bold** _it_ `code` ~~x~~ [a](https://evil.example) ![i](https://evil.example/i.png) <https://evil.example>")]
    [InlineData("# heading")]
    [InlineData("1. one")]
    [InlineData("- one + two * three > four | five")]
    [InlineData("&lt; &amp; \\ \\* \"quoted\" 'single' {{name}} {{#each}}")]
    [InlineData("Zoë O’Neill-Ünal 山田")]
    public void A_value_reads_as_it_is_in_text_and_in_HTML(string value)
    {
        var words = Fill("---\nsubject: \"About {{what}}\"\n---\n{{what}}\n\nThe end.\n", new() { ["what"] = value });

        Assert.Equal($"About {value}", words.Subject);
        Assert.StartsWith($"{value}\n\nThe end.", words.Text);
        var page = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(words.Html);
        Assert.Equal(value, page.QuerySelector("main > p")!.TextContent);
        Assert.Empty(page.QuerySelectorAll("main > p:first-child *, script"));
    }

    [Theory]
    [InlineData("two\n\n# lines", "two # lines")]
    [InlineData("two\r\nBcc: all@agency.example", "two Bcc: all@agency.example")]
    [InlineData("  \u2028 odd \u0000\u000b breaks \u0085 ", "odd breaks")]
    public void A_value_is_one_line(string value, string line)
    {
        var words = Fill("---\nsubject: \"About {{what}}\"\n---\n{{what}}\n", new() { ["what"] = value });

        Assert.Equal($"About {line}", words.Subject);
        Assert.StartsWith($"{line}\n", words.Text);
        Assert.Single(new AngleSharp.Html.Parser.HtmlParser().ParseDocument(words.Html).QuerySelectorAll("h1"));
    }

    [Fact]
    public void A_name_that_nobody_gave_is_an_error_and_never_an_empty_place() =>
        Assert.ThrowsAny<Exception>(() => Fill("---\nsubject: \"Hello\"\n---\nDear {{nobody}},\n", []));

    [Theory]
    [InlineData("Dear {{name}},\n")]
    [InlineData("---\ntitle: \"Hello\"\n---\nDear {{name}},\n")]
    [InlineData("---\nsubject: \"Hello {{#if}\"\n---\nDear {{name}},\n")]
    public void What_is_no_template_is_found_when_the_program_starts_and_named(string template) =>
        Assert.Contains("test.md: ", Assert.Throws<InvalidDataException>(() => Fill(template, [])).Message);

    private static Words Fill(string template, Dictionary<string, object?> values)
    {
        var folder = Directory.CreateTempSubdirectory("learning-emails-").FullName;
        try
        {
            File.Copy(Path.Combine(Folder, "foot.md"), Path.Combine(folder, "foot.md"));
            File.Copy(Path.Combine(Folder, "frame.html"), Path.Combine(folder, "frame.html"));
            File.WriteAllText(Path.Combine(folder, "test.md"), template);
            return new LetterTemplates(folder).Fill("test", new Dictionary<string, object?>(values) { ["partnership"] = "The Partnership", ["contact"] = "unit@partnership.example" });
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
