using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Learning.BrowserTests.Tablet;

/// <summary>What lies between a tablet and the server, and what the server may answer when it is not well: for each upload of marks or a signature, the next of the list; then nothing any more.</summary>
internal sealed class Network : IStartupFilter
{
    private readonly Queue<Func<HttpContext, RequestDelegate, Task>> coming = new();
    private Func<HttpContext, RequestDelegate, Task>? always;

    /// <summary>Uploads that came here so far.</summary>
    public int Uploads { get; private set; }

    /// <summary>From now on every upload is met so; null: as if nothing were between.</summary>
    public void Always(Func<HttpContext, RequestDelegate, Task>? what) => always = what;

    /// <summary>So the next uploads are met, one after the other.</summary>
    public void Next(params Func<HttpContext, RequestDelegate, Task>[] what) => Array.ForEach(what, coming.Enqueue);

    /// <summary>What a tablet's question for its key waits for.</summary>
    public Task Keys { get; set; } = Task.CompletedTask;

    /// <summary>The server takes it all in, and the answer is lost.</summary>
    public static async Task LoseAnswer(HttpContext http, RequestDelegate next)
    {
        var body = http.Response.Body;
        http.Response.Body = new MemoryStream();
        await next(http);
        http.Response.Body = body;
        http.Abort();
    }

    /// <summary>It breaks while the body is on its way: nothing is taken in.</summary>
    public static async Task CutBody(HttpContext http, RequestDelegate next)
    {
        _ = await http.Request.Body.ReadAsync(new byte[64]);
        http.Abort();
    }

    /// <summary>An answer with a status, as the API gives it or as a proxy does.</summary>
    public static Func<HttpContext, RequestDelegate, Task> Answer(int status, string type = "application/problem+json", string text = "{\"detail\":\"Not now.\"}") => (http, _) =>
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = type;
        return http.Response.WriteAsync(text);
    };

    /// <summary>A hall's network that wants to be signed in to.</summary>
    public static readonly Func<HttpContext, RequestDelegate, Task> Portal = Answer(200, "text/html", "<!DOCTYPE html><title>Welcome</title><h1>Welcome to our free Wi-Fi</h1>");

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(async (http, go) =>
        {
            if (HttpMethods.IsPost(http.Request.Method) && http.Request.Path.StartsWithSegments("/api/v1/registers", StringComparison.Ordinal))
            {
                Uploads++;
                await (coming.TryDequeue(out var what) ? what : always ?? ((context, on) => on(context)))(http, go);
                return;
            }

            if (http.Request.Path == "/api/v1/tablet-key") await Keys;
            await go(http);
        });
        next(app);
    };
}
