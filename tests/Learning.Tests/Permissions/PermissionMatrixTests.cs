using Learning.Figures;
using Learning.People;
using Learning.Tests.Support;

using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Learning.Tests.Permissions;

/// <summary>Every address of the running site, asked by everybody, about data of their own agency and of another: it answers what matrix.txt says (rules S1, S2).</summary>
public sealed class PermissionMatrixTests(PermissionMatrixTests.Answers site) : IClassFixture<PermissionMatrixTests.Answers>
{
    // A person may hold several roles (S1).
    private static readonly Asker[][] Pairs = [[Asker.Lead, Asker.Trainer], [Asker.Subgroup, Asker.Administrator], [Asker.Unit, Asker.Chair]];

    [Fact]
    public void Every_address_has_its_row()
    {
        var known = site.Rows.Select(row => row.Address).ToHashSet();
        var missing = site.Addresses.Where(address => !known.Contains(address.Name)).ToList();
        Assert.True(missing.Count == 0, $"""
            matrix.txt (tests/Learning.Tests/Permissions) does not say who may open these addresses. Below is what the site answers now. Read each against rules S1 and S2 of docs/rules.md;
            where it is right, add the line to matrix.txt, where its neighbours stand; where it is not, mend the page.

            {Matrix.Head}
            {string.Join('\n', missing.Select(address => Matrix.Write(address.Name, site.Of(address.Name))))}
            """);
    }

    [Fact]
    public void Every_row_has_its_address()
    {
        var known = site.Addresses.Select(address => address.Name).ToHashSet();
        Assert.Empty(site.Rows.Where(row => !known.Contains(row.Address)).Select(row => $"matrix.txt:{row.Line}: the site has no {row.Address}: take the row out"));
        Assert.Empty(site.Rows.SelectMany(row => row.Whose.Select(whose => (row.Address, whose))).GroupBy(one => one).Where(one => one.Count() > 1).Select(one => $"two rows for {one.Key}"));
    }

    [Fact]
    public void Every_address_answers_as_its_row_says()
    {
        var wrong = from address in site.Addresses
                    let rows = site.Rows.Where(row => row.Address == address.Name).ToList()
                    where rows.Count > 0
                    from cell in site.Of(address.Name)
                    let row = rows.Find(row => row.Whose.Contains(cell.Whose))
                    from asker in Matrix.Askers
                    where row is null || row.Answers[asker] != cell.Answers[asker]
                    select row is null
                        ? $"no row for {address.Name} with data of {cell.Whose}; the site answers\n{Matrix.Write(address.Name, [cell])}"
                        : $"matrix.txt:{row.Line}: {address.Name}, data of {cell.Whose}: the row says {row.Answers[asker]} to {asker}, the site answers {cell.Answers[asker]}";
        Assert.True(!wrong.Any(), string.Join('\n', wrong.Distinct()));
    }

    [Fact]
    public async Task Whoever_has_two_roles_may_open_what_either_may()
    {
        var wrong = new List<string>();
        foreach (var (pair, cells) in await site.AskPairsAsync(Pairs))
        {
            wrong.AddRange(from cell in cells
                           let each = pair.Select(asker => site.Of(cell.Address.Name).Single(row => row.Whose == cell.Whose).Answers[asker]).ToList()
                           let opened = each.Where(Opens).ToList()
                           where opened.Count > 0 ? !opened.Contains(cell.Answer) : !each.Contains(cell.Answer)
                           select $"{cell.Address.Name}, data of {cell.Whose}: {string.Join(" and ", pair)} get {string.Join(" and ", each)} apart, and {cell.Answer} as one person");
        }

        Assert.Empty(wrong);
    }

    private static bool Opens(string answer) => answer is not ("sign-in" or "401" or "403" or "404");

    /// <summary>The site and what it answered, asked once for all tests.</summary>
    public sealed class Answers : IAsyncLifetime
    {
        private readonly Ground ground = new();
        private readonly Dictionary<string, List<(Whose Whose, IReadOnlyDictionary<Asker, string> Answers)>> answers = [];
        private readonly List<(Asker[] Roles, Person? Person)> pairs = [];
        private readonly TwoAgencies agencies;
        private WebsiteUnderTest site = null!;
        private Callers callers = null!;

        public Answers() => agencies = new TwoAgencies(ground);

        internal IReadOnlyList<MatrixRow> Rows { get; } = Matrix.Read();

        internal IReadOnlyList<SiteAddress> Addresses { get; private set; } = [];

        internal IReadOnlyList<(Whose Whose, IReadOnlyDictionary<Asker, string> Answers)> Of(string address) => answers[address];

        public async Task InitializeAsync()
        {
            await ground.InitializeAsync();
            site = await WebsiteUnderTest.StartAsync(ground.ConnectionString, ground.Clock, services => services.AddSingleton(new ReportFiles(agencies.Reports.FullName)));
            callers = new Callers(site);
            Addresses = SiteAddresses.Of(site.Services.GetRequiredService<EndpointDataSource>());
            await agencies.BeginAsync();
            await using (var scope = site.Services.CreateAsyncScope())
            {
                await scope.ServiceProvider.GetRequiredService<BuildReports>().RunAsync(Actor.Machine);
            }

            var askers = new Dictionary<Asker, Person?>();
            foreach (var asker in Matrix.Askers)
            {
                askers[asker] = await agencies.AskerAsync(asker);
            }

            foreach (var pair in Pairs)
            {
                pairs.Add((pair, await agencies.AskerAsync(pair)));
            }

            foreach (var address in Addresses)
            {
                answers[address.Name] = [];
                foreach (var whose in TwoAgencies.WhoseOf(address))
                {
                    var row = new Dictionary<Asker, string>();
                    foreach (var (asker, person) in askers)
                    {
                        row[asker] = await AskAsync(address, whose, person);
                    }

                    answers[address.Name].Add((whose, row));
                }
            }
        }

        internal async Task<IReadOnlyList<(Asker[] Pair, List<(SiteAddress Address, Whose Whose, string Answer)> Cells)>> AskPairsAsync(Asker[][] wanted)
        {
            var all = new List<(Asker[], List<(SiteAddress, Whose, string)>)>();
            foreach (var (roles, person) in pairs.Where(pair => wanted.Contains(pair.Roles)))
            {
                var cells = new List<(SiteAddress, Whose, string)>();
                foreach (var address in Addresses)
                {
                    foreach (var whose in TwoAgencies.WhoseOf(address))
                    {
                        cells.Add((address, whose, await AskAsync(address, whose, person)));
                    }
                }

                all.Add((roles, cells));
            }

            return all;
        }

        private async Task<string> AskAsync(SiteAddress address, Whose whose, Person? asker)
        {
            var (path, body) = await agencies.FillAsync(new TwoAgencies.Question(address, whose, asker));
            return await callers.AskAsync(address, path, body, asker);
        }

        public async Task DisposeAsync()
        {
            callers.Dispose();
            agencies.Reports.Delete(recursive: true);
            await site.DisposeAsync();
            await ground.DisposeAsync();
        }
    }
}
