using System.CommandLine;

using Learning.Database;
using Learning.ELearning.Packages;
using Learning.People;
using Learning.Time;

namespace Learning.Commands;

/// <summary>
/// <c>learning package FILE.zip [--course CODE]</c>: takes in a SCORM package (E4) and says what it holds, an item a line with the address that starts it; exit 1 and a line for each mistake on standard error where it is refused.
/// </summary>
internal static class PackageCommand
{
    private const string Here = "http://127.0.0.1:5080";

    public static Command Make()
    {
        var file = new Argument<FileInfo>("FILE") { Description = "The zip file as the authoring tool exported it" };
        var course = new Option<string?>("--course") { Description = "The code of the e-learning course that this is the next version of; without it, a new course is made", HelpName = "CODE" };
        var command = new Command("package", "Take in a SCORM package") { file, course, CommandLine.Data };
        command.SetAction((parsed, stop) =>
        {
            var zip = parsed.GetValue(file)!;
            return !zip.Exists ? throw new CommandException($"There is no file {zip}.", 2) : CommandLine.WithDatabaseAsync(
                parsed.GetValue(CommandLine.Data)!, services => services.AddScoped<ImportPackage>(),
                services => RunAsync(services.GetRequiredService<ImportPackage>(), zip, parsed.GetValue(course), RunCommand.PublicAddress() ?? new Uri(Here), Console.Out, Console.Error, stop), stop);
        });
        return command;
    }

    internal static async Task<int> RunAsync(ImportPackage import, FileInfo file, string? code, Uri site, TextWriter output, TextWriter errors, CancellationToken stop)
    {
        FileStream zip;
        try
        {
            zip = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.Read, 65_536, FileOptions.Asynchronous);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"{file.Name} cannot be read: {e.Message}");
        }

        await using var open = zip;
        switch (await import.DoAsync(Actor.Machine, code, zip, stop))
        {
            case PackageOutcome.Imported imported:
                foreach (var note in imported.Package.Read().Notes)
                {
                    await errors.WriteLineAsync($"Note: {note}");
                }

                await SayAsync(imported.Package, imported.Course.Code, site, output);
                return 0;
            case PackageOutcome.Unchanged unchanged:
                await errors.WriteLineAsync("Nothing was changed: this very file is the course's newest version already.");
                await SayAsync(unchanged.Package, unchanged.Course.Code, site, output);
                return 0;
            case PackageOutcome.Refused refused:
                foreach (var line in refused.Lines)
                {
                    await errors.WriteLineAsync(line);
                }

                return 1;
            case PackageOutcome.NotFound:
                throw new CommandException($"There is no e-learning course {code}.");
            default:
                throw new InvalidOperationException("A package is imported or refused.");
        }
    }

    private static async Task SayAsync(Package package, string code, Uri site, TextWriter output)
    {
        var (manifest, address) = (package.Read(), new Uri(site, $"/learn/{Uri.EscapeDataString(code)}"));
        await output.WriteLineAsync($"Title: {package.Title}");
        await output.WriteLineAsync($"Edition: {package.Edition.Word()}");
        await output.WriteLineAsync($"Course: {code}");
        await output.WriteLineAsync($"Version: {package.Number}");
        await output.WriteLineAsync($"Launch: {address}");
        await output.WriteLineAsync($"Items: {British.Number(manifest.Launched.Count())}");
        await ItemsAsync(manifest.Items, 1);

        async Task ItemsAsync(IReadOnlyList<PackageItem> items, int depth)
        {
            foreach (var item in items)
            {
                await output.WriteLineAsync($"{new string(' ', 2 * depth)}{item.Title}{(item.Href is null ? "" : $"  {address}?item={Uri.EscapeDataString(item.Identifier)}")}");
                await ItemsAsync(item.Items, depth + 1);
            }
        }
    }
}
