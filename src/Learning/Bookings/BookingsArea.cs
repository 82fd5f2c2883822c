using Learning.Bookings.Desk;
using Learning.Bookings.Workshops;
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
        .AddScoped<LapseOffers>().AddScoped<ForgetAnswers>()
        .AddScoped<GiveToColleague>().AddScoped<BookSeveral>().AddScoped<TellNeeds>()
        .AddScoped<AnswerByMail>().AddScoped<DecideApproval>()
        .AddScoped<CalendarFeeds>().AddScoped<ChangeCalendarLink>()
        .AddScoped<HoldPlaces>().AddScoped<ReleaseHeld>().AddScoped<ChangeCapacity>().AddScoped<PutFirst>().AddScoped<WithdrawBooking>().AddScoped<LetIn>()
        .AddScoped<DeskSessions>().AddScoped<ExportDelegates>().AddScoped<PlanSession>().AddScoped<CancelSession>().AddScoped<MoveSession>().AddScoped<LookAtMove>().AddScoped<PlannerYear>().AddScoped<MessageGroup>().AddScoped<SetMinimum>().AddScoped<SetTrainers>()
        .AddScoped<RankWishes>().AddScoped<AllocateWorkshops>().AddScoped<ChooseWorkshop>().AddScoped<PlanRounds>().AddScoped<PlanWorkshop>().AddScoped<DescribeConference>().AddScoped<NameForConference>()
        .AddMessageKinds(BookingLetters.Kinds)
        .AddMessageKinds(WorkshopLetters.Kinds)
        .AddMessageKinds(ApprovalLetters.Kinds)
        .AddMessageKinds(HeldLetters.Kinds)
        .AddMessageKinds(SubstituteLetters.Kinds)
        .AddMessageKinds(DeskLetters.Kinds).AddMessageKinds(TrainerLetters.Kinds);
}
