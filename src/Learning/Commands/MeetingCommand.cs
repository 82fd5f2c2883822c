using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

using Learning.Attendance.Meetings;
using Learning.Time;

namespace Learning.Commands;

/// <summary>
/// <c>learning meeting FILE… [--starts "2026-11-20 09:30"]</c>: what the reports of one meeting of Teams, Zoom or Meet say (A8), as JSON <c>{kind, people:[{name, email, minutes, joins:[{from,to}]}]}</c> on
/// standard output, times with the offset of the installation's zone. Records nothing and needs no database; exit 1 and the reason where a file is none, is not whole or is of another meeting.
/// </summary>
internal static class MeetingCommand
{
    // Of a meeting that began then, somebody was there within so many hours.
    private const int Hours = 12;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Make()
    {
        // The folder of a database is taken, as by every command, and not opened.
        var files = new Argument<FileInfo[]>("FILE") { Description = "A report as it was downloaded; several of one meeting are counted together", Arity = ArgumentArity.OneOrMore };
        var starts = new Option<string?>("--starts") { Description = "When the meeting began, such as \"2026-11-20 09:30\": where a report does not say which number is the month, or no day", HelpName = "WHEN" };
        starts.Validators.Add(result =>
        {
            if (Start(result.GetValueOrDefault<string>()) is null)
            {
                result.AddError("--starts is a day and a time, such as \"2026-11-20 09:30\".");
            }
        });
        var command = new Command("meeting", "Say what an attendance report of Teams, Zoom or Meet says; nothing is recorded") { files, starts, CommandLine.Data };
        command.SetAction((parsed, stop) => RunAsync(parsed.GetValue(files)!, parsed.GetValue(starts), Zone.Of(TimeProvider.System), Console.Out, stop));
        return command;
    }

    internal static async Task<int> RunAsync(IReadOnlyList<FileInfo> files, string? starts, Zone zone, TextWriter output, CancellationToken stop)
    {
        var read = new List<MeetingFile>();
        foreach (var file in files)
        {
            if (!file.Exists)
            {
                throw new CommandException($"There is no file {file}.", 2);
            }

            if (ReadMeeting.WhyNot(file.Length) is { } wrong)
            {
                throw new CommandException($"{file.Name}: {wrong}");
            }

            try
            {
                read.Add(new MeetingFile(file.Name, await File.ReadAllBytesAsync(file.FullName, stop)));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new CommandException($"{file.Name} cannot be read: {e.Message}");
            }
        }

        var begun = Start(starts);
        var day = begun is { } one ? DateOnly.FromDateTime(one) : (DateOnly?)null;
        switch (ReadMeeting.Of(read, day is { } known ? new MeetingDays(known, known) : null, zone))
        {
            case MeetingRead.Report { Said: var said }:
                if (begun is { } local && zone.InstantOf(local) is var at && !said.People.SelectMany(person => person.Joins).Any(join => join.To >= at && join.From < at.AddHours(Hours)))
                {
                    throw new CommandException($"It is of another meeting: nobody was there in the {Hours} hours after {British.Moment(local)}.");
                }

                await output.WriteLineAsync(JsonSerializer.Serialize(
                    new
                    {
                        said.Kind,
                        People = said.People.Select(person => new
                        {
                            person.Name, person.Email, person.Minutes, Joins = person.Joins.Select(join => new { From = Written(join.From, zone), To = Written(join.To, zone) }),
                        }),
                    }, Json));
                return 0;
            case MeetingRead.Refused refused:
                throw new CommandException(files.Count == 1 ? $"{files[0].Name}: {refused.Sentence}" : refused.Sentence);
            default:
                throw new InvalidOperationException("Files are read or refused.");
        }
    }

    private static string Written(DateTimeOffset instant, Zone zone)
    {
        var local = zone.LocalOf(instant);
        return new DateTimeOffset(local, local - instant.UtcDateTime).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
    }

    private static DateTime? Start(string? text) => DateTime.TryParseExact(
        text?.Trim(), ["yyyy-MM-dd HH:mm", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var start) ? start : null;
}
