using System.Security.Cryptography;

using Learning.Catalogue;
using Learning.ELearning.Packages;
using Learning.People;
using Learning.Tests.Support;

using Microsoft.EntityFrameworkCore;

namespace Learning.Tests.ELearning.Packages;

/// <summary>A package becomes a version of its course, whole or not at all (E1, E4).</summary>
public class ImportPackageTests(Ground ground) : IClassFixture<Ground>
{
    private Task<PackageOutcome> ImportAsync(WrittenPackage package, string? code = null, Actor? actor = null) => ImportAsync(package.Zip(), code, actor);

    private Task<PackageOutcome> ImportAsync(Stream zip, string? code = null, Actor? actor = null) => ground.With((ImportPackage import) => import.DoAsync(actor ?? Actor.Machine, code, zip));

    private async Task<PackageOutcome.Imported> ImportedAsync(WrittenPackage package, string? code = null, Actor? actor = null)
    {
        var outcome = await ImportAsync(package, code, actor);
        return outcome as PackageOutcome.Imported ?? throw new InvalidOperationException(outcome is PackageOutcome.Refused refused ? string.Join('\n', refused.Lines) : $"{outcome}");
    }

    [Fact] // E1, E4
    public async Task A_package_is_a_version_of_its_course_with_every_byte_of_it()
    {
        var course = await ground.Given.Course(CourseKind.ELearning);
        var film = RandomNumberGenerator.GetBytes(2_500_000);
        var imported = await ImportedAsync(WrittenPackage.Of("Golf", "first", "second").With("media/film.mp4", film).With("empty.txt", ""), course.Code.ToLowerInvariant());

        Assert.Equal((1, course.Id, "Golf", PackageEdition.Scorm12), (imported.Package.Number, imported.Package.CourseId, imported.Package.Title, imported.Package.Edition));
        await using var db = ground.Db();
        Assert.Contains("<manifest", (await db.CourseVersions.SingleAsync(version => version.CourseId == course.Id && version.Digest == imported.Package.Digest)).Texts);
        Assert.Equal(["first", "second"], (await db.Packages.SingleAsync(one => one.CourseId == course.Id)).Read().Launched.Select(item => item.Identifier));
        Assert.Equal(3L, await ground.Sql<long>($"select count(*) from package_pieces p join package_files f on f.package_id = p.package_id and f.number = p.file where f.package_id = '{imported.Package.Id}' and f.path = 'media/film.mp4'"));
        Assert.Equal(film, await ground.Sql<byte[]>($"select string_agg(p.content, ''::bytea order by p.piece) from package_pieces p join package_files f on f.package_id = p.package_id and f.number = p.file where f.package_id = '{imported.Package.Id}' and f.path = 'media/film.mp4'"));
        Assert.Equal("imported a package", await ground.Sql<string>($"select verb from audit_entries where subject_id = '{course.Id}'"));
    }

    [Fact]
    public async Task Without_a_course_a_new_one_is_made_that_can_be_taken_at_once()
    {
        await ground.Given.Agency("The partnership", sector: "Partnership");
        var (first, second) = (await ImportedAsync(WrittenPackage.Of("Éirе and golf: an introduction, part 1 of many", "a")), await ImportedAsync(WrittenPackage.Of("Éirе and golf: an introduction, part 1 of many", "b")));
        Assert.Equal((CourseKind.ELearning, ground.Zone.Today, "Éirе and golf: an introduction, part 1 of many"), (first.Course.Kind, first.Course.PublishedOn, first.Course.Title));
        Assert.Equal($"{first.Course.Code}-2", second.Course.Code);
        Assert.Equal("The partnership", await ground.Sql<string>($"select a.name from courses c join agencies a on a.id = c.owner_id where c.id = '{first.Course.Id}'"));
    }

    [Theory]
    [InlineData("Golf explained: run-time", "GOLF-EXPLAINED-RUN-TIME")]
    [InlineData("Golf explained - Run-time basic calls", "GOLF-EXPLAINED-RUN-TIME")]
    [InlineData("Zoë’s café", "ZOE-S-CAFE")]
    [InlineData("日本語", "PACKAGE")]
    [InlineData("Donaudampfschifffahrtsgesellschaft", "DONAUDAMPFSCHIFFFAHRTSGE")]
    public void A_code_is_made_of_the_titles_whole_words(string title, string code) => Assert.Equal(code, PackageCourse.CodeOf(title));

    [Fact] // E1
    public async Task The_same_file_again_changes_nothing_and_another_is_the_next_version()
    {
        var course = await ground.Given.Course(CourseKind.ELearning);
        var (one, two) = (WrittenPackage.Of("One", "a"), WrittenPackage.Of("Two", "a"));
        await ImportedAsync(one, course.Code);
        Assert.IsType<PackageOutcome.Unchanged>(await ImportAsync(one, course.Code));
        Assert.Equal(2, (await ImportedAsync(two, course.Code)).Package.Number);
        Assert.Contains("This is version 1 of the course already, and version 2 stands in its place.", Assert.IsType<PackageOutcome.Refused>(await ImportAsync(one, course.Code)).Lines[0]);
        // Without a course, the one whose newest it is.
        Assert.Equal((course.Id, 2), await ImportAsync(two) is PackageOutcome.Unchanged known ? (known.Course.Id, known.Package.Number) : default);
        Assert.Equal(2L, await ground.Sql<long>($"select count(*) from packages where course_id = '{course.Id}'"));
    }

