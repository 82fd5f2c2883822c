using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;

using FsCheck;
using FsCheck.Fluent;

using Learning.Accounts;
using Learning.Bookings;
using Learning.Jobs;
using Learning.People;
using Learning.Tests.Support;

namespace Learning.Tests.Bookings;

/// <summary>The API's Idempotency-Key: for a day the same key of the same caller gets the same answer, and nothing is done again.</summary>
public class AskedOnceTests(Ground ground) : IClassFixture<Ground>
{
    [Fact]
    public async Task The_same_again_gets_the_same_answer_although_the_place_was_given_up_meanwhile_and_books_nothing()
    {
        var (session, caller) = (await ground.Given.Session(), await As(await ground.Given.Person()));
        var first = await AskAsync(caller, session.Ref, "k1");
        Assert.StartsWith("201 ", first);
        await caller.DeleteAsync($"/api/v1/bookings/{await ground.Sql<Guid>($"select id from bookings where session_id = '{session.Id}'")}");

        Assert.Equal(first, await AskAsync(caller, session.Ref, "k1"));
        Assert.Equal("cancelled", await ground.Sql<string>($"select string_agg(state, ' ') from bookings where session_id = '{session.Id}'"));

        // Another key, or none, asks anew.
        Assert.NotEqual(first, await AskAsync(caller, session.Ref, "k2"));
        Assert.Equal(await AskAsync(caller, session.Ref, "k2"), await AskAsync(caller, session.Ref, null));
        Assert.Equal("cancelled confirmed", await ground.Sql<string>($"select string_agg(state, ' ' order by number) from bookings where session_id = '{session.Id}'"));
    }

    [Fact]
    public async Task A_wait_keeps_its_number_and_a_refusal_its_reason()
    {
        var (session, closed) = (await ground.Given.Session(capacity: 1), await ground.Given.Session(null, 5, "2024-05-14 09:30 to 16:00"));
        var (holder, caller) = (await As(await ground.Given.Person()), await As(await ground.Given.Person()));
        await AskAsync(holder, session.Ref, null);
        var (waits, refused) = (await AskAsync(caller, session.Ref, "wait"), await AskAsync(caller, closed.Ref, "refused"));
        Assert.Contains("\"position\":1", waits);
        Assert.Contains("session started", refused);
        await ground.Sql($"update bookings set state = 'cancelled' where session_id = '{session.Id}' and state = 'waiting'");
        await ground.Sql($"update sessions set starts_at = starts_at + interval '90 days', ends_at = ends_at + interval '90 days', booking_closes_at = booking_closes_at + interval '90 days' where id = '{closed.Id}'");

        Assert.Equal((waits, refused), (await AskAsync(caller, session.Ref, "wait"), await AskAsync(caller, closed.Ref, "refused")));
        Assert.Equal(0L, await ground.Sql<long>($"select count(*) from bookings where session_id = '{closed.Id}'"));
    }

    [Fact]
    public async Task For_something_else_it_is_422_and_of_somebody_else_it_is_another_key()
    {
        var (session, other, agency) = (await ground.Given.Session(), await ground.Given.Session(), await ground.Given.Agency());
        var (lead, colleague) = (await ground.Given.Person(agency), await ground.Given.Person(agency, "colleague@once.example"));
        await ground.Given.Role(lead, Role.AgencyLead, agency);
        var caller = await As(lead);
        await AskAsync(caller, session.Ref, "k");

        Assert.StartsWith("422 ", await AskAsync(caller, other.Ref, "k"));
        Assert.StartsWith("422 ", await AskAsync(caller, session.Ref, "k", "colleague@once.example"));
        Assert.Equal(1L, await ground.Sql<long>($"select count(*) from bookings where session_id in ('{session.Id}', '{other.Id}')"));
        Assert.StartsWith("201 ", await AskAsync(await As(colleague), session.Ref, "k"));
        Assert.StartsWith("201 ", await AskAsync(await As(lead), other.Ref, "k"));
        Assert.Equal(3L, await ground.Sql<long>($"select count(*) from bookings where session_id in ('{session.Id}', '{other.Id}')"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("256")]
    public async Task What_is_no_key_is_refused_and_books_nothing(string key)
    {
        var session = await ground.Given.Session();
        Assert.StartsWith("400 ", await AskAsync(await As(await ground.Given.Person()), session.Ref, key == "256" ? new string('k', 256) : key));
        Assert.Equal(0L, await ground.Sql<long>($"select count(*) from bookings where session_id = '{session.Id}'"));
    }

    [Fact]
    public async Task Asked_at_once_with_one_key_one_thing_is_done_and_everybody_who_asked_for_it_is_told_the_same()
    {
        for (var round = 0; round < 5; round++)
        {
            var (one, other, caller) = (await ground.Given.Session(), await ground.Given.Session(), await As(await ground.Given.Person()));
            var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => Task.Run(() => AskAsync(caller, i % 2 == 0 ? one.Ref : other.Ref, "k"))));

            Assert.Equal(5, answers.Count(answer => answer.StartsWith("422 ", StringComparison.Ordinal)));
            Assert.Single(answers.Where(answer => !answer.StartsWith("422 ", StringComparison.Ordinal)).Distinct());
            Assert.Equal((1L, 1L), (
                await ground.Sql<long>($"select count(*) from bookings where session_id in ('{one.Id}', '{other.Id}')"), await ground.Sql<long>($"select count(*) from messages where session_id in ('{one.Id}', '{other.Id}')")));
        }
    }

