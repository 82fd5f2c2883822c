using System.CommandLine;

using Learning.Messages;
using Learning.People;
using Learning.Records;
using Learning.Web;

using Microsoft.EntityFrameworkCore;

using Npgsql;

namespace Learning.Commands;

/// <summary><c>learning person …</c>: what can be done about one person, as the pages do it. Each command is one verb; none asks back.</summary>
internal static class PersonCommand
{
    public static Command Make() => new("person", "What is held about one person, and what they may do")
    {
        PersonAddCommand.Make(), PersonRoleCommand.Make(), PersonLinkCommand.Make(), Report(), Erase(), Merge(), Unmerge(),
    };

    private static Command Report()
    {
        var email = Email();
        var file = new Option<FileInfo?>("--out") { Description = "A file whose name ends in .html, .json or .zip; without it, JSON to standard output", HelpName = "FILE" };
        file.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && FormOf(token.Value) is null)
            {
                result.AddError("--out is a file whose name ends in .html, .json or .zip.");
            }
        });
        var command = new Command("report", "Everything that is held about a person") { email, file, CommandLine.Data };
        command.SetAction((parsed, stop) => WithAsync(parsed.GetValue(CommandLine.Data)!, parsed.GetValue(email)!, async (services, id) =>
        {
            var target = parsed.GetValue(file);
            await using var output = target is null ? Console.OpenStandardOutput() : Create(target);
            return await services.GetRequiredService<ReportOnPerson>().RunAsync(id, FormOf(target?.Name ?? ".json")!.Value, Actor.Machine, () => output, stop)
                ? 0 : throw new CommandException($"Nobody has the address {parsed.GetValue(email)}.");
        }, stop));
        return command;
    }

    private static Command Erase()
    {
        var (email, reason) = (Email(), new Option<string>("--reason") { Description = "Why, without names: it is kept", HelpName = "TEXT", Required = true });
        var command = new Command("erase", "Remove for good what says who a person is; a number stays, so that figures stand") { email, reason, CommandLine.Data };
        command.SetAction((parsed, stop) => WithAsync(parsed.GetValue(CommandLine.Data)!, parsed.GetValue(email)!, async (services, id) =>
        {
            switch (await services.GetRequiredService<ErasePerson>().RunAsync(id, parsed.GetValue(reason), Actor.Machine, stop))
            {
                case EraseOutcome.Erased:
                    Console.WriteLine($"Erased. What is left has the number {id}.");
                    return 0;
                case EraseOutcome.Refused refused:
                    throw new CommandException($"{refused.Reason}.", exitCode: 2);
                case EraseOutcome.NotYet notYet:
                    throw new CommandException(string.Join(' ', notYet.First));
                default:
                    throw new CommandException($"Nobody has the address {parsed.GetValue(email)}.");
            }
        }, stop));
        return command;
    }

    private static Command Merge()
    {
        var (email, into, reason) = (Email(), new Option<string>("--into") { Description = "An address of the record that stays", HelpName = "EMAIL", Required = true }, Reason());
        var command = new Command("merge", "Count a record as another from now on: both are one person") { email, into, reason, CommandLine.Data };
        command.SetAction((parsed, stop) => WithAsync(parsed.GetValue(CommandLine.Data)!, parsed.GetValue(email)!, async (services, other) =>
        {
            var kept = await PersonAsync(services, parsed.GetValue(into)!, stop);
            return Said(await services.GetRequiredService<MergePerson>().RunAsync(kept, other, Given(parsed.GetValue(reason)), Actor.Machine, stop), "Merged: every figure counts one person from now on.");
        }, stop));
        return command;
    }

    private static Command Unmerge()
    {
        var (email, reason) = (Email(), Reason());
        var command = new Command("unmerge", "Count a merged record as itself again from now on") { email, reason, CommandLine.Data };
        command.SetAction((parsed, stop) => WithAsync(parsed.GetValue(CommandLine.Data)!, parsed.GetValue(email)!, async (services, person) =>
            Said(await services.GetRequiredService<UnmergePerson>().RunAsync(person, Given(parsed.GetValue(reason)), Actor.Machine, stop), "Undone: they are counted as themselves from now on."), stop));
        return command;
    }

    private static Option<string> Reason() => new("--reason") { Description = "How it is known; kept on record", HelpName = "TEXT", Required = true };

    private static string Given(string? text) => MergeRules.Reason(text).Reason ?? throw new CommandException($"{MergeRules.Reason(text).Wrong}.", exitCode: 2);

    private static int Said(MergeOutcome outcome, string done)
    {
        if (outcome is not MergeOutcome.Done)
        {
            throw new CommandException(outcome is MergeOutcome.Refused refused ? refused.Why : "There is no such person.");
        }

        Console.WriteLine(done);
        return 0;
    }

    private static Argument<string> Email() => new("EMAIL") { Description = "An address of the person" };

    private static HeldAs? FormOf(string name) => Path.GetExtension(name).ToLowerInvariant() switch { ".html" => HeldAs.Html, ".json" => HeldAs.Json, ".zip" => HeldAs.Zip, _ => null };

    private static FileStream Create(FileInfo file)
    {
        try
        {
            // What it holds is for one person's eyes.
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            return file.Open(options);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"{file} cannot be written: {e.Message}");
        }
    }

    // The person of an address, with the services of the area.
    private static Task<int> WithAsync(string data, string email, Func<IServiceProvider, Guid, Task<int>> work, CancellationToken stop) => CommandLine.WithDatabaseAsync(
        data, services => AddServices(services, RunCommand.Mail()), async services => await work(services, await PersonAsync(services, email, stop)), stop);

    /// <summary>What the commands about a person stand on, besides the foundation.</summary>
    internal static IServiceCollection AddServices(IServiceCollection services, MailServer? mail) => services
        .AddSingleton(provider => ReadInstallation.From(provider.GetRequiredService<NpgsqlDataSource>()))
        .AddSingleton(provider => Letterheads.Of(provider.GetRequiredService<Installation>(), new SiteSettings { ConnectionString = "" }))
        .AddSingleton(new MailSetting(mail))
        .AddRecords();

    private static async Task<Guid> PersonAsync(IServiceProvider services, string email, CancellationToken stop)
    {
        var normal = PersonEmail.Normal(email);
        return (await services.GetRequiredService<LearningDb>().PersonEmails.AsNoTracking().SingleOrDefaultAsync(row => row.Email == normal, stop)
            ?? throw new CommandException($"Nobody has the address {email}.")).PersonId;
    }
}
