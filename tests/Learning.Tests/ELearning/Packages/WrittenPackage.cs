using System.IO.Compression;
using System.Text;

namespace Learning.Tests.ELearning.Packages;

/// <summary>A package that a test writes: files, and a manifest that names some of them as items.</summary>
public sealed class WrittenPackage
{
    public const string Page = "<!doctype html><html lang=\"en\"><head><title>Page</title></head><body><p>Words.</p></body></html>";

    private readonly List<(string Name, byte[] Content)> files = [];

    /// <summary>A package of 1.2 with these items, each of which starts a page of its own: "first" starts first.html.</summary>
    public static WrittenPackage Of(string title, params string[] items) => new WrittenPackage().With("imsmanifest.xml", Manifest12(title, items)).WithPages(items);

    public WrittenPackage With(string name, string text) => With(name, Encoding.UTF8.GetBytes(text));

    public WrittenPackage With(string name, byte[] content)
    {
        files.RemoveAll(file => file.Name == name);
        files.Add((name, content));
        return this;
    }

    public WrittenPackage WithPages(params string[] items)
    {
        foreach (var item in items)
        {
            With($"{item}.html", Page);
        }

        return this;
    }

    public MemoryStream Zip(Func<string, string>? rename = null, Encoding? names = null)
    {
        var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true, names))
        {
            foreach (var (name, content) in files)
            {
                // The same package is the same bytes, whenever it is written.
                var entry = zip.CreateEntry(rename?.Invoke(name) ?? name);
                entry.LastWriteTime = new DateTimeOffset(2024, 5, 15, 9, 0, 0, TimeSpan.Zero);
                using var into = entry.Open();
                into.Write(content);
            }
        }

        bytes.Position = 0;
        return bytes;
    }

    public static string Manifest12(string title, params string[] items) => $"""
        <?xml version="1.0" encoding="UTF-8"?>
        <manifest identifier="m" version="1" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
          <metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
          <organizations default="o"><organization identifier="o"><title>{title}</title>
            {string.Concat(items.Select(item => $"<item identifier=\"{item}\" identifierref=\"r-{item}\"><title>Item {item}</title></item>"))}
          </organization></organizations>
          <resources>{string.Concat(items.Select(item => $"<resource identifier=\"r-{item}\" type=\"webcontent\" adlcp:scormtype=\"sco\" href=\"{item}.html\"><file href=\"{item}.html\"/></resource>"))}</resources>
        </manifest>
        """;

    /// <summary>A manifest of 2004 with these organisation and resources.</summary>
    public static string Manifest2004(string version, string organisation, string resources, string more = "") => $"""
        <?xml version="1.0" encoding="UTF-8"?>
        <manifest identifier="m" version="1" xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3" xmlns:adlseq="http://www.adlnet.org/xsd/adlseq_v1p3" xmlns:imsss="http://www.imsglobal.org/xsd/imsss">
          <metadata><schema>ADL SCORM</schema>{(version.Length == 0 ? "" : $"<schemaversion>{version}</schemaversion>")}</metadata>
          <organizations default="o">{organisation}</organizations>
          <resources>{resources}</resources>{more}
        </manifest>
        """;
}
