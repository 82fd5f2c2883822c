using System.Text.Json;

using Learning.Messages;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Accounts;

/// <summary>The mails of the door: a link and a code, a word to an address that nobody here has, and the notice that somebody signed in in a new browser.</summary>
internal static class SignInLetters
{
    internal const string CodeKind = "sign-in-code", UnknownKind = "sign-in-unknown", NewDeviceKind = "new-device";

    internal static readonly MessageKind[] Kinds = [new(CodeKind, CodeAsync, Secret: true), new(UnknownKind, UnknownAsync), new(NewDeviceKind, NewDeviceAsync)];

    // Later than this nobody is told of a sign-in any more: the mail server was away for long.
    private static readonly TimeSpan News = TimeSpan.FromDays(7);

    internal static Outgoing Code(SignInCode row, string link, string code) => new()
    {
        Kind = CodeKind, PersonId = row.PersonId, Address = row.Email, SubjectId = row.Id, Why = "Somebody asked to sign in by e-mail at this address.",
        Data = new CodeData(link, code),
    };

    internal static Outgoing Unknown(SignInCode row, string address, bool write) => new()
    {
        Kind = UnknownKind, Address = address, SubjectId = row.Id, Why = "Somebody asked to sign in at this address, and nobody here has it.", Data = new UnknownData(write),
    };

    internal static Outgoing NewDevice(AccountSession session, Guid personId) => new()
    {
        Kind = NewDeviceKind, PersonId = personId, SubjectId = session.Id, Why = "Somebody signed in as them in a browser in which they had not signed in before.",
        Data = new NewDeviceData(session.Device, session.OpenedAt),
    };

    private static async Task<Reading> CodeAsync(LearningDb db, Message message, Zone zone, CancellationToken stop)
    {
        var row = await db.SignInCodes.AsNoTracking().SingleOrDefaultAsync(one => one.Id == message.SubjectId, stop);
        return row is null || JsonSerializer.Deserialize<CodeData>(message.Data) is not { Link: { } link, Code: { } code } ? new Reading.Drop("its link and code are gone")
            : row.EndedBecause is { } why ? new Reading.Drop($"its link and code have ended: {why}")
            : !row.IsGood(zone.Now) ? new Reading.Drop("its link and code have run out")
            : new Reading.Send(new Dictionary<string, object?>
            {
                ["link"] = link, ["code"] = $"{code[..3]} {code[3..]}", ["device"] = row.Device, ["until"] = Time(row.ExpiresAt, zone), ["address"] = row.Email,
            });
    }

    private static Task<Reading> UnknownAsync(LearningDb db, Message message, Zone zone, CancellationToken stop) => Task.FromResult<Reading>(
        JsonSerializer.Deserialize<UnknownData>(message.Data) is { Write: false } ? new Reading.Drop("they were told less than an hour ago, or too many were to be told at once")
        : zone.Now - message.QueuedAt > TimeSpan.FromHours(1) ? new Reading.Drop("it is too late for it")
        : new Reading.Send(new Dictionary<string, object?> { ["address"] = message.Address }));

    private static Task<Reading> NewDeviceAsync(LearningDb db, Message message, Zone zone, CancellationToken stop) => Task.FromResult<Reading>(
        JsonSerializer.Deserialize<NewDeviceData>(message.Data) is not { Device: { } device } data ? new Reading.Drop("what it was about is gone")
        : zone.Now - data.At > News ? new Reading.Drop("it is too late for it")
        : new Reading.Send(new Dictionary<string, object?> { ["device"] = device, ["when"] = British.Moment(zone.LocalOf(data.At)) }));

    private static string Time(DateTimeOffset instant, Zone zone) => British.Time(TimeOnly.FromDateTime(zone.LocalOf(instant)));

    private sealed record CodeData(string? Link, string? Code);

    private sealed record UnknownData(bool Write);

    private sealed record NewDeviceData(string? Device, DateTimeOffset At);
}
