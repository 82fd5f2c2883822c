using Learning.Database;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Membership;

/// <summary>A list that somebody sent: typed, or as a file.</summary>
public sealed record SentList(string? Typed, byte[]? File, bool FileTooLarge = false);

/// <summary>What came of sending a list.</summary>
public abstract record CheckOutcome
{
    /// <summary>It was read, and says what would happen.</summary>
    public sealed record Checked(Guid Run) : CheckOutcome;

    /// <summary>Nothing could be read of it.</summary>
    public sealed record Refused(ListRefusal Why) : CheckOutcome;

    /// <summary>There is no such agency, or it is not the actor's.</summary>
    public sealed record NotFound : CheckOutcome;

    private CheckOutcome()
    {
    }
}

/// <summary>
/// The dry run: reads a list of people for an agency and looks up where each stands. Nobody is invited, and nothing that it says has happened. For the agency's lead and the business unit (S2). Any number
/// of people takes the same few statements.
/// </summary>
public sealed class CheckList(LearningDb db, Zone zone)
{
    public async Task<CheckOutcome> RunAsync(Guid? agency, SentList sent, Actor actor, CancellationToken stop = default)
    {
        if (actor.PersonId is not { } maker || agency is not { } target || !(actor.IsUnit || actor.LeadOf.Contains(target)))
        {
            return new CheckOutcome.NotFound();
        }

        var tree = await AgencyTree.BelowAsync(db, [target], zone.Today, stop: stop);
        if (tree is not [var first, ..] || first.Id != target)
        {
            return new CheckOutcome.NotFound();
        }

        var (read, refused) = Read(sent);
        if ((refused ?? WhyNot(read!)) is { } why)
        {
            return new CheckOutcome.Refused(why);
        }

        var (people, mistakes) = Placed(read!, tree);
        var run = new BulkRun { Id = Guid.CreateVersion7(zone.Now), AgencyId = target, MadeBy = maker, MadeAt = zone.Now, State = BulkState.Checked, Total = 0 };
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        db.BulkRuns.Add(run);
        await db.SaveChangesAsync(stop);
        await WriteAsync(run, people, stop);
        await WriteAsync(run, mistakes, stop);
        await db.Database.ExecuteSqlAsync($"update bulk_runs set total = (select count(*) from bulk_rows where run_id = {run.Id} and standing in ('new', 'no account', 'elsewhere')) where id = {run.Id}", stop);
        await transaction.CommitAsync(stop);
        return new CheckOutcome.Checked(run.Id);
    }

    private static (Invitees? Read, ListRefusal? Refused) Read(SentList sent) =>
        sent.FileTooLarge || sent.File?.Length > JoiningRules.LargestList || sent.Typed?.Length > JoiningRules.LargestList ? (null, ListRefusal.TooLarge)
        : sent.File is { Length: > 0 } file ? ReadListFile.From(file)
        : string.IsNullOrWhiteSpace(sent.Typed) ? (null, ListRefusal.Nothing)
        : (ReadTypedList.From(sent.Typed), null);

    private static ListRefusal? WhyNot(Invitees read) => read.Named > JoiningRules.LongestList ? ListRefusal.TooManyPeople : null;

    // Only now is it known which departments there are.
    private static (List<(Invitee Who, Guid Agency)> People, IReadOnlyList<ListMistake> Mistakes) Placed(Invitees read, IReadOnlyList<AgencyPlace> tree)
    {
        var codes = tree.ToDictionary(place => place.Code, place => place.Id, StringComparer.OrdinalIgnoreCase);
        var people = new List<(Invitee, Guid)>();
        foreach (var who in read.People)
        {
            if (who.Department is null)
            {
                people.Add((who, tree[0].Id));
            }
            else if (codes.TryGetValue(who.Department, out var agency))
            {
                people.Add((who, agency));
            }
            else
            {
                read.Mistake(who.Line, who.DepartmentAt, $"“{Invitees.Short(who.Department)}” is the code of no part of {tree[0].Name}");
            }
        }

        return (people, [.. read.Mistakes.OrderBy(mistake => mistake.Line).ThenBy(mistake => mistake.Column)]);
    }

    private async Task WriteAsync(BulkRun run, List<(Invitee Who, Guid Agency)> people, CancellationToken stop)
    {
        var (now, today) = (zone.Now, zone.Today);
        var whole = await AgencyTree.WholeAsync(db, run.AgencyId, stop);
        int[] numbers = [.. Enumerable.Range(1, people.Count)], lines = [.. people.Select(one => one.Who.Line)];
        string[] emails = [.. people.Select(one => one.Who.Email)];
        string?[] given = [.. people.Select(one => one.Who.GivenName)], family = [.. people.Select(one => one.Who.FamilyName)], titles = [.. people.Select(one => one.Who.JobTitle)];
        string?[] workforces = [.. people.Select(one => one.Who.Workforce?.Word())], levels = [.. people.Select(one => one.Who.Level)];
        Guid[] agencies = [.. people.Select(one => one.Agency)];
        await db.Database.ExecuteSqlAsync($"""
            insert into bulk_rows (run_id, number, line, email, given_name, family_name, job_title, workforce, level, agency_id, standing)
            select {run.Id}, r.number, r.line, r.email, r.given_name, r.family_name, r.job_title, r.workforce, r.level, r.agency_id, case
                when works.here and exists (select from accounts a where a.person_id = holder.id) then 'here'
                when exists (select from invitations i where i.email = r.email and i.agency_id = any ({whole}) and i.accepted_at is null and i.withdrawn_at is null and i.ends_at > {now}) then 'invited'
                when works.here then 'no account'
                when works.somewhere then 'elsewhere'
                else 'new' end
            from unnest({numbers}, {lines}, {emails}, {given}, {family}, {titles}, {workforces}, {levels}, {agencies})
                as r (number, line, email, given_name, family_name, job_title, workforce, level, agency_id)
            left join person_emails e on e.email = r.email
            cross join lateral (select counted_as(e.person_id) as id) holder
            cross join lateral (
                select coalesce(bool_or(j.agency_id = any ({whole})), false) as here, count(*) > 0 as somewhere
                from employments j where j.person_id = holder.id and j.starts_on <= {today} and (j.ends_on is null or {today} < j.ends_on)) works
            """, stop);
    }

    private async Task WriteAsync(BulkRun run, IReadOnlyList<ListMistake> mistakes, CancellationToken stop)
    {
        int[] numbers = [.. Enumerable.Range(1, mistakes.Count)], lines = [.. mistakes.Select(one => one.Line)], columns = [.. mistakes.Select(one => one.Column)];
        string[] sentences = [.. mistakes.Select(one => one.Sentence)];
        await db.Database.ExecuteSqlAsync($"""
            insert into bulk_mistakes (run_id, number, line, at_column, sentence)
            select {run.Id}, number, line, at_column, sentence from unnest({numbers}, {lines}, {columns}, {sentences}) as m (number, line, at_column, sentence)
            """, stop);
    }
}
