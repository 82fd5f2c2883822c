using System.Text.Json;

using Learning.Accounts;
using Learning.Messages;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Membership;

/// <summary>The kinds of message about somebody who has lost their second step, read just before each is sent (M3). What came of it is told as any change of what protects an account.</summary>
internal static class RecoveryLetters
{
    public const string Asked = "let-in-asked";
    public const string Begun = "let-in-begun";
    public const string Link = "let-in-link";

    internal static readonly MessageKind[] Kinds = [new(Asked, AskedAsync), new(Begun, BegunAsync, Secret: true), new(Link, LinkAsync, Secret: true)];

    private static async Task<Reading> AskedAsync(LearningDb db, Message message, Zone zone, CancellationToken stop)
    {
        var found = await db.AccountRecoveries.AsNoTracking().Where(row => row.Id == message.SubjectId)
            .Join(db.Persons, row => row.PersonId, person => person.Id, (row, person) => new { Row = row, Person = person }).SingleOrDefaultAsync(stop);
        if (found?.Row.StateAt(zone.Now) != RecoveryState.Open)
        {
            return new Reading.Drop("nobody needs to decide any more");
        }

        var deciders = await RecoveryDeciders.OfAsync(db, found.Person.Id, zone.Today, stop);
        var who = message.PersonId is { } reader ? await Actor.ForAsync(db, reader, zone.Today, stop) : Actor.Nobody;
        return !deciders.Include(who, found.Person.Id) ? new Reading.Drop("it is not theirs to decide any more") : new Reading.Send(new Dictionary<string, object?>
        {
            ["who"] = found.Person.Name, ["agency"] = await WorksAt.TodayAsync(db, found.Person.Id, zone.Today, stop), ["when"] = British.Moment(zone.LocalOf(found.Row.AskedAt)),
            ["device"] = found.Row.Device, ["until"] = British.Moment(zone.LocalOf(found.Row.AskedAt + AccountRecovery.Waits)), ["area"] = deciders.By == Role.AgencyLead ? "agency" : "manage", ["id"] = found.Row.Id,
        });
    }

    private static async Task<Reading> BegunAsync(LearningDb db, Message message, Zone zone, CancellationToken stop)
    {
        var row = await db.AccountRecoveries.AsNoTracking().SingleOrDefaultAsync(one => one.Id == message.SubjectId, stop);
        return row?.IsAlive(zone.Now) != true ? new Reading.Drop("it is over")
            : SecretOf(message) is not { } secret ? new Reading.Drop("its words were for one reading")
            : new Reading.Send(new Dictionary<string, object?> { ["when"] = British.Moment(zone.LocalOf(row.AskedAt)), ["device"] = row.Device, ["link"] = secret });
    }

    private static async Task<Reading> LinkAsync(LearningDb db, Message message, Zone zone, CancellationToken stop)
    {
        var row = await db.AccountRecoveries.AsNoTracking().SingleOrDefaultAsync(one => one.Id == message.SubjectId, stop);
        return row?.StateAt(zone.Now) != RecoveryState.LetIn ? new Reading.Drop("the link is good no more")
            : SecretOf(message) is not { } secret ? new Reading.Drop("its words were for one reading")
            : new Reading.Send(new Dictionary<string, object?>
            {
                ["when"] = British.Moment(zone.LocalOf(row.AskedAt)), ["device"] = row.Device, ["link"] = secret, ["until"] = British.Moment(zone.LocalOf(row.LinkEndsAt!.Value)),
            });
    }

    private static string? SecretOf(Message message) => JsonSerializer.Deserialize<SecretData>(message.Data)?.Secret;

    internal sealed record SecretData(string? Secret);
}
