using Learning.Messages;

namespace Learning.Membership;

/// <summary>What letting somebody back in who has lost their second step needs to run.</summary>
public static class RecoveringArea
{
    public static IServiceCollection AddRecovering(this IServiceCollection services) => services
        .AddScoped<AskForRecovery>()
        .AddScoped<OpenRecoveries>()
        .AddScoped<LetBackIn>()
        .AddScoped<RefuseRecovery>()
        .AddMessageKinds(RecoveryLetters.Kinds);
}
