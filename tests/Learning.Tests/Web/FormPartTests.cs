using AngleSharp.Html.Parser;

using Learning.Web;

using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Learning.Tests.Web;

/// <summary>A mistake stands in the summary and beside its field, tied together by ids, and what was typed stays.</summary>
public class FormPartTests
{
    private static readonly Option[] Options = [new("a", "First"), new("b", "Second")];

    [Theory]
    [InlineData(typeof(Field), "input")]
    [InlineData(typeof(LongField), "textarea")]
    [InlineData(typeof(Pick), "select")]
    public async Task A_field_keeps_what_was_typed_and_says_what_is_wrong(Type part, string element)
    {
        var mistakes = new Mistakes();
        mistakes.Add("Input.Why", "Say why");
        var parameters = new Dictionary<string, object?> { ["Name"] = "Input.Why", ["Label"] = "Why?", ["Hint"] = "A word will do", ["Mistakes"] = mistakes, ["Value"] = "b" };
        if (part == typeof(Pick)) parameters["Options"] = Options;

        var page = await RenderAsync(part, parameters);

        var field = page.QuerySelector(element)!;
        Assert.Equal(("Input_Why", "Input.Why", "true"), (field.Id, field.GetAttribute("name"), field.GetAttribute("aria-invalid")));
        Assert.Equal("Why?", page.QuerySelector("label[for=Input_Why]")!.TextContent);
        Assert.Equal(["A word will do", "Error: Say why"], field.GetAttribute("aria-describedby")!.Split(' ').Select(id => page.GetElementById(id)!.TextContent.Trim()));
        Assert.Equal("b", element == "textarea" ? field.TextContent : element == "select" ? page.QuerySelector("option[selected]")!.GetAttribute("value") : field.GetAttribute("value"));
    }

    [Theory]
    [InlineData(typeof(Choice), "Value")]
    [InlineData(typeof(Ticks), "Values")]
    public async Task A_group_of_choices_is_described_by_its_mistake_and_its_first_choice_is_where_the_summary_leads(Type part, string chosen)
    {
        var mistakes = new Mistakes();
        mistakes.Add("Input.One", "Choose one");
        var page = await RenderAsync(part, new()
        {
            ["Name"] = "Input.One", ["Label"] = "Which?", ["Mistakes"] = mistakes, ["Options"] = Options, [chosen] = chosen == "Value" ? "b" : new[] { "b" },
        });

        Assert.Equal("Error: Choose one", page.GetElementById(page.QuerySelector("fieldset")!.GetAttribute("aria-describedby")!)!.TextContent.Trim());
        Assert.Equal("a", page.GetElementById(Mistakes.Id("Input.One"))!.GetAttribute("value"));
        Assert.Equal("b", Assert.Single(page.QuerySelectorAll("input[checked]")).GetAttribute("value"));
    }

    [Fact]
    public async Task The_summary_links_to_each_field_once_and_shows_nothing_without_mistakes()
    {
        var mistakes = new Mistakes();
        Assert.Empty((await RenderAsync(typeof(ErrorSummary), new() { ["Mistakes"] = mistakes })).Body!.Children);

        Assert.False(mistakes.Require("Input.Email", "  ", "Enter your e-mail address"));
        mistakes.Add("Input.Email", "A second sentence about the same field");
        Assert.True(mistakes.Require("Input.Name", "Sam", "Enter your name"));
        var page = await RenderAsync(typeof(ErrorSummary), new() { ["Mistakes"] = mistakes });

        var link = Assert.Single(page.QuerySelectorAll("a"));
        Assert.Equal(("#Input_Email", "Enter your e-mail address"), (link.GetAttribute("href"), link.TextContent));
    }

    private static async Task<AngleSharp.Html.Dom.IHtmlDocument> RenderAsync(Type part, Dictionary<string, object?> parameters)
    {
        await using var services = new ServiceCollection().BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
        var html = await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync(part, ParameterView.FromDictionary(parameters))).ToHtmlString());
        return new HtmlParser().ParseDocument(html);
    }
}
