using System.Collections.Concurrent;
using System.Diagnostics;

using Learning.ELearning.Writing;

namespace Learning.ELearning;

/// <summary>
/// The folder <c>content/</c>: a folder per course under <c>courses/</c>, named by the course's code in lower case, and what
/// the partnership itself says under <c>programme/</c>. An author sees a change without a restart; what has not changed is not read again.
/// </summary>
/// <param name="again">How long what was seen is taken for what is there: many ask at once, and each look costs a look at every file. None: every time anew.</param>
public sealed class ContentFolder(string path, TimeSpan again = default)
{
    private readonly Settled<CourseFiles> courses = new();
    private readonly Settled<LocalContacts> local = new();
    private readonly Settled<SupportLines> support = new();
    private readonly Settled<SignOffPoints> signOff = new();

    private readonly ConcurrentDictionary<string, (long At, object? Seen)> seen = new();

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
    public CourseFiles? Find(string code) => Lately(code.ToUpperInvariant(), () => Look(code));

    private CourseFiles? Look(string code)
    {
        if (!Codes.Contains(code.ToUpperInvariant()))
        {
            return null;
        }

        var folder = System.IO.Path.Combine(Courses, code.ToLowerInvariant());
        var files = new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).OrderBy(file => file.FullName, StringComparer.Ordinal).ToList();
        return courses.Of(folder, string.Concat(files.Select(Stamp)), () => Read(folder, files));
    }

    private static CourseFiles Read(string folder, List<FileInfo> files)
    {
        var (texts, faults) = (new Dictionary<string, string>(), new List<string>());
        foreach (var file in files)
        {
            var path = System.IO.Path.GetRelativePath(folder, file.FullName).Replace('\\', '/');
            if (FolderFile.WhyNot(path, file.Length) is { } fault)
            {
                faults.Add($"{path}:1: {fault}");
            }
            else if (FolderFile.IsText(path))
            {
                texts.Add(path, File.ReadAllText(file.FullName));
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
    public LocalContacts Local() => Programme("local.yaml", local);

    public SupportLines Support() => Programme("support.yaml", support);

    /// <summary>Without the file there are no points, and nothing can be signed off.</summary>
    public SignOffPoints SignOff() => File.Exists(System.IO.Path.Combine(Path, "programme", "sign-off.yaml")) ? Programme("sign-off.yaml", signOff) : new SignOffPoints();

    private T Programme<T>(string file, Settled<T> kept)
        where T : class, new() => Lately(file, () =>
        new FileInfo(System.IO.Path.Combine(Path, "programme", file)) is var found
            ? kept.Of(file, Stamp(found), () => CourseYaml.Read<T>(file, File.ReadAllText(found.FullName))) : new T())!;

    private T? Lately<T>(string what, Func<T?> look)
        where T : class
    {
        if (seen.TryGetValue(what, out var last) && Stopwatch.GetElapsedTime(last.At) < again)
        {
            return (T?)last.Seen;
        }

        var (at, found) = (Stopwatch.GetTimestamp(), look());
        // What is not there is not remembered: anybody can ask for codes that nobody made.
        if (found is not null && again > TimeSpan.Zero)
        {
            seen[what] = (at, found);
        }

        return found;
    }

    private static string Stamp(FileInfo file) => $"{file.FullName}|{(file.Exists ? file.Length : 0)}|{file.LastWriteTimeUtc.Ticks}\n";
}
