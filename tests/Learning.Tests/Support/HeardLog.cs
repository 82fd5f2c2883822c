using System.Collections.Concurrent;

using Learning.Web;

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Learning.Tests.Support;

/// <summary>Everything that a site of its own writes into its log, as it writes it, down to what only somebody who hunts a fault would turn on.</summary>
public sealed class HeardLog : ILoggerProvider
{
    private readonly ConcurrentQueue<string> lines = new();

    /// <summary>An entry each.</summary>
    public IReadOnlyCollection<string> Lines => lines;

    /// <summary>Listens to a site: give it to <see cref="WebsiteUnderTest.StartAsync"/> as what adjusts its services.</summary>
    public void Listen(IServiceCollection services) => services.AddSingleton<ILoggerProvider>(this).Configure<LoggerFilterOptions>(options => options.MinLevel = LogLevel.Trace);

    public ILogger CreateLogger(string categoryName) => new Ear(this, categoryName);

    public void Dispose()
    {
    }

    private sealed class Ear(HeardLog heard, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            heard.lines.Enqueue(LogLines.Of(DateTimeOffset.UnixEpoch, logLevel, category, formatter(state, exception), exception));
    }
}
