using System.Diagnostics;
using System.Text;
using System.Text.Json;

using Learning.Bookings;
using Learning.Messages;
using Learning.Tests.Support;
using Learning.Time;

namespace Learning.Tests.Messages;

/// <summary>What a calendar program makes of our entries: read by a parser that is not ours. Created, moved, cancelled and booked again (B13).</summary>
public class ByAnotherParserTests(Ground ground) : IClassFixture<Ground>
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

    [Theory] // M1, B13
    [InlineData("booking-confirmed", BookingState.Confirmed, "{}", "REQUEST")]
    [InlineData("booking-cancelled", BookingState.Cancelled, """{"held": true}""", "CANCEL")]
    [InlineData("place-offered", BookingState.Offered, """{"endsAt": "2024-05-16T08:00:00Z"}""", null)]
    public async Task A_mail_as_it_comes_over_the_wire_is_text_HTML_and_calendar_with_its_headers_whatever_the_names(string kind, BookingState state, string data, string? method)
    {
        await using var room = new PostRoom(ground);
        var owner = await ground.Given.Agency();
        var (course, organiser) = (await ground.Given.Course(owner: owner, title: $"Zoë’s “day”\r\nBcc: all@agency.example {new string('x', 1100)}"), await ground.Given.Person(owner, given: "Ögi", family: "山田, \"O’Neill\""));
        await ground.Given.Save(new Learning.Catalogue.CourseOrganiser { CourseId = course.Id, PersonId = organiser.Id });
        var person = await ground.Given.Person(given: "Zoë\r\nX-Evil: yes", family: "山田 <x@y.example>");
        var booking = await ground.Given.Booking(await ground.Given.Session(course), person, state);
        await using (var db = ground.Db())
        await using (var transaction = await db.Database.BeginTransactionAsync())
        {
            await Outbox.QueueAsync(db, ground.Zone.Now, [new Outgoing { Kind = kind, PersonId = person.Id, SubjectId = booking.Id, SessionId = booking.SessionId, Why = "A test.", Data = JsonDocument.Parse(data).RootElement }]);
            await transaction.CommitAsync();
        }

        await ground.Sql($"update bookings set offer_ends_at = '2024-05-16 08:00Z' where id = '{booking.Id}' and state = 'offered'");
        await room.SendAsync();
        var mail = await MailAsync(Assert.Single(room.Sink.Mails).Raw);

        Assert.InRange(mail.Longest, 1, 998);
        Assert.False(mail.Bare);
        Assert.NotNull(mail.Date);
        Assert.Equal("auto-generated", mail.AutoSubmitted);
        Assert.EndsWith("@partnership.example>", mail.MessageId);
        Assert.DoesNotContain("x-evil", mail.Headers);
        Assert.DoesNotContain("bcc", mail.Headers);
        Assert.Equal(mail.Headers.Distinct().Count(), mail.Headers.Count);
        Assert.Equal("Zoë X-Evil: yes 山田 <x@y.example>", Assert.Single(mail.To).Name);
        Assert.Equal("Ögi 山田, \"O’Neill\"", Assert.Single(mail.ReplyTo).Name);
        Assert.Contains("Zoë’s “day” Bcc: all@agency.example", mail.Subject);
        Assert.Contains("Zoë’s “day” Bcc: all@agency.example xxx", mail.Text);
        Assert.Contains("Zoë’s “day” Bcc: all@agency.example xxx", new AngleSharp.Html.Parser.HtmlParser().ParseDocument(mail.Html).Body!.TextContent);
        var calendars = mail.Parts.Where(part => part.Type == "text/calendar").ToList();
        Assert.Equal(method is null ? [] : [method], calendars.Select(part => part.Method!));
        foreach (var part in calendars)
        {
            var seen = await ReadAsync(new CalendarPart(method!, part.Content));
            Assert.Equal(1, seen.Events[0].Attendees);
            Assert.Contains(mail.Parts, file => file.Type == "application/ics" && file.Name == "session.ics" && file.Content == part.Content);
        }
    }

    private sealed record SeenMail(SeenAddress From, List<SeenAddress> To, List<SeenAddress> ReplyTo, string Subject, string MessageId, string? Date, string Text, string Html, List<string> Headers, string? AutoSubmitted, int Longest, bool Bare, List<SeenPart> Parts);

    private sealed record SeenAddress(string Name, string Address);

    private sealed record SeenPart(string Type, string? Method, string? Name, string? Disposition, string Content);

    private static async Task<SeenMail> MailAsync(string raw) => JsonSerializer.Deserialize<SeenMail>(await NodeAsync("mail.mjs", raw), JsonSerializerOptions.Web)!;

    private static CalendarEntry Entry(int sequence, string starts, string ends) => new()
    {
        Id = Guid.CreateVersion7(), Sequence = sequence, Title = "Graded Care Profile 2; part, one\\two", Place = "Estuary Hall, Southend", Description = "Join online: https://meet.example/x", Link = "https://meet.example/x",
        Parts = [new CalendarTimes(null, DateTime.Parse(starts), DateTime.Parse(ends))],
    };

    private sealed record Seen(string Method, List<SeenEvent> Events);

    private sealed record SeenEvent(string Uid, int Sequence, string Status, string Summary, string? Location, string? Description, string Starts, string Ends, string? Recurrence, int Attendees);

    private static async Task<Seen> ReadAsync(CalendarPart part)
    {
        var seen = JsonSerializer.Deserialize<Seen>(await NodeAsync("calendar.mjs", part.Text), JsonSerializerOptions.Web)!;
        // RFC 6047: the method of the mail's part is the body's.
        Assert.Equal(part.Method, seen.Method);
        return seen;
    }

    private static async Task<string> NodeAsync(string script, string text)
    {
        var start = new ProcessStartInfo("node", [Path.Combine(NamedInDocuments.Root, "src", "Browser", "checks", script)])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, StandardInputEncoding = script == "mail.mjs" ? Encoding.Latin1 : null,
        };
        start.Environment["TZ"] = "UTC";
        using var node = Process.Start(start)!;
        var (said, complaint) = (node.StandardOutput.ReadToEndAsync(), node.StandardError.ReadToEndAsync());
        await node.StandardInput.WriteAsync(text);
        node.StandardInput.Close();
        await node.WaitForExitAsync();
        Assert.True(node.ExitCode == 0, await complaint);
        return await said;
    }
}
