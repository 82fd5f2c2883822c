using System.Text;
using System.Text.RegularExpressions;

using Learning.Time;

using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Learning.Web;

/// <summary>
/// How the program writes its log: a line for each entry, which begins with the instant in UTC, and below it where an exception came from. Whatever somebody sent cannot begin a line, and is not
/// repeated: addresses are left out, and so is what an exception quotes, which is what it could not read.
/// </summary>
internal sealed partial class LogLines(TimeProvider clock) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "lines";

    // What these tell of every request is its address, in which there may be what somebody searched for, or a secret.
    private static readonly string[] Talkative = ["Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Routing", "Microsoft.AspNetCore.Components", "Microsoft.AspNetCore.Watch", "Microsoft.AspNetCore.HttpLogging", "Microsoft.AspNetCore.StaticAssets"];

    /// <summary>The console and nothing else, in these lines; whatever level somebody sets, the talkative stay at warnings.</summary>
    public static void Use(ILoggingBuilder logging)
    {
        logging.ClearProviders();
        logging.AddConsole(options => options.FormatterName = FormatterName).AddConsoleFormatter<LogLines, ConsoleFormatterOptions>();
        logging.Services.PostConfigure<LoggerFilterOptions>(options =>
        {
            foreach (var category in Talkative)
            {
                options.Rules.Add(new LoggerFilterRule(null, category, LogLevel.Warning, null));
                options.Rules.Add(new LoggerFilterRule(typeof(ConsoleLoggerProvider).FullName, category, LogLevel.Warning, null));
            }
        });
    }

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter) =>
        textWriter.Write(Of(clock.GetUtcNow(), logEntry.LogLevel, logEntry.Category, logEntry.Formatter(logEntry.State, logEntry.Exception), logEntry.Exception));

    internal static string Of(DateTimeOffset now, LogLevel level, string category, string message, Exception? exception)
    {
        var text = new StringBuilder($"{now.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fff'Z'} {level.ToString().ToLowerInvariant()} {category}: {OneLine(Address().Replace(message, "…"))}\n");
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            text.Append(British.Culture, $"    {cause.GetType().FullName}: {OneLine(Quoted().Replace(Address().Replace(cause.Message, "…"), "$1…$1"))}\n");
            foreach (var line in (cause.StackTrace ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                text.Append(British.Culture, $"      {line}\n");
            }
        }

        return text.ToString();
    }

    private static string OneLine(string text) => Control().Replace(text, character => $"\\u{(int)character.Value[0]:x4}");

    [GeneratedRegex(@"[^\s""'<>=,;:()\[\]/?&]+@[^\s""'<>,;:()\[\]/?&]+")]
    private static partial Regex Address();

    [GeneratedRegex("(['\"`])(?:(?!\\1).)*\\1", RegexOptions.Singleline)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"[\p{Cc}\u2028\u2029]")]
    private static partial Regex Control();
}
