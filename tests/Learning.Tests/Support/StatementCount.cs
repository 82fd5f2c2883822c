using System.Data.Common;

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Learning.Tests.Support;

/// <summary>Counts the statements that a site of its own sends, page by page: a list page sends as many for one row as for three (house rule 6).</summary>
public sealed class StatementCount : DbCommandInterceptor
{
    private int sent;

    /// <summary>A site that counts; use it from one visitor at a time. Nothing goes on in it by itself, so that what is counted is the page's.</summary>
    public Task<WebsiteUnderTest> SiteAsync(Ground ground) => WebsiteUnderTest.StartAsync(ground.ConnectionString, ground.Clock, services =>
    {
        foreach (var ours in services.Where(one => one.ServiceType == typeof(IHostedService) && (one.ImplementationType ?? one.ImplementationFactory?.Method.DeclaringType)?.Assembly == typeof(LearningDb).Assembly).ToList())
        {
            services.Remove(ours);
        }

        services.ConfigureDbContext<LearningDb>(options => options.AddInterceptors(this), ServiceLifetime.Singleton);
    });

    /// <summary>How many statements it took to do this.</summary>
    public async Task<int> Of(Func<Task> doing)
    {
        sent = 0;
        await doing();
        return sent;
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref sent);
        return base.ReaderExecutingAsync(command, eventData, result, cancellationToken);
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref sent);
        return base.NonQueryExecutingAsync(command, eventData, result, cancellationToken);
    }
}
