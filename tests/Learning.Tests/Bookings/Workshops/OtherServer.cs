using Learning.Tests.Support;
using Learning.Web;

using Microsoft.Extensions.DependencyInjection;

namespace Learning.Tests.Bookings.Workshops;

/// <summary>The product's services once more over the same database, with connections of their own: nothing but the database is shared with the first.</summary>
internal sealed class OtherServer : IAsyncDisposable
{
    private readonly ServiceProvider services;

    private OtherServer(ServiceProvider services) => this.services = services;

    public static Task<OtherServer> StartAsync(Ground ground)
    {
        var collection = new ServiceCollection();
        Site.AddFoundation(collection, $"{ground.ConnectionString};Application Name=other");
        collection.AddLogging();
        collection.AddAreas(new SiteSettings { ConnectionString = ground.ConnectionString });
        collection.AddSingleton<TimeProvider>(ground.Clock);
        return Task.FromResult(new OtherServer(collection.BuildServiceProvider()));
    }

    public async Task<TResult> With<T, TResult>(Func<T, Task<TResult>> use) where T : notnull
    {
        await using var scope = services.CreateAsyncScope();
        return await use(scope.ServiceProvider.GetRequiredService<T>());
    }

    public ValueTask DisposeAsync() => services.DisposeAsync();
}
