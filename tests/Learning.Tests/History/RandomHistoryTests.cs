using Xunit;

namespace Learning.Tests.History;

/// <summary>The random histories hold what they promise: without this, a product that ignored half the rules could agree with the count.</summary>
public sealed class RandomHistoryTests : IDisposable
{
    private const int Seeds = 60;

    private readonly string _folder = Directory.CreateTempSubdirectory("learning-random-history-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private HistoryFiles Written(int seed)
    {
        var folder = Path.Combine(_folder, seed.ToString(System.Globalization.CultureInfo.InvariantCulture));
        RandomHistory.Write(folder, seed);
        return new HistoryFiles(folder);
    }

    [Fact]
    public void The_same_seed_writes_the_same_files()
    {
        RandomHistory.Write(Path.Combine(_folder, "a"), 7);
        RandomHistory.Write(Path.Combine(_folder, "b"), 7);
        Assert.All(Directory.GetFiles(Path.Combine(_folder, "a")), file => Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(Path.Combine(_folder, "b", Path.GetFileName(file)))));
    }

    [Fact]
    public void Every_hard_case_of_the_rules_is_among_them()
    {
        var met = new HashSet<string>();
        for (var seed = 0; seed < Seeds; seed++)
        {
            var files = Written(seed);
            foreach (var mark in files.Marks)
            {
                var rows = files.Marks.Where(other => other.Session == mark.Session && other.Person == mark.Person && other.Part == mark.Part && other.Line != mark.Line).ToList();
                var session = files.Sessions.Single(session => session.Ref == mark.Session);
                Meet("a correction above the row that it corrects", rows.Exists(other => other.MarkedAt < mark.MarkedAt && other.Line > mark.Line));
                Meet("two rows of one instant", rows.Exists(other => other.MarkedAt == mark.MarkedAt && other.What != mark.What));
                Meet("a substitute withdrawn by a correction", mark.What.StartsWith("substitute:", StringComparison.Ordinal) && rows.Exists(other => other.MarkedAt > mark.MarkedAt && !other.What.StartsWith("substitute:", StringComparison.Ordinal)));
                Meet("a walk-in", mark.Person is not null && !files.Bookings.Exists(booking => booking.Session == mark.Session && booking.Person == mark.Person));
                Meet("a register weeks late", mark.MarkedAt > session.Ends.Instant.AddDays(30));
                Meet("a seat", mark.Seat.Length > 0);
                Meet("in part without minutes", mark is { What: "part", Minutes: null });
                Meet("in part, exactly 75%", mark.What == "part" && mark.Minutes * 4 == 3 * (decimal)(session.Ends.Instant - session.Starts.Instant).TotalMinutes);
                Meet("an agency on the mark", mark.Agency.Length > 0);
                Meet("a mark on a planned session", session.Status == "planned");
            }
            foreach (var session in files.Sessions)
            {
                Meet("minutes before midnight of 31 March", session.Starts.Wall == new DateTime(2024, 3, 31, 23, 55, 0));
                Meet("minutes after midnight of 31 March", session.Starts.Wall == new DateTime(2024, 4, 1, 0, 5, 0));
                Meet("parts across the year's end", session.Starts.Date < new DateOnly(2024, 4, 1) && files.Parts.Exists(part => part.Session == session.Ref && part.Starts.Date >= new DateOnly(2024, 4, 1)));
                var bookings = files.Bookings.Where(booking => booking.Session == session.Ref).ToList();
                Meet("more people than places", session.Status == "held" && bookings.Count(booking => booking.Status == "confirmed") > session.Capacity);
                Meet("a booking without a mark", session.Status == "held" && bookings.Exists(booking => booking.Status == "confirmed" && !files.Marks.Exists(mark => mark.Session == session.Ref && mark.Person == booking.Person)));
                Meet("cancelled after the start", bookings.Exists(booking => booking.CancelledAt > session.Starts.Instant));
                Meet("a cancelled session", session.Status == "cancelled");
            }
            Meet("a mover", files.People.Exists(person => person.Employments.Count > 1));
            Meet("two addresses", files.People.Exists(person => person.Addresses.Count > 1));
            Meet("a programme of no row", files.Courses.Exists(course => course.Programmes.Contains("PC")));
        }
        Assert.Equal(Cases.Order(), met.Order());

        void Meet(string what, bool is_)
        {
            if (is_)
                met.Add(what);
        }
    }

    private static readonly string[] Cases =
    [
        "a correction above the row that it corrects", "two rows of one instant", "a substitute withdrawn by a correction", "a walk-in", "a register weeks late", "a seat",
        "in part without minutes", "in part, exactly 75%", "an agency on the mark", "a mark on a planned session", "minutes before midnight of 31 March",
        "minutes after midnight of 31 March", "parts across the year's end", "more people than places", "a booking without a mark", "cancelled after the start", "a cancelled session",
        "a mover", "two addresses", "a programme of no row",
    ];

    [Fact]
    public void Planned_sessions_keep_the_rules_of_booking() // B2, B3: H5 pardons only the past
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            var files = Written(seed);
            foreach (var session in files.Sessions.Where(session => session.Status == "planned"))
                Assert.True(files.Bookings.Count(booking => booking.Session == session.Ref && booking.Status == "confirmed") <= session.Capacity);
            foreach (var live in files.Bookings.Where(booking => booking.Status != "cancelled").GroupBy(booking => (booking.Session, booking.Person)))
                Assert.Single(live);
        }
    }

    [Fact]
    public void The_questions_have_answers_that_differ_from_instant_to_instant()
    {
        var measures = new HashSet<string>();
        var changed = 0;
        for (var seed = 0; seed < 25; seed++)
        {
            var files = Written(seed);
            var count = new IndependentCount(files);
            foreach (var question in RandomQuestions.About(files, seed, 20))
            {
                var then = count.Count(question).Value;
                if (then is not null and not 0)
                    measures.Add(question.Measure);
                if (then != count.Count(question with { AsAt = question.AsAt.AddYears(5) }).Value)
                    changed++;
            }
        }
        Assert.Equal(13, measures.Count);
        Assert.InRange(changed, 50, int.MaxValue);
    }
}
