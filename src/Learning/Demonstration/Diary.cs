namespace Learning.Demonstration;

/// <summary>What is planned on which day: two sessions a day at most, no room and no trainer twice, nothing else on the days around today (SessionsAhead).</summary>
internal sealed class Diary
{
    private const int SessionsInDay = 2;
    private readonly Dictionary<DateOnly, List<Session>> _days = [];
    private readonly DateOnly _today;

    public Diary(HistoryFolder folder)
    {
        _today = folder.Today;
        foreach (var session in folder.Sessions)
            Enter(session);
    }

    public bool Clashes(Session session)
    {
        var aroundToday = session.Ends >= _today.AddDays(-1).At("00:00") && session.Starts < _today.AddDays(2).At("00:00");
        return aroundToday || session.Parts.Any(part => _days.TryGetValue(DayOf(part), out var others)
            && (others.Count >= SessionsInDay || others.Exists(other => SameRoom(session, other) || other.Trainers.Intersect(session.Trainers).Any())));
    }

    public void Enter(Session session)
    {
        foreach (var part in session.Parts)
        {
            if (!_days.TryGetValue(DayOf(part), out var sessions))
                _days[DayOf(part)] = sessions = [];
            sessions.Add(session);
        }
    }

    private static bool SameRoom(Session session, Session other) => session.Venue.Length > 0 && session.Venue == other.Venue;

    private static DateOnly DayOf(Part part) => DateOnly.FromDateTime(part.Starts);
}
