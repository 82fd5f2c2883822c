using System.Diagnostics;
using System.Text.Json;

using Learning.Messages;
using Learning.Tests.Support;
using Learning.Time;

namespace Learning.Tests.Messages;

/// <summary>What a calendar program makes of our entries: read by a parser that is not ours. Created, moved, cancelled and booked again (B13).</summary>
public class ByAnotherParserTests
{
    private static readonly Zone London = Zone.Of(new FakeClock());
    private static readonly Correspondent Organiser = new("Southend Safeguarding Partnership", "unit@partnership.example"), To = new("Zoë O'Neill", "zoe@agency.example");

    [Fact] // B13, T1
    public async Task Put_in_moved_taken_out_and_booked_again_an_entry_is_what_it_says_on_both_sides_of_a_clock_change()
    {
        var first = Entry(0, "2024-10-25 09:30", "2024-10-25 16:00");
        var (put, moved, gone, again) = (
            await ReadAsync(Calendar.Write(first, London, London.Now, Organiser, To)), await ReadAsync(Calendar.Write(Entry(1, "2024-10-28 09:30", "2024-10-28 16:00") with { Id = first.Id }, London, London.Now, Organiser, To)),
            await ReadAsync(Calendar.Write(first with { Cancelled = true, Sequence = 2, Link = null, Description = null }, London, London.Now, Organiser, To)),
            await ReadAsync(Calendar.Write(Entry(1, "2024-10-28 09:30", "2024-10-28 16:00"), London, London.Now, Organiser, To)));

        Assert.Equal(("REQUEST", "REQUEST", "CANCEL", "REQUEST"), (put.Method, moved.Method, gone.Method, again.Method));
        Assert.Equal(("2024-10-25T08:30:00.000Z", "2024-10-28T09:30:00.000Z"), (put.Events[0].Starts, moved.Events[0].Starts));
        Assert.Equal((put.Events[0].Uid, put.Events[0].Uid), (moved.Events[0].Uid, gone.Events[0].Uid));
        Assert.NotEqual(put.Events[0].Uid, again.Events[0].Uid);
        Assert.Equal([0, 1, 2], new[] { put, moved, gone }.Select(one => one.Events[0].Sequence));
        Assert.Equal(("CONFIRMED", "CANCELLED"), (put.Events[0].Status, gone.Events[0].Status));
        Assert.Equal("Graded Care Profile 2; part, one\\two", put.Events[0].Summary);
    }

    [Fact]
    public async Task A_feed_is_a_list_of_events_that_invites_nobody()
    {
        var text = Calendar.Publish("My training", [Entry(0, "2024-03-30 09:30", "2024-03-30 16:00"), Entry(3, "2024-04-01 09:30", "2024-04-01 16:00")], London, London.Now, Organiser);

        var feed = await ReadAsync(new CalendarPart("PUBLISH", text));

        Assert.Equal(("PUBLISH", 2, 0), (feed.Method, feed.Events.Count, feed.Events.Sum(one => one.Attendees)));
        Assert.Equal(["2024-03-30T09:30:00.000Z", "2024-04-01T08:30:00.000Z"], feed.Events.Select(one => one.Starts));
        Assert.Equal("PUBLISH", (await ReadAsync(new CalendarPart("PUBLISH", Calendar.Publish("Empty", [], London, London.Now, Organiser)))).Method);
    }

    private static CalendarEntry Entry(int sequence, string starts, string ends) => new()
    {
        Id = Guid.CreateVersion7(), Sequence = sequence, Title = "Graded Care Profile 2; part, one\\two", Place = "Estuary Hall, Southend", Description = "Join online: https://meet.example/x", Link = "https://meet.example/x",
        Parts = [new CalendarTimes(null, DateTime.Parse(starts), DateTime.Parse(ends))],
    };

    private sealed record Seen(string Method, List<SeenEvent> Events);

    private sealed record SeenEvent(string Uid, int Sequence, string Status, string Summary, string? Location, string? Description, string Starts, string Ends, string? Recurrence, int Attendees);

    private static async Task<Seen> ReadAsync(CalendarPart part)
    {
        var start = new ProcessStartInfo("node", [Path.Combine(NamedInDocuments.Root, "src", "Browser", "checks", "calendar.mjs")]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["TZ"] = "UTC";
        using var node = Process.Start(start)!;
        var (said, complaint) = (node.StandardOutput.ReadToEndAsync(), node.StandardError.ReadToEndAsync());
        await node.StandardInput.WriteAsync(part.Text);
        node.StandardInput.Close();
        await node.WaitForExitAsync();
        Assert.True(node.ExitCode == 0, await complaint);
        var seen = JsonSerializer.Deserialize<Seen>(await said, JsonSerializerOptions.Web)!;
        // RFC 6047: the method of the mail's part is the body's.
        Assert.Equal(part.Method, seen.Method);
        return seen;
    }
}
