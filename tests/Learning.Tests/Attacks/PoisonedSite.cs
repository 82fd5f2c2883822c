using Npgsql;

namespace Learning.Tests.Attacks;

/// <summary>
/// The site after somebody has got hostile text into every free text of the database, past every check of the program: names, titles, reasons, venues, whatever a later migration adds. Then every address is asked, once.
/// </summary>
public sealed class PoisonedSite : IAsyncLifetime
{
    /// <summary>For a browser, a spreadsheet and a header, in this order; what stood there stands in the middle.</summary>
    public const string Before = "=HYPERLINK(\"//x\")<script>alert(1)</script>\"'><img src=x onerror=alert(2)>", After = "</title></textarea>\r\nX-Injected: yes\r\n\r\n{{7*7}}";

    // What is a word of the program, a key, or sealed, though the database does not say so.
    private static readonly string[] Kept =
    [
        "accounts.", "account_", "access_tokens.", "data_protection_keys.", "migrations.", "messages.kind", "messages.occurrence", "messages.outcome", "audit_entries.subject_kind", "sessions.ref", "courses.code", "agencies.code",
        "programmes.code", "report_builds.", "learning_attempts.version", "learning_attempts.last_page", "page_visits.page", "job_runs.", "installation.name", "course_versions.", "retention_cases.last_active",
    ];

    public AttackedSite Site { get; } = new();

    /// <summary>The columns that hold it now.</summary>
    public List<string> Columns { get; } = [];

    /// <summary>Every address that answered, with its answer.</summary>
    public List<(string Name, HttpResponseMessage Answer, string Text)> Answers { get; } = [];

    public async Task InitializeAsync()
    {
        await Site.InitializeAsync();
        foreach (var address in Site.Addresses)
        {
            await Site.FillAsync(address);
        }

        await PoisonAsync();
        await Site.BuildReportsAsync();
        foreach (var address in Site.Gets)
        {
            var (path, _) = await Site.FillAsync(address);
            foreach (var visitor in new[] { Site.Visitor, Site.Site.Visitor() })
            {
                var answer = await visitor.Http.GetAsync(path);
                Answers.Add((address.Name, answer, await answer.Content.ReadAsStringAsync()));
            }
        }
    }

    private async Task PoisonAsync()
    {
        await using var owner = NpgsqlDataSource.Create(Site.Ground.OwnerConnectionString);
        var columns = new List<(string Table, string Column)>();
        await using (var command = owner.CreateCommand("select table_name, column_name from information_schema.columns where table_schema = 'public' and data_type = 'text' and is_generated = 'NEVER' order by 1, 2"))
        {
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                columns.Add((reader.GetString(0), reader.GetString(1)));
            }
        }

        foreach (var (table, column) in columns.Where(one => !Kept.Any(kept => $"{one.Table}.{one.Column}".StartsWith(kept, StringComparison.Ordinal))))
        {
            // The owner alone could do this: no trigger fires. Where a check says which words there are, it stays as it was.
            await using var connection = await owner.OpenConnectionAsync();
            await using var command = new NpgsqlCommand($"set session_replication_role = replica; update \"{table}\" set \"{column}\" = $${Before}$$ || \"{column}\" || $${After}$$", connection);
            try
            {
                if (await command.ExecuteNonQueryAsync() > 0)
                {
                    Columns.Add($"{table}.{column}");
                }
            }
            catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.CheckViolation or PostgresErrorCodes.UniqueViolation)
            {
            }

            await using var back = new NpgsqlCommand("reset session_replication_role", connection);
            await back.ExecuteNonQueryAsync();
        }
    }

    public async Task DisposeAsync()
    {
        Answers.ForEach(one => one.Answer.Dispose());
        await Site.DisposeAsync();
    }
}
