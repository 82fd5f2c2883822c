using System.Collections.Concurrent;

using Learning.Catalogue;
using Learning.ELearning.Packages;

using Microsoft.EntityFrameworkCore;

namespace Learning.ELearning;

/// <summary>What the content folder offers of a course now: its text, or the lines that say why it cannot be offered.</summary>
public sealed record CourseOffer(CourseText? Text, CourseFiles? Files, IReadOnlyList<string> Faults)
{
    /// <summary>The versions, by digest, that were withdrawn in the product.</summary>
    public IReadOnlyList<string> Withdrawn { get; init; } = [];

    /// <summary>The SCORM package that is offered instead of texts (E4).</summary>
    public Package? Package { get; init; }

    /// <summary>Whether there is something to begin.</summary>
    public bool IsThere => Package is not null || (Faults.Count == 0 && Text is { Pages.Count: > 0 });

    /// <summary>The version that whoever begins now gets.</summary>
    public string? Digest => Package?.Digest ?? Text?.Digest;
}

/// <summary>
/// Course texts by version (E1). What is offered is what was published in the product, for as long as the content folder is what it was at that time; else what the folder has. So a folder that was
/// changed since is newer and wins, as after an update of the installation. A version never changes, so it is read once and kept. A course that has a SCORM package is that package, whatever the folder says.
/// </summary>
public sealed class CourseLibrary(ContentFolder content)
{
    private readonly ConcurrentDictionary<string, CourseText> read = new();
    private readonly ConcurrentDictionary<string, IReadOnlyList<string>> faults = new();

    /// <summary>The course as the folder has it now; without a folder there is nothing, and no fault.</summary>
    public CourseOffer Current(string code)
    {
        var files = content.Find(code);
        if (files is null)
        {
            return new CourseOffer(null, null, []);
        }

        try
        {
            var text = Read(files);
            var ofTexts = faults.GetOrAdd(files.Digest, _ => ContentCheck.OfTexts(text));
            return new CourseOffer(text, files, [.. ofTexts, .. ContentCheck.OfContacts(text, content.Local())]);
        }
        catch (ContentException mistake)
        {
            return new CourseOffer(null, files, [mistake.Message]);
        }
    }

    /// <summary>What whoever begins now gets. A version that was withdrawn is not offered: then the one that was published before it is, and without one there is a fault.</summary>
    public async Task<CourseOffer> OfferAsync(LearningDb db, Course course, CancellationToken stop = default) =>
        await OfferAsync(db, course, await db.StandingIn(course.Id, null, null).SingleAsync(stop), stop);

    /// <summary>The same where what was published and withdrawn was asked with something else.</summary>
    internal async Task<CourseOffer> OfferAsync(LearningDb db, Course course, StandingIn made, CancellationToken stop)
    {
        if (made.OfferedPackage is { } package)
        {
            return new CourseOffer(null, null, []) { Withdrawn = made.Withdrawn, Package = await db.Packages.AsNoTracking().SingleAsync(one => one.Id == package, stop) };
        }

        var folder = Current(course.Code);
        if (made.Digest is { } digest && made.FolderDigest == (folder.Files?.Digest ?? ""))
        {
            var text = await VersionAsync(db, course.Id, digest, stop);
            return new CourseOffer(text, text.Files, ContentCheck.OfContacts(text, content.Local())) { Withdrawn = made.Withdrawn };
        }

        return folder.Files is { } files && made.Withdrawn.Contains(files.Digest)
            ? folder with { Withdrawn = made.Withdrawn, Faults = [.. folder.Faults, "course.yaml:1: this version has been withdrawn, and there is no other yet"] }
            : folder with { Withdrawn = made.Withdrawn };
    }

    /// <summary>What a subject expert checks.</summary>
    public IReadOnlyList<string> SignOffPoints() => content.SignOff().Points;

    /// <summary>The version that an attempt began, whatever the folder says now.</summary>
    /// <exception cref="InvalidOperationException">The version was never kept; the database's foreign key rules that out.</exception>
    public async Task<CourseText> VersionAsync(LearningDb db, Guid courseId, string digest, CancellationToken stop = default)
    {
        if (read.TryGetValue(digest, out var text))
        {
            return text;
        }

        var version = await db.CourseVersions.AsNoTracking()
            .SingleAsync(v => v.CourseId == courseId && v.Digest == digest, stop);
        return Read(version.Files);
    }

    /// <summary>A text of a version, such as a picture: of the current one, or of one that somebody began; null where there is none.</summary>
    public async Task<string?> FileAsync(LearningDb db, string code, string digest, string path, CancellationToken stop = default)
    {
        if (!read.TryGetValue(digest, out var text))
        {
            if (Current(code).Files is { } current && current.Digest == digest)
            {
                return current.Texts.GetValueOrDefault(path);
            }

            var version = await db.CourseVersions.AsNoTracking().SingleOrDefaultAsync(v => v.Digest == digest && db.Courses.ByCode(code).Any(c => c.Id == v.CourseId), stop);
            text = version is null ? null : Read(version.Files);
        }

        return string.Equals(text?.Head.Code, code, StringComparison.OrdinalIgnoreCase) ? text!.Files.Texts.GetValueOrDefault(path) : null;
    }

    /// <summary>The file of a recording (<see cref="CourseVideo"/>), or null.</summary>
    public string? Recording(string code, string path) =>
        path.StartsWith("videos/", StringComparison.Ordinal) ? content.FindRecording(code, path["videos/".Length..]) : null;

    public LocalContacts Local() => content.Local();

    public SupportLines Support() => content.Support();

    private CourseText Read(CourseFiles files) => read.GetOrAdd(files.Digest, _ => ReadCourse.From(files));
}
