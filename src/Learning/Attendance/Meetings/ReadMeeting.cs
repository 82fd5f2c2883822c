using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

using Learning.Time;

namespace Learning.Attendance.Meetings;

/// <summary>
/// Reads the reports of one meeting that Teams, Zoom or Meet give (A8): one file or several, such as of a meeting that was begun again. Records nothing. Refused with one sentence, by the number of the file
/// where there are several: what is no report, in another language, damaged, not whole, of another meeting, or open to two readings of its days where nobody says when it was.
/// </summary>
public static partial class ReadMeeting
{
    /// <summary>Bytes of a file: a report of a thousand people who came ten times each is a third of it.</summary>
    public const int LargestFile = 5_242_880;

    /// <summary>Files of one meeting.</summary>
    public const int MostFiles = 12;

    /// <summary>People of one meeting.</summary>
    public const int MostPeople = 3000;

    /// <param name="known">When the meeting was, where that is known.</param>
    public static MeetingRead Of(IReadOnlyList<MeetingFile> files, MeetingDays? known, Zone zone)
    {
        if (files.Count is 0 or > MostFiles)
        {
            return new MeetingRead.Refused(files.Count == 0 ? "Choose the report." : $"These are {files.Count} files. Send at most {MostFiles} of one meeting.");
        }

        var read = new List<(ReportFile File, DayOrder Order, DateOnly? Plain)>();
        foreach (var (file, number) in files.Select((file, number) => (file, number + 1)))
        {
            MeetingRead.Refused Refused(string sentence) => new(files.Count == 1 ? sentence : $"File {number}: {sentence}");
            if (WhyNot(file.Content.LongLength) is { } wrong)
            {
                return Refused(wrong);
            }

            var (text, unread) = ReportText.Of(file.Content);
            if (text is null)
            {
                return Refused(unread!);
            }

            var (report, none) = ReadReport.Of(text);
            if (report is null)
            {
                return Refused(none!);
            }

            var (order, plain, elsewhere) = ReportDays.Of([.. report.Times], known, DayOf(file.Name));
            if (elsewhere is not null)
            {
                return Refused(elsewhere);
            }

            read.Add((report, order, plain));
        }

        var (people, impossible) = MeetingPeople.Of(read, zone);
        return people is null ? new MeetingRead.Refused(impossible!)
            : people.Count > MostPeople ? new MeetingRead.Refused($"It names {people.Count} people, which is more than the {MostPeople} of one meeting.")
            : new MeetingRead.Report(new MeetingReport(string.Join('+', read.Select(one => one.File.Kind).Distinct()), people));
    }

    /// <summary>Why a file of so many bytes is not even looked at; null: it is.</summary>
    public static string? WhyNot(long bytes) =>
        bytes == 0 ? "It is empty. Download the report again." : bytes > LargestFile ? $"It is larger than {LargestFile / 1_048_576} MB, which no report of a meeting is." : null;

    /// <summary>By what a file is known again.</summary>
    public static byte[] Hash(byte[] content) => SHA256.HashData(content);

    // Meet's files have the day in their names, and not always inside.
    private static DateOnly? DayOf(string name) => InName().Match(name) is { Success: true } match
        && DateOnly.TryParseExact($"{match.Groups["y"]}-{match.Groups["m"]}-{match.Groups["d"]}", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    [GeneratedRegex(@"(?<![0-9])(?<y>20[0-9]{2})[-_/.](?<m>[0-9]{2})[-_/.](?<d>[0-9]{2})(?![0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex InName();
}
