using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

using Learning.Accounts;
using Learning.People;
using Learning.Tests.Support;

namespace Learning.Tests.Bookings;

/// <summary>The contract's sessions and bookings over HTTP.</summary>
public class BookingsApiTests(Ground ground) : IClassFixture<Ground>
{
    private Given Given => ground.Given;

    [Fact]
    public async Task A_place_is_201_a_wait_is_202_and_the_same_again_is_the_same()
    {
        var session = await Given.Session(capacity: 1);
        var (first, second) = (await As(await Given.Person()), await As(await Given.Person()));

        for (var press = 0; press < 2; press++)
        {
            var booked = await first.PostAsJsonAsync(Bookings(session.Ref), new { });
            Assert.Equal(HttpStatusCode.Created, booked.StatusCode);
            Assert.Equal(["id", "state"], (await Json(booked)).EnumerateObject().Select(field => field.Name));
            Assert.Equal("confirmed", (await Json(booked)).GetProperty("state").GetString());

            var waits = await second.PostAsync(Bookings(session.Ref), null);
            Assert.Equal(HttpStatusCode.Accepted, waits.StatusCode);
            Assert.Equal(["id", "state", "position"], (await Json(waits)).EnumerateObject().Select(field => field.Name));
            Assert.Equal(("waiting", 1), ((await Json(waits)).GetProperty("state").GetString(), (await Json(waits)).GetProperty("position").GetInt32()));
        }

        var shown = await Json(await first.GetAsync($"/api/v1/sessions/{session.Ref.ToLowerInvariant()}"));
        Assert.Equal((1, 1, 1), (shown.GetProperty("places").GetInt32(), shown.GetProperty("taken").GetInt32(), shown.GetProperty("waiting").GetInt32()));
    }

