using Learning.Catalogue;
using Learning.Commands;
using Learning.ELearning.Packages;
using Learning.Tests.ELearning.Packages;
using Learning.Tests.Support;

namespace Learning.Tests.Commands;

/// <summary><c>learning package FILE.zip</c>: what a package holds and where it starts, or what is wrong with it (E4).</summary>
public sealed class PackageTests(Ground ground) : IClassFixture<Ground>, IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("learning-packages-");

    [Fact]
    public async Task It_prints_title_edition_course_version_and_every_item_with_its_address()
    {
        var course = await ground.Given.Course(CourseKind.ELearning, code: "golf");
        var manifest = WrittenPackage.Manifest2004("2004 3rd Edition", """
            <organization identifier="o"><title>Golf explained</title><item identifier="play"><title>Playing</title><item identifier="par &amp; score" identifierref="r"><title>Par</title></item></item><item identifier="end" identifierref="r"><title>The end</title></item></organization>
            """, """<resource identifier="r" adlcp:scormType="sco" href="first.html"/>""");
        var (code, output, errors) = await RunAsync(new WrittenPackage().With("imsmanifest.xml", manifest).WithPages("first"), course.Code);
        Assert.Equal((0, ""), (code, errors));
        Assert.Equal("""
            Title: Golf explained
            Edition: SCORM 2004 3rd Edition
            Course: golf
            Version: 1
            Launch: http://127.0.0.1:5080/learn/golf
            Items: 2
              Playing
                Par  http://127.0.0.1:5080/learn/golf?item=par%20%26%20score
              The end  http://127.0.0.1:5080/learn/golf?item=end
            """.ReplaceLineEndings(), output.TrimEnd());

        (code, output, errors) = await RunAsync(new WrittenPackage().With("imsmanifest.xml", manifest).WithPages("first"), course.Code);
        Assert.Equal(0, code);
        Assert.Contains("Nothing was changed: this very file is the course's newest version already.", errors);
        Assert.Contains("Version: 1", output);
    }

    [Fact] // E4
    public async Task What_is_refused_is_a_line_each_on_standard_error_and_exit_1()
    {
        var course = await ground.Given.Course(CourseKind.ELearning);
        var (code, output, errors) = await RunAsync(WrittenPackage.Of("T", "a").With("../evil", "x").With("NUL", "x"), course.Code);
        Assert.Equal((1, ""), (code, output));
        Assert.Equal(["../evil: its name leads out of the package", "NUL: “NUL” is the name of a device on Windows, and of no file"], errors.TrimEnd().Split(Environment.NewLine));
        Assert.Equal("There is no e-learning course NOWHERE.", (await Assert.ThrowsAsync<CommandException>(() => RunAsync(WrittenPackage.Of("T", "a"), "NOWHERE"))).Message);
    }

    public void Dispose() => folder.Delete(recursive: true);

    private async Task<(int Code, string Output, string Errors)> RunAsync(WrittenPackage package, string course)
    {
        var file = new FileInfo(Path.Combine(folder.FullName, $"{Guid.CreateVersion7():N}.zip"));
        await File.WriteAllBytesAsync(file.FullName, package.Zip().ToArray());
        var (output, errors) = (new StringWriter(), new StringWriter());
        var code = await ground.With((ImportPackage import) => PackageCommand.RunAsync(import, file, course, new Uri("http://127.0.0.1:5080"), output, errors, default));
        return (code, $"{output}", $"{errors}");
    }
}
