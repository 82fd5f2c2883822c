using Learning.Database;

namespace Learning.History;

/// <summary>
/// A row's value in a column. Each reading gives the value, or null where it is empty or wrong, and says once what is wrong; so each is read exactly once. Empty and
/// required: "is missing". <see cref="IsGiven"/> tells a wrong value from none.
/// </summary>
internal readonly struct Cell(Sheet sheet, Column column, int index)
{
    /// <summary>What of a text is kept; a title is no novel, and an index has its limit.</summary>
    private const int Longest = 200;

    /// <summary>Whether something stands there, right or wrong.</summary>
    public bool IsGiven => !sheet.Value(index).IsEmpty;

    /// <summary>The characters as they stand, right or wrong.</summary>
    public ReadOnlySpan<char> Characters => sheet.Value(index);

    /// <summary>The place of the value in its file.</summary>
    public Place Place => sheet.Place(index);

    /// <summary>Says what is wrong with the value.</summary>
    public void Mistake(string what) => sheet.Mistake(index, what);

    /// <summary>Says what is odd about the value, and accepted.</summary>
    public void Warning(string what) => sheet.Warning(index, what);

    /// <summary>A text of one line.</summary>
    public string? Text()
    {
        if (!IsThere())
        {
            return null;
        }

        var text = Characters;
        if (text.IndexOfAnyInRange('\0', '\x1f') >= 0)
        {
            text = string.Join(' ', text.ToString().Split(['\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
            if (text.IndexOfAnyInRange('\0', '\x1f') >= 0)
            {
                return Wrong("has a character that cannot be printed");
            }
        }

        return text.Length <= Longest ? text.ToString() : Wrong($"is longer than {Longest} characters");
    }

    /// <summary>An e-mail address in its one spelling (P6).</summary>
    public string? Email()
    {
        if (!IsThere())
        {
            return null;
        }

        return People.PersonEmail.IsAddress(Characters) ? People.PersonEmail.Normal(Characters.ToString()) : Wrong($"\"{Shown}\" is not an e-mail address");
    }

    /// <summary>One of an enum's words.</summary>
    public T? Word<T>() where T : struct, Enum
    {
        if (!IsThere())
        {
            return null;
        }

        if (Words.TryParse<T>(Characters.ToString(), out var value))
        {
            return value;
        }

        Mistake($"{column.Name} \"{Shown}\" is not one of {string.Join(", ", Words.All<T>())}");
        return null;
    }

    /// <summary>yes or no.</summary>
    public bool? YesNo()
    {
        if (!IsThere())
        {
            return null;
        }

        switch (Characters.ToString().ToLowerInvariant())
        {
            case "yes":
                return true;
            case "no":
                return false;
            default:
                Mistake($"{column.Name} \"{Shown}\" is not one of yes, no");
                return null;
        }
    }

    /// <summary>A date.</summary>
    public DateOnly? Date() => Read(Written.Date(IsThere() ? Characters : []), "is not a date such as 2024-03-31 or 31/03/2024");

    /// <summary>A local date and time.</summary>
    public DateTime? Local() => Read(Written.Local(IsThere() ? Characters : []), "is not a local date and time such as 2024-03-31 23:50");

    /// <summary>An instant, of something that has happened.</summary>
    public DateTimeOffset? Past(DateTimeOffset now)
    {
        var instant = Read(Written.Instant(IsThere() ? Characters : []), "is not an instant with its zone, such as 2024-03-31T22:50Z or 2024-03-31T23:50+01:00");
        if (instant > now)
        {
            Mistake($"{column.Name} lies in the future");
            return null;
        }

        return instant;
    }

    /// <summary>A whole number.</summary>
    public int? Whole(int from = 0) => Read<int>(IsThere() && Written.Whole(Characters) is { } number && number >= from ? number : null, $"is not a whole number from {from}");

    /// <summary>A number with two decimals at most.</summary>
    public decimal? Decimal(decimal to) =>
        Read<decimal>(IsThere() && Written.Decimal(Characters) is { } number && number <= to ? number : null, $"is not a number from 0 to {to:0.##} with two decimals at most");

    /// <summary>The items of a list, none of them empty.</summary>
    public IReadOnlyList<string> List() =>
        IsThere() ? [.. Characters.ToString().Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.OrdinalIgnoreCase)] : [];

    /// <summary>Whether there is a value to read; says so where one is missing that must be there, or where a quote strayed.</summary>
    public bool IsThere()
    {
        if (index < 0)
        {
            return false;
        }

        if (sheet.IsSpoilt(index))
        {
            if (sheet.HasStrayQuote(index))
            {
                Mistake($"{column.Name} has a quote inside; put the whole value in quotes and write the quote twice");
            }

            return false;
        }

        if (!IsGiven && !column.MayBeEmpty)
        {
            Mistake($"{column.Name} is missing");
        }

        return IsGiven;
    }

    private string Shown => Characters.Length <= 60 ? Characters.ToString() : $"{Characters[..60]}…";

    private T? Read<T>(T? value, string what) where T : struct
    {
        if (value is null && IsGiven && !sheet.IsSpoilt(index))
        {
            Mistake($"{column.Name} \"{Shown}\" {what}");
        }

        return value;
    }

    private string? Wrong(string what)
    {
        Mistake($"{column.Name} {what}");
        return null;
    }
}
