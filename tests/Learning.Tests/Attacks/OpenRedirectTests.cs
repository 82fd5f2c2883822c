using System.Net;
using System.Reflection;

using Learning.Tests.Permissions;
using Learning.Tests.Support;

using Microsoft.AspNetCore.Components;

namespace Learning.Tests.Attacks;

/// <summary>Every page that is told where to go on: never to another site, whatever it is told.</summary>
public sealed class OpenRedirectTests(AttackedSite attacked) : IClassFixture<AttackedSite>
{
    private static readonly string[] Elsewhere =
    [
        "https://elsewhere.example/", "//elsewhere.example/", "///elsewhere.example", "/\\elsewhere.example", "\\\\elsewhere.example", "/\t/elsewhere.example", "/%09/elsewhere.example", "/\r\n//elsewhere.example", "https:elsewhere.example",
        "javascript:alert(1)", "data:text/html,x", "/../..//elsewhere.example", "@elsewhere.example", ".elsewhere.example", "/.//elsewhere.example", "/;@elsewhere.example", "http:\\\\elsewhere.example", " https://elsewhere.example", "/\u2028/elsewhere.example",
    ];

    [Fact]
    public async Task No_page_leads_or_sends_elsewhere()
    {
        var (wrong, asked) = (new List<string>(), 0);
        foreach (var (plain, page) in attacked.Pages)
        {
            var told = page.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
                .Select(property => (property, read: property.GetCustomAttribute<SupplyParameterFromQueryAttribute>())).Where(pair => pair.read is not null)
                .Select(pair => pair.read!.Name ?? pair.property.Name).Where(name => name.Contains("return", StringComparison.OrdinalIgnoreCase) || name.Contains("next", StringComparison.OrdinalIgnoreCase) || name.Contains("then", StringComparison.OrdinalIgnoreCase) || name == "after").ToList();
            foreach (var name in told)
            {
                var address = attacked.Gets.Single(one => one.Plain == plain);
                foreach (var target in Elsewhere)
                {
                    foreach (var visitor in new[] { attacked.Site.Visitor(), await attacked.LiveAsync() })
                    {
                        asked++;
                        await JudgeAsync(wrong, visitor, address, $"{(await attacked.FillAsync(address)).Path}?{name}={Uri.EscapeDataString(target)}");
                    }
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Distinct()));
        Assert.True(asked >= Elsewhere.Length, "No page is told where to go on.");
    }

    private async Task JudgeAsync(List<string> wrong, Visitor visitor, SiteAddress address, string path)
    {
        using var still = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = attacked.Site.Address };
        using (var request = new HttpRequestMessage(HttpMethod.Get, path))
        {
            request.Headers.TryAddWithoutValidation("Cookie", visitor.Cookies);
            using var answer = await still.SendAsync(request);
            if (Leads(answer.Headers.Location))
            {
                wrong.Add($"{path} leads to {answer.Headers.Location}");
            }
        }

        var page = await visitor.Get(path);
        wrong.AddRange(page.Document.QuerySelectorAll("a[href], form[action], button[formaction]")
            .Select(element => element.GetAttribute("href") ?? element.GetAttribute("action") ?? element.GetAttribute("formaction")!)
            .Where(link => !link.StartsWith("mailto:", StringComparison.Ordinal) && Leads(new Uri(link, UriKind.RelativeOrAbsolute))).Select(link => $"{path} shows {link}"));

        // What the page sends on to once its form is filled in right: somebody signs in by it.
        if (page.Form("sign-in") is { } form)
        {
            var (email, password) = await attacked.Site.AccountAsync(attacked.Everybody.Id);
            using var request = new HttpRequestMessage(HttpMethod.Post, form.Action)
            {
                Content = new FormUrlEncodedContent([.. form.Fields.Where(field => !field.Key.StartsWith("Input.", StringComparison.Ordinal)), new("Input.Email", email), new("Input.Password", password)]),
            };
            request.Headers.TryAddWithoutValidation("Cookie", visitor.Cookies);
            using var answer = await still.SendAsync(request);
            if (answer.StatusCode != HttpStatusCode.TooManyRequests && (answer.Headers.Location is null || Leads(answer.Headers.Location)))
            {
                wrong.Add($"{address.Plain} with {path}: signing in answers {(int)answer.StatusCode} to {answer.Headers.Location}");
            }
        }
    }

    // As a browser reads it, from a page of ours.
    private bool Leads(Uri? to) => to is not null && to.OriginalString.Length > 0
        && (!Uri.TryCreate(attacked.Site.Address, new string([.. to.OriginalString.Where(character => character is not ('\t' or '\r' or '\n'))]).Replace('\\', '/').Trim(), out var read) || !read.IsLoopback || read.Scheme != "http");
}
