using System.Runtime.CompilerServices;

namespace Learning.Messages;

/// <summary>What several letters of one claim read once: a session is the same in each reminder of it. It lasts for as long as the claim's letters are written, a second or so, and outside of one there is none.</summary>
public sealed class LetterMemory : IDisposable
{
    private static readonly ConditionalWeakTable<LearningDb, LetterMemory> Open = [];

    private readonly Dictionary<object, object> read = [];
    private readonly LearningDb db;

    private LetterMemory(LearningDb db) => this.db = db;

    /// <summary>From now until it is disposed, what is read through this context for letters is read once.</summary>
    public static LetterMemory Begin(LearningDb db)
    {
        var memory = new LetterMemory(db);
        Open.AddOrUpdate(db, memory);
        return memory;
    }

    /// <summary>What was read under a key, or is read now.</summary>
    public static async Task<T> OfAsync<T>(LearningDb db, object key, Func<Task<T>> read) where T : notnull
    {
        if (!Open.TryGetValue(db, out var memory))
        {
            return await read();
        }

        if (!memory.read.TryGetValue(key, out var known))
        {
            memory.read[key] = known = await read();
        }

        return (T)known;
    }

    public void Dispose() => Open.Remove(db);
}
