using System.Collections.Concurrent;

namespace Learning.Benchmarks.Storm;

/// <summary>The bookings that were told to people, and what was pressed: what the crowd knows, not what the database does.</summary>
internal sealed class Places
{
    private readonly ConcurrentDictionary<(Guid Person, string Session), Guid> known = new();
    private readonly ConcurrentDictionary<string, int> pressed = new();

    public IReadOnlyDictionary<string, int> Pressed => pressed;

    public void Told(Guid person, string session, Guid booking) => known[(person, session)] = booking;

    /// <summary>The booking that somebody was told of, once: they are about to give it up.</summary>
    public Guid? Take(Guid person, string session) => known.TryRemove((person, session), out var booking) ? booking : null;

    /// <summary>Some booking of a person.</summary>
    public Guid? OneOf(Guid person) => known.Where(one => one.Key.Person == person).Select(one => (Guid?)one.Value).OrderBy(_ => Random.Shared.Next()).FirstOrDefault();

    public void Count(string what) => pressed.AddOrUpdate(what, 1, (_, count) => count + 1);
}