    [Fact]
    public async Task Refused_is_409_with_a_reason_and_giving_up_is_204_as_often_as_it_is_said()
    {
        var (closed, open) = (await Given.Session(null, 5, "2024-05-14 09:30 to 16:00"), await Given.Session());
        var caller = await As(await Given.Person());

        var refused = await caller.PostAsJsonAsync(Bookings(closed.Ref), new { });
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Equal("session started", (await Json(refused)).GetProperty("reason").GetString());

        var id = (await Json(await caller.PostAsJsonAsync(Bookings(open.Ref), new { }))).GetProperty("id").GetGuid();
        Assert.Equal(HttpStatusCode.NotFound, (await (await As(await Given.Person())).DeleteAsync($"/api/v1/bookings/{id}")).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await caller.DeleteAsync($"/api/v1/bookings/{id}")).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await caller.DeleteAsync($"/api/v1/bookings/{id}")).StatusCode);
        Assert.Equal(0, await ground.Sql<int>($"select taken from sessions where id = '{open.Id}'"));
    }

    [Fact] // S1, S2
    public async Task Who_may_not_gets_401_403_or_404_as_problem_json()
    {
        var agency = await Given.Agency();
        var (lead, other) = (await Given.Person(agency), await Given.Person(null, "other@elsewhere.example"));
        await Given.Role(lead, Role.AgencyLead, agency);
        var session = await Given.Session();
        var (anybody, leading, practitioner) = ((await ground.SiteAsync()).Visitor().Http, await As(lead), await As(await Given.Person()));

        await Problem(HttpStatusCode.Unauthorized, await anybody.PostAsJsonAsync(Bookings(session.Ref), new { }));
        await Problem(HttpStatusCode.Forbidden, await practitioner.PostAsJsonAsync(Bookings(session.Ref), new { email = "other@elsewhere.example" }));
        await Problem(HttpStatusCode.NotFound, await leading.PostAsJsonAsync(Bookings(session.Ref), new { email = "other@elsewhere.example" }));
        await Problem(HttpStatusCode.NotFound, await leading.PostAsJsonAsync(Bookings("no-such-session"), new { }));
        await Problem(HttpStatusCode.NotFound, await leading.GetAsync("/api/v1/sessions/no-such-session"));
        await Problem(HttpStatusCode.NotFound, await leading.DeleteAsync($"/api/v1/bookings/{Guid.CreateVersion7()}"));
        await Problem(HttpStatusCode.NotFound, await leading.DeleteAsync("/api/v1/bookings/not-a-number"));
        Assert.Equal(0, await ground.Sql<long>($"select count(*) from bookings where person_id = '{other.Id}'"));
    }

    [Theory]
    [InlineData("application/json", "{")]
    [InlineData("application/json", "[]")]
    [InlineData("application/json", "{\"email\": 7}")]
    [InlineData("application/json", "{\"email\": \"\\ud800\"}")]
    [InlineData("text/plain", "email=a@b.example")]
    public async Task What_is_not_the_contract_s_JSON_is_refused_and_books_nothing(string type, string body)
    {
        var session = await Given.Session();
        var caller = await As(await Given.Person());
        var answer = await caller.PostAsync(Bookings(session.Ref), new StringContent(body, Encoding.UTF8, type));
        await Problem(type == "text/plain" ? HttpStatusCode.UnsupportedMediaType : HttpStatusCode.BadRequest, answer);
        Assert.Equal(0, await ground.Sql<long>($"select count(*) from bookings where session_id = '{session.Id}'"));
    }

    [Fact] // T2
    public async Task Sessions_are_listed_by_local_date_from_the_first_up_to_not_including_the_last()
    {
        var course = await Given.Course(code: "API-LIST");
        foreach (var part in new[] { "2024-06-02 23:30 to 2024-06-03 00:30", "2024-06-03 00:00 to 01:00", "2024-06-04 23:59 to 2024-06-05 01:00", "2024-06-05 00:00 to 01:00" })
        {
            await Given.Session(course, 5, part);
        }

        var caller = await As(await Given.Person());
        async Task<List<string>> Starts(string query) => [.. (await Json(await caller.GetAsync("/api/v1/sessions?" + query))).EnumerateArray()
            .Select(session => ground.Zone.LocalOf(session.GetProperty("starts").GetDateTimeOffset()).ToString("MM-dd HH:mm"))];

        Assert.Equal(["06-03 00:00", "06-04 23:59"], await Starts("course=api-list&from=2024-06-03&to=2024-06-05"));
        Assert.Equal(4, (await Starts("course=API-LIST")).Count);
        Assert.Empty(await Starts("course=no-such-course"));
        foreach (var bad in new[] { "from=yesterday", "to=2024-02-30", "from=0001-01-01", "to=9999-12-31" })
        {
            await Problem(HttpStatusCode.BadRequest, await caller.GetAsync("/api/v1/sessions?" + bad));
        }
    }

    [Fact]
    public async Task The_list_is_as_many_statements_for_three_as_for_one()
    {
        var course = await Given.Course();
        await Given.Session(course);
        var (token, count) = (await Token(await Given.Person()), new StatementCount());
        await using var site = await count.SiteAsync(ground);
        var caller = Calling(site, token);
        await caller.GetAsync($"/api/v1/sessions?course={course.Code}");

        var one = await count.Of(() => caller.GetAsync($"/api/v1/sessions?course={course.Code}"));
        await Given.Session(course);
        await Given.Session(course);
        Assert.Equal(one, await count.Of(() => caller.GetAsync($"/api/v1/sessions?course={course.Code}")));
        Assert.InRange(one, 1, 3);
    }

    private static string Bookings(string reference) => $"/api/v1/sessions/{reference}/bookings";

    private static async Task<JsonElement> Json(HttpResponseMessage answer) => JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;

    private static async Task Problem(HttpStatusCode status, HttpResponseMessage answer)
    {
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal((int)status, (await Json(answer)).GetProperty("status").GetInt32());
    }

    private async Task<HttpClient> As(Person person) => Calling(await ground.SiteAsync(), await Token(person));

    private async Task<string> Token(Person person)
    {
        await using var db = ground.Db();
        var email = db.PersonEmails.Single(row => row.PersonId == person.Id).Email;
        return (await ground.With((MakeAccessToken make) => make.RunAsync(email, 1, "test", Actor.Machine)))!;
    }

    private static HttpClient Calling(WebsiteUnderTest site, string token)
    {
        var http = site.Visitor().Http;
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return http;
    }
}
