using System.Globalization;
using System.Text.Json;

using Learning.Messages;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Membership;

/// <summary>The kinds of message about where somebody works, read just before each is sent (M3).</summary>
internal static class MoveLetters
{
    public const string Proposed = "move-proposed";
    public const string Confirmed = "move-confirmed";
    public const string Declined = "move-declined";
    public const string LeftUs = "left-us";
    public const string Ended = "employment-ended";

    internal static readonly MessageKind[] Kinds =
    [
        About(Proposed, MoveState.Proposed), About(Confirmed, MoveState.Confirmed), About(Declined, MoveState.Declined), About(LeftUs, MoveState.Confirmed), new(Ended, EndedAsync),
    ];

    private static MessageKind About(string kind, MoveState state) => new(kind, async (db, message, zone, stop) =>
    {
        var found = await (
            from move in db.Moves
            join person in db.Persons on move.PersonId equals person.Id
            join agency in db.Agencies on move.AgencyId equals agency.Id
            join left in db.Agencies on move.LeavesId equals left.Id into leaves
            from left in leaves.DefaultIfEmpty()
            where move.Id == message.SubjectId
            select new { move, person, agency.Name, Left = left == null ? null : left.Name }).AsNoTracking().SingleAsync(stop);
        if (found.move.State != state)
        {
            return new Reading.Drop($"the move is {found.move.State.ToString().ToLowerInvariant()} now");
        }

        return found.person.ErasedAt is not null ? new Reading.Drop("the person has been erased") : new Reading.Send(new Dictionary<string, object?>
        {
            ["who"] = found.person.Name,
            ["move"] = found.move.Id,
            ["agency"] = found.Name,
            ["left"] = found.Left,
            ["lastDay"] = found.move.LeavesOn is { } leavesOn ? British.Date(leavesOn.AddDays(-1)) : null,
            ["firstDay"] = British.Date(found.move.StartsOn),
            ["jobTitle"] = found.move.JobTitle,
            ["reason"] = found.move.Reason,
        });
    });

    private static async Task<Reading> EndedAsync(LearningDb db, Message message, Zone zone, CancellationToken stop)
    {
        using var data = JsonDocument.Parse(message.Data);
        var endsOn = DateOnly.ParseExact(data.RootElement.GetProperty("endsOn").GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        var found = await db.Employments.Where(job => job.Id == message.SubjectId)
            .Join(db.Agencies, job => job.AgencyId, agency => agency.Id, (job, agency) => new { Job = job, agency.Name }).AsNoTracking().SingleAsync(stop);
        return found.Job.EndsOn != endsOn ? new Reading.Drop("it says something else by now") : new Reading.Send(new Dictionary<string, object?>
        {
            ["agency"] = found.Name,
            ["never"] = found.Job.StartsOn == endsOn,
            ["lastDay"] = British.Date(endsOn.AddDays(-1)),
        });
    }
}
