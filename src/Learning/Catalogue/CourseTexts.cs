using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Learning.Catalogue;

/// <summary>
/// All course texts of the installation: the folder's are read once, what is published in the product stands before them. A file that is not YAML stops the first page that needs a text, with the
/// file and the line; a course without a file is no mistake.
/// </summary>
public sealed class CourseTexts(string folder)
{
    private static readonly IDeserializer Yaml = new DeserializerBuilder().WithNamingConvention(UnderscoredNamingConvention.Instance).IgnoreUnmatchedProperties().Build();

    private readonly Lazy<Dictionary<string, CatalogueText>> all = new(() => Read(folder));

    private volatile Dictionary<string, CatalogueText> published = [];

    private volatile HashSet<string> packages = [];

    /// <summary>The text of a course by its code, whatever its case; an empty text when there is none.</summary>
    public CatalogueText Of(string code)
    {
        var text = published.GetValueOrDefault(code) ?? all.Value.GetValueOrDefault(code) ?? new CatalogueText { Code = code };
        return packages.Contains(code) ? text with { Playable = true } : text;
    }

    /// <summary>What stands before the folder from now on.</summary>
    /// <param name="heads">The text of <c>course.yaml</c> by the course's code.</param>
    /// <param name="packaged">The codes of courses that are SCORM packages (E4): they can be taken, with a text or without.</param>
    internal void Publish(IReadOnlyCollection<(string Code, string Head)> heads, IEnumerable<string> packaged)
    {
        published = heads.ToDictionary(one => one.Code, one => Parse($"course.yaml of {one.Code}", one.Head) with { Code = one.Code, Playable = true }, StringComparer.OrdinalIgnoreCase);
        packages = packaged.ToHashSet(StringComparer.OrdinalIgnoreCase);
    }

    private static Dictionary<string, CatalogueText> Read(string folder)
    {
        var texts = new Dictionary<string, CatalogueText>(StringComparer.OrdinalIgnoreCase);
        if (!Directory.Exists(folder)) return texts;
        foreach (var file in Directory.EnumerateFiles(folder, "course.yaml", SearchOption.AllDirectories))
        {
            var (text, place) = (Parse(file, File.ReadAllText(file)), Path.GetDirectoryName(file)!);
            text = text with { Code = text.Code.Length > 0 ? text.Code : Path.GetFileName(place), Playable = Directory.Exists(Path.Combine(place, "pages")) };
            texts[text.Code] = text;
        }
        return texts;
    }

    private static CatalogueText Parse(string file, string text)
    {
        try
        {
            return Yaml.Deserialize<CatalogueText?>(text) ?? new CatalogueText();
        }
        catch (YamlException mistake)
        {
            throw new InvalidDataException($"{file}:{mistake.Start.Line}:{mistake.Start.Column}: {mistake.InnerException?.Message ?? mistake.Message}", mistake);
        }
    }
}
