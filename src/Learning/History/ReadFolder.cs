using Learning.Database;
using Learning.Time;

namespace Learning.History;

/// <summary>Reads the files of a folder, in the order in which they build on one another, and finds everything that is wrong with them (H1 to H3).</summary>
internal sealed class ReadFolder(Story story, Zone zone, IProgress<ImportProgress>? progress)
{
    /// <summary>Reads everything into the story. Other files than *.csv, and hidden ones, are left alone.</summary>
    public async Task FromAsync(string folder, CancellationToken stop)
    {
        var files = FilesOf(folder);
        await ReadAsync(files, Format.Agencies, sheet => ReadAgencies.From(sheet, story), "code", story.Agencies.ExcuseAll, stop);
        await ReadAsync(files, Format.People, sheet => ReadPeople.From(sheet, story), "email", story.People.ExcuseAll, stop);
        await ReadAsync(files, Format.Programmes, sheet => ReadCourses.Programmes(sheet, story), "code", story.Programmes.ExcuseAll, stop);
        await ReadAsync(files, Format.Courses, sheet => ReadCourses.Courses(sheet, story), "code", story.Courses.ExcuseAll, stop);
        await ReadAsync(files, Format.Sessions, sheet => ReadSessions.From(sheet, story, zone), "ref", story.Sessions.ExcuseAll, stop);
        await ReadAsync(files, Format.Parts, sheet => ReadParts.From(sheet, story, zone), "part", () => ReadParts.DoubtAll(story), stop);
        ReadParts.Complete(story);
        await ReadAsync(files, Format.Bookings, sheet => ReadBookings.From(sheet, story), null, null, stop);
        await ReadAsync(files, Format.Attendance, sheet => ReadMarks.Attendance(sheet, story, rows => progress?.Report(new("attendance.csv", rows))), null, null, stop);
        await ReadAsync(files, Format.Completions, sheet => ReadCompletions.From(sheet, story, zone.DateOf(story.Now)), null, null, stop);
    }

    // Where nothing can be read of a file, or its names cannot, what it would have brought is not called unknown.
    private async Task ReadAsync(Dictionary<Format, string> files, Format format, Action<Sheet> read, string? brings, Action? excuse, CancellationToken stop)
    {
        if (!files.TryGetValue(format, out var path))
        {
            return;
        }

        stop.ThrowIfCancellationRequested();
        progress?.Report(new(format.File, 0));
        var source = await SourceFile.ReadAsync(format, path, story.Findings, stop);
        var sheet = source is null ? null : Sheet.Open(format, source, story.Findings);
        if (sheet is null || (brings is not null && !sheet.Has(brings)))
        {
            excuse?.Invoke();
        }

        if (sheet is not null)
        {
            read(sheet);
        }
    }

    private Dictionary<Format, string> FilesOf(string folder)
    {
        var files = new Dictionary<Format, string>();
        var unknown = new List<string>();
        foreach (var path in PathsIn(folder))
        {
            var name = Path.GetFileName(path);
            if (name.StartsWith('.') || name.StartsWith('~') || !name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            if (Format.All.FirstOrDefault(format => format.File.Equals(name, StringComparison.OrdinalIgnoreCase)) is not { } known)
            {
                unknown.Add(path);
            }
            else if (!files.TryAdd(known, path))
            {
                story.Findings.Mistake(new Place(known.Order, name, 1, 1), $"{Path.GetFileName(files[known])} is there too");
            }
        }

        foreach (var path in unknown)
        {
            Unknown(path, files);
        }

        if (files.Count == 0 && unknown.Count == 0 && !story.Findings.AnyMistake)
        {
            story.Findings.Mistake(new Place(Format.OtherOrder, folder, 1, 1), $"the folder has none of {string.Join(", ", Format.All.Select(format => format.File))}");
        }

        return files;
    }

    private List<string> PathsIn(string folder)
    {
        try
        {
            return [.. Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            story.Findings.Mistake(new Place(Format.OtherOrder, folder, 1, 1), $"the folder cannot be read: {e.Message}");
            return [];
        }
    }

    // A file that was clearly mistyped, and whose right name is not there, is read as what it was meant to be, so that one slip is one mistake.
    private void Unknown(string path, Dictionary<Format, string> files)
    {
        var name = Path.GetFileName(path);
        var nearest = Nearest.Of(name, Format.All.Select(format => format.File))!;
        story.Findings.Mistake(new Place(Format.OtherOrder, name, 1, 1), $"unknown file; the nearest known name is {nearest}");
        if (Nearest.Slips(name, nearest) <= 3)
        {
            files.TryAdd(Format.All.First(format => format.File == nearest), path);
        }
    }
}
