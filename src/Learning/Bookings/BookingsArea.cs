using Learning.Messages;

namespace Learning.Bookings;

/// <summary>What the area needs to run: its verbs.</summary>
public static class BookingsArea
{
    public static IServiceCollection AddBookings(this IServiceCollection services) => services
        .AddScoped<BookPlace>()
        .AddScoped<CancelBooking>()
        .AddScoped<AcceptOffer>()
        .AddScoped<DeclineOffer>()
        .AddScoped<LapseOffers>()
        .AddMessageKinds(BookingLetters.Kinds);
}
