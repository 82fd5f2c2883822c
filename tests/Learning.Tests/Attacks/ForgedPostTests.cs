using System.Net;

using Learning.Accounts;
using Learning.Tests.Permissions;
using Learning.Tests.Support;

namespace Learning.Tests.Attacks;

/// <summary>Every form of every page, sent by somebody who was not shown it: without a token, with one that is made up or another's, or again after its sender has left.</summary>
public sealed class ForgedPostTests(AttackedSite attacked) : IClassFixture<AttackedSite>
{
    private const string Token = "__RequestVerificationToken";

    [Fact]
    public async Task A_post_without_its_own_token_is_400_with_a_sentence_and_changes_nothing()
    {
        var mine = await TokenAsync(await attacked.LiveAsync());
        var stranger = await attacked.Site.SignedInAsync((await attacked.Ground.Given.Person()).Id);
        var (theirs, nobodys) = (await TokenAsync(stranger), (await attacked.Site.Visitor().Get(SignIn.Page)).Document.QuerySelector($"[name={Token}]")!.GetAttribute("value")!);
        var middle = mine.Length / 2;
        string?[] forged = [null, "", "made up", mine[..^4], mine[..middle] + (mine[middle] == 'A' ? 'B' : 'A') + mine[(middle + 1)..], theirs, nobodys];
        var (wrong, asked) = (new List<string>(), 0);
        foreach (var form in attacked.Forms)
        {
            var (path, _) = await attacked.FillAsync(form);
            var before = await attacked.StateAsync();
            foreach (var token in forged)
            {
                var answer = await attacked.Visitor.Http.PostAsync(path, Content(form.Form!, token));
                asked++;
                if (answer.StatusCode != HttpStatusCode.BadRequest || !(await answer.Content.ReadAsStringAsync()).Contains("reload the page", StringComparison.Ordinal))
                {
                    wrong.Add($"{form.Name} with {(token is null ? "no token" : token == theirs ? "another's token" : token == nobodys ? "the token of nobody" : $"the token \"{token[..Math.Min(token.Length, 12)]}…\"")}: {(int)answer.StatusCode}");
                }
            }

            // A good token of the form that has no cookie beside it.
            using var bare = new HttpClient(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = attacked.Site.Address };
            bare.DefaultRequestHeaders.Add("Cookie", attacked.Visitor.Cookies.Split("; ").Single(cookie => cookie.StartsWith("learning=", StringComparison.Ordinal)));
            var without = await bare.PostAsync(path, Content(form.Form!, mine));
            if (without.StatusCode != HttpStatusCode.BadRequest)
            {
                wrong.Add($"{form.Name} without the token's cookie: {(int)without.StatusCode}");
            }

            Assert.Equal(before, await attacked.StateAsync());
        }

        Assert.Empty(wrong);
        Assert.True(asked >= 15 * forged.Length, "No forms were found.");
    }

    [Fact]
    public async Task The_same_posts_with_the_token_are_taken_in()
    {
        var (taken, refused) = (0, new List<string>());
        foreach (var form in attacked.Forms)
        {
            var visitor = await attacked.LiveAsync();
            var answer = await visitor.Http.PostAsync((await attacked.FillAsync(form)).Path, Content(form.Form!, await TokenAsync(visitor)));
            if (answer.StatusCode == HttpStatusCode.BadRequest)
            {
                refused.Add(form.Name);
            }
            else
            {
                taken++;
            }
        }

        // A page may not show the form to whoever holds every role; most do.
        Assert.True(taken > refused.Count, string.Join('\n', refused));
    }

    [Fact]
    public async Task A_post_kept_from_before_signing_out_does_nothing_afterwards()
    {
        var wrong = new List<string>();
        foreach (var form in attacked.Forms)
        {
            var visitor = await attacked.Site.SignedInAsync(attacked.Everybody.Id);
            var (path, _) = await attacked.FillAsync(form);
            var (token, cookies) = (await TokenAsync(visitor), visitor.Cookies);
            await (await visitor.Get("/account")).Submit("Sign out");

            using var thief = new HttpClient(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = attacked.Site.Address };
            thief.DefaultRequestHeaders.Add("Cookie", cookies);
            var answer = await thief.PostAsync(path, Content(form.Form!, token));
            if (answer.StatusCode != HttpStatusCode.BadRequest && answer.Headers.Location?.OriginalString.Contains(SignIn.Page, StringComparison.Ordinal) != true)
            {
                wrong.Add($"{form.Name}: {(int)answer.StatusCode} {answer.Headers.Location}");
            }
        }

        Assert.Empty(wrong);
    }

    private static FormUrlEncodedContent Content(string form, string? token) =>
        new(token is null ? new Dictionary<string, string> { ["_handler"] = form } : new Dictionary<string, string> { ["_handler"] = form, [Token] = token });

    private static async Task<string> TokenAsync(Visitor visitor) => (await visitor.Get("/account")).Document.QuerySelector($"[name={Token}]")!.GetAttribute("value")!;
}
