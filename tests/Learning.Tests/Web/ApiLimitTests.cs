using System.Net;
using System.Net.Http.Headers;

using Learning.Accounts;
using Learning.People;
using Learning.Tests.Support;

namespace Learning.Tests.Web;

/// <summary>The contract: 2,000 calls a minute and token.</summary>
public class ApiLimitTests(Ground ground) : IClassFixture<Ground>
{
    [Fact]
    public async Task Of_2100_calls_in_a_minute_a_token_has_2000_answered_however_it_writes_its_header_and_another_token_is_not_held_up()
    {
        var (first, second) = (await TokenAsync(), await TokenAsync());
        var http = (await ground.SiteAsync()).Visitor().Http;
        async Task<HttpResponseMessage> CallAsync(string header)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/sessions?from=soon");
            request.Headers.TryAddWithoutValidation("Authorization", header);
            return await http.SendAsync(request);
        }

        var statuses = new int[2100];
        await Parallel.ForAsync(0, statuses.Length, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, _) =>
        {
            using var answer = await CallAsync((i % 3) switch { 0 => $"Bearer {first}", 1 => $"bearer {first}", _ => $"BEARER   {first} " });
            statuses[i] = (int)answer.StatusCode;
        });

        Assert.Equal([(400, 2000), (429, 100)], statuses.CountBy(status => status).Select(one => (one.Key, one.Value)).Order());
        using var refused = await CallAsync($"Bearer {first}");
        Assert.Equal((HttpStatusCode.TooManyRequests, "application/problem+json"), (refused.StatusCode, refused.Content.Headers.ContentType?.MediaType));
        Assert.Contains("Wait a minute", await refused.Content.ReadAsStringAsync());
        using var other = await CallAsync($"Bearer {second}");
        Assert.Equal(HttpStatusCode.BadRequest, other.StatusCode);
    }

    private async Task<string> TokenAsync()
    {
        var person = await ground.Given.Person();
        await using var db = ground.Db();
        var email = db.PersonEmails.Single(row => row.PersonId == person.Id).Email;
        return (await ground.With((MakeAccessToken make) => make.RunAsync(email, 1, "test", Actor.Machine)))!;
    }
}
