using System.CommandLine;

using Learning.Accounts;
using Learning.People;

namespace Learning.Commands;

/// <summary><c>learning token EMAIL [--hours 1]</c>: prints a bearer token for the API that acts as that person.</summary>
internal static class TokenCommand
{
    public static Command Make()
    {
        var email = new Argument<string>("EMAIL") { Description = "An address of the person" };
        var hours = Numbers.Option("--hours", "How long it is good for", 1.0, 0.01, 8760);
        var command = new Command("token", "Print a bearer token for the API that acts as a person") { email, hours, CommandLine.Data };
        command.SetAction((parsed, stop) => CommandLine.WithDatabaseAsync(parsed.GetValue(CommandLine.Data)!, services => services.AddScoped<MakeAccessToken>(), async services =>
        {
            var address = parsed.GetValue(email)!;
            var token = await services.GetRequiredService<MakeAccessToken>().RunAsync(address, parsed.GetValue(hours), "command line", Actor.Machine, stop)
                ?? throw new CommandException($"Nobody has the address {address}.");
            Console.WriteLine(token);
            return 0;
        }, stop));
        return command;
    }
}
