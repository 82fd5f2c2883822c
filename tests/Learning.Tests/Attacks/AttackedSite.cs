using Learning.Figures;
using Learning.People;
using Learning.Tests.Permissions;
using Learning.Tests.Support;
using Learning.Web;

using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Learning.Tests.Attacks;

/// <summary>
/// The running site with data at every address of its routing table (those of the permission matrix), and somebody who holds every role, so that no attack fails for want of a permission. What a test asks is generated from the
/// table: a page or form that is added is attacked without a line here.
/// </summary>
public sealed class AttackedSite : IAsyncLifetime
{
    private readonly TwoAgencies world;

    public AttackedSite() => world = new TwoAgencies(Ground);

    internal Ground Ground { get; } = new();

    internal WebsiteUnderTest Site { get; private set; } = null!;

    internal Person Everybody { get; private set; } = null!;

    /// <summary>Signed in as the one who holds every role.</summary>
    internal Visitor Visitor { get; private set; } = null!;

    internal IReadOnlyList<SiteAddress> Addresses { get; private set; } = [];

    internal IEnumerable<SiteAddress> Forms => Addresses.Where(address => address.Form is not null);

    internal IEnumerable<SiteAddress> Gets => Addresses.Where(address => address.Method == "GET");

    /// <summary>The pages, each with its component.</summary>
    internal IReadOnlyDictionary<string, Type> Pages { get; private set; } = null!;

    /// <summary>An address with data of the asker's own, or of their agency, in it; made anew for each post.</summary>
    internal async Task<(string Path, object? Body)> FillAsync(SiteAddress address) => await world.FillAsync(new TwoAgencies.Question(address, TwoAgencies.WhoseOf(address)[0], Everybody));

    /// <summary>Signed in as the one who holds every role, whatever the form before has ended or begun.</summary>
    internal async Task<Visitor> LiveAsync()
    {
        if (!(await Visitor.Get("/account")).Text.Contains(Everybody.Name, StringComparison.Ordinal))
        {
            Visitor = await Site.SignedInAsync(Everybody.Id);
        }

        return Visitor;
    }

    /// <summary>A form as it stands on its page, which may be one for those who have not signed in; null where neither is shown it.</summary>
    internal async Task<(Visitor Visitor, string Action, List<KeyValuePair<string, string>> Fields)?> ShownAsync(SiteAddress form)
    {
        var (path, _) = await FillAsync(form);
        foreach (var visitor in new[] { await LiveAsync(), Site.Visitor() })
        {
            if ((await visitor.Get(path)).Form(form.Form!) is { } shown)
            {
                return (visitor, shown.Action, shown.Fields);
            }
        }

        return null;
    }

    /// <summary>All that is in the database, in a word: the same before and after what changed nothing.</summary>
    internal Task<string> StateAsync() => Ground.Sql<string>("""
        select md5(string_agg(query_to_xml(format('select md5(coalesce(string_agg(t::text, chr(10) order by t::text), chr(10))) from %I t', relname), false, true, '')::text, ' ' order by relname))
        from pg_stat_user_tables where schemaname = 'public'
        """);

    internal async Task BuildReportsAsync()
    {
        await using var scope = Site.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<BuildReports>().RunAsync(Actor.Machine);
    }

    public async Task InitializeAsync()
    {
        await Ground.InitializeAsync();
        Site = await WebsiteUnderTest.StartAsync(Ground.ConnectionString, Ground.Clock, services => services.AddSingleton(new ReportFiles(world.Reports.FullName)));
        var routes = Site.Services.GetRequiredService<EndpointDataSource>();
        Addresses = SiteAddresses.Of(routes);
        Pages = StatedRules.Addresses(routes.Endpoints).Where(endpoint => endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is not null)
            .GroupBy(endpoint => new SiteAddress("GET", "/" + endpoint.RoutePattern.RawText!.TrimStart('/'), null).Plain).ToDictionary(group => group.Key, group => group.First().Metadata.GetMetadata<ComponentTypeMetadata>()!.Type);
        await world.BeginAsync();
        Everybody = (await world.AskerAsync(Asker.Practitioner, Asker.Lead, Asker.Trainer, Asker.Subgroup, Asker.Chair, Asker.Unit, Asker.Administrator))!;
        await BuildReportsAsync();
        Visitor = await Site.SignedInAsync(Everybody.Id);
    }

    public async Task DisposeAsync()
    {
        world.Reports.Delete(recursive: true);
        await Site.DisposeAsync();
        await Ground.DisposeAsync();
    }
}
