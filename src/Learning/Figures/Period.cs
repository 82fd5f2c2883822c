using Learning.Time;

namespace Learning.Figures;

/// <summary>A half-open range of local dates (rule T2): from the first day up to, not including, <paramref name="To"/>. No length is assumed.</summary>
public readonly record struct Period(DateOnly From, DateOnly To)
{
    /// <summary>The last day in it.</summary>
    public DateOnly LastDay => To.AddDays(-1);

    /// <summary>"1 April 2023 to 31 March 2024", "1 November 2023".</summary>
    public override string ToString() => From == LastDay
        ? British.DateWithoutDay(From)
        : $"{British.DateWithoutDay(From)} to {British.DateWithoutDay(LastDay)}";
}
