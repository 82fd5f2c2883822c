using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;

using Learning.Accounts;
using Learning.Tests.Support;
using Learning.Web;

namespace Learning.Tests.Web;

/// <summary>What no page could read is refused with a sentence, before any page is asked.</summary>
public class LegibleTests(Ground ground) : IClassFixture<Ground>
{
    [Theory]
    [InlineData("/courses?q={100000}", 414)]
    [InlineData("/courses/{20000}", 414)]
    [InlineData("/courses?q=%00", 400)]
    [InlineData("/courses?%00=q", 400)]
    [InlineData("/api/v1/sessions?course=%00", 400)]
    [InlineData("/courses?q=%ED%A0%80", 200)] // a lone surrogate is no UTF-8, and reads as the sign for what cannot be read
    [InlineData("/courses?q=%FF%FE%C0%AF", 200)]
    [InlineData("/courses?q=%F0%9F%92%A9%E2%80%AE", 200)]
    [InlineData("/courses/..%2f..%2fetc%2fpasswd", 404)]
    [InlineData("/%ff", 404)]
    public async Task An_address(string path, int status)
    {
        var address = System.Text.RegularExpressions.Regex.Replace(path, @"\{(\d+)\}", match => new string('a', int.Parse(match.Groups[1].Value)));
        var answer = await (await ground.SiteAsync()).Visitor().Http.GetAsync(address);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Contains(status == 200 ? "Courses" : " ", await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("/courses/a%00b")]
    [InlineData("/sessions/%00")]
    public async Task A_NUL_in_the_path_is_refused_by_the_server_before_there_is_a_page(string path) =>
        Assert.Equal(HttpStatusCode.BadRequest, (await (await ground.SiteAsync()).Visitor().Http.GetAsync(path)).StatusCode);

    public static TheoryData<string, string, int> Bodies => new()
    {
        { "text/plain", "Input.Email=a", 415 },
        { "application/json", "{\"Input.Email\":\"a\"}", 415 },
        { "", "anything", 415 },
        { "nonsense", "anything", 415 },
        { "application/x-www-form-urlencoded", "{2000000}", 413 },
        { "application/x-www-form-urlencoded", "a=1&{keys}", 400 },
        { "application/x-www-form-urlencoded", "Input.Email=%00", 400 },
        { "application/x-www-form-urlencoded", "Input%00Email=a", 400 },
        { "application/x-www-form-urlencoded", "%%%%&&&&====", 400 },
        { "application/x-www-form-urlencoded; charset=utf-16", "a=1", 400 },
        { "application/x-www-form-urlencoded; charset=utf-7", "a=1", 400 },
        { "application/x-www-form-urlencoded; charset=nonsense", "a=1", 400 },
        { "multipart/form-data", "no boundary", 400 },
        { "multipart/form-data; boundary=x", "no such boundary", 400 },
        { "multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nnever ends", 400 },
        { "multipart/form-data; boundary=x", "--x\r\nContent-Disposition: nonsense\r\n\r\n1\r\n--x--\r\n", 400 },
        { "multipart/form-data; boundary=x", "--x\r\n{headers}\r\n\r\n1\r\n--x--\r\n", 400 },
        { "multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n{2000000}\r\n--x--\r\n", 413 },
        { "multipart/form-data; boundary={200}", "--x", 400 },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task A_form(string type, string body, int status)
    {
        var site = await ground.SiteAsync();
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(Filled(body)));
        content.Headers.TryAddWithoutValidation("Content-Type", Filled(type));
        var answer = await site.Visitor().Http.PostAsync(SignIn.Page, content);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Contains(System.Net.WebUtility.HtmlEncode(Sentences.Of(status)), await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_body_that_does_not_come_is_waited_for_no_longer_than_a_bad_network_needs()
    {
        var address = (await ground.SiteAsync()).Address;
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST {SignIn.Page} HTTP/1.1\r\nHost: {address.Authority}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 100000\r\n\r\nInput.Email=a"));
        using var reader = new StreamReader(stream);
        Assert.Contains("408", await reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public async Task Headers_without_end_are_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        for (var i = 0; i < 100; i++)
        {
            request.Headers.Add($"X-Many-{i}", "x");
        }

        Assert.Equal(HttpStatusCode.RequestHeaderFieldsTooLarge, (await (await ground.SiteAsync()).Visitor().Http.SendAsync(request)).StatusCode);
    }

    private static string Filled(string text) => System.Text.RegularExpressions.Regex.Replace(text, @"\{(\d+)\}", match => new string('a', int.Parse(match.Groups[1].Value)))
        .Replace("{keys}", string.Join('&', Enumerable.Range(0, 3000).Select(i => $"k{i}=v")), StringComparison.Ordinal)
        .Replace("{headers}", string.Join("\r\n", Enumerable.Range(0, 100).Select(i => $"X-{i}: y")), StringComparison.Ordinal);
}
