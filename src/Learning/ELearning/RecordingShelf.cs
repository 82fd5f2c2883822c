using Learning.Catalogue;

using Microsoft.EntityFrameworkCore;

namespace Learning.ELearning;

/// <summary>Recordings that were sent in the product, as files that a browser can ask parts of. Each is read from the database once on each server.</summary>
public sealed class RecordingShelf
{
    private readonly string folder = Path.Combine(Path.GetTempPath(), $"learning-recordings-{Environment.UserName}");

    private sealed record Kept(Guid Course, byte[] Sha256);

    /// <summary>Where the recording lies here, or null where there is none of that name.</summary>
    public async Task<string?> FindAsync(LearningDb db, string code, string file, CancellationToken stop = default)
    {
        var kept = await db.CourseRecordings.Where(one => one.File == file && db.Courses.ByCode(code).Any(course => course.Id == one.CourseId))
            .Select(one => new Kept(one.CourseId, one.Sha256)).SingleOrDefaultAsync(stop);
        if (kept is null)
        {
            return null;
        }

        var path = Path.Combine(folder, $"{Convert.ToHexStringLower(kept.Sha256)}.mp4");
        if (!File.Exists(path))
        {
            Directory.CreateDirectory(folder);
            var content = await db.CourseRecordings.Where(one => one.CourseId == kept.Course && one.File == file).Select(one => one.Content).SingleAsync(stop);
            // Under another name until it is whole; whoever comes second puts the same in its place.
            var whole = $"{path}.{Guid.CreateVersion7():N}";
            await File.WriteAllBytesAsync(whole, content, stop);
            File.Move(whole, path, overwrite: true);
        }

        return path;
    }
}
