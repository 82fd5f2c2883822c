using Learning.Time;

namespace Learning.Membership;

/// <summary>What the pages say of lists.</summary>
internal static class BulkWords
{
    /// <summary>Why nothing could be read, and what to do.</summary>
    public static string Why(ListRefusal why) => why switch
    {
        ListRefusal.Nothing => "Type at least one address, or choose a file",
        ListRefusal.TooLarge => "The list is larger than 5 MB. Send it in pieces",
        ListRefusal.Workbook => "This is a workbook, not a CSV file. In Excel, choose Save as and “CSV UTF-8”, and send that",
        ListRefusal.NotText => "This file is not text in UTF-8. In Excel, choose Save as and “CSV UTF-8”, and send that",
        ListRefusal.TooManyPeople => $"The list names more than {British.Number(JoiningRules.LongestList)} people. Send it in pieces",
        _ => throw new ArgumentOutOfRangeException(nameof(why)),
    };

    /// <summary>What happens to so many people who stand there: "312 are new: they are invited".</summary>
    public static string Will(ListStanding standing, int people) => standing switch
    {
        ListStanding.New => $"{Are(people, "new here", "new here")}: invited",
        ListStanding.NoAccount => $"{Are(people, "on file with you and has no account", "on file with you and have no account")}: invited to open one",
        ListStanding.Elsewhere => $"{Are(people, "with another agency", "with another agency")}: asked whether they work for you too",
        ListStanding.Here => $"{Are(people, "here already", "here already")}: nothing to do",
        ListStanding.Invited => $"{Are(people, "invited already", "invited already")}: nothing is sent again",
        _ => throw new ArgumentOutOfRangeException(nameof(standing)),
    };

    private static string Are(int people, string one, string several) => people == 1 ? $"1 is {one}" : $"{British.Number(people)} are {several}";
}
