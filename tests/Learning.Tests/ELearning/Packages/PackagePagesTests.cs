using System.Net;
using System.Net.Http.Headers;

using Learning.Catalogue;
using Learning.Tests.Support;

namespace Learning.Tests.ELearning.Packages;

/// <summary>The pages on which the business unit, and whoever organises a course, imports packages and sees their versions.</summary>
public class PackagePagesTests(Ground ground) : IClassFixture<Ground>
{
    private const string Field = "Sent.Package";

    private async Task<Visitor> UnitAsync() => await (await ground.SiteAsync()).SignedInAsync((await ground.Given.Unit()).Id);

    private static byte[] Bytes(WrittenPackage package) => package.Zip().ToArray();

    [Fact] // E1
    public async Task A_version_is_imported_replaced_and_withdrawn_and_the_table_says_so()
    {
        var (unit, course) = (await UnitAsync(), await ground.Given.Course(CourseKind.ELearning));
        var page = await (await unit.Get($"/manage/courses/{course.Code}")).Follow("Its package");
        Assert.Contains("This course has no package.", page.Text);

        page = await page.Upload("Import it", Field, "one.zip", Bytes(WrittenPackage.Of("First version", "a", "b")));
        Assert.Contains("The package is imported", page.Text);
        Assert.Contains("Version 1 is what a learner begins now: First version, SCORM 1.2, 2 items.", page.Text);
        Assert.Equal($"/learn/{course.Code}", page.Document.QuerySelectorAll("a").Single(link => link.TextContent == "Open it as a learner").GetAttribute("href"));

        Assert.Contains("Nothing was changed", (await page.Upload("Import it", Field, "one.zip", Bytes(WrittenPackage.Of("First version", "a", "b")))).Text);
        page = await page.Upload("Import it", Field, "two.zip", Bytes(WrittenPackage.Of("Second version", "a").With("imsmanifest.xml", WrittenPackage.Manifest12("Second version", "a").Replace("</resource>", "<file href=\"lost.js\"/></resource>"))));
        Assert.Equal(["2: Second version", "1: First version"], page.Document.QuerySelectorAll("tbody th").Select(cell => cell.TextContent.Trim()));
        Assert.Equal(["Newest", "Replaced"], page.Document.QuerySelectorAll("td[data-label=State]").Select(cell => cell.TextContent.Trim()));
        Assert.Contains("lost.js: the manifest lists it, and it is not in the zip", page.Text);

        var refused = await page.Submit("Withdraw", ("Gone.Number", "2"));
        Assert.Contains("Say why it is withdrawn", refused.Document.QuerySelector(".govuk-error-summary")!.TextContent);
        page = await refused.Submit("Withdraw", ("Gone.Number", "2"), ("Gone.Reason", "The law has changed"));
        Assert.Contains("The version is withdrawn", page.Text);
        Assert.Contains("Version 1 is what a learner begins now", page.Text);
        Assert.Contains("The law has changed", page.Document.QuerySelector("td[data-label=State]")!.TextContent);
    }

    [Fact] // E4
    public async Task Every_line_of_a_verdict_stands_beside_the_field_and_nothing_is_kept()
    {
        var (unit, course) = (await UnitAsync(), await ground.Given.Course(CourseKind.ELearning));
        var page = await unit.Get($"/manage/courses/{course.Code}/package");
        var refused = await page.Upload("Import it", Field, "bad.zip", Bytes(WrittenPackage.Of("T", "a").With("../<script>evil</script>", "x").With("CON", "x")));
        Assert.Contains("The package is not taken: 2 mistakes, listed below", refused.Document.QuerySelector(".govuk-error-summary")!.TextContent);
        Assert.Equal(["../<script>evil</script>: its name leads out of the package", "CON: “CON” is the name of a device on Windows, and of no file"], refused.Document.QuerySelectorAll(".app-verdict li").Select(line => line.TextContent));
        Assert.Empty(refused.Document.QuerySelectorAll("main script"));
        Assert.Contains("It is no zip file", (await page.Upload("Import it", Field, "a.pdf", "%PDF"u8.ToArray())).Document.QuerySelector(".govuk-error-message")!.TextContent);
        Assert.Contains("Choose a package first", (await page.Upload("Import it", Field, "empty.zip", [])).Document.QuerySelector(".govuk-error-message")!.TextContent);
        Assert.Equal(0L, await ground.Sql<long>($"select count(*) from course_versions where course_id = '{course.Id}'"));
    }

    [Fact]
    public async Task The_unit_makes_a_course_of_a_package()
    {
        await ground.Given.Agency();
        var unit = await UnitAsync();
        var page = await (await unit.Get("/manage/packages")).Upload("Import it", Field, "new.zip", Bytes(WrittenPackage.Of("Made by the page", "only-here")));
        Assert.Contains("/manage/courses/MADE-BY-THE-PAGE/package?done=imported", page.Path);
        Assert.Equal("/manage/courses/MADE-BY-THE-PAGE/package", (await (await unit.Get("/manage/packages")).Follow("Made by the page")).Path);
    }

    [Fact] // S1
    public async Task An_organiser_sees_their_own_course_and_no_name_that_is_not_theirs_to_see()
    {
        var agency = await ground.Given.Agency();
        var (mine, other, organiser) = (await ground.Given.Course(CourseKind.ELearning, agency), await ground.Given.Course(CourseKind.ELearning, agency), await ground.Given.Person(agency));
        await ground.Given.Save(new CourseOrganiser { CourseId = mine.Id, PersonId = organiser.Id });
        await (await (await UnitAsync()).Get($"/manage/courses/{mine.Code}/package")).Upload("Import it", Field, "one.zip", Bytes(WrittenPackage.Of("By the unit", "a")));
        var visitor = await (await ground.SiteAsync()).SignedInAsync(organiser.Id);
        var page = await visitor.Get($"/manage/courses/{mine.Code}/package");
        Assert.DoesNotContain("Una", page.Document.QuerySelector("td[data-label=Imported]")!.TextContent);
        Assert.Contains($"{organiser.GivenName} {organiser.FamilyName}", (await page.Upload("Import it", Field, "two.zip", Bytes(WrittenPackage.Of("By me", "a")))).Document.QuerySelector("td[data-label=Imported]")!.TextContent);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.Get($"/manage/courses/{other.Code}/package")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await visitor.Get("/manage/packages")).Status);
    }

    [Fact] // S1
    public async Task Whoever_may_not_import_is_refused_before_the_file_is_read()
    {
        var course = await ground.Given.Course(CourseKind.ELearning);
        var stranger = await (await ground.SiteAsync()).SignedInAsync((await ground.Given.Person(await ground.Given.Agency())).Id);
        foreach (var path in new[] { $"/manage/courses/{course.Code}/package", "/manage/packages" })
        {
            var sent = new Unending();
            using var body = new StreamContent(sent) { Headers = { ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=x"), ContentLength = 400_000_000 } };
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = body, Headers = { ExpectContinue = true } };
            HttpStatusCode? status = null;
            try
            {
                status = (await stranger.Http.SendAsync(request)).StatusCode;
            }
            catch (HttpRequestException)
            {
                // The connection was closed on what it was still sending.
            }

            Assert.True(status is null or HttpStatusCode.Forbidden, $"{status}");
            Assert.InRange(sent.Given, 0, 50_000_000);
        }
    }

    private sealed class Unending : Stream
    {
        public long Given { get; private set; }
        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            Given += count;
            return count;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
