using Bogus;

namespace Learning.Demonstration;

/// <summary>Completions of e-learning since the platform opened in April 2023: 3,600 a year, most in September and in March, nobody the same course twice in a year.</summary>
internal sealed class ELearningYears(HistoryFolder folder, Crowd crowd)
{
    private const int CompletionsInYear = 3600;
    private const int FirstYear = 2023;

    // By month from April: inset days in September, the year's end in March.
    private static readonly float[] Months = [0.06f, 0.07f, 0.07f, 0.06f, 0.03f, 0.15f, 0.09f, 0.09f, 0.05f, 0.09f, 0.10f, 0.14f];

    private readonly List<(string Code, DateOnly Published)> _courses = Facts.ELearning();

    public void Write()
    {
        for (var year = FirstYear; new DateOnly(year, 4, 1) < folder.Today; year++)
            WriteYear(year);
        Planted();
    }

    private void WriteYear(int year)
    {
        var chance = Chance.For($"e-learning {year}");
        var staff = crowd.People.Where(person => person.Active && !person.Planted).ToList();
        var done = new HashSet<(Person, string)>();
        var rows = new List<CompletionRow>();
        for (var number = 0; number < CompletionsInYear;)
        {
            var month = new DateOnly(year, 4, 1).AddMonths(chance.WeightedRandom([.. Enumerable.Range(0, 12)], Months));
            var day = chance.DayBetween(month, month.AddMonths(1));
            var (course, published) = chance.ListItem(_courses);
            var person = chance.ListItem(staff);
            if (day < published || person.On(day) is null || !done.Add((person, course)))
                continue;
            number++;
            if (day < folder.Today)
                rows.Add(new CompletionRow(course, person.Email, day, chance.Bool(0.7f) ? 5 * chance.Number(14, 20) : null));
        }
        folder.Completions.AddRange(rows.OrderBy(row => row.CompletedOn));
    }

    /// <summary>What the practitioner who signs in has behind her; the courses of the partnership that everybody begins with are still before her.</summary>
    private void Planted()
    {
        foreach (var (course, day) in new[] { ("SCA", new DateOnly(2023, 10, 12)), ("INFOSHARE", new DateOnly(2024, 3, 19)), ("MCA", new DateOnly(2025, 5, 14)), ("DA", new DateOnly(2026, 6, 9)) })
        {
            if (day < folder.Today)
                folder.Completions.Add(new CompletionRow(course, crowd.Named.Amara.Email, day, 90));
        }
        folder.Completions.Add(new CompletionRow("SAA", crowd.Named.Leaver.Email, new DateOnly(2023, 9, 6), null));
    }
}
