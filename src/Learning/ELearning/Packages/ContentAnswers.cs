using System.Text.RegularExpressions;

using Learning.ELearning.Packages.Playing;

using Microsoft.Net.Http.Headers;

using Npgsql;

namespace Learning.ELearning.Packages;

/// <summary>
/// Answers what is asked of the packages' origin: files of the package that the pass at the beginning of the address names, our frame around them, and nothing else. It stands before everything else of the site: no cookie is read here and
/// none is set, no page, no API is reached; what content says while its page goes away is taken (<see cref="LastWords"/>). Whatever a package's script does, it does in an origin that has nothing but that package.
/// </summary>
internal sealed partial class ContentAnswers(RequestDelegate next, ContentOrigin origin, NpgsqlDataSource database, IWebHostEnvironment host)
{
    private const string Frame = "~/", FrameFile = "frame.html";

    // Authoring tools write inline scripts and evaluate text, and that is theirs to do: what keeps them harmless is the origin. Forms go nowhere, nothing is fetched from elsewhere, and only the site shows them.
    private readonly string policy = $"default-src 'self' data: blob:{origin.Elsewhere}; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:{origin.Elsewhere}; style-src 'self' 'unsafe-inline'{origin.Elsewhere}; connect-src 'self'; "
        + $"form-action 'none'; frame-src 'self' blob: data:{origin.Elsewhere}; base-uri 'self'; object-src 'self'; worker-src blob:; frame-ancestors ";

    public async Task InvokeAsync(HttpContext context)
    {
        if (!origin.IsAsked(context))
        {
            await next(context);
            return;
        }

        try
        {
            await AnswerAsync(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Whoever winds a film breaks off what it was being sent.
        }
        catch (NpgsqlException) when (!context.Response.HasStarted)
        {
            context.Response.Headers.RetryAfter = "5";
            await SayAsync(context, StatusCodes.Status503ServiceUnavailable, "This cannot be read right now. Try again in a moment.");
        }
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var (request, headers) = (context.Request, context.Response.Headers);
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        // Much content saves what was done when it is left.
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), unload=*";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors *";
        if (origin.IsSecure)
        {
            headers.StrictTransportSecurity = "max-age=31536000";
        }

        var (path, slash) = (request.Path.Value!, request.Path.Value!.IndexOf('/', 1));
        if (slash < 0 || path.Contains('\0', StringComparison.Ordinal) || origin.Open(path[1..slash], request) is not var (pass, ended))
        {
            await SayAsync(context, StatusCodes.Status404NotFound, "There is nothing here.");
            return;
        }

        var lastWords = HttpMethods.IsPost(request.Method) && path[(slash + 1)..] == Frame + LastWords.Name;
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method) && !lastWords)
        {
            headers.Allow = "GET, HEAD";
            await SayAsync(context, StatusCodes.Status405MethodNotAllowed, "Files of packages are only read.");
            return;
        }

        headers.ContentSecurityPolicy = $"{policy}{pass.Site} 'self'";
        // A worker of its own would answer for every package of the origin, also after this one is gone.
        await (ended ? SayAsync(context, StatusCodes.Status410Gone, "This address was good for 12 hours. Open the course again.")
            : lastWords ? LastWords.TakeAsync(context, pass)
            : request.Headers.ContainsKey("Service-Worker") ? SayAsync(context, StatusCodes.Status403Forbidden, "A package has no service worker.")
            : path[(slash + 1)..] is var file && file.StartsWith(Frame, StringComparison.Ordinal) ? FrameAsync(context, file[Frame.Length..])
            : FileAsync(context, pass, file));
    }

    private static Task SayAsync(HttpContext context, int status, string sentence)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.WriteAsync(sentence);
    }

    private Task FrameAsync(HttpContext context, string name)
    {
        var file = FrameName().IsMatch(name) ? host.WebRootFileProvider.GetFileInfo($"built/frame/{name}") : null;
        if (file is not { Exists: true, IsDirectory: false })
        {
            return SayAsync(context, StatusCodes.Status404NotFound, "There is nothing here.");
        }

        // Each course that is opened finds the origin empty of what another has kept.
        if (name == FrameFile && origin.IsShared)
        {
            context.Response.Headers["Clear-Site-Data"] = "\"storage\"";
        }

        context.Response.Headers.CacheControl = "no-cache";
        return TypedResults.Stream(file.CreateReadStream(), MediaTypes.Of(name)).ExecuteAsync(context);
    }

    private async Task FileAsync(HttpContext context, ContentPass pass, string path)
    {
        var stop = context.RequestAborted;
        if (await PackagePieces.FindAsync(database, pass.Package, path, stop) is not var (number, mediaType, size))
        {
            await SayAsync(context, StatusCodes.Status404NotFound, "There is no such file in the package.");
            return;
        }

        // The pass names the package, and a package never changes.
        context.Response.Headers.CacheControl = $"private, max-age={(int)ContentOrigin.Lives.TotalSeconds}, immutable";
        await using var content = new PieceStream(database, pass.Package, number, size);
        await TypedResults.Stream(content, mediaType, entityTag: new EntityTagHeaderValue($"\"{pass.Package:N}-{number}\""), enableRangeProcessing: true).ExecuteAsync(context);
    }

    [GeneratedRegex(@"^[a-z0-9]+([.-][a-z0-9]+)*$")]
    private static partial Regex FrameName();
}
