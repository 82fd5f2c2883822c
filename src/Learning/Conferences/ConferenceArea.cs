namespace Learning.Conferences;

/// <summary>What the area needs to run. What moves people between workshops is in Bookings/Workshops.</summary>
public static class ConferenceArea
{
    public static IServiceCollection AddConferences(this IServiceCollection services) => services.AddScoped<DelegateSheets>().AddScoped<NameBadge>().AddScoped<DoorLists>().AddScoped<AdmitDelegate>();
}
