using System.CommandLine;

using Learning.Database;
using Learning.Membership;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Commands;

/// <summary><c>learning person role EMAIL ROLE [--agency CODE]</c>: gives a role from today on, such as that of the first administrator.</summary>
internal static class PersonRoleCommand
{
    public static Command Make()
    {
        var email = new Argument<string>("EMAIL") { Description = "An address of the person" };
        var role = new Argument<Role>("ROLE")
        {
            Description = string.Join(", ", Names),
            CustomParser = result =>
            {
                if (Words.TryParse<Role>(result.Tokens[0].Value.Replace('-', ' '), out var role))
                {
                    return role;
                }

                result.AddError($"\"{result.Tokens[0].Value}\" is no role: it is {string.Join(", ", Names.SkipLast(1))} or {Names[^1]}.");
                return default;
            },
        };
        var agency = new Option<string?>("--agency") { Description = "The agency that they lead", HelpName = "CODE" };
        var command = new Command("role", "Give a person a role from today on") { email, role, agency, CommandLine.Data };
        command.SetAction((parsed, stop) => CommandLine.WithDatabaseAsync(parsed.GetValue(CommandLine.Data)!, services => services.AddScoped<GiveRole>(),
            services => RunAsync(services, parsed.GetValue(email)!, parsed.GetValue(role), parsed.GetValue(agency), stop), stop));
        return command;
    }

    private static IReadOnlyList<string> Names => [.. Words.All<Role>().Select(word => word.Replace(' ', '-'))];

    internal static async Task<int> RunAsync(IServiceProvider services, string email, Role role, string? agencyCode, CancellationToken stop)
    {
        var db = services.GetRequiredService<LearningDb>();
        if ((role == Role.AgencyLead) != (agencyCode is not null))
        {
            throw new CommandException(agencyCode is null ? "A lead is lead of an agency: name it with --agency CODE." : "Only an agency-lead has an --agency.", exitCode: 2);
        }

        var person = await AddressHolder.OfAsync(db, email, stop) ?? throw new CommandException($"Nobody has the address {email}. learning person add writes somebody down.");
        var agency = agencyCode is null ? null : await db.Agencies.FromSql($"select * from agencies where upper(code) = upper({agencyCode})").SingleOrDefaultAsync(stop) ?? throw new CommandException($"There is no agency {agencyCode}.");
        var wanted = new RoleWanted(person, role, agency?.Id, services.GetRequiredService<Zone>().Today, null);
        return await services.GetRequiredService<GiveRole>().RunAsync(wanted, Actor.Machine, stop) switch
        {
            RoleOutcome.Done => 0,
            RoleOutcome.Refused { Reason: var why } => throw new CommandException($"{RoleWords.Why(why)}."),
            _ => throw new CommandException($"Nobody has the address {email}."),
        };
    }
}
