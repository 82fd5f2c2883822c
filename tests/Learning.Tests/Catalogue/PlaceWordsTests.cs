using Learning.Catalogue;

namespace Learning.Tests.Catalogue;

public class PlaceWordsTests
{
    [Theory]
    [InlineData(20, 6, 0, null, false, false, PlaceState.Open, "14 places left")]
    [InlineData(20, 17, 0, null, false, false, PlaceState.Few, "3 places left")]
    [InlineData(20, 16, 0, null, false, false, PlaceState.Open, "4 places left")]
    [InlineData(260, 234, 0, null, false, false, PlaceState.Few, "26 places left")]
    [InlineData(260, 233, 0, null, false, false, PlaceState.Open, "27 places left")]
    [InlineData(20, 19, 0, null, false, false, PlaceState.Few, "1 place left")]
    [InlineData(20, 20, 0, null, false, false, PlaceState.Full, "Full")]
    [InlineData(20, 20, 4, null, false, false, PlaceState.Full, "Full, 4 waiting")]
    [InlineData(20, 25, 0, null, false, false, PlaceState.Full, "Full")] // H5: more people than places
    [InlineData(20, 6, 0, null, true, false, PlaceState.Closed, "Booking has closed")]
    [InlineData(20, 20, 0, "confirmed", true, false, PlaceState.Mine, "You are booked")]
    [InlineData(20, 20, 2, "waiting", false, false, PlaceState.Waiting, "You are waiting")]
    [InlineData(20, 20, 2, "offered", false, false, PlaceState.Waiting, "A place is offered to you")]
    [InlineData(20, 6, 0, "confirmed", false, true, PlaceState.Cancelled, "Cancelled")]
    public void A_session_says_how_it_stands(int capacity, int taken, int waiting, string? mine, bool closed, bool cancelled, PlaceState state, string words) =>
        Assert.Equal(new PlaceWords(state, words), PlaceWords.Of(capacity, taken, waiting, mine, closed, cancelled));
}
