using System.CommandLine;
using System.Text;

using Learning.Figures;
using Learning.Figures.Publishing;
using Learning.People;
using Learning.Time;
using Learning.Web;

using Npgsql;

namespace Learning.Commands;

/// <summary>
/// <c>learning figures REPORT.yaml [--as-at INSTANT] [--format json|csv|xlsx|docx|pdf|easyread] [--out FILE] [--published]</c>: computes a report; standard output is the report and nothing else. Documents are
/// published copies always, and go to a file.
/// </summary>
internal static class FiguresCommand
{
    public static Command Make()
    {
        var report = new Argument<string>("REPORT.yaml") { Description = "The report's definition" };
        var asAt = new Option<DateTimeOffset?>("--as-at")
        {
            Description = "What was recorded up to this instant, such as 2024-05-01T00:00:00Z; now when it is not given", HelpName = "INSTANT",
            CustomParser = result =>
            {
                if (result.Tokens is [var token] && Instants.TryParse(token.Value, out var instant))
                {
                    return instant;
                }

                result.AddError("--as-at is an instant with its zone, such as 2024-05-01T00:00:00Z or 2024-05-01T01:00:00+01:00.");
                return null;
            },
        };
        var format = new Option<string>("--format") { Description = "json, csv, xlsx, docx, pdf or easyread", DefaultValueFactory = _ => "json" };
        format.AcceptOnlyFromAmong("json", "csv", "xlsx", "docx", "pdf", "easyread");
        var target = new Option<FileInfo?>("--out") { Description = "The file to write; documents need one (easyread: .docx or .pdf)", HelpName = "FILE" };
        var published = new Option<bool>("--published") { Description = "Leave out every number that a published table holds back (F6)" };
        var command = new Command("figures", "Compute a report") { report, asAt, format, target, published, CommandLine.Data };
        command.SetAction((parsed, stop) => RunAsync(
            parsed.GetValue(report)!, parsed.GetValue(asAt), parsed.GetValue(format)!, parsed.GetValue(target), parsed.GetValue(published), parsed.GetValue(CommandLine.Data)!, stop));
        return command;
    }

    private static async Task<int> RunAsync(string file, DateTimeOffset? asAt, string format, FileInfo? target, bool published, string data, CancellationToken stop)
    {
        if (target is null && format is not ("json" or "csv"))
        {
            throw new CommandException($"--format {format} needs --out FILE.", exitCode: 2);
        }

        try
        {
            var definition = await ReadReport.FileAsync(file, stop);
            return await CommandLine.WithDatabaseAsync(data, Add, async services =>
            {
                var report = await services.GetRequiredService<ComputeReport>().RunAsync(definition, asAt, Actor.Machine, stop);
                var bytes = format switch
                {
                    "json" => Encoding.UTF8.GetBytes(ReportJson.Write(report, published) + "\n"),
                    "csv" => Encoding.UTF8.GetBytes(ReportCsv.Write(report, published)),
                    _ => await DocumentAsync(services, definition, report, format, target!, stop),
                };
                await using var output = target is null ? Console.OpenStandardOutput() : Create(target);
                await output.WriteAsync(bytes, stop);
                return 0;
            }, stop);
        }
        catch (DefinitionException wrong)
        {
            throw new CommandException(wrong.Message);
        }
    }

    private static async Task<byte[]> DocumentAsync(IServiceProvider services, ReportDefinition definition, ComputedReport report, string format, FileInfo target, CancellationToken stop)
    {
        var zone = services.GetRequiredService<Zone>();
        var (shown, form) = (definition.At(zone.DateOf(report.AsAt)), PublicationForms.Read(format)!.Value);
        var names = new Dictionary<DateOnly, KnownNames>();
        foreach (var day in shown.LastDays)
        {
            names[day] = await KnownNames.ReadAsync(services.GetRequiredService<LearningDb>(), day, report.AsAt, stop);
        }

        var publication = services.GetRequiredService<MakePublished>().Of(
            new ToPublish(shown, report, names, null, new Dictionary<string, IReadOnlyList<PublishedPoint>>()), ReadInstallation.From(services.GetRequiredService<NpgsqlDataSource>()).Partnership);
        return services.GetRequiredService<WritePublication>().Write(publication, form == PublicationForm.EasyRead && target.Extension.Equals(".pdf", StringComparison.OrdinalIgnoreCase) ? PublicationForm.EasyReadPdf : form).Bytes;
    }

    private static void Add(IServiceCollection services) => services.AddFigures(Path.Combine(AppContext.BaseDirectory, "content"));

    private static FileStream Create(FileInfo target)
    {
        try
        {
            return target.Create();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"{target.FullName} cannot be written: {failure.Message}");
        }
    }
}
