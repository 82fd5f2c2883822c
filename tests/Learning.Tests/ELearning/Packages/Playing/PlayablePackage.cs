using System.IO.Compression;
using System.Security;
using System.Text;

using Learning.Catalogue;
using Learning.ELearning.Packages;
using Learning.People;
using Learning.Tests.Support;

namespace Learning.Tests.ELearning.Packages.Playing;

/// <summary>An item of a package that a test writes.</summary>
/// <param name="Extra">What stands in the manifest's item beside its title, such as rules of sequencing.</param>
public sealed record WrittenItem(string Id, string Extra = "", bool IsSco = true);

/// <summary>
/// A package of any edition that a test writes: each of its items is one page, whose script finds the runtime as content does, opens the session, and has <c>get</c>, <c>set</c>, <c>commit</c> and <c>end</c> for the test to call.
/// </summary>
public static class PlayablePackage
{
    private const string Script = """
        var api = null, is12 = false;
        for (var w = window, tries = 0; w && !api && tries < 9; tries++) {
          try { api = w.API_1484_11 || w.API || null; is12 = !w.API_1484_11; } catch (e) { }
          w = w.parent !== w ? w.parent : w.opener;
        }
        if (!api && window.opener) { for (var o = window.opener; !api && o !== o.parent; o = o.parent) { api = o.parent.API_1484_11 || o.parent.API || null; is12 = !o.parent.API_1484_11; } }
        function get(element) { return is12 ? api.LMSGetValue(element) : api.GetValue(element); }
        function set(element, value) { return is12 ? api.LMSSetValue(element, value) : api.SetValue(element, value); }
        function commit() { return is12 ? api.LMSCommit("") : api.Commit(""); }
        function end() { return is12 ? api.LMSFinish("") : api.Terminate(""); }
        var begun = api ? (is12 ? api.LMSInitialize("") : api.Initialize("")) : "no api";
        document.getElementById("begun").textContent = begun;
        document.getElementById("entry").textContent = api ? get(is12 ? "cmi.core.entry" : "cmi.entry") : "";
        """;

    public static byte[] Zip(PackageEdition edition, string title, IReadOnlyList<WrittenItem> items, string organization = "", string collection = "", string page = "")
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create))
        {
            Write(zip, "imsmanifest.xml", Manifest(edition, title, items, organization, collection));
            Write(zip, "content.js", Script);
            foreach (var item in items)
            {
                Write(zip, $"{item.Id}.html", item.IsSco
                    ? $"<!doctype html><html lang=\"en\"><title>{item.Id}</title><h1>{item.Id}</h1><p>Begun: <b id=\"begun\"></b>, entry: <b id=\"entry\"></b></p><script src=\"content.js\"></script>{page}</html>"
                    : $"<!doctype html><html lang=\"en\"><title>{item.Id}</title><h1>{item.Id}</h1></html>");
            }
        }

        return bytes.ToArray();
    }

    /// <summary>Imports it into an e-learning course of its own, by the business unit.</summary>
    public static async Task<(Course Course, Package Package)> ImportAsync(Ground ground, byte[] zip, Course? course = null)
    {
        course ??= await ground.Given.Course(CourseKind.ELearning);
        var unit = await ground.Given.Actor(await ground.Given.Unit());
        var outcome = await ground.With((ImportPackage import) => import.DoAsync(unit, course.Code, new MemoryStream(zip)));
        Assert.True(outcome is PackageOutcome.Imported, outcome is PackageOutcome.Refused refused ? string.Join("; ", refused.Lines) : outcome.ToString());
        return (course, ((PackageOutcome.Imported)outcome).Package);
    }

    public static Task<(Course Course, Package Package)> ImportAsync(Ground ground, PackageEdition edition, params WrittenItem[] items) => ImportAsync(ground, Zip(edition, "A written package", items));

    /// <summary>A course of one item.</summary>
    public static Task<(Course Course, Package Package)> ImportAsync(Ground ground, PackageEdition edition = PackageEdition.Scorm12) => ImportAsync(ground, edition, new WrittenItem("one"));

    private static string Manifest(PackageEdition edition, string title, IReadOnlyList<WrittenItem> items, string organization, string collection)
    {
        var is12 = edition == PackageEdition.Scorm12;
        var version = edition switch
        {
            PackageEdition.Scorm12 => "1.2",
            PackageEdition.Scorm2004Second => "CAM 1.3",
            PackageEdition.Scorm2004Third => "2004 3rd Edition",
            _ => "2004 4th Edition",
        };
        var spaces = is12
            ? "xmlns=\"http://www.imsproject.org/xsd/imscp_rootv1p1p2\" xmlns:adlcp=\"http://www.adlnet.org/xsd/adlcp_rootv1p2\""
            : "xmlns=\"http://www.imsglobal.org/xsd/imscp_v1p1\" xmlns:adlcp=\"http://www.adlnet.org/xsd/adlcp_v1p3\" xmlns:adlseq=\"http://www.adlnet.org/xsd/adlseq_v1p3\" xmlns:adlnav=\"http://www.adlnet.org/xsd/adlnav_v1p3\" xmlns:imsss=\"http://www.imsglobal.org/xsd/imsss\"";
        var kind = is12 ? "adlcp:scormtype" : "adlcp:scormType";
        return $"""
            <?xml version="1.0" encoding="utf-8"?>
            <manifest identifier="m" version="1" {spaces}>
              <metadata><schema>ADL SCORM</schema><schemaversion>{version}</schemaversion></metadata>
              <organizations default="org"><organization identifier="org"><title>{SecurityElement.Escape(title)}</title>
                {string.Join("\n", items.Select(item => $"<item identifier=\"{item.Id}\" identifierref=\"r-{item.Id}\"><title>Item {item.Id}</title>{item.Extra}</item>"))}
                {organization}
              </organization></organizations>
              <resources>
                {string.Join("\n", items.Select(item => $"<resource identifier=\"r-{item.Id}\" type=\"webcontent\" {kind}=\"{(item.IsSco ? "sco" : "asset")}\" href=\"{item.Id}.html\"><file href=\"{item.Id}.html\"/></resource>"))}
              </resources>
              {collection}
            </manifest>
            """;
    }

    private static void Write(ZipArchive zip, string name, string text)
    {
        using var entry = zip.CreateEntry(name).Open();
        entry.Write(Encoding.UTF8.GetBytes(text));
    }
}
