using Microsoft.Extensions.DependencyInjection;

namespace Learning.Catalogue;

/// <summary>What the catalogue needs to run.</summary>
public static class CatalogueArea
{
    /// <param name="content">The folder of words and data, <c>content/</c>.</param>
    public static IServiceCollection AddCatalogue(this IServiceCollection services, string content) =>
        services.AddSingleton(new CourseTexts(Path.Combine(content, "courses"))).AddScoped<SetCourse>().AddScoped<TellOfDates>();
}
