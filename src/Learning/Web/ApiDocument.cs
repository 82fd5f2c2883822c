using System.Text.Json.Nodes;

using Learning.Database;
using Learning.People;

using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Learning.Web;

/// <summary>What the description of the API (<c>/openapi/v1.json</c>) says of every call beside what its endpoint says: how to be let in, which scope a token needs, and how anything is refused.</summary>
internal static class ApiDocument
{
    private const string Token = "token", Cookie = "cookie";

    private static readonly (int Status, string When)[] Everywhere =
    [
        (StatusCodes.Status401Unauthorized, "Nobody has signed in, or the token is unknown, has expired or was revoked"),
        (StatusCodes.Status403Forbidden, "The token lacks the scope that \"scope\" names, or the person may not do this"),
        (StatusCodes.Status429TooManyRequests, "More than 2,000 calls in a minute with this token"),
    ];

    public static void Say(OpenApiOptions options)
    {
        // What a page's own script calls is no promise to anybody else.
        options.ShouldInclude = call => call.RelativePath?.StartsWith("api/v1/", StringComparison.OrdinalIgnoreCase) == true;
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "Learning";
            document.Info.Description = "Instants are UTC, dates local. Errors are problem+json (RFC 9457) with a sentence in \"detail\".";
            document.Servers = [];
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
            {
                [Token] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "A token made under Manage → Access tokens; what it may be used for are its scopes." },
                [Cookie] = new OpenApiSecurityScheme { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Cookie, Name = "learning", Description = "A browser that is signed in, from a page of the site itself." },
            };
            return Task.CompletedTask;
        })
        .AddOperationTransformer(async (operation, context, stop) =>
        {
            var scope = context.Description.ActionDescriptor.EndpointMetadata.OfType<IAuthorizeData>().Select(rule => Policies.Scope.Of(rule.Policy)).FirstOrDefault(one => one is not null);
            operation.Security = [new() { [new OpenApiSecuritySchemeReference(Token, context.Document)] = scope is { } needed ? [needed.Word()] : [] }, new() { [new OpenApiSecuritySchemeReference(Cookie, context.Document)] = [] }];
            operation.Responses ??= [];
            var problem = await context.GetOrCreateSchemaAsync(typeof(Problem), cancellationToken: stop);
            foreach (var (status, when) in Everywhere)
            {
                operation.Responses[$"{status}"] = new OpenApiResponse { Description = when, Content = new Dictionary<string, OpenApiMediaType>() };
            }

            foreach (var (status, response) in operation.Responses.Where(one => one.Key[0] >= '4'))
            {
                if (response is OpenApiResponse said && said.Content?.Values.FirstOrDefault()?.Schema is not OpenApiSchemaReference { Reference.Id: "Refusal" })
                {
                    said.Content = new Dictionary<string, OpenApiMediaType> { ["application/problem+json"] = new OpenApiMediaType { Schema = problem } };
                }
            }

            foreach (var example in context.Description.ActionDescriptor.EndpointMetadata.OfType<ApiExample>())
            {
                var content = example.Status is { } answered ? operation.Responses[$"{answered}"].Content : operation.RequestBody?.Content;
                content!.Values.First().Example = JsonNode.Parse(example.Json);
            }
        });
    }

    /// <summary>A refusal: the address of what the status means, its name, the status, a sentence, and the reference under which the log has it. Which scope a token lacks is in <c>scope</c>.</summary>
    public sealed record Problem(string Type, string Title, int Status, string Detail, string TraceId, string? Scope = null);
}
