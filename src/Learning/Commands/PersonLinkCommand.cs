using System.CommandLine;

using Learning.Accounts;
using Learning.People;

namespace Learning.Commands;

/// <summary><c>learning person link EMAIL</c>: prints a link that signs the person in once, within 15 minutes.</summary>
internal static class PersonLinkCommand
{
    public static Command Make()
    {
        var email = new Argument<string>("EMAIL") { Description = "An address of the person" };
        var port = Numbers.Option("--port", "Where the site listens, unless LEARNING_URL says", 5080, 1, 65535);
        var command = new Command("link", "Print a link that signs a person in once, within 15 minutes") { email, port, CommandLine.Data };
        command.SetAction((parsed, stop) => CommandLine.WithDatabaseAsync(parsed.GetValue(CommandLine.Data)!, services => services.AddScoped<MakeSignInLink>(),
            services => RunAsync(services.GetRequiredService<MakeSignInLink>(), parsed.GetValue(email)!, RunCommand.PublicAddress() ?? new Uri($"http://127.0.0.1:{parsed.GetValue(port)}"), Console.Out, stop), stop));
        return command;
    }

    internal static async Task<int> RunAsync(MakeSignInLink make, string email, Uri site, TextWriter output, CancellationToken stop)
    {
        var path = await make.RunAsync(email, Actor.Machine, stop) ?? throw new CommandException($"Nobody has the address {email}. learning person add writes somebody down.");
        await output.WriteLineAsync(new Uri(site, path).AbsoluteUri);
        return 0;
    }
}
