using Learning.Bookings;
using Learning.Catalogue;
using Learning.Tests.Support;

namespace Learning.Tests.Catalogue;

/// <summary>The pages of the catalogue send as many statements for three rows as for one (house rule 6).</summary>
public class StatementCountTests(Ground ground) : IClassFixture<Ground>
{
    [Fact]
    public async Task Three_of_everything_take_as_many_statements_as_one()
    {
        var counter = new StatementCount();
        await using var site = await counter.SiteAsync(ground);
        var reader = await ground.Given.Person(await ground.Given.Agency());
        var visitor = await site.SignedInAsync(reader.Id);
        var course = await ground.Given.Course(code: "MANY");
        await AddAsync(course, reader, "2024-06-03 09:30 to 16:00");
        string[] pages = ["/", "/courses", "/courses/MANY", $"/sessions/{await FirstRefAsync()}"];
        await CountAsync(); // What is prepared once is prepared now.

        var one = await CountAsync();
        await AddAsync(course, reader, "2024-06-04 09:30 to 16:00");
        await AddAsync(course, reader, "2024-06-05 09:30 to 16:00");
        await AddAsync(await ground.Given.Course(), reader, "2024-06-06 09:30 to 16:00", "2024-06-13 09:30 to 16:00");
        await AddAsync(await ground.Given.Course(), reader, "2024-06-07 09:30 to 16:00");
        var three = await CountAsync();

        Assert.Equal(one, three);
        Assert.All(one, count => Assert.InRange(count, 1, 8));

        async Task<int[]> CountAsync()
        {
            var counts = new List<int>();
            foreach (var page in pages) counts.Add(await counter.Of(async () => Assert.Equal(200, (int)(await visitor.Get(page)).Status)));
            return [.. counts];
        }
    }

    private Task<string> FirstRefAsync() => ground.Sql<string>("select ref from sessions order by starts_at limit 1");

    private async Task AddAsync(Course course, Learning.People.Person reader, params string[] parts)
    {
        var session = await ground.Given.Session(course, 20, parts);
        await ground.Given.Trainer(session, await ground.Given.Person());
        await ground.Given.Booking(session, await ground.Given.Person(), BookingState.Waiting);
        await ground.Given.Booking(session, reader);
    }
}
