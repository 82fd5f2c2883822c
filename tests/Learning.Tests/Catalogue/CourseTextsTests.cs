using Learning.Catalogue;

namespace Learning.Tests.Catalogue;

public sealed class CourseTextsTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("course-texts-").FullName;

    [Fact]
    public void A_course_without_a_file_has_no_text_and_is_no_mistake()
    {
        Write("one", "code: ONE\nsummary: About one thing.\n");

        var text = new CourseTexts(folder).Of("TWO");

        Assert.Equal(("TWO", null, false), (text.Code, text.Summary, text.Playable));
    }

    [Fact]
    public void The_case_of_a_code_does_not_matter_and_keys_of_other_readers_are_passed_over()
    {
        Write("one", "code: One\nsummary: About one thing.\nthemes: [first]\nsources: [{title: x, address: y}]\n");

        var texts = new CourseTexts(folder);

        Assert.Equal("About one thing.", texts.Of("oNE").Summary);
        Assert.True(texts.Of("ONE").Mentions("FIRST"));
    }

    [Fact]
    public void A_course_with_pages_can_be_played()
    {
        Write("one", "code: ONE\n");
        Directory.CreateDirectory(Path.Combine(folder, "one", "pages"));

        Assert.True(new CourseTexts(folder).Of("ONE").Playable);
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_named_with_its_line()
    {
        Write("one", "code: ONE\nminutes: many\n");

        var mistake = Assert.Throws<InvalidDataException>(() => new CourseTexts(folder).Of("ONE"));

        Assert.StartsWith($"{Path.Combine(folder, "one", "course.yaml")}:2:", mistake.Message);
    }

    [Fact]
    public void Every_text_of_the_installation_can_be_read() =>
        Assert.NotNull(new CourseTexts(Path.Combine(AppContext.BaseDirectory, "content", "courses")).Of("GCP2").Summary);

    [Theory]
    [InlineData(null, null)]
    [InlineData(45, "45 minutes")]
    [InlineData(60, "1 hour")]
    [InlineData(390, "6 hours 30 minutes")]
    public void The_length_is_said_in_hours_and_minutes(int? minutes, string? words) =>
        Assert.Equal(words, new CatalogueText { Minutes = minutes }.Length);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private void Write(string name, string yaml)
    {
        Directory.CreateDirectory(Path.Combine(folder, name));
        File.WriteAllText(Path.Combine(folder, name, "course.yaml"), yaml);
    }
}
