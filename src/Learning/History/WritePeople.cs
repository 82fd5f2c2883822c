using Learning.Database;

using Npgsql;

using static NpgsqlTypes.NpgsqlDbType;

namespace Learning.History;

/// <summary>Writes people, their addresses and employments (P1, P6). An employment is known by its person, agency and first day; the rest of it can be corrected, unless somebody decided it here.</summary>
internal static class WritePeople
{
    public static async Task<IReadOnlyList<ImportCount>> ToAsync(NpgsqlConnection connection, Story story, CancellationToken stop)
    {
        var told = story.People.All.Values.Where(person => person.IsTold).Distinct().OrderBy(person => person.Line).ToList();
        await connection.StageAsync<ToldPerson>("import_people", told,
            [new("id", Uuid, person => person.Id), new("given_name", Text, person => person.GivenName), new("family_name", Text, person => person.FamilyName)], stop);
        var added = await connection.ExecuteAsync("""
            insert into persons (id, given_name, family_name, created_at)
            select id, given_name, family_name, $1 from import_people i where not exists (select from persons p where p.id = i.id)
            """, [story.Now], stop);
        var changed = await connection.ExecuteAsync("""
            update persons p set given_name = i.given_name, family_name = i.family_name
            from import_people i where p.id = i.id and p.erased_at is null and (p.given_name, p.family_name) is distinct from (i.given_name, i.family_name)
            """, [], stop);
        return [new("people", told.Count, added, changed), await EmailsAsync(connection, told, stop), await EmploymentsAsync(connection, told, stop)];
    }

    // A new person's messages go to the address of the newest employment.
    private static async Task<ImportCount> EmailsAsync(NpgsqlConnection connection, List<ToldPerson> told, CancellationToken stop)
    {
        var emails = told.SelectMany(person =>
        {
            var main = person.InSystem ? null : person.Employments.OrderByDescending(job => job.From).ThenByDescending(job => job.Line).First().Email;
            return person.Emails.Select(email => (Email: email, Person: person.Id, IsMain: email == main));
        }).ToList();
        await connection.StageAsync<(string Email, Guid Person, bool IsMain)>("import_emails", emails,
            [new("email", Text, row => row.Email), new("person_id", Uuid, row => row.Person), new("main", NpgsqlTypes.NpgsqlDbType.Boolean, row => row.IsMain)], stop);
        var added = await connection.ExecuteAsync("insert into person_emails (email, person_id, main) select email, person_id, main from import_emails on conflict (email) do nothing", [], stop);
        return new("addresses", emails.Count, added, 0);
    }

    private static async Task<ImportCount> EmploymentsAsync(NpgsqlConnection connection, List<ToldPerson> told, CancellationToken stop)
    {
        var jobs = told.SelectMany(person => person.Employments.Select(job => (Person: person.Id, Job: job))).OrderBy(row => row.Job.Line).ToList();
        await connection.StageAsync<(Guid Person, ToldEmployment Job)>("import_employments", jobs,
        [
            new("id", Uuid, _ => Guid.CreateVersion7()), new("person_id", Uuid, row => row.Person), new("agency_id", Uuid, row => row.Job.Agency!.Id), new("job_title", Text, row => row.Job.JobTitle),
            new("workforce", Text, row => row.Job.Workforce!.Value.Word()), new("level", Text, row => row.Job.Level), new("starts_on", Date, row => row.Job.From), new("ends_on", Date, row => row.Job.To),
            new("line", Integer, row => row.Job.Line),
        ], stop);
        var changed = await connection.ExecuteAsync("""
            update employments e set job_title = i.job_title, workforce = i.workforce, level = i.level, ends_on = i.ends_on
            from import_employments i
            where (e.person_id, e.agency_id, e.starts_on) = (i.person_id, i.agency_id, i.starts_on) and e.decided_at is null
                and (e.job_title, e.workforce, e.level, e.ends_on) is distinct from (i.job_title, i.workforce, i.level, i.ends_on)
            """, [], stop);
        var added = await connection.ExecuteAsync("""
            insert into employments (id, person_id, agency_id, job_title, workforce, level, starts_on, ends_on)
            select id, person_id, agency_id, job_title, workforce, level, starts_on, ends_on from import_employments i
            where not exists (select from employments e where (e.person_id, e.agency_id, e.starts_on) = (i.person_id, i.agency_id, i.starts_on))
            order by line
            """, [], stop);
        return new("employments", jobs.Count, added, changed);
    }
}
