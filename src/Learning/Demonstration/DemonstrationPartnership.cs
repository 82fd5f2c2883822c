namespace Learning.Demonstration;

/// <summary>
/// The partnership that a newcomer finds: Southend's agencies as facts, everybody and everything else invented, so made that the figures of the published
/// reports come out (content/reports). Written in the formats in which any partnership brings its own history.
/// </summary>
public static class DemonstrationPartnership
{
    /// <summary>The 2023/24 report, and its late register, lie before this day.</summary>
    public static readonly DateOnly Earliest = new(2024, 6, 3);

    /// <summary>
    /// Writes the nine files of the history import into the folder, which is made if need be. The same day gives the same bytes. No clock, no
    /// database. Refuses a day before <see cref="Earliest"/>.
    /// </summary>
    public static void Write(string folder, DateOnly today)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(today, Earliest);
        Directory.CreateDirectory(folder);
        var crowd = new Crowd(today);
        var history = new HistoryFolder(today);

        new EarlierYears(history, crowd).Write();
        var profile = new GradedCareProfile(history, crowd);
        profile.WriteYears();
        new ImprovingOutcomes(history, crowd).Write();
        new NeglectConference2023(history, crowd).Write();
        new SafeguardingAdultsWeek(history, crowd).Write();
        var forum = new EducationForum(history, crowd);
        forum.Write();
        new SessionsAhead(history, crowd).Write();
        new ConferenceAhead(history, crowd).Write();
        new OrdinaryYears(history, crowd, profile.Trainers, forum.IsMember).Write();
        new ELearningYears(history, crowd).Write();
        history.NameSessions();

        HistoryFolder.WriteAgencies(folder, crowd.Agencies);
        HistoryFolder.WritePeople(folder, crowd.People);
        Facts.Copy("programmes.csv", folder);
        Facts.Copy("courses.csv", folder);
        history.WriteSessions(folder);
    }
}
