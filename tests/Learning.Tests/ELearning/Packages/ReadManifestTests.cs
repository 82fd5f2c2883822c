using System.Text;

using Learning.ELearning.Packages;

namespace Learning.Tests.ELearning.Packages;

/// <summary>Manifests of all editions as tools write them, and those that nothing can be made of (E4).</summary>
public class ReadManifestTests
{
    private const string One = """<organization identifier="o"><title>T</title><item identifier="i" identifierref="r"><title>I</title></item></organization>""";
    private const string Resource = """<resource identifier="r" type="webcontent" adlcp:scormType="sco" href="first.html"/>""";

    private static Task<ReadPackage> TakenAsync(string manifest, params string[] pages) => Verdicts.TakenAsync(new WrittenPackage().With("imsmanifest.xml", manifest).WithPages(["first", .. pages]).Zip());

    private static Task<string> RefusedAsync(string manifest) => Verdicts.LinesAsync(new WrittenPackage().With("imsmanifest.xml", manifest).WithPages("first").Zip());

    [Theory] // E4
    [InlineData("2004 4th Edition", PackageEdition.Scorm2004Fourth)]
    [InlineData("2004 3rd Edition", PackageEdition.Scorm2004Third)]
    [InlineData(" 2004 3RD  edition\n", PackageEdition.Scorm2004Third)]
    [InlineData("CAM 1.3", PackageEdition.Scorm2004Second)]
    [InlineData("", PackageEdition.Scorm2004Second)]
    [InlineData("1.2", PackageEdition.Scorm12)]
    [InlineData("something new", PackageEdition.Scorm2004Second)]
    public async Task The_edition_is_what_the_manifest_says_else_what_its_namespaces_say(string version, PackageEdition edition) =>
        Assert.Equal(edition, (await TakenAsync(WrittenPackage.Manifest2004(version, One, Resource))).Manifest.Edition);

    [Fact] // E4
    public async Task What_is_something_else_than_scorm_is_refused()
    {
        Assert.Contains("it says “IMS Common Cartridge”, which is not SCORM", await RefusedAsync(WrittenPackage.Manifest12("T", "first").Replace("ADL SCORM", "IMS Common Cartridge").Replace("adlcp_rootv1p2", "other")));
        Assert.Contains("it begins with <html>", await RefusedAsync("<html/>"));
        Assert.Equal("It has no imsmanifest.xml, so it is no SCORM package.", await Verdicts.LinesAsync(new WrittenPackage().WithPages("first").Zip()));
        Assert.Contains("it is an xAPI package; export it as SCORM", await Verdicts.LinesAsync(new WrittenPackage().With("tincan.xml", "<tincan/>").Zip()));
        Assert.Contains("a zip inside the zip", await Verdicts.LinesAsync(new WrittenPackage().With("course.zip", WrittenPackage.Of("T", "first").Zip().ToArray()).Zip()));
    }

    [Fact] // E4
    public async Task A_manifest_may_lie_in_one_folder_and_not_in_two()
    {
        var read = await Verdicts.TakenAsync(WrittenPackage.Of("T", "first").Zip(name => "My course/" + name));
        Assert.Equal(("My course/", "My%20course/first.html"), (read.Manifest.Folder, read.Manifest.Launched.Single().Href));
        Assert.Equal("It holds 2 packages: a/imsmanifest.xml and b/imsmanifest.xml. Send each by itself.",
            await Verdicts.LinesAsync(new WrittenPackage().With("a/imsmanifest.xml", "<x/>").With("b/imsmanifest.xml", "<x/>").Zip()));
        Assert.Contains("Its manifest is a/b/imsmanifest.xml. It has to be at the top", await Verdicts.LinesAsync(WrittenPackage.Of("T", "first").Zip(name => "a/b/" + name)));
        await Verdicts.TakenAsync(WrittenPackage.Of("T", "first").Zip(name => name.Replace("imsmanifest", "IMSManifest")));
    }

