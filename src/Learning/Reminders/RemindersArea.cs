using Learning.Messages;

namespace Learning.Reminders;

/// <summary>What the area needs to run.</summary>
public static class RemindersArea
{
    public static IServiceCollection AddReminders(this IServiceCollection services) => services
        .AddScoped<QueueReminders>()
        .AddScoped<QueueDigests>()
        .AddMessageKinds([.. ReminderLetters.Kinds, .. LearningLetters.Kinds, AgencyLetter.Kind]);
}
