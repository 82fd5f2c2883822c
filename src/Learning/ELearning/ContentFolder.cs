namespace Learning.ELearning;

/// <summary>
/// The folder <c>content/</c>: a folder per course under <c>courses/</c>, named by the course's code in lower case, and what
/// the partnership itself says under <c>programme/</c>. Read afresh each time: an author sees a change without a restart.
/// </summary>
public sealed class ContentFolder(string path)
{
    public string Path { get; } = path;

    /// <summary>The codes of the courses that have a folder, in upper case and in order.</summary>
    public IReadOnlyList<string> Codes =>
        Directory.Exists(Courses)
            ? [.. Directory.EnumerateDirectories(Courses)
                .Where(folder => File.Exists(System.IO.Path.Combine(folder, "course.yaml")))
                .Select(folder => System.IO.Path.GetFileName(folder).ToUpperInvariant())
                .Order(StringComparer.Ordinal)]
            : [];

    private string Courses => System.IO.Path.Combine(Path, "courses");

    /// <summary>The texts of a course, or null where it has none.</summary>
    public CourseFiles? Find(string code)
    {
        if (!Codes.Contains(code.ToUpperInvariant()))
        {
            return null;
        }

        var folder = System.IO.Path.Combine(Courses, code.ToLowerInvariant());
        return new CourseFiles(Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(file => System.IO.Path.GetExtension(file) is ".yaml" or ".md")
            .Select(file => KeyValuePair.Create(
                System.IO.Path.GetRelativePath(folder, file).Replace('\\', '/'), File.ReadAllText(file))));
    }

    /// <summary>Whom to contact here, and where anyone can turn. They are never part of a version: a changed telephone
    /// number reaches everybody at once, also those in the middle of a course.</summary>
    public LocalContacts Local() => CourseYaml.Read<LocalContacts>("local.yaml", Programme("local.yaml"));

    public SupportLines Support() => CourseYaml.Read<SupportLines>("support.yaml", Programme("support.yaml"));

    private string Programme(string file) => File.ReadAllText(System.IO.Path.Combine(Path, "programme", file));
}
