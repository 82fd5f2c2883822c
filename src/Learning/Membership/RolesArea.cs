using Learning.Messages;

namespace Learning.Membership;

/// <summary>What giving and taking roles, and searching the audit trail, need to run.</summary>
public static class RolesArea
{
    public static IServiceCollection AddRoles(this IServiceCollection services) => services
        .AddScoped<GiveRole>()
        .AddScoped<TakeRole>()
        .AddScoped<DecideRequest>()
        .AddScoped<AppointDeputy>()
        .AddScoped<RoleList>()
        .AddScoped<RoleRequests>()
        .AddScoped<AgencyLeads>()
        .AddScoped<FindHolder>()
        .AddScoped<TrailSearch>()
        .AddScoped<ExportTrail>()
        .AddMessageKinds(RoleLetters.Kinds);
}
