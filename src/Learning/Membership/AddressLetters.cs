using System.Text.Json;

using Learning.Messages;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Membership;

/// <summary>The kinds of message about addresses, read just before each is sent (M3). The codes let their reader in, and are nobody else's.</summary>
internal static class AddressLetters
{
    public const string Confirm = "confirm-address";
    public const string Taken = "address-taken";
    public const string MainNew = "main-address-new";
    public const string MainOld = "main-address-old";
    public const string Vouch = "vouch-for-address";
    public const string Notice = "address-notice";

    internal static readonly MessageKind[] Kinds =
    [
        new(Confirm, ConfirmAsync, Secret: true), new(Taken, TakenAsync), new(MainNew, MainAsync, Secret: true), new(MainOld, MainAsync, Secret: true), new(Vouch, VouchAsync), new(Notice, NoticeAsync),
    ];

    private static async Task<Reading> ConfirmAsync(LearningDb db, Message message, Zone zone, CancellationToken stop)
    {
        var claim = await db.AddressClaims.AsNoTracking().SingleOrDefaultAsync(row => row.Id == message.SubjectId, stop);
        return claim is null || !claim.IsOpen(zone.Now) ? new Reading.Drop("the code has run out")
            : Code(message) is not { } code ? new Reading.Drop("its words were for one reading")
            : new Reading.Send(new Dictionary<string, object?> { ["id"] = claim.Id, ["code"] = code, ["spaced"] = code.Insert(3, " "), ["until"] = British.Moment(zone.LocalOf(claim.EndsAt)) });
    }

    // Nothing that whoever typed the address has written stands in it, nor who they are: its reader may be a stranger to them.
    private static async Task<Reading> TakenAsync(LearningDb db, Message message, Zone zone, CancellationToken stop) =>
        await db.AddressClaims.AnyAsync(row => row.Id == message.SubjectId, stop) ? new Reading.Send(new Dictionary<string, object?> { ["address"] = message.Address }) : new Reading.Drop("it is too old");

    private static async Task<Reading> MainAsync(LearningDb db, Message message, Zone zone, CancellationToken stop)
    {
        var change = await db.MainAddressChanges.AsNoTracking().SingleOrDefaultAsync(row => row.Id == message.SubjectId, stop);
        return change is null || !change.IsOpen(zone.Now) ? new Reading.Drop("the change has ended")
            : Code(message) is not { } code ? new Reading.Drop("its words were for one reading")
            : new Reading.Send(new Dictionary<string, object?>
            {
                ["id"] = change.Id, ["code"] = code, ["spaced"] = code.Insert(3, " "), ["newAddress"] = change.Email, ["oldAddress"] = change.OldEmail, ["until"] = British.Moment(zone.LocalOf(change.EndsAt)),
            });
    }

    private static async Task<Reading> VouchAsync(LearningDb db, Message message, Zone zone, CancellationToken stop)
    {
        var found = await db.MainAddressChanges.Where(row => row.Id == message.SubjectId).Join(db.Persons, row => row.PersonId, person => person.Id, (row, person) => new { Change = row, Person = person })
            .AsNoTracking().SingleOrDefaultAsync(stop);
        return found is null || !found.Change.IsOpen(zone.Now) || found.Change.OldConfirmedAt is not null ? new Reading.Drop("nobody needs to vouch for them any more")
            : new Reading.Send(new Dictionary<string, object?> { ["who"] = found.Person.Name, ["id"] = found.Change.Id, ["newAddress"] = found.Change.Email, ["oldAddress"] = found.Change.OldEmail });
    }

    private static Task<Reading> NoticeAsync(LearningDb db, Message message, Zone zone, CancellationToken stop)
    {
        using var data = JsonDocument.Parse(message.Data);
        var (what, email) = (data.RootElement.GetProperty("what").GetString(), data.RootElement.GetProperty("email").GetString());
        return Task.FromResult<Reading>(new Reading.Send(new Dictionary<string, object?>
        {
            ["added"] = what == "added", ["removed"] = what == "removed", ["main"] = what == "main", ["refused"] = what == "refused", ["address"] = email,
            ["at"] = British.Moment(zone.LocalOf(message.QueuedAt)),
        }));
    }

    private static string? Code(Message message)
    {
        using var data = JsonDocument.Parse(message.Data);
        return data.RootElement.TryGetProperty("code", out var code) ? code.GetString() : null;
    }
}
