using System.Text.RegularExpressions;

using Learning.Catalogue;
using Learning.People;

using Microsoft.EntityFrameworkCore;

namespace Learning.ELearning.Writing;

/// <summary>
/// A course as it is being written: the texts that are offered now, with what was saved since the last publication in their place. For who organises the course (S1): the business unit, and whoever
/// of its owning agency is named on it.
/// </summary>
/// <param name="Offered">The texts as they are offered now, and the recordings that there are.</param>
/// <param name="Saved">The newest save of each file since the last publication.</param>
public sealed partial record CourseDraft(Course Course, CourseFiles Offered, string FolderDigest, IReadOnlyDictionary<string, CourseSave> Saved)
{
    /// <summary>The texts as they would be published.</summary>
    public CourseFiles Files { get; } = new(Offered.Texts.Where(text => !Saved.ContainsKey(text.Key))
        .Concat(Saved.Where(save => save.Value.Words.Length > 0).Select(save => KeyValuePair.Create(save.Key, save.Value.Words))))
    {
        Faults = Offered.Faults, Recordings = Offered.Recordings,
    };

    /// <summary>Whether learners take a SCORM package instead of texts (E4).</summary>
    public bool IsPackage { get; init; }

    public bool Differs => Files.Digest != Offered.Digest;

    /// <summary>The files that are written here, in the order of the course, also those that the draft leaves out.</summary>
    public IReadOnlyList<string> Writable => [.. Offered.Texts.Keys.Concat(Saved.Keys).Where(IsWritable).Distinct().OrderBy(file => Array.FindIndex(Parts, part => file.StartsWith(part, StringComparison.Ordinal))).ThenBy(file => file, StringComparer.Ordinal)];

    /// <summary>The draft with other words in one file.</summary>
    public CourseFiles With(string file, string words) => new(Files.Texts.Where(text => text.Key != file).Concat(string.IsNullOrWhiteSpace(words) ? [] : [KeyValuePair.Create(file, words.TrimEnd() + "\n")]))
    {
        Faults = Offered.Faults, Recordings = Offered.Recordings,
    };

    public static bool IsWritable(string file) => WritableFile().IsMatch(file);

    /// <summary>What the linter says of these texts; a text that cannot be read is one mistake.</summary>
    public IReadOnlyList<string> MistakesIn(CourseFiles files)
    {
        try
        {
            var text = ReadCourse.From(files);
            return text.Head.Code.Equals(Course.Code, StringComparison.OrdinalIgnoreCase) ? ContentCheck.OfTexts(text)
                : [$"{files.At("course.yaml", "code")}: the code is {text.Head.Code}, and this course is {Course.Code}", .. ContentCheck.OfTexts(text)];
        }
        catch (ContentException mistake)
        {
            return [mistake.Message];
        }
    }

    /// <summary>Null where there is no such e-learning course, or it is not the actor's to organise: unseen is not there.</summary>
    public static async Task<CourseDraft?> OfAsync(LearningDb db, CourseLibrary library, string code, Actor actor, DateOnly today, CancellationToken stop = default)
    {
        if (await db.Courses.ByCode(code).AsNoTracking().SingleOrDefaultAsync(stop) is not { Kind: CourseKind.ELearning } course || !await Organisers.MayAsync(db, actor, course.Id, today, stop))
        {
            return null;
        }

        var offer = await library.OfferAsync(db, course, stop);
        var through = await db.CoursePublications.Where(p => p.CourseId == course.Id).MaxAsync(p => (long?)p.SavesThrough, stop) ?? 0;
        var saves = await db.CourseSaves.FromSql($"""
            select distinct on (file) * from course_saves where course_id = {course.Id} and id > {through} order by file, id desc
            """).AsNoTracking().ToListAsync(stop);
        var (folder, sent) = (library.Current(course.Code).Files, await db.CourseRecordings.Where(one => one.CourseId == course.Id).Select(one => one.File).ToListAsync(stop));
        var offered = new CourseFiles(offer.Files?.Texts ?? new Dictionary<string, string>()) { Faults = offer.Files?.Faults ?? [], Recordings = [.. sent, .. folder?.Recordings ?? []] };
        return new CourseDraft(course, offered, folder?.Digest ?? "", saves.ToDictionary(save => save.File)) { IsPackage = offer.Package is not null };
    }

    private static readonly string[] Parts = ["course.yaml", "pages/", "case.yaml", "quiz.yaml", "pictures/", "videos/"];

    [GeneratedRegex(@"^(course\.yaml|pages/[a-z0-9][a-z0-9-]*\.md|case\.yaml|quiz\.yaml|pictures/[a-z0-9][a-z0-9-]*\.svg|videos/[a-z0-9][a-z0-9-]*\.(vtt|md))$")]
    private static partial Regex WritableFile();
}
