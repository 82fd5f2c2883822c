namespace Learning.Web;

/// <summary>One square of the drawing, in units of its view box.</summary>
public sealed record Seat(int X, int Y, int Width, int Height, string Class);

/// <summary>
/// The places of a session as a drawing: rows of squares (10, 15 or 20 a row), or one bar when there are too many to count.
/// Taken ones come first, then free ones, then those kept for somebody. More taken than places (H5) shows all as taken.
/// </summary>
public sealed record SeatDrawing(int Width, int Height, int Corner, bool IsBar, string Words, IReadOnlyList<Seat> Seats)
{
    private const int Size = 22, Step = 29, Countable = 120;

    public static SeatDrawing Of(int places, int taken, int kept, string? keptFor)
    {
        var filled = Math.Clamp(taken, 0, places);
        var dashed = Math.Clamp(kept, 0, places - filled);
        var words = $"{taken} of {places} {(places == 1 ? "place" : "places")} taken"
            + (dashed == 0 ? "" : $", {dashed} kept{(keptFor is null ? "" : " for " + keptFor)}");
        return places > Countable ? Bar(places, filled, dashed, words) : Squares(places, filled, dashed, words);
    }

    private static SeatDrawing Squares(int places, int filled, int dashed, string words)
    {
        var perRow = places <= 30 ? 10 : places <= 60 ? 15 : 20;
        var rows = Math.Max(1, (places + perRow - 1) / perRow);
        var seats = Enumerable.Range(0, places).Select(i => new Seat(
            1 + i % perRow * Step, 1 + i / perRow * Step, Size, Size,
            i < filled ? "app-fill-brand" : i < places - dashed ? "app-stroke-brand" : "app-stroke-held"));
        return new(perRow * Step - 5, rows * Step - 5, 5, false, words, [.. seats]);
    }

    private static SeatDrawing Bar(int places, int filled, int dashed, string words)
    {
        const int width = 285, height = 24;
        var to = filled * width / places;
        var from = (places - dashed) * width / places;
        var bars = new List<Seat> { new(0, 0, width, height, "app-fill-line") };
        if (to > 0) bars.Add(new(0, 0, to, height, "app-fill-brand"));
        if (dashed > 0) bars.Add(new(from, 1, width - from - 1, height - 2, "app-stroke-held"));
        return new(width, height, 0, true, words, bars);
    }
}
