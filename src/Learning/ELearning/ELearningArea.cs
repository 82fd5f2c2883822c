using Learning.ELearning.Packages.Playing;
using Learning.ELearning.Writing;

namespace Learning.ELearning;

/// <summary>What the area needs to run: its verbs, and the folder of course texts.</summary>
public static class ELearningArea
{
    public static IServiceCollection AddELearning(this IServiceCollection services, string content) => services
        .AddSingleton(new ContentFolder(content, again: TimeSpan.FromSeconds(1)))
        .AddSingleton<CourseLibrary>()
        .AddSingleton<RecordingShelf>()
        .AddSingleton<PublishedHeads>()
        .AddHostedService(provider => provider.GetRequiredService<PublishedHeads>())
        .AddScoped<StartCourse>()
        .AddScoped<TurnPage>()
        .AddScoped<ChooseInCase>()
        .AddScoped<CheckAnswer>()
        .AddScoped<FinishCourse>()
        .AddScoped<AnswerPageCheck>()
        .AddScoped<KeepReflection>()
        .AddScoped<ForgetReflection>()
        .AddScoped<MyReflections>()
        .AddScoped<SaveDraft>()
        .AddScoped<TakeCourseFile>()
        .AddScoped<PublishDraft>()
        .AddScoped<WithdrawVersion>()
        .AddScoped<SignOffCourse>()
        .AddScoped<SaveCommits>()
        .AddScoped<PackageLaunch>()
        .AddScoped<ForgetCommits>()
        .AddScoped<PlayerPress>();
}