    [Fact]
    public async Task A_day_later_it_is_a_new_key_and_the_job_has_forgotten_it()
    {
        var (session, caller) = (await ground.Given.Session(), await As(await ground.Given.Person()));
        var first = await AskAsync(caller, session.Ref, "k");
        await caller.DeleteAsync($"/api/v1/bookings/{await ground.Sql<Guid>($"select id from bookings where session_id = '{session.Id}'")}");
        ground.Clock.Advance(AskedOnce.Kept - TimeSpan.FromSeconds(1));
        await ground.With((ForgetAnswers forget) => forget.RunAsync());
        Assert.Equal(first, await AskAsync(caller, session.Ref, "k"));

        ground.Clock.Advance(TimeSpan.FromSeconds(1));
        var second = await AskAsync(caller, session.Ref, "k");
        Assert.StartsWith("201 ", second);
        Assert.NotEqual(first, second);
        Assert.Equal(second, await AskAsync(caller, session.Ref, "k"));

        ground.Clock.Advance(AskedOnce.Kept);
        Assert.True(await ground.With((ForgetAnswers forget) => forget.RunAsync()) > 0);
        Assert.Equal((0, 0L), (await ground.With((ForgetAnswers forget) => forget.RunAsync()), await ground.Sql<long>("select count(*) from kept_answers")));
        Assert.Contains(Timetable.Product.Jobs, job => job.Name == "Forget answers to programs");
        ground.Clock.Set("2024-05-15 09:00");
    }

    [Fact]
    public async Task Whatever_happens_in_between_a_key_says_the_same_for_a_day_and_does_nothing_twice()
    {
        var token = await TokenAsync(await ground.Given.Person());
        var caller = Calling(await ground.SiteAsync(), token);
        var rival = await As(await ground.Given.Person());
        await Task.Run(() => Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), steps => PlayAsync(steps).GetAwaiter().GetResult()).Check(Config.QuickThrowOnFailure.WithMaxTest(12).WithStartSize(5).WithEndSize(40)));

        async Task<bool> PlayAsync(byte[] steps)
        {
            ground.Clock.Set("2024-05-15 09:00");
            await ground.Sql("delete from kept_answers");
            var (session, kept) = (await ground.Given.Session(capacity: 1), new Dictionary<int, (string Answer, DateTimeOffset At)>());
            Task<long> Bookings() => ground.Sql<long>($"select count(*) from bookings where session_id = '{session.Id}'");
            foreach (var step in steps)
            {
                var key = step / 8 % 3;
                switch (step % 8)
                {
                    case 0 or 1 or 2 or 3:
                        var before = await Bookings();
                        var answer = await AskAsync(caller, session.Ref, $"key{key}");
                        if (kept.TryGetValue(key, out var said) && ground.Zone.Now - said.At < AskedOnce.Kept)
                        {
                            Assert.Equal((said.Answer, before), (answer, await Bookings()));
                        }
                        else
                        {
                            kept[key] = (answer, ground.Zone.Now);
                        }

                        break;
                    case 4:
                        ground.Clock.Advance(TimeSpan.FromHours(7));
                        break;
                    case 5:
                        await ground.With((ForgetAnswers forget) => forget.RunAsync());
                        break;
                    default:
                        await EndAsync(session.Id, step % 8 == 6 ? caller : rival);
                        await AskAsync(rival, session.Ref, null);
                        break;
                }
            }

            return true;
        }

        async Task EndAsync(Guid session, HttpClient whose)
        {
            foreach (var id in (await ground.Sql<string>($"select coalesce(string_agg(id::text, ' '), '') from bookings where session_id = '{session}'")).Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                await whose.DeleteAsync($"/api/v1/bookings/{id}");
            }
        }
    }

    // "201 {…}", without what differs from one request to the next.
    private static async Task<string> AskAsync(HttpClient caller, string reference, string? key, string? email = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/sessions/{reference}/bookings") { Content = JsonContent.Create(new { email }) };
        if (key is not null)
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        }

        using var answer = await caller.SendAsync(request);
        return $"{(int)answer.StatusCode} {(await answer.Content.ReadAsStringAsync()).Split(",\"traceId\"")[0]}";
    }

    private async Task<HttpClient> As(Person person) => Calling(await ground.SiteAsync(), await TokenAsync(person));

    private async Task<string> TokenAsync(Person person)
    {
        await using var db = ground.Db();
        var email = db.PersonEmails.Single(row => row.PersonId == person.Id && row.Main).Email;
        return (await ground.With((MakeAccessToken make) => make.RunAsync(email, 8760, "test", Actor.Machine)))!;
    }

    private static HttpClient Calling(WebsiteUnderTest site, string token)
    {
        var http = site.Visitor().Http;
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return http;
    }
}
