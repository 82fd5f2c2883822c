using Learning.Attendance;
using Learning.Bookings;
using Learning.Catalogue;
using Learning.Demonstration;
using Learning.ELearning;
using Learning.Figures;
using Learning.History;
using Learning.Jobs;
using Learning.Messages;
using Learning.People;
using Learning.Reminders;

namespace Learning.Web;

/// <summary>The list of areas: each adds its verbs and questions, and maps its endpoints.</summary>
public static class AllAreas
{
    public static IServiceCollection AddAreas(this IServiceCollection services, SiteSettings settings) => services
        .AddSignIn()
        .AddMessages(settings.Content, settings.Mail, provider => Letterheads.Of(provider.GetRequiredService<Installation>(), settings))
        .AddCatalogue(settings.Content)
        .AddELearning(settings.Content)
        .AddBookings()
        .AddAttendance()
        .AddReminders()
        .AddHistory()
        .AddScoped<SeedDemonstration>()
        .AddFigures(settings.Content)
        .AddJobs()
        .AddBackgroundWork(settings)
        .AddWeb(settings.Content);

    // What a web process leaves to the workers.
    private static IServiceCollection AddBackgroundWork(this IServiceCollection services, SiteSettings settings) => (settings.Role, settings.Mail) switch
    {
        (SiteRole.Web, _) => services,
        (_, null) => services.AddTimetable(settings.ConnectionString),
        _ => services.AddTimetable(settings.ConnectionString).AddSending(),
    };

    public static void MapAreas(this WebApplication app)
    {
        app.MapLetterPreview();
        var api = app.MapApi();
        api.MapBookings();
        api.MapRegisters();
        api.MapFigures();
        app.MapReportFiles();
    }
}
