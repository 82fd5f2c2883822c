using System.Text;
using System.Text.Json;

using Learning.Commands;
using Learning.Tests.Attendance.Meetings;
using Learning.Time;

namespace Learning.Tests.Commands;

/// <summary><c>learning meeting FILE…</c>: what a report says, as the contract has it (A8).</summary>
public sealed class MeetingTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("learning-meeting-");

    [Fact]
    public async Task It_prints_kind_people_minutes_and_joins_and_nothing_else()
    {
        var (code, output) = await Run(null, ("report.csv", WrittenReports.Forms["Teams, sections, UTF-16, tabs, US"].Write(WrittenReports.Full(new(2026, 6, 18, 9, 30, 0))).Content));
        Assert.Equal(0, code);
        using var json = JsonDocument.Parse(output);
        Assert.Equal(["kind", "people"], json.RootElement.EnumerateObject().Select(property => property.Name));
        Assert.Equal("teams", json.RootElement.GetProperty("kind").GetString());
        var host = json.RootElement.GetProperty("people")[0];
        Assert.Equal("""{"name":"Joe Trainer","email":"joe.trainer@hospital.example","minutes":115,"joins":[{"from":"2026-06-18T09:10:00+01:00","to":"2026-06-18T11:05:00+01:00"}]}""", host.GetRawText());
        var phone = json.RootElement.GetProperty("people").EnumerateArray().Single(person => person.GetProperty("name").GetString() == "iPhone");
        Assert.Equal((JsonValueKind.Null, 167), (phone.GetProperty("email").ValueKind, phone.GetProperty("minutes").GetInt32()));
    }

    [Theory]
    [InlineData(null, "report.csv: It may be of ")]
    [InlineData("2026-05-05 09:30", "report.csv: It is of another meeting: ")]
    [InlineData("2026-04-03 12:00", null)]
    [InlineData("2026-04-03 19:00", "It is of another meeting: nobody was there in the 12 hours after Friday 3 April 2026, 7pm.")]
    public async Task A_day_with_two_readings_is_asked_for_and_another_meeting_is_refused(string? starts, string? sentence)
    {
        var report = ("report.csv", WrittenReports.Forms["Teams, one table of 2021, UK, commas"].Write(WrittenReports.Full(new(2026, 4, 3, 9, 30, 0))).Content);
        if (sentence is null)
        {
            Assert.Equal(0, (await Run(starts, report)).Code);
        }
        else
        {
            var refused = await Assert.ThrowsAsync<CommandException>(() => Run(starts, report));
            Assert.StartsWith(sentence, refused.Message);
            Assert.Equal(1, refused.ExitCode);
        }
    }

    [Fact]
    public async Task What_is_too_large_is_not_even_read_and_what_is_not_there_is_wrong_usage()
    {
        Assert.StartsWith("big.csv: It is larger than 5 MB", (await Assert.ThrowsAsync<CommandException>(() => Run(null, ("big.csv", new byte[50_000_000])))).Message);
        Assert.Equal(2, (await Assert.ThrowsAsync<CommandException>(() => MeetingCommand.RunAsync([new FileInfo(Path.Combine(folder.FullName, "none.csv"))], null, Zone.Of(TimeProvider.System), TextWriter.Null, default))).ExitCode);
    }

    public void Dispose() => folder.Delete(recursive: true);

    private async Task<(int Code, string Output)> Run(string? starts, params (string Name, byte[] Content)[] files)
    {
        var written = new List<FileInfo>();
        foreach (var (name, content) in files)
        {
            written.Add(new FileInfo(Path.Combine(folder.FullName, name)));
            await File.WriteAllBytesAsync(written[^1].FullName, content);
        }

        var output = new StringWriter(new StringBuilder());
        return (await MeetingCommand.RunAsync(written, starts, Zone.Of(TimeProvider.System), output, default), output.ToString());
    }
}
