using System.Collections.Concurrent;
using System.Diagnostics;

namespace Learning.ELearning;

/// <summary>
/// What was read from files, kept while they stay as they are. A file system's clock is coarse: two changes within one tick of it look the same. So what was read is trusted only after the files
/// have looked the same for two seconds and were read again.
/// </summary>
internal sealed class Settled<T>
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, Entry> entries = new();

    private sealed record Entry(string Stamp, long Since, bool Sure, T Value);

    /// <param name="stamp">Names, sizes and times of the files.</param>
    public T Of(string key, string stamp, Func<T> read)
    {
        var known = entries.GetValueOrDefault(key) is { } entry && entry.Stamp == stamp ? entry : null;
        if (known is { Sure: true })
        {
            return known.Value;
        }

        var since = known?.Since ?? Stopwatch.GetTimestamp();
        var sure = Stopwatch.GetElapsedTime(since) > Wait;
        var value = read();
        entries[key] = new Entry(stamp, since, sure, value);
        return value;
    }
}
