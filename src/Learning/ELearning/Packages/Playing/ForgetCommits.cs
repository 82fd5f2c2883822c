using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.ELearning.Packages.Playing;

/// <summary>Lets the words of packages' commits go (P5): they are kept for support, and after a year nobody asks any more. What stands of each item stays, and that something was sent, and when. A second run finds nothing.</summary>
public sealed class ForgetCommits(LearningDb db, Zone zone)
{
    /// <summary>How many commits lost their words.</summary>
    public Task<long> RunAsync(CancellationToken stop = default) =>
        db.Database.SqlQuery<long>($"select blank_package_commits(array[]::uuid[], {zone.Now.AddYears(-1)}) as \"Value\"").SingleAsync(stop);
}
