namespace Learning.ELearning;

/// <summary>What the area needs to run: its verbs, and the folder of course texts (configuration <c>Content</c>, else beside the program).</summary>
public static class ELearningArea
{
    public static IServiceCollection AddELearning(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(new ContentFolder(configuration["Content"] ?? Path.Combine(AppContext.BaseDirectory, "content")))
        .AddSingleton<CourseLibrary>()
        .AddScoped<StartCourse>()
        .AddScoped<TurnPage>()
        .AddScoped<ChooseInCase>()
        .AddScoped<CheckAnswer>()
        .AddScoped<FinishCourse>();
}
