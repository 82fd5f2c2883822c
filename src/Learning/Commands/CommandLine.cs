using System.CommandLine;
using System.CommandLine.Parsing;

using Learning.Database;
using Learning.History;
using Learning.Web;

namespace Learning.Commands;

/// <summary>The command line of the contract. Errors are one line on standard error; exit 2 for wrong usage, 1 for everything else that fails.</summary>
public static class CommandLine
{
    /// <summary>Where the private server lives, unless LEARNING_DB names another.</summary>
    public static readonly Option<string> Data = new("--data")
    {
        Description = "The folder of the private database", HelpName = "DIR", DefaultValueFactory = _ => Environment.GetEnvironmentVariable("LEARNING_DATA") ?? ".data",
    };

    /// <summary>Runs a command and gives its exit code.</summary>
    public static async Task<int> RunAsync(string[] arguments)
    {
        var root = new RootCommand("Learning: the training platform of a safeguarding partnership.")
        {
            RunCommand.Make(), TokenCommand.Make(), CheckCommand.Make(), ImportCommand.Make(), FiguresCommand.Make(), PersonCommand.Make(), CoursesCommand.Make(), MeetingCommand.Make(), PackageCommand.Make(), BackupCommand.Make(), BackupCommand.MakeRestore(), ExportCommand.Make(), HealthCommand.Make(),
        };
        var parsed = root.Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            await Console.Error.WriteLineAsync($"{parsed.Errors[0].Message} See {Named(parsed.CommandResult)} --help.");
            return 2;
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (Exception e) when (e is DatabaseUnusableException or BackupException or ExportException or CommandException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return (e as CommandException)?.ExitCode ?? 1;
        }
    }

    // "learning person role".
    private static string Named(CommandResult result) => result.Parent is CommandResult parent ? $"{Named(parent)} {result.Command.Name}" : "learning";

    /// <summary>Opens the database for a command that is not the site, with the foundation's services and whatever areas the command needs.</summary>
    public static async Task<int> WithDatabaseAsync(string data, Action<IServiceCollection> add, Func<IServiceProvider, Task<int>> work, CancellationToken stop)
    {
        await using var home = await DatabaseHome.OpenAsync(data, stop);
        var services = new ServiceCollection();
        Site.AddFoundation(services, home.ConnectionString);
        add(services);
        await using var provider = services.BuildServiceProvider();
        await using var scope = provider.CreateAsyncScope();
        return await work(scope.ServiceProvider);
    }
}

/// <summary>A command cannot go on; the message is the one line that says why and what to do.</summary>
public sealed class CommandException(string message, int exitCode = 1) : Exception(message)
{
    /// <summary>2 for wrong usage, settings included; 1 for everything else.</summary>
    public int ExitCode { get; } = exitCode;
}
