using Learning.Membership;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Returns;

/// <summary>What came of a file of returns.</summary>
public abstract record UploadOutcome
{
    public sealed record Done(int Recorded, int Unchanged) : UploadOutcome;

    /// <summary>Nothing was recorded: each mistake by line and column.</summary>
    public sealed record Refused(IReadOnlyList<FileMistake> Mistakes) : UploadOutcome;

    private UploadOutcome()
    {
    }
}

/// <summary>Records a file of returns, whole or not at all, held to the rules of the form; for the agencies that the actor may return for (S2).</summary>
public sealed class UploadReturns(LearningDb db, EnterReturns enter, Zone zone)
{
    public async Task<UploadOutcome> RunAsync(byte[] file, Actor actor, CancellationToken stop = default)
    {
        if (file.Length > ReturnRules.LargestFile)
        {
            return new UploadOutcome.Refused([new FileMistake(1, 1, "The file is larger than 1 MB")]);
        }

        var agencies = await AgenciesAsync(db, actor, zone.Today, stop);
        if (agencies.Count == 0)
        {
            return new UploadOutcome.Refused([new FileMistake(1, 1, "There is no agency that you may return for")]);
        }

        var (read, mistakes) = ReadReturnsFile.From(file, agencies, await db.TrainingLevels.AsNoTracking().OrderBy(level => level.Place).ToListAsync(stop), zone.Today);
        return mistakes.Count > 0 ? new UploadOutcome.Refused(mistakes) : await enter.RunAsync(read, byFile: true, actor, stop) switch
        {
            ReturnOutcome.Done done => new UploadOutcome.Done(done.Recorded, done.Unchanged),
            _ => new UploadOutcome.Refused([new FileMistake(1, 1, "An agency of the file has just ceased to be yours. Open the page again")]),
        };
    }

    /// <summary>The agencies that somebody may return for: a lead's own with their departments, all for the business unit.</summary>
    public static Task<IReadOnlyList<AgencyPlace>> AgenciesAsync(LearningDb db, Actor actor, DateOnly today, CancellationToken stop = default) =>
        actor.IsUnit ? AgencyTree.AllAsync(db, today, stop: stop) : AgencyTree.BelowAsync(db, [.. actor.LeadOf], today, stop: stop);
}
