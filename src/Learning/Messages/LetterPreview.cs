using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

using Learning.People;

namespace Learning.Messages;

/// <summary>A letter's HTML as its reader would see it, at an address of its own: it runs nothing, loads nothing and sends nothing.</summary>
public static partial class LetterPreview
{
    /// <summary>Maps <c>/manage/messages/{id}/html</c>.</summary>
    public static void MapLetterPreview(this IEndpointRouteBuilder app) => app.MapGet("/manage/messages/{id:guid}/html", async (Guid id, LookAtMessage look, WhoAsks who, HttpContext context) =>
    {
        if ((await look.RunAsync(id, await who.ActorAsync(), context.RequestAborted))?.Draft is not Draft.Ready { Letter.Html: var html })
        {
            return Results.NotFound();
        }

        var styles = Style().Matches(html).Select(match => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(match.Groups[1].Value)))}'");
        context.Response.Headers.ContentSecurityPolicy = $"default-src 'none'; style-src {string.Join(' ', styles)}; sandbox; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";
        return Results.Content(html, "text/html; charset=utf-8");
    }).RequireAuthorization(Policies.Unit);

    [GeneratedRegex("<style>(.*?)</style>", RegexOptions.Singleline)]
    private static partial Regex Style();
}
