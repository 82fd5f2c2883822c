using System.CommandLine;
using System.Net;
using System.Net.Sockets;

using Learning.Database;
using Learning.Demonstration;
using Learning.ELearning.Packages;
using Learning.Messages;
using Learning.Web;

using Microsoft.AspNetCore.Connections;

namespace Learning.Commands;

/// <summary><c>learning run</c>: the site, with the private database and the demonstration where there is nothing yet.</summary>
internal static class RunCommand
{
    public static Command Make()
    {
        var port = Numbers.Option("--port", "Where to listen", 5080, 0, 65535);
        var listen = new Option<string>("--listen") { Description = "The address to listen on", DefaultValueFactory = _ => "127.0.0.1" };
        var empty = new Option<bool>("--empty") { Description = "Do not seed the demonstration" };
        var command = new Command("run", "Serve the site on this machine") { port, listen, CommandLine.Data, empty };
        command.SetAction((parsed, stop) => RunAsync(parsed.GetValue(port), Address(parsed.GetValue(listen)!), parsed.GetValue(CommandLine.Data)!, parsed.GetValue(empty), stop));
        return command;
    }

    private static async Task<int> RunAsync(int port, IPAddress listen, string data, bool empty, CancellationToken stop)
    {
        var settings = new SiteSettings
        {
            ConnectionString = "", Port = port, Listen = listen, Role = Role(), Mail = Mail(), PublicAddress = PublicAddress(), Bounces = Given("LEARNING_BOUNCES", BounceSecret.Of),
            BounceMailbox = Given("LEARNING_BOUNCE_MAILBOX", setting => MessagesArea.MailboxOf(setting, Tokens)),
            ContentAddress = Given("LEARNING_CONTENT_URL", setting => ContentAddress.Of(setting, PublicAddress())), ContentHosts = Given("LEARNING_CONTENT_HOSTS", ContentHosts.Of), Proxies = Given("LEARNING_PROXIES", Limits.Proxies), Key = Given("LEARNING_KEY", KeySecret.Of),
        };
        RefuseTakenPort(port, Taken(port));
        RefuseTakenPort(settings.ContentPort, TakenForPackages(settings.ContentPort));
        if (settings is { PublicAddress.IsLoopback: false, ContentAddress: null, Role: not SiteRole.Worker })
        {
            Console.Error.WriteLine($"LEARNING_CONTENT_URL is not set: packages are shown from port {settings.ContentPort} of {settings.PublicAddress.Host}. Give them an address of their own, which leads to the same program (docs/operating.md).");
        }

        await using var home = await DatabaseHome.OpenAsync(data, stop);
        if (home.Weakness is { } why)
        {
            Console.Error.WriteLine($"The program serves as the owner of the database, because {why}. The audit trail is then guarded by its triggers alone.");
        }

        await using var app = Site.Build(settings with { ConnectionString = home.ConnectionString });
        if (!empty)
        {
            await SeedAsync(app.Services, stop);
        }

        try
        {
            await app.StartAsync(stop);
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            throw new CommandException(e.Message.Contains($":{settings.ContentPort}", StringComparison.Ordinal) ? TakenForPackages(settings.ContentPort) : Taken(port));
        }

        Console.WriteLine($"Learning is at {app.Urls.First()}");
        if (app.Services.GetRequiredService<Installation>().IsDemonstration)
        {
            SayAccounts();
        }

        await app.WaitForShutdownAsync(stop);
        return 0;
    }

    private static async Task SeedAsync(IServiceProvider services, CancellationToken stop)
    {
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<SeedDemonstration>().RunAsync(() => Console.Error.WriteLine("Making the demonstration partnership …"), stop);
    }

    private static void SayAccounts()
    {
        Console.WriteLine($"A demonstration: everybody in it is invented. Sign in with the password {DemonstrationAccounts.Password} as");
        foreach (var account in DemonstrationAccounts.All)
        {
            Console.WriteLine($"  {account.Email,-30} {account.Comes}");
        }
    }

    // Found out before the database is made and filled, which takes a while.
    private static void RefuseTakenPort(int port, string taken)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
        }
        catch (SocketException)
        {
            throw new CommandException(taken);
        }
    }

    private static string Taken(int port) => $"Port {port} of 127.0.0.1 is in use. Stop what uses it, or choose another with --port.";

    private static string TakenForPackages(int port) => $"Port {port} of 127.0.0.1 is in use; packages are shown from it, beside the site's own. Stop what uses it, or choose another pair with --port.";

    private static IPAddress Address(string text) =>
        IPAddress.TryParse(text, out var address) ? address : throw new CommandException($"--listen is \"{text}\"; it is an IP address such as 127.0.0.1 or 0.0.0.0.");

    private static SiteRole Role() => Environment.GetEnvironmentVariable("LEARNING_ROLE") switch
    {
        null or "" or "all" => SiteRole.All,
        "web" => SiteRole.Web,
        "worker" => SiteRole.Worker,
        var other => throw new CommandException($"LEARNING_ROLE is \"{other}\"; it is all, web or worker.", exitCode: 2),
    };

    private static T Given<T>(string name, Func<string?, T> read)
    {
        try
        {
            return read(Environment.GetEnvironmentVariable(name));
        }
        catch (FormatException e)
        {
            throw new CommandException(e.Message, exitCode: 2);
        }
    }

    /// <summary>The mail server that LEARNING_SMTP names; null: none, and nothing leaves.</summary>
    internal static MailServer? Mail() => Given("LEARNING_SMTP", setting => MessagesArea.ServerOf(setting, Tokens));

    // One for both, so that a token is asked for once.
    private static MailTokens? Tokens { get => field ??= Given("LEARNING_MAIL_OAUTH", setting => MailTokens.Of(setting)); set; }

    internal static Uri? PublicAddress() => Environment.GetEnvironmentVariable("LEARNING_URL") is not { Length: > 0 } given ? null
        : Uri.TryCreate(given, UriKind.Absolute, out var address) && address.Scheme is "https" or "http" ? address
        : throw new CommandException($"LEARNING_URL is \"{given}\"; it is this site's public address, such as https://learning.example.", exitCode: 2);
}
