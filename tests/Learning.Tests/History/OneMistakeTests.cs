using Learning.Csv;
using Learning.History;
using Learning.People;
using Learning.Tests.Support;

namespace Learning.Tests.History;

/// <summary>H1: whichever one value of a good folder is made bad, the report has one line, and it is about that value.</summary>
public sealed class OneMistakeTests(Ground ground) : IClassFixture<Ground>
{
    private const int Slips = 80;

    // What is bad in each column, whatever else the row says. A value that is missing is "".
    private static readonly Dictionary<string, string[]> Bad = new()
    {
        ["agencies.csv name"] = [""], ["agencies.csv sector"] = [""], ["agencies.csv statutory_partner"] = ["", "perhaps"], ["agencies.csv email_domains"] = ["nowhere"],
        ["agencies.csv headcount"] = ["-1", "many"], ["agencies.csv parent"] = ["NOBODY"],
        ["people.csv email"] = ["@ left out", "@ twice", "no end"], ["people.csv given_name"] = [""], ["people.csv family_name"] = [""], ["people.csv agency"] = ["", "NOBODY"],
        ["people.csv workforce"] = ["", "everyone"], ["people.csv from"] = ["", "2024-02-30"], ["people.csv to"] = ["tomorrow"], ["people.csv aliases"] = ["alias"],
        ["programmes.csv title"] = [""], ["programmes.csv starts_on"] = ["soon"],
        ["courses.csv title"] = [""], ["courses.csv kind"] = ["", "lecture"], ["courses.csv owner"] = ["", "NOBODY"], ["courses.csv boards"] = ["", "some"], ["courses.csv validity_months"] = ["0"],
        ["courses.csv cpd_hours"] = ["1.234"], ["courses.csv published_on"] = ["", "2024-02-30"], ["courses.csv withdrawn_on"] = ["1999-01-01"],
        ["sessions.csv course"] = ["", "NONE"], ["sessions.csv starts"] = ["", "2024-01-01", "2024-01-01 25:00"], ["sessions.csv ends"] = ["", "2024-01-01 9:00"], ["sessions.csv mode"] = ["", "phone"],
        ["sessions.csv capacity"] = ["", "-5"], ["sessions.csv status"] = ["", "done"], ["sessions.csv board"] = ["some"], ["sessions.csv trainers"] = ["nobody@nowhere.example"], ["sessions.csv parent"] = ["NONE"],
        ["parts.csv session"] = ["", "NONE"], ["parts.csv part"] = ["", "first"], ["parts.csv starts"] = ["", "2024-01-01"], ["parts.csv ends"] = ["", "2024-01-01"],
        ["bookings.csv session"] = ["", "NONE"], ["bookings.csv email"] = ["", "nobody@nowhere.example", "nobody"], ["bookings.csv status"] = ["", "booked"],
        ["bookings.csv booked_at"] = ["", "2024-01-01T09:00", "2099-01-01T09:00Z"], ["bookings.csv agency"] = ["NOBODY"],
        ["attendance.csv session"] = ["", "NONE"], ["attendance.csv mark"] = ["", "here", "substitute:nobody@nowhere.example", "substitute:nobody"], ["attendance.csv minutes"] = ["-1", "x"],
        ["attendance.csv agency"] = ["NOBODY"], ["attendance.csv marked_at"] = ["", "2024-01-01", "2099-01-01T09:00Z"], ["attendance.csv part"] = ["0", "99"],
        ["completions.csv course"] = ["", "NONE"], ["completions.csv email"] = ["", "nobody@nowhere.example"], ["completions.csv completed_on"] = ["", "2099-01-01"], ["completions.csv score"] = ["101"],
        ["completions.csv agency"] = ["NOBODY"],
    };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(26)]
    [InlineData(31)]
    [InlineData(34)]
    public async Task One_slip_is_one_line(int seed) // H1
    {
        ground.Clock.Set("2026-11-20 09:00");
        using var folder = new WrittenFolder();
        RandomHistory.Write(folder.Path, seed);
        var random = new Random(seed);
        for (var slip = 0; slip < Slips; slip++)
        {
            var (column, values) = Bad.ElementAt(random.Next(Bad.Count));
            var (file, name) = (column.Split(' ')[0], column.Split(' ')[1]);
            if (!File.Exists(Path.Combine(folder.Path, file)))
            {
                continue;
            }

            var good = folder.Text(file);
            if (Slip(good, name, values[random.Next(values.Length)], random) is not { } slipped)
            {
                continue;
            }

            folder.WithBytes(file, System.Text.Encoding.UTF8.GetBytes(slipped.Text));
            var outcome = await ground.With((ImportHistory import) => import.RunAsync(folder.Path, dryRun: true, null, Actor.Machine, default));
            var said = outcome is ImportOutcome.Refused refused ? string.Join('\n', refused.Mistakes) : "imported";
            Assert.True(said.StartsWith($"{file}:{slipped.Line}:{slipped.Column}: ", StringComparison.Ordinal) && !said.Contains('\n', StringComparison.Ordinal),
                $"seed {seed}, {file}:{slipped.Line}:{slipped.Column} {name} made \"{slipped.Value}\" in: {slipped.Row}\nsaid:\n{said}");
            folder.WithBytes(file, System.Text.Encoding.UTF8.GetBytes(good));
        }
    }

    // One value of a column made bad, in a row chosen by chance; null where no row can be.
    private static (string Text, int Line, int Column, string Value, string Row)? Slip(string text, string column, string bad, Random random)
    {
        var csv = new CsvReader(text.TrimStart('\uFEFF'));
        text = text.TrimStart('\uFEFF');
        csv.Read();
        var header = csv.Values.Select(value => csv.Of(value).ToString()).ToList();
        var index = header.IndexOf(column);
        var rows = new List<(int From, int To, int Line, int Column, string Row)>();
        while (index >= 0 && csv.Read())
        {
            var (line, at) = csv.PositionOf(csv.Values[index].At);
            var written = csv.Written.ToString();
            var minutes = header.IndexOf("minutes");
            var isSeat = written.Contains("vacant", StringComparison.Ordinal) || written.Contains("not-appointed", StringComparison.Ordinal);
            // A seat has no e-mail and needs its mark; minutes are of one mark only: changing the mark there is two slips.
            if (column is not ("mark" or "minutes") || (!isSeat && (column == "mark" ? csv.Of(csv.Values[minutes]).IsEmpty : written.Contains("part", StringComparison.Ordinal))))
            {
                rows.Add((csv.Values[index].At, index + 1 < csv.Values.Count ? csv.Values[index + 1].At - 1 : csv.RowEnd, line, at, written));
            }
        }

        if (rows.Count == 0)
        {
            return null;
        }

        var chosen = rows[random.Next(rows.Count)];
        var was = text[chosen.From..chosen.To];
        bad = bad switch
        {
            "@ left out" => was.Replace("@", "", StringComparison.Ordinal),
            "@ twice" => was.Replace("@", "@@", StringComparison.Ordinal),
            "no end" => was.Replace(".example", "", StringComparison.OrdinalIgnoreCase),
            _ => bad,
        };
        return (text[..chosen.From] + bad + text[chosen.To..], chosen.Line, chosen.Column, bad, chosen.Row);
    }
}
