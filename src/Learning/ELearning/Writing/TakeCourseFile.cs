using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.ELearning.Writing;

/// <summary>
/// Takes a file from the writer's own computer into a course: a drawing and captions become a draft as if they had been typed, a recording is kept as it is. The name in the course follows from the
/// file's: "Two doors.SVG" is pictures/two-doors.svg.
/// </summary>
public sealed partial class TakeCourseFile(LearningDb db, CourseLibrary library, SaveDraft save, Zone zone)
{
    /// <returns>The file's name in the course, or why it was not taken. Refused: another kind of file, too large, not what it is called, a recording under a name that another one has, not the actor's to write (S1).</returns>
    public async Task<(string? File, string? WhyNot)> RunAsync(string code, string name, long bytes, Stream content, Actor actor, CancellationToken stop = default)
    {
        if (NameOf(name) is not { } file)
        {
            return (null, "Choose a drawing (.svg), captions (.vtt) or a recording (.mp4)");
        }

        // Before a byte of it is read.
        if (FolderFile.WhyNot(file, bytes) is { } whyNot)
        {
            return (null, $"{file} {whyNot}. It is not taken.");
        }

        using var read = new MemoryStream();
        await content.CopyToAsync(read, stop);
        return FolderFile.IsRecording(file) ? await KeepAsync(code, file, read.ToArray(), actor, stop) : await SaveAsync(code, file, read.ToArray(), actor, stop);
    }

    /// <summary>The name in the course of a file that is called so, or null where a course takes no such file.</summary>
    public static string? NameOf(string name)
    {
        var (stem, ending) = (Path.GetFileNameWithoutExtension(name), Path.GetExtension(name).ToLowerInvariant());
        var plain = Other().Replace(stem.ToLowerInvariant(), "-").Trim('-');
        var folder = ending switch { ".svg" => "pictures", ".vtt" or ".mp4" => "videos", _ => null };
        return folder is null ? null : $"{folder}/{(plain.Length is 0 or > 60 ? "file" : plain)}{ending}";
    }

    private async Task<(string?, string?)> SaveAsync(string code, string file, byte[] content, Actor actor, CancellationToken stop)
    {
        string text;
        try
        {
            text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(content).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            return (null, $"{file} is no text in UTF-8. It is not taken.");
        }

        if (await CourseDraft.OfAsync(db, library, code, actor, zone.Today, stop) is not { } draft)
        {
            return (null, "There is no such course.");
        }

        return await save.RunAsync(code, file, text, draft.Saved.GetValueOrDefault(file)?.Id ?? 0, actor, stop) switch
        {
            SaveOutcome.Saved => (file, null),
            SaveOutcome.Refused refused => (null, refused.Reason),
            _ => (null, "Somebody else saved this file just now. Look at theirs, then send yours again."),
        };
    }

    private async Task<(string?, string?)> KeepAsync(string code, string file, byte[] content, Actor actor, CancellationToken stop)
    {
        // The box that every MP4 begins with.
        if (content.Length < 12 || !content.AsSpan(4, 4).SequenceEqual("ftyp"u8))
        {
            return (null, $"{file} is no MP4 recording. It is not taken.");
        }

        if (await CourseDraft.OfAsync(db, library, code, actor, zone.Today, stop) is not { } draft || actor.PersonId is not { } person)
        {
            return (null, "There is no such course.");
        }

        var (hash, now) = (SHA256.HashData(content), zone.Now);
        if (library.Recording(code, file) is null)
        {
            await db.Database.ExecuteSqlAsync($"""
                insert into course_recordings (course_id, file, sha256, content, saved_at, saved_by) values ({draft.Course.Id}, {file}, {hash}, {content}, {now}, {person}) on conflict do nothing
                """, stop);
            if (await db.CourseRecordings.AnyAsync(one => one.CourseId == draft.Course.Id && one.File == file && one.Sha256 == hash, stop))
            {
                return (file, null);
            }
        }

        return (null, $"There is a recording {file} already, and learners may be in the middle of it. Give this one another name.");
    }

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex Other();
}