    [Fact] // E1
    public async Task A_withdrawn_version_makes_way_for_the_one_before_it_and_never_comes_back()
    {
        var (course, unit) = (await ground.Given.Course(CourseKind.ELearning), await ground.Given.Actor(await ground.Given.Unit()));
        var (one, two) = (WrittenPackage.Of("One", "b"), WrittenPackage.Of("Two", "b"));
        await ImportedAsync(one, course.Code);
        await ImportedAsync(two, course.Code);
        async Task<string?> Withdraw(int number, string? why, Actor? actor = null) => await ground.With((WithdrawPackage withdraw) => withdraw.DoAsync(actor ?? unit, course.Code, number, why));
        Assert.Equal("Say why it is withdrawn", await Withdraw(2, " "));
        Assert.Equal("There is no such version.", await Withdraw(9, "Wrong"));
        Assert.Equal("There is no such course.", await Withdraw(2, "Wrong", await ground.Given.Actor(await ground.Given.Person())));
        Assert.Null(await Withdraw(2, "The law has changed"));
        Assert.Null(await Withdraw(2, "Twice is once"));
        Assert.Equal(1L, await ground.Sql<long>($"select count(*) from audit_entries where subject_id = '{course.Id}' and verb = 'withdrew a course''s version'"));
        Assert.IsType<PackageOutcome.Unchanged>(await ImportAsync(one, course.Code));
        Assert.Contains("version 2 of the course, which was withdrawn", Assert.IsType<PackageOutcome.Refused>(await ImportAsync(two, course.Code)).Lines[0]);
    }

    [Fact] // S1
    public async Task Only_who_organises_an_e_learning_course_brings_it_a_package()
    {
        var (agency, package) = (await ground.Given.Agency(), WrittenPackage.Of("Mine", "c"));
        var (course, organiser) = (await ground.Given.Course(CourseKind.ELearning, agency), await ground.Given.Person(agency));
        var stranger = await ground.Given.Actor(await ground.Given.Person(agency));
        await ground.Given.Save(new CourseOrganiser { CourseId = course.Id, PersonId = organiser.Id });
        Assert.IsType<PackageOutcome.NotFound>(await ImportAsync(package, course.Code, stranger));
        Assert.IsType<PackageOutcome.NotFound>(await ImportAsync(package, null, await ground.Given.Actor(organiser)));
        Assert.IsType<PackageOutcome.NotFound>(await ImportAsync(package, (await ground.Given.Course()).Code));
        Assert.IsType<PackageOutcome.NotFound>(await ImportAsync(package, "NOT\0THERE"));
        Assert.Equal(organiser.Id, (await ImportedAsync(package, course.Code, await ground.Given.Actor(organiser))).Package.ImportedBy);
    }

    [Fact] // E4
    public async Task Two_imports_at_once_get_two_numbers()
    {
        var course = await ground.Given.Course(CourseKind.ELearning);
        var both = await Task.WhenAll(Enumerable.Range(0, 4).Select(one => ImportedAsync(WrittenPackage.Of($"At once {one}", "a"), course.Code)));
        Assert.Equal([1, 2, 3, 4], both.Select(one => one.Package.Number).Order());
        await ground.Given.Agency();
        var codes = await Task.WhenAll(Enumerable.Range(0, 4).Select(one => ImportAsync(WrittenPackage.Of("New at once", $"{one}"))));
        Assert.Equal(4, codes.Cast<PackageOutcome.Imported>().Select(one => one.Course.Code).Distinct().Count());
    }

    [Fact] // E4
    public async Task What_is_refused_leaves_no_row_and_no_file()
    {
        var course = await ground.Given.Course(CourseKind.ELearning);
        var before = Rows(course);
        foreach (var zip in new Stream[]
        {
            WrittenPackage.Of("T", "a").With("../evil", "x").Zip(), new MemoryStream([1, 2, 3]), WrittenPackage.Of("T", "a").Zip(name => name.Replace("imsmanifest", "other")),
            new OnlyForwards(WrittenPackage.Of("T", "a").With("NUL", "x").Zip()),
        })
        {
            Assert.NotEmpty(Assert.IsType<PackageOutcome.Refused>(await ImportAsync(zip, course.Code)).Lines);
        }

        Assert.Equal(await before, await Rows(course));
        Assert.Empty(Directory.EnumerateFiles(Path.GetTempPath(), "learning-package-*"));
        Assert.IsType<PackageOutcome.Imported>(await ImportAsync(new OnlyForwards(WrittenPackage.Of("T", "a").Zip()), course.Code));
        Assert.Empty(Directory.EnumerateFiles(Path.GetTempPath(), "learning-package-*"));
    }

    [Fact] // E4: the database knows capitals that the program does not
    public async Task Names_that_only_the_database_takes_for_one_are_a_refusal_too()
    {
        var course = await ground.Given.Course(CourseKind.ELearning);
        var outcome = await ImportAsync(WrittenPackage.Of("T", "a").With("\u0130.txt", "one").With("i.txt", "two"), course.Code);
        Assert.True(outcome is PackageOutcome.Imported || outcome is PackageOutcome.Refused { Lines: ["Two names of files differ by capitals only."] });
    }

    private Task<long> Rows(Course course) => ground.Sql<long>($"select (select count(*) from packages) + (select count(*) from package_files) + (select count(*) from package_pieces) + (select count(*) from course_versions) + (select count(*) from audit_entries where subject_id = '{course.Id}')");

    private sealed class OnlyForwards(Stream inner) : Stream
    {
        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
