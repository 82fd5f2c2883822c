using Learning.Time;
using Learning.Web;

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

using Npgsql;

namespace Learning.Tests.Support;

/// <summary>
/// What a test class stands on: a database of its own, a clock that stands still, and the product's own services over both. Use it as
/// <c>IClassFixture&lt;Ground&gt;</c>; each test makes its own people and sessions in it.
/// </summary>
public sealed class Ground : IAsyncLifetime
{
    private ServiceProvider services = null!;
    private WebsiteUnderTest? site;

    /// <summary>As the role that serves.</summary>
    public string ConnectionString { get; private set; } = "";

    /// <summary>As the role that owns the tables.</summary>
    public string OwnerConnectionString { get; private set; } = "";
    public FakeClock Clock { get; } = new();
    public Zone Zone { get; }
    public Given Given { get; private set; } = null!;

    public Ground() => Zone = Zone.Of(Clock);

    /// <summary>A verb or question of the product in a scope of its own: <c>await ground.With(async (BookPlace book) => …)</c>.</summary>
    public async Task<TResult> With<T, TResult>(Func<T, Task<TResult>> use) where T : notnull
    {
        await using var scope = services.CreateAsyncScope();
        return await use(scope.ServiceProvider.GetRequiredService<T>());
    }

    /// <summary>The same for what returns nothing.</summary>
    public async Task With<T>(Func<T, Task> use) where T : notnull
    {
        await using var scope = services.CreateAsyncScope();
        await use(scope.ServiceProvider.GetRequiredService<T>());
    }

    /// <summary>A context to look at, or change, what is in the database.</summary>
    public LearningDb Db() => services.GetRequiredService<IDbContextFactory<LearningDb>>().CreateDbContext();

    /// <summary>Runs SQL; the first column of the first row.</summary>
    public async Task<T> Sql<T>(string sql)
    {
        await using var command = services.GetRequiredService<NpgsqlDataSource>().CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Runs SQL that returns nothing.</summary>
    public async Task Sql(string sql)
    {
        await using var command = services.GetRequiredService<NpgsqlDataSource>().CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Lets go of connections to a server that was stopped.</summary>
    public void ForgetConnections() => services.GetRequiredService<NpgsqlDataSource>().Clear();

    /// <summary>Runs SQL as the owner of the tables: what the program itself may not do.</summary>
    public async Task OwnerSql(string sql)
    {
        await using var owner = NpgsqlDataSource.Create(OwnerConnectionString);
        await using var command = owner.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The site over this database, started at first use.</summary>
    public async Task<WebsiteUnderTest> SiteAsync() => site ??= await WebsiteUnderTest.StartAsync(ConnectionString, Clock);

    public async Task InitializeAsync() => Over(await TestServer.NewDatabaseAsync());

    /// <summary>The same over a database of another server than the tests', for a test that stops it.</summary>
    public static Ground OnServer(string application, string owner)
    {
        var ground = new Ground();
        ground.Over((application, owner));
        return ground;
    }

    private void Over((string Application, string Owner) database)
    {
        (ConnectionString, OwnerConnectionString) = database;
        var collection = new ServiceCollection();
        Site.AddFoundation(collection, ConnectionString);
        collection.AddLogging();
        collection.AddAreas(new SiteSettings { ConnectionString = ConnectionString });
        collection.AddSingleton<TimeProvider>(Clock);
        services = collection.BuildServiceProvider();
        Given = new Given(this);
    }

    public async Task DisposeAsync()
    {
        await TrailHoldsNoNames.HoldAsync(ConnectionString);
        if (site is not null)
        {
            await site.DisposeAsync();
        }

        await services.DisposeAsync();
    }
}
