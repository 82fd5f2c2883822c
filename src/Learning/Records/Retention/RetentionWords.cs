namespace Learning.Records.Retention;

/// <summary>How retention is spoken of.</summary>
public static class RetentionWords
{
    /// <summary>What somebody's last activity was, to the business unit.</summary>
    public static string Activity(string what) => what switch
    {
        "site" => "Used the site",
        "kept" => "Kept their record",
        "role" => "Held a role",
        "mark" => "Was on a register",
        "completion" => "Completed a course",
        "learning" => "Learnt online",
        "gave" => "Gave a session",
        "place" => "Had a place",
        "booking" => "Booked",
        "added" => "Was written down",
        _ => throw new ArgumentOutOfRangeException(nameof(what)),
    };

    /// <summary>The same in a letter to them: "The last that we know of is that you …".</summary>
    public static string ToThem(string what) => what switch
    {
        "site" => "used this site",
        "kept" => "kept your record",
        "role" => "held a role",
        "mark" => "were on a session’s register",
        "completion" => "completed a course",
        "learning" => "learnt online",
        "gave" => "gave a session",
        "place" => "had a place on a session",
        "booking" => "booked a place",
        "added" => "were entered here",
        _ => throw new ArgumentOutOfRangeException(nameof(what)),
    };
}
