using Learning.Membership;
using Learning.People;
using Learning.Tests.Support;

using Microsoft.EntityFrameworkCore;

namespace Learning.Tests.Membership;

/// <summary>What tests of moving begin with: two agencies with a lead each, and somebody who works for the first since 2020.</summary>
internal sealed class Moving
{
    private readonly Ground ground;

    private Moving(Ground ground) => this.ground = ground;

    public Agency Old { get; private set; } = null!;
    public Agency Next { get; private set; } = null!;
    public Person OldLead { get; private set; } = null!;
    public Person Lead { get; private set; } = null!;
    public Person Mover { get; private set; } = null!;

    public static async Task<Moving> Between(Ground ground, string old = "Council", string next = "Police")
    {
        var given = ground.Given;
        var moving = new Moving(ground) { Old = await given.Agency(old), Next = await given.Agency(next) };
        (moving.OldLead, moving.Lead) = (await given.Person(moving.Old, given: "Olwen"), await given.Person(moving.Next, given: "Lena"));
        await given.Role(moving.OldLead, Role.AgencyLead, moving.Old);
        await given.Role(moving.Lead, Role.AgencyLead, moving.Next);
        moving.Mover = await given.Person(moving.Old, given: "Mo");
        return moving;
    }

    /// <summary>What the person says, unless told otherwise: from the old agency to the next, on 1 June 2024.</summary>
    public TypedMove Typed(string startsOn = "2024-06-01", string? lastDay = null, bool leaves = true, bool main = false, string? workforce = "adults", string? jobTitle = "Constable") => new(
        leaves ? Old.Id : null, Next.Id, jobTitle, workforce, "3", startsOn.Length == 0 ? null : DateOnly.Parse(startsOn), lastDay is null ? null : DateOnly.Parse(lastDay), main);

    public async Task<ProposeOutcome> Propose(TypedMove? typed = null, Person? by = null)
    {
        var actor = await ground.Given.Actor(by ?? Mover);
        return await ground.With((ProposeMove propose) => propose.RunAsync(typed ?? Typed(), actor));
    }

    public async Task<Guid> Proposed(TypedMove? typed = null) => Assert.IsType<ProposeOutcome.Proposed>(await Propose(typed)).Id;

    public async Task<MoveOutcome> Confirm(Guid move, Person? by = null)
    {
        var actor = await ground.Given.Actor(by ?? Lead);
        return await ground.With((ConfirmMove confirm) => confirm.RunAsync(move, actor));
    }

    public async Task<MoveOutcome> Decline(Guid move, string? reason = "Nobody of that name works here", Person? by = null)
    {
        var actor = await ground.Given.Actor(by ?? Lead);
        return await ground.With((DeclineMove decline) => decline.RunAsync(move, reason, actor));
    }

    public async Task<Guid> Confirmed(TypedMove? typed = null)
    {
        var move = await Proposed(typed);
        Assert.Equal(new MoveOutcome.Done(MoveState.Confirmed), await Confirm(move));
        return move;
    }

    /// <summary>"Council 2020-01-01 2024-06-01 children, Police 2024-06-01 - adults main": a person's work, in the order of first days and names.</summary>
    public static async Task<string> WorkOf(Ground ground, Person person)
    {
        await using var db = ground.Db();
        var jobs = await db.Employments.Where(job => job.PersonId == person.Id).Join(db.Agencies, job => job.AgencyId, agency => agency.Id, (job, agency) => new { Job = job, agency.Name })
            .OrderBy(row => row.Job.StartsOn).ThenBy(row => row.Name).ToListAsync();
        return string.Join(", ", jobs.Select(row =>
            $"{row.Name} {row.Job.StartsOn:yyyy-MM-dd} {(row.Job.EndsOn is { } end ? end.ToString("yyyy-MM-dd") : "-")} {row.Job.Workforce.ToString().ToLowerInvariant()}{(row.Job.Main ? " main" : "")}"));
    }

    public Task<string> Work() => WorkOf(ground, Mover);

    /// <summary>The kinds of message that a person was sent, in the order of writing.</summary>
    public static Task<string> MailsOf(Ground ground, Person person) =>
        ground.Sql<string>($"select coalesce(string_agg(kind, ' ' order by ctid), '') from messages where person_id = '{person.Id}'");

    public async Task<bool> Sees(Person lead, Person person)
    {
        var actor = await ground.Given.Actor(lead);
        await using var db = ground.Db();
        return await db.Persons.VisibleTo(actor, db, ground.Zone.Today).AnyAsync(one => one.Id == person.Id);
    }
}
