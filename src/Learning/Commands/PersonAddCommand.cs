using System.CommandLine;

using Learning.Membership;
using Learning.People;

namespace Learning.Commands;

/// <summary><c>learning person add EMAIL GIVEN-NAME FAMILY-NAME</c>: writes down a person, such as the first of an empty installation.</summary>
internal static class PersonAddCommand
{
    public static Command Make()
    {
        var email = new Argument<string>("EMAIL") { Description = "Their address; nobody else has it" };
        var (given, family) = (Name("GIVEN-NAME"), Name("FAMILY-NAME"));
        email.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !PersonEmail.IsAddress(token.Value))
            {
                result.AddError($"{token.Value} is not an e-mail address such as name@agency.example.");
            }
        });
        var command = new Command("add", "Write a person down, such as the first of an empty installation") { email, given, family, CommandLine.Data };
        command.SetAction((parsed, stop) => CommandLine.WithDatabaseAsync(parsed.GetValue(CommandLine.Data)!, services => services.AddScoped<AddPerson>(), async services =>
            await services.GetRequiredService<AddPerson>().RunAsync(parsed.GetValue(email)!, parsed.GetValue(given)!, parsed.GetValue(family)!, Actor.Machine, stop)
                ? 0 : throw new CommandException($"Somebody has the address {parsed.GetValue(email)} already."), stop));
        return command;
    }

    private static Argument<string> Name(string name)
    {
        var argument = new Argument<string>(name);
        argument.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && (string.IsNullOrWhiteSpace(token.Value) || token.Value.Length > 200 || token.Value.Any(char.IsControl)))
            {
                result.AddError($"{name} is a name of at most 200 letters.");
            }
        });
        return argument;
    }
}