    [Theory] // E4
    [InlineData("utf-8", "UTF-8", true)]
    [InlineData("utf-8", "UTF-8", false)]
    [InlineData("utf-16", "UTF-16", true)]
    [InlineData("utf-16", "UTF-16", false)]
    [InlineData("utf-16BE", "UTF-16", true)]
    [InlineData("windows-1252", "windows-1252", false)]
    [InlineData("windows-1252", "ISO-8859-1", false)]
    [InlineData("windows-1252", "UTF-8", false)]
    [InlineData("windows-1252", "", false)]
    [InlineData("utf-8", "UTF-16", false)]
    [InlineData("utf-8", "", false)]
    public async Task A_manifest_is_read_in_whatever_letters_it_is_written_and_whatever_it_says(string written, string said, bool mark)
    {
        var encoding = written == "windows-1252" ? CodePagesEncodingProvider.Instance.GetEncoding(1252)! : Encoding.GetEncoding(written);
        var text = WrittenPackage.Manifest12("Café “Zoë”", "first").Replace(" encoding=\"UTF-8\"", said.Length == 0 ? "" : $" encoding=\"{said}\"");
        var read = await Verdicts.TakenAsync(WrittenPackage.Of("T", "first").With("imsmanifest.xml", [.. mark ? encoding.GetPreamble() : [], .. encoding.GetBytes(text)]).Zip());
        Assert.Equal("Café “Zoë”", read.Manifest.Title);
    }

    [Fact] // E4
    public async Task Letters_that_nobody_knows_are_refused() =>
        Assert.Equal("imsmanifest.xml: it is written in “klingon”, which is not known; save it as UTF-8", await RefusedAsync(WrittenPackage.Manifest12("T", "first").Replace("UTF-8", "klingon")));

    [Fact] // E4
    public async Task Traps_of_xml_are_refused_and_nothing_is_fetched()
    {
        const string Laughs = """<?xml version="1.0"?><!DOCTYPE m [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><manifest>&c;</manifest>""";
        const string Outside = """<?xml version="1.0"?><!DOCTYPE m [<!ENTITY x SYSTEM "file:///etc/passwd">]><manifest><organizations><organization><title>&x;</title></organization></organizations></manifest>""";
        foreach (var trap in new[] { Laughs, Outside, """<!DOCTYPE manifest SYSTEM "http://127.0.0.1:9/x.dtd"><manifest/>""" })
        {
            Assert.Equal("imsmanifest.xml: it has a document type (<!DOCTYPE), which is not read; take it out", await RefusedAsync(trap));
        }

        Assert.StartsWith("imsmanifest.xml: it is no well-formed XML: ", await RefusedAsync("<manifest><organizations></manifest>"));
        Assert.StartsWith("imsmanifest.xml: it is no well-formed XML: ", await RefusedAsync(""));
        Assert.StartsWith("imsmanifest.xml: it is no well-formed XML: ", await RefusedAsync("<manifest>&undefined;</manifest>"));
        Assert.Equal("imsmanifest.xml: it is larger than 4 MB unpacked", await RefusedAsync($"<manifest>{string.Concat(Enumerable.Range(0, 1_500_000).Select(one => $"{one} words "))}</manifest>"));
    }

    [Fact] // E4
    public async Task What_can_start_nothing_is_refused_by_its_name()
    {
        Assert.Contains("it has no organisation", await RefusedAsync(WrittenPackage.Manifest2004("CAM 1.3", "", Resource)));
        Assert.Contains("none of its items starts anything", await RefusedAsync(WrittenPackage.Manifest2004("CAM 1.3", """<organization identifier="o"><title>T</title><item identifier="i"><title>I</title></item></organization>""", Resource)));
        Assert.Contains("the item “i” starts the resource “r”, which is not there", await RefusedAsync(WrittenPackage.Manifest2004("CAM 1.3", One, "")));
        Assert.Contains("the resource “r”, which the item “i” starts, names no file (href)", await RefusedAsync(WrittenPackage.Manifest2004("CAM 1.3", One, "<resource identifier=\"r\"/>")));
        Assert.Equal("missing.html: the item “i” starts it, and it is not in the zip", await RefusedAsync(WrittenPackage.Manifest2004("CAM 1.3", One, Resource.Replace("first.html", "missing.html?a=b"))));
        Assert.Contains("two items are called “i”", await RefusedAsync(WrittenPackage.Manifest2004("CAM 1.3", One.Replace("</organization>", "<item identifier=\"i\"/></organization>"), Resource)));
        Assert.Contains("it has a manifest within the manifest", await RefusedAsync(WrittenPackage.Manifest2004("CAM 1.3", One, Resource, "<manifest identifier=\"sub\"/>")));
    }

