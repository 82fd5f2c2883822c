using Learning.Attendance;
using Learning.People;
using Learning.Records.Retention;
using Learning.Tests.Figures;
using Learning.Tests.Support;

namespace Learning.Tests.Records;

/// <summary>People who did something once, and the nights of retention.</summary>
internal sealed class LongInactive(Ground ground)
{
    public Given Given => ground.Given;

    /// <summary>Somebody who was on a register on a day, and has an employment that nobody ended, which is no activity.</summary>
    public async Task<Person> Person(string lastOn, string given = "Ivy", string? family = null, Agency? agency = null, bool address = true)
    {
        var person = await Given.Person(agency ?? await Given.Agency(), given: given, family: family);
        if (!address)
        {
            await ground.Sql($"delete from person_emails where person_id = '{person.Id}'");
        }

        var session = await Given.Session(null, 20, $"{lastOn} 09:30 to 12:00");
        await new Told(ground).Mark(session, person, MarkKind.Attended, $"{lastOn} 12:00", agency: agency);
        return person;
    }

    /// <summary>The jobs of a night, in their order.</summary>
    public async Task<ErasedRun> Night(string day)
    {
        ground.Clock.Set($"{day} 02:45");
        var erased = await Erase();
        ground.Clock.Set($"{day} 02:50");
        await List();
        return erased;
    }

    public Task<ErasedRun> Erase() => ground.With((EraseInactive erase) => erase.RunAsync());

    public Task<ListedRun> List() => ground.With((ListInactive list) => list.RunAsync());

    /// <summary>The mail server took the notice, or gave it up, at an hour.</summary>
    public Task Noticed(Person person, string at, string state = "sent")
    {
        var instant = ground.Zone.InstantOf(DateTime.Parse(at, System.Globalization.CultureInfo.InvariantCulture));
        return ground.Sql($"""
            update messages set state = '{state}', settled_at = '{instant:O}', sent_at = {(state == "sent" ? $"'{instant:O}'" : "null")}, data = jsonb_build_object()
            where kind = 'record-ends' and person_id = '{person.Id}' and state = 'due'
            """);
    }

    public Task<bool> Erased(Person person) => ground.Sql<bool>($"select erased_at is not null from persons where id = '{person.Id}'");

    public Task<long> Listed(Person person) => ground.Sql<long>($"select count(*) from retention_cases where person_id = '{person.Id}'");

    public Task<long> Notices(Person person) => ground.Sql<long>($"select count(*) from messages where kind = 'record-ends' and person_id = '{person.Id}'");
}
