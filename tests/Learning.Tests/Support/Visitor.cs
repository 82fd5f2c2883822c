using System.Net;

using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Learning.Tests.Support;

/// <summary>Somebody with a browser without JavaScript: follows links and redirects, keeps cookies, sends forms as they stand on the page, with their tokens.</summary>
public sealed class Visitor(Uri address)
{
    private readonly CookieContainer cookies = new();
    private HttpClient? http;

    /// <summary>The bare client, for the API.</summary>
    public HttpClient Http => http ??= new(new HttpClientHandler { AllowAutoRedirect = true, CookieContainer = cookies }) { BaseAddress = address };

    /// <summary>The cookies as the browser sends them.</summary>
    public string Cookies => cookies.GetCookieHeader(address);

    /// <summary>The same to an address of the site.</summary>
    public string CookiesOf(string path) => cookies.GetCookieHeader(new Uri(address, path));

    public async Task<Page> Get(string path) => await Page.ReadAsync(this, await Http.GetAsync(path));

    internal async Task<Page> Post(string path, IEnumerable<KeyValuePair<string, string>> fields) =>
        await Page.ReadAsync(this, await Http.PostAsync(path, new FormUrlEncodedContent(fields)));

    internal async Task<Page> Post(string path, IEnumerable<KeyValuePair<string, string>> fields, (string Field, string Name, byte[] Content) file)
    {
        using var body = new MultipartFormDataContent();
        foreach (var (name, value) in fields.Where(field => field.Key != file.Field))
        {
            body.Add(new StringContent(value), $"\"{name}\"");
        }

        body.Add(new ByteArrayContent(file.Content), $"\"{file.Field}\"", $"\"{file.Name}\"");
        return await Page.ReadAsync(this, await Http.PostAsync(path, body));
    }
}

/// <summary>A page as it came: its status, where it ended up, its document.</summary>
public sealed class Page
{
    private readonly Visitor visitor;
    private readonly HttpResponseMessage response;

    private Page(Visitor visitor, HttpResponseMessage response, IHtmlDocument document) =>
        (this.visitor, this.response, Status, Path, Document) = (visitor, response, response.StatusCode, response.RequestMessage!.RequestUri!.PathAndQuery, document);

    public HttpStatusCode Status { get; }

    /// <summary>A header of the answer.</summary>
    public string? Header(string name) => response.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;

    /// <summary>Path and query after redirects.</summary>
    public string Path { get; }
    public IHtmlDocument Document { get; }

    /// <summary>What a reader sees, with spaces made single.</summary>
    public string Text => string.Join(' ', (Document.Body?.TextContent ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>
    /// Presses the button of that name in its form. Fields keep what the page put there, unless given here by name; a given null leaves the field out.
    /// </summary>
    public Task<Page> Submit(string button, params (string Name, string? Value)[] fields) => Submit(button, null, fields);

    /// <summary>The same with a file chosen in the field of that name.</summary>
    public Task<Page> Upload(string button, string field, string fileName, byte[] content, params (string Name, string? Value)[] fields) => Submit(button, (field, fileName, content), fields);

    private Task<Page> Submit(string button, (string Field, string Name, byte[] Content)? file, (string Name, string? Value)[] fields)
    {
        var pressed = Document.QuerySelectorAll("button, input[type=submit]").FirstOrDefault(element => Name(element) == button)
            ?? throw new InvalidOperationException($"No button \"{button}\" on {Path}: {Text}");
        var form = (IHtmlFormElement)(pressed.Closest("form") ?? Document.GetElementById(pressed.GetAttribute("form") ?? "")
            ?? throw new InvalidOperationException($"The button \"{button}\" is in no form."));
        var sent = Standing(form, pressed).Where(pair => fields.All(field => field.Name != pair.Key)).ToList();
        sent.AddRange(fields.Where(field => field.Value is not null).Select(field => new KeyValuePair<string, string>(field.Name, field.Value!)));
        var named = pressed.GetAttribute("formaction") ?? form.GetAttribute("action");
        var action = string.IsNullOrEmpty(named) ? Path : named;
        return string.Equals(form.Method, "get", StringComparison.OrdinalIgnoreCase)
            ? visitor.Get(action.Split('?')[0] + "?" + string.Join('&', sent.Select(pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value)}")))
            : file is { } chosen ? visitor.Post(action, sent, chosen)
            : visitor.Post(action, sent);
    }

    /// <summary>A form by the name that the page knows it by: where it is sent and what stands in it; null where the page does not show it.</summary>
    public (string Action, List<KeyValuePair<string, string>> Fields)? Form(string name)
    {
        var form = Document.QuerySelectorAll("form").OfType<IHtmlFormElement>().FirstOrDefault(form => form.Elements.OfType<IHtmlInputElement>().Any(input => input.Name == "_handler" && input.Value == name));
        var pressed = form?.Elements.FirstOrDefault(element => element is IHtmlButtonElement { Type: "submit" });
        return form is null || pressed is null ? null : (string.IsNullOrEmpty(form.GetAttribute("action")) ? Path : form.GetAttribute("action")!, [.. Standing(form, pressed)]);
    }

    /// <summary>The same page once more, as it is now.</summary>
    public Task<Page> GetAgain() => visitor.Get(Path);

    /// <summary>Another page of the site, by the same visitor.</summary>
    public Task<Page> Start(string path) => visitor.Get(path);

    /// <summary>Follows the link of that text.</summary>
    public Task<Page> Follow(string link) => visitor.Get(
        Document.QuerySelectorAll("a[href]").FirstOrDefault(element => Name(element) == link)?.GetAttribute("href")
        ?? throw new InvalidOperationException($"No link \"{link}\" on {Path}: {Text}"));

    internal static async Task<Page> ReadAsync(Visitor visitor, HttpResponseMessage response)
    {
        var html = await response.Content.ReadAsStringAsync();
        return new Page(visitor, response, new HtmlParser().ParseDocument(html));
    }

    private static string Name(IElement element) =>
        element.GetAttribute("aria-label") ?? (element is IHtmlInputElement input ? input.Value : string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));

    private static IEnumerable<KeyValuePair<string, string>> Standing(IHtmlFormElement form, IElement pressed)
    {
        foreach (var element in form.Elements)
        {
            switch (element)
            {
                case IHtmlInputElement { Type: "checkbox" or "radio" } choice when choice.IsChecked && choice.Name is not null:
                    yield return new(choice.Name, choice.Value);
                    break;
                case IHtmlInputElement { Type: not ("checkbox" or "radio" or "submit" or "button") } input when input.Name is not null:
                    yield return new(input.Name, input.Value);
                    break;
                case IHtmlTextAreaElement { Name: not null } area:
                    yield return new(area.Name, area.Value);
                    break;
                case IHtmlSelectElement { Name: not null } select:
                    yield return new(select.Name, select.Value ?? "");
                    break;
            }
        }

        if (pressed.GetAttribute("name") is { } name)
        {
            yield return new(name, pressed.GetAttribute("value") ?? "");
        }
    }
}
