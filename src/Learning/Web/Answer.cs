namespace Learning.Web;

/// <summary>The status code of a page that has its own words for it.</summary>
internal static class Answer
{
    /// <summary>
    /// Answers with this code and with the page being rendered. The code is set as the answer leaves: a page that has it
    /// earlier is thrown away by the renderer in favour of the general page for the code.
    /// </summary>
    public static void AnswerWith(this HttpContext http, int code) => http.Response.OnStarting(() =>
    {
        http.Response.StatusCode = code;
        return Task.CompletedTask;
    });
}
