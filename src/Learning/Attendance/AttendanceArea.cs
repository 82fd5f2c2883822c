using Learning.Attendance.CheckingIn;
using Learning.Attendance.Matching;
using Learning.Attendance.Meetings;
using Learning.Attendance.Paper;
using Learning.Attendance.Seats;

namespace Learning.Attendance;

/// <summary>What the area needs to run: its verbs and questions.</summary>
public static class AttendanceArea
{
    public static IServiceCollection AddAttendance(this IServiceCollection services) => services
        .AddScoped<RegisterSheets>()
        .AddScoped<MyRegisters>()
        .AddScoped<RegistersSoon>()
        .AddScoped<GiveTabletKey>()
        .AddScoped<Colleagues>()
        .AddScoped<FindPeople>()
        .AddScoped<ChangedRows>()
        .AddScoped<RecordMarks>()
        .AddScoped<SignRegister>()
        .AddScoped<RecordReach>()
        .AddScoped<ClaimCheckIn>()
        .AddScoped<CheckInSeen>()
        .AddScoped<CheckInScreens>()
        .AddScoped<OpenCheckIn>()
        .AddScoped<CheckSelfIn>()
        .AddScoped<ConfirmHeadCount>()
        .AddScoped<ForgetCheckIns>()
        .AddScoped<ReopenRegister>()
        .AddScoped<CorrectMarks>()
        .AddScoped<ExportAttendance>()
        .AddScoped<ExcuseBooking>()
        .AddScoped<SessionNeeds>()
        .AddScoped<MeetNeeds>()
        .AddScoped<MeetingViews>()
        .AddScoped<SendMeetingReport>()
        .AddScoped<RecordMeetingReport>()
        .AddScoped<KeepSheet>()
        .AddScoped<KeptSheets>()
        .AddScoped<CheckTyped>()
        .AddScoped<PurgeAttendanceFiles>()
        .AddScoped<UnmatchedPeople>()
        .AddScoped<DecideGuest>()
        .AddScoped<DecideStray>()
        .AddScoped<ForumSeats>()
        .AddScoped<AddSeat>()
        .AddScoped<ChangeSeat>()
        .AddScoped<FillSeat>()
        .AddScoped<EndTerm>()
        .AddScoped<BoardTables>()
        .AddScoped<ExportBoardTable>();
}
