namespace Learning.Figures;

/// <summary>A period as a definition writes it (T2): of fixed dates, or to date, which goes to the day that it is counted on.</summary>
/// <param name="ToDate">Whether it goes to the day of the count.</param>
/// <param name="Open">Of one to date, the day before which it ends at the latest, until <see cref="At"/> has fixed it; null: its dates are fixed.</param>
public readonly record struct DefinedPeriod(Period Period, bool ToDate, DateOnly? Open)
{
    /// <summary>Of the dates that are written; one to date is not fixed yet.</summary>
    public DefinedPeriod(Period period, bool toDate) : this(period, toDate, toDate ? period.To : null)
    {
    }

    /// <summary>The same as it is on a local day: of one to date up to and including that day.</summary>
    public DefinedPeriod At(DateOnly day)
    {
        if (Open is not { } end)
        {
            return this;
        }

        var past = day < Period.From ? Period.From.AddDays(1) : day.AddDays(1);
        return this with { Open = null, Period = Period with { To = past < end ? past : end } };
    }

    /// <summary>"1 April 2026 to 27 November 2026, to date".</summary>
    public override string ToString() => ToDate ? $"{Period}, to date" : $"{Period}";
}
