using System.Collections.Concurrent;
using System.Net;

namespace Learning.Benchmarks.Storm;

/// <summary>What the servers answered: how many of each status, and what nobody should be answered.</summary>
public sealed class Answers
{
    private readonly ConcurrentDictionary<int, int> counts = new();
    private readonly ConcurrentQueue<string> unexpected = new();

    public IReadOnlyDictionary<int, int> Counts => counts;

    /// <summary>Answers that are a mistake of the program whoever asks for what, or an answer that is none to this question.</summary>
    public IReadOnlyCollection<string> Unexpected => unexpected;

    internal void Add(HttpResponseMessage answer, params HttpStatusCode[] expected)
    {
        counts.AddOrUpdate((int)answer.StatusCode, 1, (_, count) => count + 1);
        if (!expected.Contains(answer.StatusCode))
        {
            unexpected.Enqueue($"{(int)answer.StatusCode} to {answer.RequestMessage?.Method} {answer.RequestMessage?.RequestUri?.AbsolutePath}");
        }
    }
}
