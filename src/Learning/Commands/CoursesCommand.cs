using System.CommandLine;

using Learning.ELearning;
using Learning.Time;

namespace Learning.Commands;

/// <summary><c>learning courses [FOLDER]</c>: checks the texts of every course; a line for each mistake, <c>course/file:line: what is wrong</c>, and exit 1 if there is one.</summary>
internal static class CoursesCommand
{
    public static Command Make()
    {
        var folder = new Argument<DirectoryInfo?>("FOLDER")
        {
            Description = "A content folder, with courses/ and programme/ in it; this installation's own when it is not given", Arity = ArgumentArity.ZeroOrOne,
        };
        var command = new Command("courses", "Check the texts of every course") { folder };
        command.SetAction((parsed, stop) => CheckAsync(parsed.GetValue(folder)?.FullName ?? Path.Combine(AppContext.BaseDirectory, "content"), Console.Out));
        return command;
    }

    internal static async Task<int> CheckAsync(string folder, TextWriter output)
    {
        var content = new ContentFolder(folder);
        if (content.Codes.Count == 0)
        {
            throw new CommandException($"{folder} has no courses/CODE/course.yaml.", 2);
        }

        var library = new CourseLibrary(content);
        var mistakes = 0;
        foreach (var code in content.Codes)
        {
            foreach (var mistake in library.Current(code).Faults)
            {
                mistakes++;
                await output.WriteLineAsync($"{code.ToLowerInvariant()}/{mistake}");
            }
        }

        await output.WriteLineAsync(mistakes == 0 ? $"{content.Codes.Count} courses, and nothing is wrong with them." : $"{British.Count(mistakes, "mistake")}.");
        return mistakes == 0 ? 0 : 1;
    }
}
