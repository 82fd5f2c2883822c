using Npgsql;

namespace Learning.Figures;

/// <summary>How small numbers are kept from everybody's eyes.</summary>
public enum ProtectionMethod
{
    /// <summary>The partnership's own rule: what stands for 1 to 5 persons is an X, and so is as much more as it takes that no X can be worked out (F6).</summary>
    Suppress,

    /// <summary>What stands for 1 to 7 persons is an X, every other count of persons is rounded to the nearest 5, and shares are made of rounded counts.</summary>
    Round,
}

/// <summary>The installation's rule for numbers of few persons, and the letter that stands for one on pages and in documents; what programs read always has X.</summary>
public sealed record Protection(ProtectionMethod Method, string Mark)
{
    private const int To = 5;

    /// <summary>F6 as it stands.</summary>
    public static readonly Protection House = new(ProtectionMethod.Suppress, ComputedRow.Hidden);

    /// <summary>What a count of so many persons at most is hidden for; 0 is printed 0.</summary>
    public int Few => Method == ProtectionMethod.Round ? 7 : 5;

    /// <summary>What stands under every table that holds something back.</summary>
    public string Legend => Method == ProtectionMethod.Round
        ? $"{Mark} is a count of 1 to 7 people. Every other count of people is rounded to the nearest 5, so rows need not add up to their total."
        : $"{Mark} is a count of 1 to 5 people, or another number held back so that no {Mark} can be worked out.";

    /// <summary>A printed number as pages and documents show it.</summary>
    public string Show(string printed) => printed == ComputedRow.Hidden ? Mark : printed;

    /// <summary>To the nearest 5.</summary>
    public static long Rounded(long count) => (long)Math.Round((double)count / To, MidpointRounding.AwayFromZero) * To;

    /// <summary>Reads it from the table <c>installation</c>: <c>protection</c> is "suppress" or "round", <c>mark</c> the letter.</summary>
    public static Protection From(NpgsqlDataSource database)
    {
        using var command = database.CreateCommand("select name, value from installation where name in ('protection', 'mark')");
        using var reader = command.ExecuteReader();
        var read = House;
        while (reader.Read())
        {
            read = reader.GetString(0) == "mark" ? read with { Mark = reader.GetString(1) } : read with { Method = reader.GetString(1) == "round" ? ProtectionMethod.Round : ProtectionMethod.Suppress };
        }

        return read;
    }
}
