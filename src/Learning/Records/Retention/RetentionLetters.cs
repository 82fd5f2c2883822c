using System.Text.Json;

using Learning.Membership;
using Learning.Messages;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Records.Retention;

/// <summary>The notice that somebody's record would be erased, with the link that keeps it. It goes to who still has done nothing, and whom the business unit does not keep (M3).</summary>
internal static class RetentionLetters
{
    public const string Kind = "record-ends";

    internal static readonly MessageKind[] Kinds = [new(Kind, ReadAsync, Secret: true)];

    private static async Task<Reading> ReadAsync(LearningDb db, Message message, Zone zone, CancellationToken stop)
    {
        using var data = JsonDocument.Parse(message.Data);
        if (!data.RootElement.TryGetProperty("link", out var link))
        {
            return new Reading.Drop("its words were for one reading");
        }

        var hash = OneTimeSecret.HashOf(link.GetString()!);
        var one = await db.RetentionCases.AsNoTracking().SingleOrDefaultAsync(row => row.LinkHash == hash && row.PersonId == message.PersonId, stop);
        var found = one is null ? null : (await Inactive.AskAsync(db, zone, one.LastActiveOn, listed: true, one.PersonId, stop)).SingleOrDefault();
        if (one is null || found is null or { Held: true })
        {
            return new Reading.Drop("they did something meanwhile, or their record is kept");
        }

        var periods = await RetentionPeriods.ReadAsync(db, stop);
        return new Reading.Send(new Dictionary<string, object?>
        {
            ["link"] = link.GetString(), ["years"] = British.Count(periods.Years, "year"), ["lastDay"] = British.Date(RetentionRules.ErasedOn(one.LastActiveOn, zone.Today, periods).AddDays(-1)),
            ["active"] = RetentionWords.ToThem(found.What), ["activeOn"] = British.DateWithoutDay(found.ActiveOn),
        });
    }
}
