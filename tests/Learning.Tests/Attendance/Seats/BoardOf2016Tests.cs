using System.Globalization;

using Learning.Attendance;
using Learning.Attendance.Seats;
using Learning.People;
using Learning.Tests.Support;

namespace Learning.Tests.Attendance.Seats;

/// <summary>The board table of the partnership's report of 2016/17: entered seat by seat, each meeting's register taken and signed, and read back. People and agencies are invented; the counts are the report's.</summary>
public class BoardOf2016Tests(Ground ground) : IClassFixture<Ground>
{
    // A attended, D by a deputy, P apologies, - no apology, V vacant, N not appointed. Five seats never came; two lay members are two seats.
    private static readonly (string Seat, string Says)[] Report =
    [
        ("Independent chair", "AAAA"), ("Director of Children’s Services", "ADAA"), ("Lay member", "AAVV"), ("Lay member 2", "AVVA"), ("Lead member for children", "NAAA"), ("Adult social care", "NAAA"),
        ("Early help", "PAAP"), ("Education", "PAAP"), ("Schools, primary", "PDAP"), ("Schools, secondary", "-AAP"), ("Further education", "PAAA"), ("Housing", "APAA"), ("Public protection", "AAPP"),
        ("Youth offending service", "AAPP"), ("Essex Police", "AA-P"), ("Probation service", "AAA-"), ("Community rehabilitation", "AAAA"), ("Cafcass", "AAAA"), ("Clinical commissioning group", "AADA"),
        ("Designated doctor", "AAAA"), ("Designated nurse", "AAAA"), ("Hospital trust", "AAA-"), ("Mental health trust", "AAAA"), ("Voluntary sector", "AAAA"),
        ("Community lay member", "----"), ("Ambulance trust", "PP--"), ("NHS England", "P-PP"), ("Pre-school learning", "PP-P"), ("Public health", "--PP"),
    ];

    private static readonly string[] Meetings = ["2016-06-14", "2016-09-13", "2016-12-13", "2017-03-14"];

    [Fact] // A1, A6, F3
    public async Task Twenty_nine_seats_and_four_meetings_read_back_as_the_report_has_them()
    {
        // Entered years later, by whoever keeps the history.
        ground.Clock.Set("2024-05-15 16:00");
        var board = await Board.Open(ground);
        var seats = new Dictionary<string, (Guid Id, Person[] Holders)>();
        foreach (var (seat, says) in Report) seats[seat] = (await board.Add(seat, "2016-04-01"), await HoldersAsync(board, seat, says));
        foreach (var (seat, says) in Report) await AppointAsync(board, seats[seat].Id, says, seats[seat].Holders);

        for (var number = 0; number < Meetings.Length; number++)
        {
            var meeting = await Hall.Of(ground, board.Course, $"{Meetings[number]} 10:00 to 12:00");
            var marks = new List<MarkEntry>();
            foreach (var (seat, says) in Report)
            {
                var holder = seats[seat].Holders[says[..number].Contains('V') ? ^1 : 0];
                if (says[number] is not ('V' or 'N')) marks.Add(meeting.Mark(holder.Id, Kind(says[number]), substitute: says[number] == 'D' ? (await ground.Given.Person(given: "Deputy")).Id : null));
            }

            // Empty seats are there without a press.
            Assert.Equal(29 - marks.Count, (await meeting.Sheet()).Seats.Count);
            await meeting.Sent("tablet", [.. marks]);
            Assert.IsType<SignOutcome.Signed>(await meeting.Sign());
        }

        var table = (await board.Table("2016-04-01", "2017-04-01"))!;
        Assert.Equal((29, 4), (table.Rows.Count, table.Meetings.Count));
        Assert.Equal([72, 0, 24, 14, 4, 2, 0], Enum.GetValues<SeatCame>().Select(came => table.Total(came)));
        Assert.Equal([17, 22, 19, 14], Enumerable.Range(0, 4).Select(meeting => table.Total(SeatCame.Attended, meeting)));
        Assert.Equal(Report.Select(row => $"{row.Seat} {row.Says}"), table.Rows.Select(row => $"{row.Seat} {string.Concat(row.Cells.Select(Letter))}"));
        Assert.Equal("4 meetings, 29 seats: 72 attended, 24 apologies, 14 no apology, 4 vacant, 2 not appointed.", BoardWords.Sentence(table));
        Assert.StartsWith("Of 110 times that a seat had a holder at a meeting, the holder or a deputy came 72: 65.5%.", BoardWords.Share(table));
        Assert.Equal(5, table.Rows.Count(row => row.Count(SeatCame.Attended) == 0));

        var visitor = await (await ground.SiteAsync()).SignedInAsync(board.Unit.Id);
        var page = await visitor.Get($"/manage/courses/{board.Course.Code}/seats/attendance?from=2016-04-01&to=2017-03-31");
        Assert.Contains("72 attended, 24 apologies, 14 no apology, 4 vacant, 2 not appointed.", page.Text);
        Assert.Equal(["Attended", "17", "22", "19", "14", "72", "", "", "", ""], page.Document.QuerySelectorAll("tfoot tr:first-child > *").Select(cell => cell.TextContent.Trim()));
        Assert.Equal(29, page.Document.QuerySelectorAll("tbody tr").Length);
        var csv = await visitor.Http.GetStringAsync($"/manage/courses/{board.Course.Code}/seats/attendance.csv?from=2016-04-01&to=2017-03-31");
        Assert.Equal("Lay member 2,,Attended,Vacant,Vacant,Attended,2,0,0,0,2,0,0", csv.Split("\r\n").Single(line => line.StartsWith("Lay member 2", StringComparison.Ordinal)));
        Assert.Equal(30, csv.TrimEnd().Split("\r\n").Length);

        // A vacant seat is nobody: what a figure counts is people's marks alone.
        Assert.Equal(110L, await ground.Sql<long>($"select count(*) from marks m join sessions s on s.id = m.session_id where s.course_id = '{board.Course.Id}' and m.person_id is not null"));
    }

    // A seat that was vacant and is attended afterwards was held by two people.
    private async Task<Person[]> HoldersAsync(Board board, string seat, string says) => says is "AVVA"
        ? [await ground.Given.Person(given: "First"), await ground.Given.Person(given: "Second")] : [await ground.Given.Person(given: seat.Split(' ')[0])];

    private static async Task AppointAsync(Board board, Guid seat, string says, Person[] holders)
    {
        string Before(int meeting) => DateOnly.Parse(Meetings[meeting], CultureInfo.InvariantCulture).AddDays(-20).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var first = says.LastIndexOf('N') is >= 0 and var last ? Before(last + 1) : "2016-04-01";
        var vacant = says.IndexOf('V', StringComparison.Ordinal);
        await board.Fill(seat, holders[0], first, vacant < 0 ? null : Before(vacant));
        if (holders.Length > 1) await board.Fill(seat, holders[1], Before(says.LastIndexOf('V') + 1));
    }

    private static MarkKind Kind(char says) => says switch { 'A' => MarkKind.Attended, 'D' => MarkKind.Substitute, 'P' => MarkKind.Apologies, _ => MarkKind.Dna };

    private static char Letter(BoardCell? cell) => cell switch
    {
        { Deputy: true } => 'D', { Came: SeatCame.Attended } => 'A', { Came: SeatCame.Apologies } => 'P', { Came: SeatCame.NoApology } => '-', { Came: SeatCame.Vacant } => 'V', { Came: SeatCame.NotAppointed } => 'N', _ => '?',
    };
}
