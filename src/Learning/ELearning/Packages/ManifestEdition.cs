using System.Xml.Linq;

namespace Learning.ELearning.Packages;

/// <summary>To which standard a manifest is written: by what it says (schemaversion), else by its namespaces.</summary>
internal static class ManifestEdition
{
    /// <summary>Null: it says that it is something else.</summary>
    public static PackageEdition? Of(XElement root)
    {
        var schema = root.First("metadata", "schema").Line()?.ToUpperInvariant() ?? "";
        var version = string.Concat((root.First("metadata", "schemaversion").Line() ?? "").ToUpperInvariant().Where(one => !char.IsWhiteSpace(one)));
        return schema.Length > 0 && !schema.Contains("SCORM", StringComparison.Ordinal) && !schema.Contains("IMS CONTENT", StringComparison.Ordinal) && !HasNamespace(root, "adlcp") ? null
            : version is "1.2" or "SCORM1.2" or "V1.2" or "1.1" ? PackageEdition.Scorm12
            : version.Contains("4TH", StringComparison.Ordinal) ? PackageEdition.Scorm2004Fourth
            : version.Contains("3RD", StringComparison.Ordinal) ? PackageEdition.Scorm2004Third
            : version.Contains("2ND", StringComparison.Ordinal) || version is "CAM1.3" or "1.3" or "2004" ? PackageEdition.Scorm2004Second
            : ByNamespaces(root);
    }

    private static PackageEdition ByNamespaces(XElement root) =>
        HasNamespace(root, "adlcp_v1p3") || HasNamespace(root, "imsss") || HasNamespace(root, "imscp_v1p1")
            ? root.Descendants().Any(one => one.Said("completedByMeasure") is not null || (one.Name.LocalName == "objectives" && one.Name.NamespaceName.Contains("adlseq", StringComparison.Ordinal))) ? PackageEdition.Scorm2004Fourth
                : PackageEdition.Scorm2004Second
            : PackageEdition.Scorm12;

    private static bool HasNamespace(XElement root, string part) =>
        root.Name.NamespaceName.Contains(part, StringComparison.OrdinalIgnoreCase) || root.DescendantsAndSelf().Attributes().Any(one => one.IsNamespaceDeclaration && one.Value.Contains(part, StringComparison.OrdinalIgnoreCase));
}
