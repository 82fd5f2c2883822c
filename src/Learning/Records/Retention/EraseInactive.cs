using System.Data.Common;

using Learning.Database;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Records.Retention;

/// <summary>What a night of <see cref="EraseInactive"/> did.</summary>
/// <param name="Refused">Who is due and stays, for a reason that the page shows.</param>
public sealed record ErasedRun(int Erased, int Refused);

/// <summary>
/// Erases who has done nothing for years and was told in time (P5, <see cref="RetentionRules"/>): the longest inactive first, at most <see cref="MostErasures"/> a night, each in a transaction of its own
/// and by <see cref="ErasePerson"/>. There, once they can do nothing any more, everything is asked again: who has signed in, booked or kept their record at the same moment stays. Whom that verb refuses stays,
/// with its reason on the list. Two servers at it erase each once.
/// </summary>
public sealed class EraseInactive(IDbContextFactory<LearningDb> databases, ErasePerson erase, RunProgress progress, Zone zone, ILogger<EraseInactive> log)
{
    /// <summary>Erasures a night.</summary>
    public const int MostErasures = 200;

    /// <summary>The reason that stays with the number.</summary>
    public const string Reason = "Retention: no activity for as long as the installation keeps records.";

    public async Task<ErasedRun> RunAsync(CancellationToken stop = default)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        var periods = await RetentionPeriods.ReadAsync(db, stop);
        var (erased, refused) = (0, 0);
        var listed = await Inactive.AskAsync(db, zone, zone.Today, listed: true, one: null, stop);
        foreach (var (person, number) in listed.Select((person, number) => (person, number)))
        {
            await progress.AtAsync(number, listed.Count);
            if (erased == MostErasures)
            {
                break;
            }

            if (!person.IsDue(periods, zone, zone.Today))
            {
                continue;
            }

            switch (await EraseAsync(person.Id, periods, stop))
            {
                case EraseOutcome.Erased:
                    erased++;
                    break;
                case EraseOutcome.NotYet notYet:
                    refused++;
                    await db.Database.ExecuteSqlAsync($"update retention_cases set refused = {string.Join(' ', notYet.First)} where person_id = {person.Id}", stop);
                    break;
            }
        }

        return new ErasedRun(erased, refused);
    }

    // One who cannot be erased, whatever the cause, does not keep the others.
    private async Task<EraseOutcome> EraseAsync(Guid id, RetentionPeriods periods, CancellationToken stop)
    {
        try
        {
            return await erase.RunAsync(id, Reason, Actor.Machine, (db, who, ending) => StillAsync(db, who, periods, ending), stop);
        }
        catch (Exception e) when (e is DbException or DbUpdateException or InvalidOperationException)
        {
            log.LogError(e, "The person {Id} could not be erased", id);
            return new EraseOutcome.NotYet(["The program failed on them: its log says why."]);
        }
    }

    private async Task<Announced?> StillAsync(LearningDb db, WhoGoes who, RetentionPeriods periods, CancellationToken stop) =>
        (await Inactive.AskAsync(db, zone, zone.Today, listed: true, one: who.Persons[0], stop)).SingleOrDefault() is { } person && person.IsDue(periods, zone, zone.Today)
            ? new Announced(person.ListedAt!.Value, person.NoticedAt) : null;
}
