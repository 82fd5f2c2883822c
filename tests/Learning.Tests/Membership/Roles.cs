using Learning.Membership;
using Learning.People;
using Learning.Tests.Support;

using Microsoft.EntityFrameworkCore;

namespace Learning.Tests.Membership;

/// <summary>What tests about roles say in a word.</summary>
internal static class Roles
{
    public static async Task<Person> Administrator(this Given given)
    {
        var person = await given.Person(given: "Ada");
        await given.Role(person, Role.Administrator);
        return person;
    }

    /// <summary>Gives a role from today on.</summary>
    public static async Task<RoleOutcome> GiveAsync(
        this Ground ground, Person by, Person to, Role role, Agency? agency = null, DateOnly? from = null, DateOnly? until = null, string? reason = "They run the training.")
    {
        var actor = await ground.Given.Actor(by);
        return await ground.With((GiveRole give) => give.RunAsync(new RoleWanted(to.Id, role, agency?.Id, from ?? ground.Zone.Today, until, reason), actor));
    }

    public static async Task<RoleOutcome> TakeAsync(this Ground ground, Person by, Guid grant, string? reason = "They left.")
    {
        var actor = await ground.Given.Actor(by);
        return await ground.With((TakeRole take) => take.RunAsync(grant, reason, actor));
    }

    public static async Task<RoleOutcome> DecideAsync(this Ground ground, Person by, Guid request, RoleDecision decision = RoleDecision.Approved)
    {
        var actor = await ground.Given.Actor(by);
        return await ground.With((DecideRequest decide) => decide.RunAsync(request, decision, actor));
    }

    public static async Task<RoleOutcome> AppointAsync(this Ground ground, Person by, Person deputy, Agency agency, DateOnly? until = null)
    {
        var actor = await ground.Given.Actor(by);
        return await ground.With((AppointDeputy appoint) => appoint.RunAsync(deputy.Id, agency.Id, until, actor));
    }

    public static async Task<IReadOnlySet<Role>> RolesOf(this Ground ground, Person person) => (await ground.Given.Actor(person)).Roles;

    /// <summary>The verbs of the audit trail about a person, in order.</summary>
    public static async Task<List<string>> TrailOf(this Ground ground, Person person)
    {
        await using var db = ground.Db();
        return await db.AuditEntries.Where(entry => entry.SubjectId == person.Id).OrderBy(entry => entry.Id).Select(entry => entry.Verb).ToListAsync();
    }

    /// <summary>Who is written to about something, by kind.</summary>
    public static async Task<List<(string Kind, Guid? Person)>> LettersAbout(this Ground ground, Guid subject)
    {
        await using var db = ground.Db();
        return [.. (await db.Messages.Where(message => message.SubjectId == subject).Select(message => new { message.Kind, message.PersonId }).ToListAsync()).Select(one => (one.Kind, one.PersonId))];
    }
}
