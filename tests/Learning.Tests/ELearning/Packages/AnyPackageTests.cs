using System.Text;

using FsCheck;
using FsCheck.Fluent;

using Learning.ELearning.Packages;

namespace Learning.Tests.ELearning.Packages;

/// <summary>Whatever is sent as a package: words or a package, and never an exception (E4).</summary>
public class AnyPackageTests
{
    private static readonly byte[] Good = WrittenPackage.Of("Good", "first", "second").With("media/film.mp4", new byte[3_000]).Zip().ToArray();
    private static readonly string Manifest = WrittenPackage.Manifest2004("2004 3rd Edition",
        """<organization identifier="o"><title>T</title><item identifier="i" identifierref="r" parameters="?a=b"><title>I</title></item></organization>""", """<resource identifier="r" adlcp:scormType="sco" href="first.html"><file href="first.html"/></resource>""");

    [Fact] // E4
    public void A_zip_with_any_bytes_changed_is_a_package_or_a_verdict() =>
        Prop.ForAll(ArbMap.Default.ArbFor<(ushort At, byte Value)[]>(), changes =>
        {
            var bytes = (byte[])Good.Clone();
            foreach (var (at, value) in changes)
            {
                bytes[at % bytes.Length] = value;
            }

            return JudgedAsync(new MemoryStream(bytes)).Result;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact] // E4
    public void A_manifest_with_any_piece_taken_out_or_put_in_is_a_package_or_a_verdict() =>
        Prop.ForAll(ArbMap.Default.ArbFor<(ushort At, byte Length, string? Put)>(), change =>
        {
            var at = change.At % Manifest.Length;
            var text = Manifest.Remove(at, Math.Min(change.Length, Manifest.Length - at)).Insert(at, change.Put ?? "");
            return JudgedAsync(new WrittenPackage().With("imsmanifest.xml", Encoding.UTF8.GetBytes(text)).WithPages("first").Zip()).Result;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact] // E4
    public void Any_href_starts_a_file_of_the_package_or_nothing() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string?>(), Gen.Elements("../", "..\\", "/", "first.html", "%2e%2e/", "?", "#", "http:", "//", ".", "sub/", "\0", " ").ArrayOf().ToArbitrary(), (any, parts) =>
        {
            var href = string.Concat(parts) + any;
            var (path, tail, _) = new ManifestFiles(["first.html", "sub/first.html"]).Find("sub/", href);
            var joined = LaunchAddress.Join("a/b/", href);
            return (path is null or "first.html" or "sub/first.html") && (joined is null || !joined.Split('/').Contains("..")) && (path is null || Uri.IsWellFormedUriString(LaunchAddress.Of(path, "", any), UriKind.Relative) || tail.Length > 0 || any?.Contains('%') == true);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));

    private static async Task<bool> JudgedAsync(Stream zip)
    {
        var verdict = new Verdict();
        var read = await ReadPackage.OfAsync(zip, verdict, default);
        return read is null ? verdict.Any && verdict.Lines.All(line => line.Length is > 0 and < 1_000) : !verdict.Any && read.Manifest.Launched.Any();
    }
}
