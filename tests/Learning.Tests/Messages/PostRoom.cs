using Learning.Messages;
using Learning.Tests.Support;
using Learning.Web;

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Learning.Tests.Messages;

/// <summary>The product's sender over a test's database, speaking SMTP to a sink.</summary>
public sealed class PostRoom : IAsyncDisposable
{
    private readonly ServiceProvider services;

    public PostRoom(Ground ground, MailServer? server = null, TimeSpan? patience = null)
    {
        var settings = new SiteSettings
        {
            ConnectionString = ground.ConnectionString, PublicAddress = new Uri("https://learning.example"),
            Mail = (server ?? MailServer.Of($"smtp://127.0.0.1:{Sink.Port}?tls=none"))! with { Patience = patience ?? TimeSpan.FromSeconds(30) },
        };
        var collection = new ServiceCollection();
        Site.AddFoundation(collection, ground.ConnectionString);
        collection.AddLogging().AddSingleton(settings).AddAreas(settings).Replace(ServiceDescriptor.Singleton<TimeProvider>(ground.Clock));
        services = collection.BuildServiceProvider();
    }

    public SmtpSink Sink { get; } = new();

    /// <summary>Sends what is due.</summary>
    public Task<SendingRun> SendAsync() => services.GetRequiredService<SendMessages>().RunAsync();

    /// <summary>A verb or question of a program that has a mail server.</summary>
    public async Task<TResult> With<T, TResult>(Func<T, Task<TResult>> use) where T : notnull
    {
        await using var scope = services.CreateAsyncScope();
        return await use(scope.ServiceProvider.GetRequiredService<T>());
    }

    /// <summary>Hands one letter to the server, by the transport that is built in.</summary>
    public async Task<Delivery> HandOverAsync(Letter letter)
    {
        await using var transport = services.GetRequiredService<Func<IMailTransport>>()();
        return await transport.SendAsync(letter, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await Sink.DisposeAsync();
    }
}
