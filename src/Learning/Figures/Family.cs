using Npgsql;

namespace Learning.Figures;

/// <summary>What is asked to be counted, and by what the table has a row.</summary>
internal sealed class Asked(Count count, Scope scope, IReadOnlyList<Breakdown> by)
{
    public Count Count { get; } = count;
    public Scope Scope { get; } = scope;
    public IReadOnlyList<Breakdown> By { get; } = by;
}

/// <summary>
/// All that a report asks of the same records: of one set, in the same courses, boards and window. They are brought together once and counted in one statement;
/// what is asked differs only by who of them counts and by its table.
/// </summary>
internal sealed class Family
{
    private readonly IReadOnlyList<Asked> asked;
    private readonly List<string> selects = [];
    private readonly Dictionary<string, int> numbers = [];
    private readonly List<Guid[]?> agencies = [];

    /// <summary>Where their window begins; null: nowhere.</summary>
    public DateOnly? From => asked[0].Scope.From;

    private Family(IEnumerable<Asked> asked) => this.asked = [.. asked];

    /// <summary>The families among what is asked.</summary>
    public static IEnumerable<Family> Of(IEnumerable<Asked> asked) => asked.GroupBy(one => $"{one.Count.Set} {one.Scope.NameOfRecords()}").Select(family => new Family(family));

    /// <summary>Counts in one statement, for each that is asked: the total with the digest, and with breakdowns each row and each total of a row and of a column.</summary>
    public async Task<IEnumerable<KeyValuePair<Asked, Tally>>> CountAsync(NpgsqlConnection connection, DateTimeOffset asAt, CancellationToken stop)
    {
        var (set, scope) = (asked[0].Count.Set, asked[0].Scope);
        var tables = asked.Select(one => (Asked: one, Parts: Parts(one.By).Select(part => Select(one, part)).ToList())).ToList();
        var belonging = asked.Any(one => one.By.Contains(Breakdown.Sector)) ? $"{RowKey.Belonging},\n" : "";
        var sql = $"with recursive {belonging}{Records.Of(set, scope, [.. asked.Select(one => one.Count)])}\n{string.Join("\nunion all\n", selects)}";
        var rows = selects.ConvertAll(_ => new List<Counted>());
        await using var command = Tally.Statement(connection, sql, scope, asAt);
        for (var number = 0; number < agencies.Count; number++)
        {
            command.Limit($"agencies{number}", agencies[number]);
        }

        await using var reader = await command.ExecuteReaderAsync(stop);
        while (await reader.ReadAsync(stop))
        {
            rows[reader.GetInt32(0)].Add(Counted.Read(reader));
        }

        return tables.ConvertAll(table => KeyValuePair.Create(table.Asked, TallyOf(table.Asked, [.. table.Parts.Select(part => rows[part])])));
    }

    // Each is counted by itself, not summed from others: a person under two agencies counts in both rows and once in the total (F4).
    private static IEnumerable<(Breakdown? First, Breakdown? Second)> Parts(IReadOnlyList<Breakdown> by) => by.Count switch
    {
        0 => [(null, null)],
        1 => [(null, null), (by[0], null)],
        _ => [(null, null), (by[0], null), (null, by[1]), (by[0], by[1])],
    };

    /// The number of the select that counts this; the same is selected once, whoever asks.
    private int Select(Asked one, (Breakdown? First, Breakdown? Second) part)
    {
        var special = Special(one.Count.Number, part);
        var name = $"{one.Count.Which} {one.Scope.NameOfWhom()} {part} {special.Number}";
        if (numbers.TryGetValue(name, out var number))
        {
            return number;
        }

        numbers[name] = number = selects.Count;
        agencies.Add(one.Scope.Agencies);
        var (first, second) = (Key(part.First, "first", one.Count.Set), Key(part.Second, "second", one.Count.Set));
        string[] groups = [.. new[] { part.First is null ? "" : "1", part.Second is null ? "" : "2" }.Where(group => group.Length > 0)];
        selects.Add($"""
            select {number}, {first.Name}::text, {second.Name}::text, n.records, n.persons, n.special, n.special_over, n.digest
            from (select {first.Group} as first, {second.Group} as second, count(*) as records, count(distinct r.person_id) as persons,
                    {special.Number}::bigint as special, {special.Over}::bigint as special_over, {(groups.Length == 0 ? Records.Digest : "null::text")} as digest
                  from records r {string.Join(' ', new[] { first.Joins, second.Joins }.Distinct())}
                  where {Records.Filter(one.Count, one.Scope, $"agencies{number}")}
                  {(groups.Length == 0 ? "" : $"group by {string.Join(", ", groups)}")}) n {first.NameJoins} {second.NameJoins}
            """);
        return number;
    }

    private static RowKey Key(Breakdown? by, string column, RecordSet set) => by is { } breakdown ? RowKey.Of(breakdown, column, set) : RowKey.Total;

    /// What is counted beside records and persons, and what of it stands for persons or is what it is over.
    private static (string Number, string Over) Special(Number number, (Breakdown? First, Breakdown? Second) part) => number switch
    {
        Number.Agencies => ("count(distinct r.agency_id)", "null"),
        Number.Places => ("coalesce(sum(r.places), 0)", "null"),
        Number.Valid when ReturnRecords.Standing(part.First, part.Second) is var standing =>
            ($"coalesce(sum(r.valid) filter (where {standing}), 0)", $"coalesce(sum(r.places) filter (where {standing}), 0)"),
        Number.Mean => ("coalesce(sum(r.places), 0)", "null"),
        Number.DidNotAttend or Number.Answered => ("count(*) filter (where r.dna)", "count(distinct r.person_id) filter (where r.dna)"),
        _ => ("null", "null"),
    };

    private static Tally TallyOf(Asked asked, IReadOnlyList<List<Counted>> parts)
    {
        var total = parts[0].Single();
        return new Tally(Row(total), [.. parts.Skip(1).SelectMany(rows => rows).Select(Row)], total.Digest!);

        TallyRow Row(Counted counted)
        {
            string[] key = [.. new[] { counted.First, counted.Second }.Take(asked.By.Count).Select(name => name ?? Breakdowns.Total)];
            return asked.Count.Number switch
            {
                // F6: each who gave no account is somebody.
                Number.Records => new TallyRow(key, counted.Records, null, asked.Count.Set == RecordSet.CheckIns ? counted.Records : counted.Persons, 0),
                Number.Persons => new TallyRow(key, counted.Persons, null, counted.Persons, 0),
                Number.Valid => new TallyRow(key, counted.Special, counted.SpecialOver, counted.Special, counted.SpecialOver),
                Number.Mean => new TallyRow(key, counted.Special, counted.Records, counted.Persons, counted.Persons),
                Number.DidNotAttend or Number.Answered => new TallyRow(key, counted.Special, counted.Records, counted.SpecialOver, counted.Persons),
                _ => new TallyRow(key, counted.Special, null, counted.Persons, 0),
            };
        }
    }

    /// A row as the statement gives it.
    private sealed record Counted(string? First, string? Second, long Records, long Persons, long Special, long SpecialOver, string? Digest)
    {
        public static Counted Read(NpgsqlDataReader row) => new(
            row.IsDBNull(1) ? null : row.GetString(1), row.IsDBNull(2) ? null : row.GetString(2), row.GetInt64(3), row.GetInt64(4),
            row.IsDBNull(5) ? 0 : row.GetInt64(5), row.IsDBNull(6) ? 0 : row.GetInt64(6), row.IsDBNull(7) ? null : row.GetString(7));
    }
}
