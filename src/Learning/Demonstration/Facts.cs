using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace Learning.Demonstration;

/// <summary>What is stated by hand, in content/demonstration: agencies, programmes, courses, names. Embedded in the program.</summary>
internal static class Facts
{
    public static List<Agency> Agencies() => [.. Rows("agencies.csv").Concat(Rows("fictional-agencies.csv")).Select(row => new Agency(
        row("code"), row("name"), row("sector"), row("statutory_partner"), row("email_domains"),
        row("headcount") is { Length: > 0 } people ? int.Parse(people, CultureInfo.InvariantCulture) : null,
        row("parent"), row("successor"),
        row("successor_from") is { Length: > 0 } day ? DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture) : null))];

    /// <summary>Code of each e-learning course and the day on which it was published.</summary>
    public static List<(string Code, DateOnly Published)> ELearning() => [.. Rows("courses.csv")
        .Where(row => row("kind") == "e-learning")
        .Select(row => (row("code"), DateOnly.ParseExact(row("published_on"), "yyyy-MM-dd", CultureInfo.InvariantCulture)))];

    public static (List<string> Given, List<string> Family) Names()
    {
        var rows = Rows("names.csv");
        return ([.. rows.Select(row => row("given_name"))], [.. rows.Select(row => row("family_name"))]);
    }

    /// <summary>A content file goes into the history as it stands.</summary>
    public static void Copy(string file, string folder)
    {
        using var from = Open(file);
        using var to = File.Create(Path.Combine(folder, file));
        from.CopyTo(to);
    }

    private static List<Func<string, string>> Rows(string file)
    {
        using var reader = new StreamReader(Open(file));
        using var csv = new CsvReader(reader, new CsvConfiguration(CultureInfo.InvariantCulture));
        var rows = new List<Func<string, string>>();
        csv.Read();
        csv.ReadHeader();
        var columns = csv.HeaderRecord!;
        while (csv.Read())
        {
            var row = columns.ToDictionary(column => column, column => csv.GetField(column)!);
            rows.Add(column => row.GetValueOrDefault(column, ""));
        }
        return rows;
    }

    private static Stream Open(string file) =>
        typeof(Facts).Assembly.GetManifestResourceStream("demonstration/" + file)
        ?? throw new InvalidOperationException($"content/demonstration/{file} is not embedded in the program.");
}
