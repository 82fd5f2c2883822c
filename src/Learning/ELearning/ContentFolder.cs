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
        var (texts, faults) = (new Dictionary<string, string>(), new List<string>());
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var path = System.IO.Path.GetRelativePath(folder, file).Replace('\\', '/');
            if (FolderFile.WhyNot(path, new FileInfo(file).Length) is { } fault)
            {
                faults.Add($"{path}:1: {fault}");
            }
            else if (FolderFile.IsText(path))
            {
                texts.Add(path, File.ReadAllText(file));
            }
        }

        return new CourseFiles(texts) { Faults = faults, Recordings = [.. RecordingsIn(folder)] };
    }

    /// <summary>Where a recording of a course lies, or null where there is none of that name.</summary>
    public string? FindRecording(string code, string name) =>
        Codes.Contains(code.ToUpperInvariant()) && FolderFile.IsRecording($"videos/{name}")
        && System.IO.Path.Combine(Courses, code.ToLowerInvariant(), "videos", name) is var file && File.Exists(file) ? file : null;

    private static IEnumerable<string> RecordingsIn(string folder) =>
        System.IO.Path.Combine(folder, "videos") is var videos && Directory.Exists(videos)
            ? Directory.EnumerateFiles(videos).Select(file => $"videos/{System.IO.Path.GetFileName(file)}").Where(FolderFile.IsRecording)
            : [];

    /// <summary>Whom to contact here, and where anyone can turn. They are never part of a version: a changed telephone
    /// number reaches everybody at once, also those in the middle of a course.</summary>
    public LocalContacts Local() => CourseYaml.Read<LocalContacts>("local.yaml", Programme("local.yaml"));

    public SupportLines Support() => CourseYaml.Read<SupportLines>("support.yaml", Programme("support.yaml"));

    private string Programme(string file) => File.ReadAllText(System.IO.Path.Combine(Path, "programme", file));
}
