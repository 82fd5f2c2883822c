using Learning.Accounts;
using Learning.Attendance;
using Learning.Attendance.Seats;
using Learning.Bookings;
using Learning.Bookings.Desk;
using Learning.Catalogue;
using Learning.Certificates;
using Learning.Conferences;
using Learning.Demonstration;
using Learning.ELearning;
using Learning.ELearning.Packages.Playing;
using Learning.ELearning.Packages;
using Learning.Evaluation;
using Learning.Figures;
using Learning.History;
using Learning.Jobs;
using Learning.Membership;
using Learning.Messages;
using Learning.People;
using Learning.Records;
using Learning.Reminders;
using Learning.Reports;
using Learning.Required;
using Learning.Returns;

namespace Learning.Web;

/// <summary>The list of areas: each adds its verbs and questions, and maps its endpoints.</summary>
public static class AllAreas
{
    public static IServiceCollection AddAreas(this IServiceCollection services, SiteSettings settings) => services
        .AddSignIn(settings.Content, settings.PublicAddress)
        .AddMessages(settings.Content, settings.Mail, provider => Letterheads.Of(provider.GetRequiredService<Installation>(), settings))
        .AddSingleton(settings.Bounces)
        .AddSingleton(new MailboxSetting(settings.BounceMailbox))
        .AddMembership(settings.Content)
        .AddRoles()
        .AddMoving()
        .AddRecovering()
        .AddCatalogue(settings.Content)
        .AddELearning(settings.Content)
        .AddPackages(new ContentSetting(settings.PublicAddress, settings.ContentAddress, settings.ContentHosts))
        .AddBookings()
        .AddAttendance()
        .AddEvaluation(settings.Content)
        .AddConferences()
        .AddRequired()
        .AddReminders()
        .AddHistory()
        .AddScoped<SeedDemonstration>()
        .AddFigures(settings.Content)
        .AddReturns()
        .AddCertificates()
        .AddRecords()
        .AddReports(settings.Content)
        .AddJobs()
        .AddBackgroundWork(settings)
        .AddWeb(settings);

    // What a web process leaves to the workers.
    private static IServiceCollection AddBackgroundWork(this IServiceCollection services, SiteSettings settings) => (settings.Role, settings.Mail) switch
    {
        (SiteRole.Web, _) => services,
        (_, null) => services.AddTimetable(settings.ConnectionString).AddInviting().AddBuilding(),
        _ => services.AddTimetable(settings.ConnectionString).AddInviting().AddBuilding().AddSending(settings.ConnectionString),
    };

    public static void MapAreas(this WebApplication app)
    {
        app.MapLetterPreview();
        app.MapUnsubscribe();
        app.MapBounceHook();
        app.MapEngineDashboard();
        var api = app.MapApi();
        api.MapBookings();
        api.MapRegisters();
        api.MapTablets();
        api.MapDoors();
        api.MapFigures();
        app.MapCourseFiles();
        app.MapPackages();
        app.MapMyNotes();
        app.MapReportFiles();
        app.MapCalendarFiles();
        app.MapDeskFiles();
        app.MapAttendanceFiles();
        app.MapEvaluationFiles();
        app.MapBoardFiles();
        app.MapTrailFiles();
        app.MapRequiredFiles();
        app.MapReturnsFiles();
        app.MapCertificateFiles();
        app.MapRecordsFiles();
        app.MapPasskeys();
    }
}
