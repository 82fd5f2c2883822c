namespace Learning.Tests.History;

/// <summary>Questions about a folder of history, as-at the very instants at which its answers change, a second before, and long after.</summary>
public static class RandomQuestions
{
    private static readonly string[] OfPeople = ["people", "attendances", "completions", "agencies"];
    private static readonly string[] OfSessions = ["sessions_held", "sessions_cancelled", "places_offered", "places_booked", "places_lost", "average_attendance", "fill_rate", "dna_rate"];

    public static IEnumerable<Question> About(HistoryFiles files, int seed, int count)
    {
        var random = new Random(seed);
        var instants = files.Marks.Select(mark => mark.MarkedAt).Concat(files.Sessions.Select(session => session.Ends.Instant))
            .Concat(files.Completions.Select(completion => HistoryFiles.Midnight(completion.On))).Concat(files.Sessions.Where(session => session.CancelledAt is not null).Select(session => session.CancelledAt!.Value)).ToArray();
        for (var number = 0; number < count; number++)
        {
            var asAt = random.Next(3) == 0 ? new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero) : instants[random.Next(instants.Length)].AddSeconds(random.Next(2) - 1).ToUniversalTime();
            yield return random.Next(8) switch
            {
                0 => CoursesAvailable(random, files),
                < 5 => AboutPeople(random, files, asAt),
                _ => AboutSessions(random, files, asAt),
            };
        }
    }

    private static Question AboutPeople(Random random, HistoryFiles files, DateTimeOffset asAt)
    {
        var question = Window(random, files, Pick(random, OfPeople), asAt);
        question = question with
        {
            Professionals = random.Next(3) == 0,
            Agency = random.Next(5) == 0 ? Pick(random, files.Agencies).Code : null,
            Sector = random.Next(5) == 0 ? Pick(random, files.Agencies).Sector : null,
        };
        return question with { By = question.Measure == "agencies" ? [] : By(random, question, ["agency", "sector", "course", "programme", "month", "quarter", "board", "level", "owner"]) };
    }

    private static Question AboutSessions(Random random, HistoryFiles files, DateTimeOffset asAt)
    {
        var question = Window(random, files, Pick(random, OfSessions), asAt);
        return question with { By = By(random, question, ["course", "programme", "month", "quarter", "board", "level", "owner"]) };
    }

    private static Question CoursesAvailable(Random random, HistoryFiles files) => new("courses_available", new DateOnly(2023, 4, 1), new DateOnly(2024, 4, 1), new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero))
    {
        Kind = random.Next(2) == 0 ? "e-learning" : null,
        Owner = random.Next(3) == 0 ? Pick(random, files.Courses).Owner : null,
        By = random.Next(2) == 0 ? ["owner"] : [],
    };

    private static Question Window(Random random, HistoryFiles files, string measure, DateTimeOffset asAt)
    {
        var (from, to) = Pick(random, [
            (new DateOnly(2023, 4, 1), new DateOnly(2024, 4, 1)), (new DateOnly(2024, 4, 1), new DateOnly(2025, 4, 1)), (new DateOnly(2023, 10, 1), new DateOnly(2024, 10, 1)),
            (new DateOnly(2024, 3, 31), new DateOnly(2024, 4, 1)), (new DateOnly(2023, 4, 1), new DateOnly(2024, 10, 1)),
        ]);
        var programme = random.Next(2) == 0 ? Pick(random, files.Courses.SelectMany(course => course.Programmes).DefaultIfEmpty("PA").ToArray()) : null;
        return new Question(measure, from, to, asAt)
        {
            Programme = programme,
            SinceStart = HasBeginning(files, programme) && random.Next(2) == 0,
            Courses = random.Next(5) == 0 ? [Pick(random, files.Courses).Code, Pick(random, files.Courses).Code] : null,
            Kind = random.Next(6) == 0 ? Pick(random, files.Courses).Kind : null,
            Board = random.Next(5) == 0 ? Pick(random, new[] { "children", "adults", "joint" }) : null,
            Owner = random.Next(8) == 0 ? Pick(random, files.Courses).Owner : null,
        };
    }

    private static bool HasBeginning(HistoryFiles files, string? programme) =>
        files.Programmes.Exists(known => known.Code == programme && known.StartsOn is not null) || files.Sessions.Exists(session => session.Course.Programmes.Contains(programme));

    // By programme only where no programme is asked for: of a course in two, the rule does not say which rows there are then.
    private static string[] By(Random random, Question question, string[] known)
    {
        var possible = known.Where(by => by != "programme" || question.Programme is null).ToArray();
        random.Shuffle(possible);
        return possible[..random.Next(3)];
    }

    private static T Pick<T>(Random random, IReadOnlyList<T> list) => list[random.Next(list.Count)];
}
