using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

using Learning.Catalogue;
using Learning.ELearning.Packages;
using Learning.ELearning.Writing;
using Learning.Tests.Support;

using Microsoft.Extensions.DependencyInjection;

namespace Learning.Tests.ELearning.Packages.Playing;

/// <summary>A course that is a package, over HTTP: its page, what its scripts call, and the pages that know of it (E4).</summary>
public class PlayPackagePagesTests(Ground ground) : IClassFixture<Ground>
{
    [Fact] // E4, E2
    public async Task Looking_at_it_begins_nothing_and_Begin_leads_to_the_player_whose_frame_is_the_packages_origin()
    {
        var (course, _, learner, person) = await GivenAsync(PackageEdition.Scorm12, new WrittenItem("one"), new WrittenItem("two"));
        var before = await learner.Get($"/learn/{course.Code}?item=two");
        Assert.Equal(0L, await ground.Sql<long>($"select count(*) from learning_attempts where person_id = '{person}'"));
        var player = await before.Submit("Begin");

        Assert.Equal($"/learn/{course.Code}?item=two", player.Path);
        Assert.Equal(["Item one not started", "Item two not started"], player.Document.QuerySelectorAll(".app-outline li").Select(line => string.Join(' ', line.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))));
        Assert.Contains("This course needs JavaScript", player.Document.QuerySelector("noscript")!.InnerHtml, StringComparison.Ordinal);
        var policy = player.Header("Content-Security-Policy")!;
        Assert.Contains("; frame-src http://localhost:", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("frame-src", (await learner.Get("/my")).Header("Content-Security-Policy"), StringComparison.Ordinal);
    }