    [Theory] // E4
    [InlineData("http://elsewhere.example/a.html")]
    [InlineData("//elsewhere.example/a.html")]
    [InlineData("\\\\elsewhere\\a.html")]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:text/html,x")]
    public async Task What_lies_outside_of_the_package_is_refused(string href) =>
        Assert.Contains($"the item “i” starts {href}, which is outside of the package", await RefusedAsync(WrittenPackage.Manifest2004("CAM 1.3", One, Resource.Replace("first.html", href))));

    [Fact] // E4
    public async Task A_file_that_is_listed_and_missing_is_said_and_the_package_taken()
    {
        var read = await TakenAsync(WrittenPackage.Manifest2004("CAM 1.3", One, Resource.Replace("/>", "><file href=\"first.html\"/><file href=\"lost.js\"/></resource>").Replace("first.html\"><", "FIRST.html\"><")));
        Assert.Equal(["lost.js: the manifest lists it, and it is not in the zip", "first.html: the manifest spells its name in other capitals; it is taken"], read.Manifest.Notes);
    }

    [Fact]
    public async Task The_default_organisation_is_taken_else_the_first()
    {
        const string Two = """<organization identifier="a"><title>A</title><item identifier="x" identifierref="r"/></organization><organization identifier="o"><title>O</title><item identifier="y" identifierref="r"/></organization>""";
        Assert.Equal(("O", "o"), await TakenAsync(WrittenPackage.Manifest2004("CAM 1.3", Two, Resource)) is var second ? (second.Manifest.Title, second.Manifest.Identifier) : default);
        var wrong = await TakenAsync(WrittenPackage.Manifest2004("CAM 1.3", Two, Resource).Replace("default=\"o\"", "default=\"z\""));
        Assert.Equal(("A", "imsmanifest.xml: the default organisation “z” is not there; the first is taken"), (wrong.Manifest.Title, Assert.Single(wrong.Manifest.Notes)));
    }

    [Theory] // SCORM 2004 CAM 3.4.1.12
    [InlineData("first.html", "", "first.html")]
    [InlineData("first.html", "?a=b", "first.html?a=b")]
    [InlineData("first.html", "&amp;a=b", "first.html?a=b")]
    [InlineData("first.html", "a=b", "first.html?a=b")]
    [InlineData("first.html?x=1", "?a=b", "first.html?x=1&a=b")]
    [InlineData("first.html", "#part", "first.html#part")]
    [InlineData("first.html#one", "#two", "first.html#one")]
    [InlineData("./first.html", "?a=b c&quot;", "first.html?a=b%20c%22")]
    [InlineData("sub/../first.html", "", "first.html")]
    public async Task Parameters_are_put_on_as_the_standard_has_it(string href, string parameters, string address)
    {
        var manifest = WrittenPackage.Manifest2004("2004 3rd Edition", One.Replace("identifierref", $"parameters=\"{parameters}\" identifierref"), Resource.Replace("first.html", href));
        Assert.Equal(address, (await TakenAsync(manifest)).Manifest.Launched.Single().Href);
    }

