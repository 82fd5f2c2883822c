using System.IO.Compression;
using System.Text;

using Learning.ELearning.Packages;

namespace Learning.Tests.ELearning.Packages;

/// <summary>Zips that no honest program makes, and honest ones that are damaged: refused in words that name the file (E4).</summary>
public class HostileZipTests
{
    private static readonly byte[] Manifest = Encoding.UTF8.GetBytes(WrittenPackage.Manifest12("Small", "first"));
    private static readonly byte[] Page = Encoding.UTF8.GetBytes(WrittenPackage.Page);

    private static WrittenZip Small() => new WrittenZip().Add("imsmanifest.xml", Manifest).Add("first.html", Page);

    [Theory] // E4
    [InlineData("../evil.html", "its name leads out of the package")]
    [InlineData("a/../../evil.html", "its name leads out of the package")]
    [InlineData("..\\evil.html", "its name leads out of the package")]
    [InlineData("/etc/cron.d/evil", "its name begins at the top of a disk")]
    [InlineData("\\\\server\\share\\evil", "its name begins at the top of a disk")]
    [InlineData("C:\\Windows\\evil.dll", "its name has a colon")]
    [InlineData("page.html:hidden", "its name has a colon")]
    [InlineData("a\0b.html", "its name has a character that no name has")]
    [InlineData("a\nb.html", "its name has a character that no name has")]
    [InlineData("con.html", "“con.html” is the name of a device on Windows")]
    [InlineData("img/AUX", "“AUX” is the name of a device on Windows")]
    [InlineData("lpt1.tar.gz", "“lpt1.tar.gz” is the name of a device on Windows")]
    [InlineData("page.html.", "“page.html.” ends with a full stop or a space")]
    [InlineData("folder /page.html", "“folder ” ends with a full stop or a space")]
    [InlineData("~/frame.html", "the folder ~ at the top is kept for the player")]
    public async Task A_name_that_is_none_is_refused_by_name(string name, string sentence)
    {
        var (read, lines) = await Verdicts.OfAsync(Small().Add(name, Page).Zip());
        Assert.Null(read);
        Assert.Contains(sentence, Assert.Single(lines));
        Assert.DoesNotContain(lines[0], char.IsControl);
    }

    [Fact] // E4
    public async Task A_name_without_end_and_folders_without_end_are_refused()
    {
        Assert.Contains("its name is longer than 400 characters", await Verdicts.LinesAsync(Small().Add(new string('a', 401), Page).Zip()));
        Assert.Contains("it lies more than 32 folders deep", await Verdicts.LinesAsync(Small().Add(string.Concat(Enumerable.Repeat("d/", 32)) + "a", Page).Zip()));
        await Verdicts.TakenAsync(Small().Add(string.Concat(Enumerable.Repeat("d/", 31)) + "a", Page).Zip());
    }

    [Fact] // E4
    public async Task Every_mistake_is_told_and_not_only_the_first()
    {
        var lines = (await Verdicts.OfAsync(Small().Add("../a", Page).Add("NUL", Page).Add("b.html", Page, crc: 1).Zip())).Lines;
        Assert.Equal(["../a: its name leads out of the package", "NUL: “NUL” is the name of a device on Windows, and of no file", "b.html: it is damaged in the zip; send the package again, or make it anew"], lines);

        var many = Small();
        for (var i = 0; i < 250; i++)
        {
            many.Add($"../{i}", Page);
        }

        lines = (await Verdicts.OfAsync(many.Zip())).Lines;
        Assert.Equal((101, "and 150 more mistakes"), (lines.Count, lines[^1]));
    }

    [Fact] // E4
    public async Task Names_that_differ_by_capitals_are_refused_unless_their_content_is_the_same()
    {
        Assert.Equal("img/a.html: its name differs from “IMG/A.html” by capitals only, and its content is another", await Verdicts.LinesAsync(Small().Add("IMG/A.html", Page).Add("img/a.html", Manifest).Zip()));
        Assert.Equal("a.html: it is in the zip twice, with different content", await Verdicts.LinesAsync(Small().Add("a.html", Page).Add("a.html", Manifest).Zip()));
        Assert.Equal(3, (await Verdicts.TakenAsync(Small().Add("IMG/A.html", Page).Add("img/a.html", Page).Zip())).Files.Count);
        Assert.Contains("it lies in “first.html”, which is a file", await Verdicts.LinesAsync(Small().Add("first.html/b", Page).Zip()));
    }

