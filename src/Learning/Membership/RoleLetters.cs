using Learning.Messages;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Membership;

/// <summary>What is written when a role is given, taken or asked for: to the person, and to the administrators, so that none comes about unseen. Read just before each is sent (M3).</summary>
internal static class RoleLetters
{
    public const string Given = "role-given";
    public const string Taken = "role-taken";
    public const string Asked = "role-asked";

    internal static readonly MessageKind[] Kinds = [new(Given, GivenAsync), new(Taken, TakenAsync), new(Asked, AskedAsync)];

    /// <summary>One for the person and one for each administrator of today.</summary>
    public static async Task<IReadOnlyList<Outgoing>> ToAllAsync(LearningDb db, string kind, RoleGrant grant, string why, DateOnly today, CancellationToken stop)
    {
        var administrators = await db.RoleGrants.HeldOn(today).Where(held => held.Role == Role.Administrator).Select(held => held.PersonId).Distinct().ToListAsync(stop);
        return [.. administrators.Append(grant.PersonId).Distinct().Select(person => new Outgoing { Kind = kind, PersonId = person, SubjectId = grant.Id, Why = why })];
    }

    private static async Task<Reading> GivenAsync(LearningDb db, Message message, Zone zone, CancellationToken stop)
    {
        var grant = await db.RoleGrants.AsNoTracking().SingleAsync(one => one.Id == message.SubjectId, stop);
        return grant.RevokedAt is not null ? new Reading.Drop("it has been taken back since") : new Reading.Send(new Dictionary<string, object?>(await ValuesAsync(db, grant, message, stop))
        {
            ["from"] = British.Date(grant.StartsOn), ["until"] = grant.EndsOn is { } end ? British.Date(end.AddDays(-1)) : null, ["by"] = await NameAsync(db, grant.GrantedBy, stop),
        });
    }

    private static async Task<Reading> TakenAsync(LearningDb db, Message message, Zone zone, CancellationToken stop)
    {
        var grant = await db.RoleGrants.AsNoTracking().SingleAsync(one => one.Id == message.SubjectId, stop);
        return new Reading.Send(new Dictionary<string, object?>(await ValuesAsync(db, grant, message, stop)) { ["by"] = await NameAsync(db, grant.RevokedBy, stop), ["reason"] = grant.RevokedReason });
    }

    private static async Task<Reading> AskedAsync(LearningDb db, Message message, Zone zone, CancellationToken stop)
    {
        var request = await db.RoleRequests.AsNoTracking().SingleAsync(one => one.Id == message.SubjectId, stop);
        return request.Decision is not null ? new Reading.Drop("it has been decided") : new Reading.Send(new Dictionary<string, object?>
        {
            ["role"] = RoleWords.Of(request.Role, await AgencyAsync(db, request.AgencyId, stop)), ["who"] = await NameAsync(db, request.PersonId, stop),
            ["by"] = await NameAsync(db, request.AskedBy, stop), ["reason"] = request.Reason,
        });
    }

    private static async Task<Dictionary<string, object?>> ValuesAsync(LearningDb db, RoleGrant grant, Message message, CancellationToken stop) => new()
    {
        ["role"] = RoleWords.Of(grant.Role, await AgencyAsync(db, grant.AgencyId, stop), grant.Deputy), ["own"] = message.PersonId == grant.PersonId, ["who"] = await NameAsync(db, grant.PersonId, stop),
    };

    private static Task<string?> AgencyAsync(LearningDb db, Guid? agency, CancellationToken stop) =>
        db.Agencies.Where(row => row.Id == agency).Select(row => row.Name).SingleOrDefaultAsync(stop)!;

    private static async Task<string?> NameAsync(LearningDb db, Guid? person, CancellationToken stop) =>
        await db.Persons.Where(row => row.Id == person).Select(row => row.GivenName + " " + row.FamilyName).SingleOrDefaultAsync(stop) is { } name && !string.IsNullOrWhiteSpace(name) ? name.Trim() : null;
}