    [Fact]
    public async Task Bases_are_joined_and_names_escaped()
    {
        var manifest = WrittenPackage.Manifest2004("CAM 1.3", One, Resource.Replace("<resource ", "<resource xml:base=\"part one/\" ").Replace("first.html", "a%20b.html"))
            .Replace("<resources>", "<resources xml:base=\"all/\">").Replace("identifier=\"m\"", "identifier=\"m\" xml:base=\"content/\"");
        var read = await Verdicts.TakenAsync(new WrittenPackage().With("imsmanifest.xml", manifest).With("content/all/part one/a b.html", WrittenPackage.Page).Zip());
        Assert.Equal("content/all/part%20one/a%20b.html", read.Manifest.Launched.Single().Href);
        Assert.Contains("(xml:base) is outside of the package", await RefusedAsync(manifest.Replace("content/", "../")));
        Assert.Contains("(xml:base) is outside of the package", await RefusedAsync(manifest.Replace("content/", "http://elsewhere.example/")));
    }

    [Fact]
    public async Task What_the_player_needs_of_an_item_is_read()
    {
        var old = (await TakenAsync(WrittenPackage.Manifest12("T", "first").Replace("</item>", "<adlcp:prerequisites type=\"aicc_script\">a&amp;b</adlcp:prerequisites><adlcp:maxtimeallowed>00:30:00</adlcp:maxtimeallowed><adlcp:timelimitaction>exit,message</adlcp:timelimitaction><adlcp:datafromlms> launch </adlcp:datafromlms><adlcp:masteryscore>80</adlcp:masteryscore></item>"))).Manifest.Items.Single();
        Assert.Equal(("a&b", "00:30:00", "exit,message", "launch", 80m, true), (old.Prerequisites, old.MaxTimeAllowed, old.TimeLimitAction, old.LaunchData, old.MasteryScore, old.IsSco));

        const string Nested = """
            <organization identifier="o" adlseq:objectivesGlobalToSystem="false"><title>T</title>
              <item identifier="h" isvisible="false"><title>Heading</title>
                <item identifier="i" identifierref="r"><title>I</title><adlcp:completionThreshold completedByMeasure="true" minProgressMeasure="0.7"/>
                  <imsss:sequencing IDRef="s"><imsss:objectives><imsss:primaryObjective satisfiedByMeasure="true"><imsss:minNormalizedMeasure>0.6</imsss:minNormalizedMeasure></imsss:primaryObjective></imsss:objectives></imsss:sequencing>
                </item></item></organization>
            """;
        var manifest = (await TakenAsync(WrittenPackage.Manifest2004("2004 4th Edition", Nested, Resource, "<imsss:sequencingCollection><imsss:sequencing ID=\"s\"><imsss:limitConditions attemptAbsoluteDurationLimit=\"PT30M\"/></imsss:sequencing></imsss:sequencingCollection>"))).Manifest;
        var heading = manifest.Items.Single();
        Assert.Equal((false, null, false), (heading.Visible, heading.Href, manifest.ObjectivesGlobalToSystem));
        Assert.Equal((0.7m, 0.6m, "PT30M"), manifest.Launched.Single() is var item ? (item.CompletionThreshold, item.ScaledPassingScore, item.MaxTimeAllowed) : default);
        Assert.True((await TakenAsync(WrittenPackage.Manifest2004("CAM 1.3", One, Resource))).Manifest.ObjectivesGlobalToSystem);
    }

    [Fact]
    public async Task Items_in_each_other_without_end_are_refused()
    {
        var deep = string.Concat(Enumerable.Range(0, 400).Select(one => $"<item identifier=\"d{one}\">")) + string.Concat(Enumerable.Repeat("</item>", 400));
        Assert.Contains("its items lie more than 20 deep in each other", await RefusedAsync(WrittenPackage.Manifest2004("CAM 1.3", One.Replace("</organization>", deep + "</organization>"), Resource)));
        var many = string.Concat(Enumerable.Range(0, 6_000).Select(one => $"<item identifier=\"d{one}\"/>"));
        Assert.Contains("it has more than 5,000 items", await RefusedAsync(WrittenPackage.Manifest2004("CAM 1.3", One.Replace("</organization>", many + "</organization>"), Resource)));
    }
}
