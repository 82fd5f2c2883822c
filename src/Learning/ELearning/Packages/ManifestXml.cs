using System.Globalization;
using System.Xml.Linq;

namespace Learning.ELearning.Packages;

/// <summary>Elements and attributes of a manifest by their own names, whatever namespace and capitals a tool gave them: "adlcp:scormtype", "adlcp:scormType".</summary>
internal static class ManifestXml
{
    public static IEnumerable<XElement> All(this XElement element, string name) => element.Elements().Where(one => one.Name.LocalName.Equals(name, StringComparison.OrdinalIgnoreCase));

    public static XElement? First(this XElement? element, params string[] path) => path.Aggregate(element, (at, name) => at?.All(name).FirstOrDefault());

    /// <summary>Trimmed; null where there is none or nothing in it.</summary>
    public static string? Said(this XElement? element, string attribute) =>
        element?.Attributes().FirstOrDefault(one => !one.IsNamespaceDeclaration && one.Name.LocalName.Equals(attribute, StringComparison.OrdinalIgnoreCase))?.Value.Trim() is { Length: > 0 } said ? said : null;

    /// <summary>The text of an element, trimmed, in single spaces where it is a title; null where there is none.</summary>
    public static string? Text(this XElement? element) => element?.Value.Trim() is { Length: > 0 } said ? said : null;

    public static string? Line(this XElement? element) => element.Text() is { } text ? string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)) : null;

    public static bool? Yes(string? said) => said?.ToLowerInvariant() switch { "true" or "1" or "yes" => true, "false" or "0" or "no" => false, _ => null };

    /// <summary>A number within two others; null: there is none.</summary>
    public static decimal? Number(string? said, decimal least, decimal most) =>
        decimal.TryParse(said, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number : null;
}
