using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Endpoints;

namespace Learning.Web;

/// <summary>
/// The forms of a page that anybody may open, by name: deny by default goes for what is sent too (rule S1). A form of such a page that is not named here takes nothing; where a role is
/// needed, the page's own rule says so, for what is sent as for what is shown.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OpenFormsAttribute(params string[] names) : Attribute
{
    public IReadOnlyList<string> Names { get; } = names;
}

/// <summary>Holds pages to their <see cref="OpenFormsAttribute"/>.</summary>
internal static class OpenForms
{
    /// <summary>Refuses a form that a page for anybody does not name: 400, as for one that the page does not have.</summary>
    public static IApplicationBuilder UseOpenForms(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        if (HttpMethods.IsPost(context.Request.Method) && !context.IsRepeated() && context.GetEndpoint() is { } endpoint && endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is not null
            && endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null && !await NamedAsync(context.Request, endpoint))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        await next(context);
    });

    private static async Task<bool> NamedAsync(HttpRequest request, Endpoint endpoint)
    {
        var name = request.HasFormContentType ? (await request.ReadFormAsync(request.HttpContext.RequestAborted))["_handler"].ToString() : "";
        return endpoint.Metadata.GetMetadata<OpenFormsAttribute>()?.Names.Contains(name) == true;
    }
}
