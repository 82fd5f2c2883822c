using Learning.Web;

namespace Learning.Tests.Web;

public class SeatDrawingTests
{
    [Fact]
    public void Each_place_is_a_square_taken_ones_first_and_kept_ones_last()
    {
        var drawing = SeatDrawing.Of(20, 13, 3, "schools");

        Assert.Equal("13 of 20 places taken, 3 kept for schools", drawing.Words);
        Assert.Equal((13, 4, 3), (Count(drawing, "app-fill-brand"), Count(drawing, "app-stroke-brand"), Count(drawing, "app-stroke-held")));
        Assert.Equal(20, drawing.Seats.DistinctBy(seat => (seat.X, seat.Y)).Count());
        Assert.All(drawing.Seats, seat => Assert.True(seat.X + seat.Width <= drawing.Width && seat.Y + seat.Height <= drawing.Height));
    }

    [Theory]
    [InlineData(0, 0, "0 of 0 places taken")]
    [InlineData(1, 1, "1 of 1 place taken")]
    [InlineData(20, 25, "25 of 20 places taken")] // H5
    public void No_places_and_too_many_people_are_drawn_too(int places, int taken, string words)
    {
        var drawing = SeatDrawing.Of(places, taken, 0, null);

        Assert.Equal(words, drawing.Words);
        Assert.Equal(places, drawing.Seats.Count);
    }

    [Fact]
    public void More_than_can_be_counted_is_one_bar()
    {
        var drawing = SeatDrawing.Of(260, 130, 0, null);

        Assert.True(drawing.IsBar);
        Assert.Equal(drawing.Width / 2, drawing.Seats.Single(seat => seat.Class == "app-fill-brand").Width);
    }

    private static int Count(SeatDrawing drawing, string name) => drawing.Seats.Count(seat => seat.Class == name);
}
