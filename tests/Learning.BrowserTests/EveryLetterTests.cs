using System.Text.RegularExpressions;

using Learning.Messages;
using Learning.Tests.Support;
using Learning.Web;

namespace Learning.BrowserTests;

/// <summary>Every template of content/emails as a mail program shows it, filled with long values: on a phone and on a desk, and read by axe. With PICTURES=folder it leaves a picture of each at 360 and 800 px.</summary>
public sealed partial class EveryLetterTests(Ground ground, Chromium chromium) : IClassFixture<Ground>, IClassFixture<Chromium>
{
    private static readonly LetterTemplates Templates = new(Path.Combine(new SiteSettings { ConnectionString = "" }.Content, "emails"));

    private static readonly Dictionary<string, string> Samples = new()
    {
        ["site"] = "https://learning.partnership.example", ["partnership"] = "Southend Safeguarding Partnership", ["contact"] = "training@partnership.example", ["name"] = "Wilhelmina",
        ["course"] = "Graded Care Profile 2: measuring the quality of care of children, for practitioners of every agency", ["title"] = "Graded Care Profile 2: measuring the quality of care of children",
        ["date"] = "Thursday 23 May 2024", ["time"] = "9:30am", ["at"] = "Thursday 23 May 2024, 9:30am", ["on"] = "Thursday 23 May 2024", ["since"] = "Thursday 9 May 2024", ["until"] = "Thursday 16 May 2024, 5pm",
        ["place"] = "Estuary Hall, Southend Civic Centre, Victoria Avenue, Southend-on-Sea SS2 6ER", ["joinLink"] = $"https://meet.example/a-link-that-nobody-could-type-{new string('x', 120)}", ["answer"] = new string('a', 86),
        ["link"] = new string('l', 86), ["stops"] = new string('s', 86), ["who"] = "Wilhelmina Featherstonehaugh-Cholmondeley", ["agency"] = "Southend-on-Sea City Council, Children’s Services", ["ref"] = "GCP2-2405-23", ["code"] = "gcp2",
        ["address"] = "wilhelmina.featherstonehaugh-cholmondeley@childrens-services.council.example", ["reason"] = "The trainer is ill, and nobody else could be found who gives this course. We are sorry.", ["spaced"] = "482 913",
        ["ahead"] = "In a week", ["quarter"] = "April to June 2024", ["device"] = "Firefox on Windows", ["this"] = "Thursday 23 May 2024, 9:30am to 4pm", ["what"] = "Thursday 23 May 2024, 9:30am: Graded Care Profile 2, 4 places left", ["places"] = "4 places",
    };

    [Fact] // M4
    public async Task Every_letter_fits_a_phone_and_a_desk_and_is_accessible()
    {
        var page = await chromium.WindowAsync(await ground.SiteAsync());
        var scanned = new HashSet<string>();
        foreach (var kind in Templates.Kinds.Order())
        {
            var words = Templates.Fill(kind, Values(Templates.Delivered(kind)));
            Assert.DoesNotContain("{{", words.Html);
            Assert.DoesNotMatch(@"\n{3,}", words.Text);
            await page.SetContentAsync(words.Html);
            foreach (var width in new[] { 360, 800 })
            {
                await page.SetViewportSizeAsync(width, 800);
                await page.FitsAsync();
                if (Environment.GetEnvironmentVariable("PICTURES") is { Length: > 0 } folder)
                {
                    await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{kind}-{width}.png"), FullPage = true });
                }
            }

            // A scan takes seconds: one for each way in which letters are made.
            if (scanned.Add(await page.EvaluateAsync<string>("[...new Set([...document.querySelectorAll('main, main *')].map(one => one.tagName))].sort().join()")))
            {
                await page.IsAccessibleAsync();
            }
        }
    }

    // A list where the words go through one: of words, or of what its lines name.
    private static Dictionary<string, object?> Values(LetterWords words)
    {
        var text = words.Subject + words.Body;
        var values = Templates.Names(words.Kind).Union(["stops"]).ToDictionary(name => name, name => (object?)Sample(name));
        foreach (Match list in Lists().Matches(text))
        {
            var (name, line) = (list.Groups[1].Value, list.Groups[2].Value);
            values[name] = Enumerable.Range(0, 3).Select(_ => line.Contains("{{this}}", StringComparison.Ordinal) ? Samples["this"] : (object)Names().Matches(line).DistinctBy(one => one.Groups[1].Value).ToDictionary(one => one.Groups[1].Value, one => (object?)Sample(one.Groups[1].Value))).ToList();
        }

        return values;
    }

    private static string Sample(string name) => Samples.GetValueOrDefault(name) ?? name;

    [GeneratedRegex(@"\{\{#each ([\w.@]+)\}\}(.*?)\{\{/each\}\}", RegexOptions.Singleline)]
    private static partial Regex Lists();

    [GeneratedRegex(@"\{\{(?:#if )?(\w+)\}\}")]
    private static partial Regex Names();
}
