using Microsoft.EntityFrameworkCore;

using Npgsql;

namespace Learning.Web;

/// <summary>What a bare status says in words, to a person or a program, and which status an exception comes to.</summary>
internal static class Sentences
{
    private static readonly Dictionary<int, string> Known = new()
    {
        [StatusCodes.Status400BadRequest] = "What was sent could not be understood. Go back, reload the page and try again.",
        [StatusCodes.Status401Unauthorized] = "Sign in, or send a bearer token that has not expired.",
        [StatusCodes.Status403Forbidden] = "Your account has no role that may do this.",
        [StatusCodes.Status404NotFound] = "There is nothing at this address.",
        [StatusCodes.Status405MethodNotAllowed] = "This address does not take what was sent to it.",
        [StatusCodes.Status408RequestTimeout] = "What was sent took too long to arrive. Try again where the network is better.",
        [StatusCodes.Status413PayloadTooLarge] = "What was sent is too large. Send less at a time.",
        [StatusCodes.Status414UriTooLong] = "The address is too long. Search for less at a time.",
        [StatusCodes.Status415UnsupportedMediaType] = "What was sent is of a kind that this address does not take.",
        [StatusCodes.Status429TooManyRequests] = "Wait a minute, then try again.",
    };

    /// <summary>The sentence; one for whatever else cannot be done, and one for what is our fault.</summary>
    public static string Of(int status) => Known.TryGetValue(status, out var sentence) ? sentence
        : status < 500 ? Known[StatusCodes.Status400BadRequest]
        : "Something went wrong on our side. Nothing has been half done. Please try again in a moment.";

    /// <summary>What the database cannot hold is the fault of whoever sent it.</summary>
    public static int StatusOf(Exception exception) => exception switch
    {
        BadHttpRequestException refused => refused.StatusCode,
        DbUpdateException { InnerException: { } inner } => StatusOf(inner),
        PostgresException { SqlState: PostgresErrorCodes.CharacterNotInRepertoire or PostgresErrorCodes.UntranslatableCharacter or PostgresErrorCodes.ProgramLimitExceeded } => StatusCodes.Status400BadRequest,
        // A parameter of a page's address that is no number, no yes or no: the framework tells it by its words alone.
        InvalidOperationException { Message: var message } when message.StartsWith("Cannot parse the value", StringComparison.Ordinal) => StatusCodes.Status400BadRequest,
        _ => StatusCodes.Status500InternalServerError,
    };
}
