using Learning.History;
using Learning.People;
using Learning.Tests.Support;

namespace Learning.Tests.History;

/// <summary>
/// A folder in which a ¦ stands before every value that is wrong (or where a missing one should stand). It is taken out before the import, whose report must name
/// exactly those places (H1).
/// </summary>
public sealed class MarkedFolder(Ground ground) : IDisposable
{
    private readonly WrittenFolder folder = new();
    private readonly List<string> expected = [];

    public int Expected => expected.Count;

    public void Dispose() => folder.Dispose();

    public MarkedFolder File(string name, params string[] lines)
    {
        var clean = new List<string>();
        for (var line = 0; line < lines.Length; line++)
        {
            var text = lines[line];
            while (text.IndexOf('¦', StringComparison.Ordinal) is var at and >= 0)
            {
                // A column is a character, however many units it takes.
                expected.Add($"{name}:{line + 1}:{text[..at].EnumerateRunes().Count() + 1}");
                text = text.Remove(at, 1);
            }

            clean.Add(text);
        }

        folder.With(name, clean);
        return this;
    }

    public MarkedFolder Bytes(string name, byte[] bytes, params string[] mistakes)
    {
        folder.WithBytes(name, bytes);
        expected.AddRange(mistakes.Select(place => $"{name}:{place}"));
        return this;
    }

    /// <summary>The report names the marked places and no others, and nothing is in the database. Returns what it says, in its order.</summary>
    public async Task<IReadOnlyList<string>> Check()
    {
        ground.Clock.Set("2026-11-20 09:00");
        var outcome = await ground.With((ImportHistory import) => import.RunAsync(folder.Path, dryRun: false, null, Actor.Machine, default));
        var mistakes = outcome is ImportOutcome.Refused refused ? refused.Mistakes : [];
        Assert.Equal(
            string.Join('\n', expected.Order(StringComparer.Ordinal)),
            string.Join('\n', mistakes.Select(mistake => $"{mistake.File}:{mistake.Line}:{mistake.Column}").Order(StringComparer.Ordinal)));
        Assert.NotEmpty(mistakes);
        Assert.Equal(0L, await ground.Sql<long>("select (select count(*) from agencies) + (select count(*) from persons) + (select count(*) from marks)"));
        return [.. mistakes.Select(mistake => mistake.What)];
    }
}