    [Fact] // E4
    public async Task What_the_scripts_launch_and_commit_is_kept_and_completes_the_course()
    {
        var (course, _, learner, person) = await GivenAsync(PackageEdition.Scorm2004Fourth, new WrittenItem("one"));
        await (await learner.Get($"/learn/{course.Code}")).Submit("Begin");
        var attempt = await ground.Sql<Guid>($"select id from learning_attempts where person_id = '{person}'");
        var launch = await JsonAsync(await learner.Http.PostAsJsonAsync($"/learn/{course.Code}/launch", new { attempt, device = Guid.CreateVersion7() }));
        Assert.Equal(("2004 4th", "normal"), (launch.GetProperty("edition").GetString(), launch.GetProperty("mode").GetString()));
        Assert.EndsWith("/~/frame.html", launch.GetProperty("frame").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain(person.ToString(), launch.GetRawText(), StringComparison.Ordinal);

        var saved = await JsonAsync(await CommitAsync(learner.Http, $"/learn/{course.Code}/commits", attempt));
        Assert.True(saved.GetProperty("completed").GetBoolean());
        Assert.Equal("passed", saved.GetProperty("states").GetProperty("one").GetProperty("success").GetString());

        var finished = await learner.Get($"/learn/{course.Code}");
        Assert.Contains("You have completed", finished.Text, StringComparison.Ordinal);
        Assert.Contains("with 80%", finished.Text, StringComparison.Ordinal);
        var again = await finished.Follow("Item one");
        Assert.Contains("nothing is recorded", again.Text, StringComparison.Ordinal);
        launch = await JsonAsync(await learner.Http.PostAsJsonAsync($"/learn/{course.Code}/launch", new { attempt, device = Guid.CreateVersion7() }));
        Assert.Equal("review", launch.GetProperty("mode").GetString());
    }

    [Fact] // E4: the last word of content whose page goes away
    public async Task What_content_says_at_last_is_taken_by_its_own_origin_for_its_own_attempt_alone()
    {
        var (course, _, learner, person) = await GivenAsync(PackageEdition.Scorm2004Fourth, new WrittenItem("one"), new WrittenItem("two"));
        await (await learner.Get($"/learn/{course.Code}")).Submit("Begin");
        var attempt = await ground.Sql<Guid>($"select id from learning_attempts where person_id = '{person}'");
        var launch = await JsonAsync(await learner.Http.PostAsJsonAsync($"/learn/{course.Code}/launch", new { attempt, device = Guid.CreateVersion7() }));
        var address = new Uri(new Uri(launch.GetProperty("frame").GetString()!), "commits").ToString();
        using var content = new HttpClient();

        Assert.Equal(HttpStatusCode.NotFound, (await CommitAsync(content, address, Guid.CreateVersion7())).StatusCode);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await content.PostAsync(address, new StringContent("{}"))).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await content.PostAsync(address, new StringContent("[", null, "application/json"))).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await CommitAsync(content, address, attempt)).StatusCode);
        Assert.Equal("passed", await ground.Sql<string>($"select success from package_states where attempt_id = '{attempt}'"));
    }

    [Fact] // S2: another site's page makes no browser commit anything
    public async Task Another_site_is_refused()
    {
        var (course, _, learner, _) = await GivenAsync(PackageEdition.Scorm12, new WrittenItem("one"));
        using var post = new HttpRequestMessage(HttpMethod.Post, $"/learn/{course.Code}/commits") { Content = JsonContent.Create(new { attempt = Guid.CreateVersion7() }) };
        post.Headers.Add("Sec-Fetch-Site", "cross-site");

        Assert.Equal(HttpStatusCode.BadRequest, (await learner.Http.SendAsync(post)).StatusCode);
    }

    [Theory] // E4
    [InlineData("{")]
    [InlineData("""{"attempt":"x"}""")]
    [InlineData("""{"attempt":"00000000-0000-0000-0000-000000000000","now":"yesterday","commits":[]}""")]
    [InlineData("""{"attempt":"00000000-0000-0000-0000-000000000000","now":"2024-01-01T00:00:00Z","commits":[{"id":1}]}""")]
    public async Task What_is_no_upload_is_a_bad_request(string body)
    {
        var (course, _, learner, _) = await GivenAsync(PackageEdition.Scorm12, new WrittenItem("one"));

        Assert.Equal(HttpStatusCode.BadRequest, (await learner.Http.PostAsync($"/learn/{course.Code}/commits", new StringContent(body, null, "application/json"))).StatusCode);
    }

    [Fact] // E4
    public async Task The_catalogue_lets_it_be_started_and_My_learning_says_how_much_is_done()
    {
        var (course, _, learner, person) = await GivenAsync(PackageEdition.Scorm2004Third, new WrittenItem("one"), new WrittenItem("two"), new WrittenItem("three"));
        var site = await ground.SiteAsync();
        await site.Services.GetRequiredService<PublishedHeads>().LookAsync();
        Assert.Contains("Start the course", (await learner.Get($"/courses/{course.Code}")).Text, StringComparison.Ordinal);

        await (await learner.Get($"/learn/{course.Code}")).Submit("Begin");
        var attempt = await ground.Sql<Guid>($"select id from learning_attempts where person_id = '{person}'");
        await CommitAsync(learner.Http, $"/learn/{course.Code}/commits", attempt);
        Assert.Contains("1 of 3 parts done", (await learner.Get("/my")).Text, StringComparison.Ordinal);
    }

    [Fact] // E4: the pages for texts
    public async Task Who_writes_courses_is_told_that_this_one_is_a_package()
    {
        var (course, _, _, _) = await GivenAsync(PackageEdition.Scorm12, new WrittenItem("one"));
        var site = await ground.SiteAsync();
        var unit = await site.SignedInAsync((await ground.Given.Unit()).Id);

        Assert.Contains("This course is a SCORM package", (await unit.Get($"/manage/courses/{course.Code}/write")).Text, StringComparison.Ordinal);
    }

    private static Task<HttpResponseMessage> CommitAsync(HttpClient http, string address, Guid attempt) => http.PostAsJsonAsync(address, new
    {
        attempt, now = DateTimeOffset.UnixEpoch, commits = new[]
        {
            new
            {
                id = Guid.CreateVersion7(), item = "one", session = Guid.CreateVersion7(), device = Guid.CreateVersion7(), at = DateTimeOffset.UnixEpoch, n = 1, seconds = 30.5, end = true, part = false,
                cmi = new Dictionary<string, string> { ["cmi.completion_status"] = "completed", ["cmi.success_status"] = "passed", ["cmi.score.scaled"] = "0.8" },
            },
        },
    });

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private async Task<(Course Course, Package Package, Visitor Learner, Guid Person)> GivenAsync(PackageEdition edition, params WrittenItem[] items)
    {
        var (course, package) = await PlayablePackage.ImportAsync(ground, edition, items);
        var person = await ground.Given.Person(await ground.Given.Agency());
        return (course, package, await (await ground.SiteAsync()).SignedInAsync(person.Id), person.Id);
    }
}
