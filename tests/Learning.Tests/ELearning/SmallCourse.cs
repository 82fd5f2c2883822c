namespace Learning.Tests.ELearning;

/// <summary>A content folder with one small course, in a folder of its own that goes when the test is over.</summary>
internal sealed class SmallCourse : IDisposable
{
    private static int made;

    private const string Head = """
        title: A small course
        summary: Small.
        description: Small.
        audience: Everyone.
        minutes: 5
        level: Awareness
        you_receive: A completion.
        as_at: 2024-03-31
        review_by: 2025-03-31

        """;

    public readonly string Quiz = """
        title: Check what you know
        minutes: 2
        pass_mark: 80
        attempts: 0
        shuffle: true
        questions:
          - id: one
            text: One?
            kind: single
            options:
              - {text: Yes, right: true, feedback: Right so.}
              - {text: No, right: false, feedback: Not so.}
              - {text: Never, right: false, feedback: Not so at all.}
          - id: several
            text: Several?
            kind: multiple
            options:
              - {text: This, right: true, feedback: This one.}
              - {text: That, right: true, feedback: That one.}
              - {text: Neither, right: false, feedback: Not this one.}

        """;

    public SmallCourse()
    {
        Code = $"SMALL{Interlocked.Increment(ref made)}";
        Path = Directory.CreateTempSubdirectory("learning-content-").FullName;
        Directory.CreateDirectory(System.IO.Path.Combine(CourseFolder, "pages"));
        Directory.CreateDirectory(System.IO.Path.Combine(Path, "programme"));
        File.WriteAllText(System.IO.Path.Combine(Path, "programme", "local.yaml"), "illustrative: true\n");
        File.WriteAllText(System.IO.Path.Combine(Path, "programme", "support.yaml"), "line: You can stop.\n");
        Write("course.yaml", $"code: {Code}\n{Head}");
        Write("pages/01-first.md", "---\ntitle: First page\nminutes: 1\n---\nSome words.\n");
        Write("pages/02-second.md", "---\ntitle: Second page\nminutes: 1\n---\nMore words.\n");
        Write("case.yaml", """
            title: A story
            minutes: 1
            decisions:
              - id: door
                title: The door
                story: There is a door.
                question: Do you open it?
                options:
                  - {text: Open, effect: It opens., reason: You pushed., after: You went in.}
                  - {text: Wait, effect: It stays shut., reason: You waited., after: Somebody opened.}
            ending: The end.

            """);
        Write("quiz.yaml", Quiz);
    }

    public string Code { get; }

    public string Path { get; }

    public string CourseFolder => System.IO.Path.Combine(Path, "courses", Code.ToLowerInvariant());

    public void Write(string file, string text) => File.WriteAllText(System.IO.Path.Combine(CourseFolder, file), text);

    /// <summary>The author's new version names the old one as withdrawn.</summary>
    public void Withdraw(string version) => Write("course.yaml", $"code: {Code}\n{Head}withdrawn: [\"{version}\"]\n");

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
