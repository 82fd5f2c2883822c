using System.CommandLine;

namespace Learning.Commands;

/// <summary><c>learning health</c>: exit 0 when the site on this machine is ready; what a container asks itself.</summary>
internal static class HealthCommand
{
    public static Command Make()
    {
        var port = Numbers.Option("--port", "Where the site listens", 5080, 1, 65535);
        var command = new Command("health", "Say whether the site on this machine is ready") { port };
        command.SetAction(async (parsed, stop) =>
        {
            using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(3) };
            try
            {
                var answer = await client.GetAsync($"http://127.0.0.1:{parsed.GetValue(port)}/health/ready", stop);
                return answer.IsSuccessStatusCode ? 0 : throw new CommandException("The site answers that it is not ready.");
            }
            catch (HttpRequestException)
            {
                throw new CommandException($"Nothing answers on port {parsed.GetValue(port)}.");
            }
        });
        return command;
    }
}