    [Fact] // E4
    public async Task Links_devices_and_passwords_are_refused()
    {
        Assert.Contains("passwd: it is a link to another place", await Verdicts.LinesAsync(Small().Add("passwd", Encoding.UTF8.GetBytes("/etc/passwd"), attributes: 0xA1FF0000).Zip()));
        Assert.Contains("pipe: it is a link to another place, or a device", await Verdicts.LinesAsync(Small().Add("pipe", [], attributes: 0x11A40000).Zip()));
        Assert.Contains("secret.html: it is protected by a password", await Verdicts.LinesAsync(Small().Add("secret.html", Page, flags: 0x801).Zip()));
        Assert.Contains("odd.html: it is packed by method 14", await Verdicts.LinesAsync(Small().Add("odd.html", Page, method: 14).Zip()));
        await Verdicts.TakenAsync(Small().Add("plain.html", Page, attributes: 0x81A40000).Add("folder/", [], method: 0, attributes: 0x41ED0000).Zip());
    }

    [Fact] // E4
    public async Task A_bomb_is_measured_while_it_is_unpacked_whatever_its_headers_say()
    {
        var zeros = new byte[8_000_000];
        Assert.Contains("zeros.bin: it is more than 200 times as large unpacked as packed", await Verdicts.LinesAsync(Small().Add("zeros.bin", zeros).Zip()));
        Assert.Contains("zeros.bin: it is more than 200 times as large unpacked as packed", await Verdicts.LinesAsync(Small().Add("zeros.bin", zeros, size: 10).Zip()));
        // A zip in a zip is a file like any other: nobody unpacks it.
        await Verdicts.TakenAsync(Small().Add("inner.zip", Small().Add("zeros.bin", zeros).Zip().ToArray()).Zip());
    }

    [Fact] // E4
    public async Task Entries_that_share_their_bytes_are_a_bomb()
    {
        var (content, zip) = (new byte[900_000], Small());
        var (packed, sum) = (WrittenZip.Deflate(content), WrittenZip.Crc(content));
        zip.AddPacked("k0", packed, content.Length, sum);
        var offset = Find(zip.Zip().ToArray(), "k0");
        for (var i = 1; i < 5_000; i++)
        {
            zip.Again($"k{i}", offset, packed.Length, content.Length, sum);
        }

        Assert.Equal("Files in it share their bytes, as in no zip that a program makes.", await Verdicts.LinesAsync(zip.Zip()));
    }

    [Fact] // E4
    public async Task Seventy_thousand_entries_are_refused_before_they_are_in_memory()
    {
        using var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            for (var i = 0; i < 70_000; i++)
            {
                archive.CreateEntry($"f{i}");
            }
        }

        Assert.Equal("It has more than 20,000 files.", await Verdicts.LinesAsync(zip));
    }

    [Fact] // E4
    public async Task What_is_no_zip_or_a_part_of_one_is_refused_in_a_sentence()
    {
        var whole = Small().Zip().ToArray();
        Assert.StartsWith("It is empty.", await Verdicts.LinesAsync(new MemoryStream()));
        Assert.StartsWith("It is no zip file", await Verdicts.LinesAsync(new MemoryStream(Encoding.UTF8.GetBytes("%PDF-1.7 not a zip"))));
        Assert.StartsWith("It is no zip file, or only a part of one.", await Verdicts.LinesAsync(new MemoryStream(whole[..(whole.Length / 2)])));
        // Whatever is lost of it, and whatever stands in the wrong place, is words and no exception.
        for (var length = 0; length < whole.Length; length += 7)
        {
            Assert.NotEmpty((await Verdicts.OfAsync(new MemoryStream(whole[..length]))).Lines);
            Assert.NotEmpty((await Verdicts.OfAsync(new MemoryStream(whole[length..]) is var tail && length == 0 ? new MemoryStream() : tail)).Lines);
        }
    }

    [Fact]
    public async Task Names_are_read_in_the_letters_that_the_zip_was_made_in()
    {
        var zip = Small().Add("", Page, flags: 0, rawName: [(byte)'d', 0x82, (byte)'j', 0x85, (byte)'.', (byte)'h', (byte)'t', (byte)'m']) // DOS
            .Add("", Page, flags: 0, rawName: Encoding.UTF8.GetBytes("naïve.htm")) // UTF-8 that does not say so
            .Add("cafe\u0301.htm", Page); // a Mac's
        Assert.Equal(["imsmanifest.xml", "first.html", "déjà.htm", "naïve.htm", "café.htm"], (await Verdicts.TakenAsync(zip.Zip())).Files.Select(file => file.Path));
    }

    [Fact]
    public async Task Backslashes_are_slashes_and_what_systems_leave_behind_is_ignored()
    {
        var zip = Small().Add("img\\a.png", Page).Add("./b.png", Page).Add("__MACOSX/._first.html", Page).Add(".DS_Store", Page).Add("img/Thumbs.db", Page);
        Assert.Equal(["imsmanifest.xml", "first.html", "img/a.png", "b.png"], (await Verdicts.TakenAsync(zip.Zip())).Files.Select(file => file.Path));
    }

    private static long Find(byte[] zip, string name) => zip.AsSpan().IndexOf(Encoding.UTF8.GetBytes(name)) - 30;
}
