using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Learning.Catalogue;

/// <summary>
/// All course texts of the installation, read once. A file that is not YAML stops the first page that needs a text, with the
/// file and the line; a course without a file is no mistake.
/// </summary>
public sealed class CourseTexts(string folder)
{
    private readonly Lazy<Dictionary<string, CatalogueText>> all = new(() => Read(folder));

    /// <summary>The text of a course by its code, whatever its case; an empty text when there is none.</summary>
    public CatalogueText Of(string code) => all.Value.GetValueOrDefault(code) ?? new CatalogueText { Code = code };

    private static Dictionary<string, CatalogueText> Read(string folder)
    {
        var yaml = new DeserializerBuilder().WithNamingConvention(UnderscoredNamingConvention.Instance).IgnoreUnmatchedProperties().Build();
        var texts = new Dictionary<string, CatalogueText>(StringComparer.OrdinalIgnoreCase);
        if (!Directory.Exists(folder)) return texts;
        foreach (var file in Directory.EnumerateFiles(folder, "course.yaml", SearchOption.AllDirectories))
        {
            var text = ReadFile(yaml, file);
            texts[text.Code] = text;
        }
        return texts;
    }

    private static CatalogueText ReadFile(IDeserializer yaml, string file)
    {
        try
        {
            var text = yaml.Deserialize<CatalogueText?>(File.ReadAllText(file)) ?? new CatalogueText();
            var place = Path.GetDirectoryName(file)!;
            var playable = Directory.Exists(Path.Combine(place, "pages"));
            return text with { Code = text.Code.Length > 0 ? text.Code : Path.GetFileName(place), Playable = playable };
        }
        catch (YamlException mistake)
        {
            throw new InvalidDataException($"{file}:{mistake.Start.Line}:{mistake.Start.Column}: {mistake.InnerException?.Message ?? mistake.Message}", mistake);
        }
    }
}
