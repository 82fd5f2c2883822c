using System.Text.Json;

using Learning.Messages;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Membership;

/// <summary>The kinds of message about joining, read just before each is sent (M3). Words typed by somebody who has not proven who they are go into none of them.</summary>
internal static class JoiningLetters
{
    public const string Placed = "sign-up-placed";
    public const string Declined = "sign-up-declined";

    internal static readonly MessageKind[] Kinds =
    [
        new(JoiningMail.SignUp, SignUpAsync, Secret: true), new(JoiningMail.KnownAddress, KnownAsync), new(Placed, PlacedAsync), new(Declined, DeclinedAsync),
        new(InvitationMail.Kind, InvitationAsync, Secret: true),
    ];

    private static async Task<Reading> SignUpAsync(LearningDb db, Message message, Zone zone, CancellationToken stop)
    {
        using var data = JsonDocument.Parse(message.Data);
        if (!data.RootElement.TryGetProperty("link", out var link) || !data.RootElement.TryGetProperty("code", out var code))
        {
            return new Reading.Drop("its words were for one reading");
        }

        var hash = OneTimeSecret.HashOf(link.GetString()!);
        var signUp = await db.SignUps.AsNoTracking().SingleOrDefaultAsync(row => row.LinkHash == hash, stop);
        return signUp is not { State: SignUpState.Asked } || signUp.LinkEndsAt <= zone.Now
            ? new Reading.Drop("it was confirmed, asked for again, or is too old")
            : new Reading.Send(new Dictionary<string, object?>
            {
                ["link"] = link.GetString(), ["code"] = code.GetString()!.Insert(3, " "), ["codeUntil"] = Until(signUp.CodeEndsAt, zone), ["linkUntil"] = Until(signUp.LinkEndsAt, zone),
            });
    }

    private static async Task<Reading> KnownAsync(LearningDb db, Message message, Zone zone, CancellationToken stop) =>
        await db.SignUps.AnyAsync(row => row.Id == message.SubjectId, stop) ? new Reading.Send(new Dictionary<string, object?>()) : new Reading.Drop("it is too old");

    private static async Task<Reading> PlacedAsync(LearningDb db, Message message, Zone zone, CancellationToken stop)
    {
        var agency = await (
            from job in db.Employments
            join place in db.Agencies on job.AgencyId equals place.Id
            where job.Id == message.SubjectId
            select place.Name).SingleOrDefaultAsync(stop);
        return agency is null ? new Reading.Drop("they are with that agency no more") : new Reading.Send(new Dictionary<string, object?> { ["agency"] = agency });
    }

    private static async Task<Reading> DeclinedAsync(LearningDb db, Message message, Zone zone, CancellationToken stop)
    {
        var reason = await db.SignUps.Where(row => row.Id == message.SubjectId && row.State == SignUpState.Declined).Select(row => row.Reason).SingleOrDefaultAsync(stop);
        return reason is null ? new Reading.Drop("the business unit was asked again") : new Reading.Send(new Dictionary<string, object?> { ["reason"] = reason });
    }

    private static async Task<Reading> InvitationAsync(LearningDb db, Message message, Zone zone, CancellationToken stop)
    {
        using var data = JsonDocument.Parse(message.Data);
        if (!data.RootElement.TryGetProperty("link", out var link))
        {
            return new Reading.Drop("its words were for one reading");
        }

        var hash = OneTimeSecret.HashOf(link.GetString()!);
        var found = await db.Invitations.AsNoTracking().Where(row => row.LinkHash == hash).Select(row => new
        {
            Invitation = row, Agency = db.Agencies.Where(agency => agency.Id == row.AgencyId).Select(agency => agency.Name).Single(),
            By = db.Persons.Where(person => person.Id == row.InvitedBy).Select(person => person.GivenName + " " + person.FamilyName).FirstOrDefault(),
        }).SingleOrDefaultAsync(stop);
        return found is null || !found.Invitation.IsGood(zone.Now)
            ? new Reading.Drop("it was taken up, taken back, sent again, or has run out")
            : new Reading.Send(new Dictionary<string, object?>
            {
                ["link"] = link.GetString(), ["agency"] = found.Agency, ["by"] = Letter.OneLine(found.By ?? ""), ["given"] = found.Invitation.GivenName ?? "", ["until"] = Until(found.Invitation.EndsAt, zone),
            });
    }

    private static string Until(DateTimeOffset instant, Zone zone) => British.Moment(zone.LocalOf(instant));
}
