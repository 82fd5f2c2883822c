using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

using Learning.Catalogue;
using Learning.Database;

using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Learning.Figures;

/// <summary>Reads a report's definition. Strict: whatever it does not know is a mistake with file, line and column, and all of them are told at once.</summary>
public static partial class ReadReport
{
    private static readonly IReadOnlyList<string> ReportKeys = ["report", "title", "period", "boards", "figures"];

    /// <summary>The definition in a file.</summary>
    /// <exception cref="DefinitionException">It cannot be read, or says what it may not.</exception>
    public static async Task<ReportDefinition> FileAsync(string path, CancellationToken stop)
    {
        try
        {
            return Text(path, await File.ReadAllTextAsync(path, new UTF8Encoding(false, throwOnInvalidBytes: true), stop));
        }
        catch (DecoderFallbackException)
        {
            throw new DefinitionException([new DefinitionMistake(path, 1, 1, "the file is not text in UTF-8")]);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new DefinitionException([new DefinitionMistake(path, 1, 1, $"the file cannot be read: {failure.Message}")]);
        }
    }

    /// <summary>The definition in a text; <paramref name="file"/> names it in mistakes.</summary>
    /// <exception cref="DefinitionException">It says what it may not.</exception>
    public static ReportDefinition Text(string file, string yaml)
    {
        var mistakes = new List<DefinitionMistake>();
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(yaml)));
        var definition = Root(file, yaml, mistakes) is { } root ? Report(file, digest, root, mistakes) : null;
        return mistakes.Count == 0 && definition is not null
            ? definition with { Yaml = yaml }
            : throw new DefinitionException([.. mistakes.Distinct().OrderBy(mistake => mistake.Line).ThenBy(mistake => mistake.Column)]);
    }

    private static YamlNode? Root(string file, string yaml, List<DefinitionMistake> mistakes)
    {
        var stream = new YamlStream();
        var scanner = new Scanner(new StringReader(yaml), skipComments: true);
        try
        {
            stream.Load(new Parser(scanner));
        }
        catch (YamlException failure)
        {
            NotYaml(failure.Start, failure.InnerException ?? failure);
            return null;
        }
        catch (InvalidOperationException failure)
        {
            // What the parser throws at brackets that never close.
            NotYaml(scanner.CurrentPosition, failure);
            return null;
        }

        if (stream.Documents.Count != 1)
        {
            mistakes.Add(new DefinitionMistake(file, 1, 1, stream.Documents.Count == 0 ? "the file is empty" : "the file holds more than one document"));
            return null;
        }

        return stream.Documents[0].RootNode;

        void NotYaml(Mark at, Exception failure) =>
            mistakes.Add(new DefinitionMistake(file, (int)at.Line, (int)at.Column, $"not YAML that can be read: {failure.Message.ReplaceLineEndings(" ")}"));
    }

    private static ReportDefinition? Report(string file, string digest, YamlNode root, List<DefinitionMistake> mistakes)
    {
        var map = new YamlMap(file, root, "a report", ReportKeys, mistakes);
        var report = map.RequiredText("report");
        CheckName(map, "report", report);
        var title = map.Text("title") ?? report;
        var period = map.Required("period") is { } dates ? ReadPeriod.From(file, dates, mistakes) : null;
        var boards = map.Words<Board>("boards");
        var figures = map.Required("figures") is { } list ? Figures(file, list, mistakes) : [];
        return report is null || period is null ? null
            : new ReportDefinition(file, digest, report.Value.Text, title!.Value.Text, period.Value, boards, figures);
    }

    private static List<FigureDefinition> Figures(string file, YamlNode node, List<DefinitionMistake> mistakes)
    {
        if (node is not YamlSequenceNode { Children.Count: > 0 } list)
        {
            mistakes.Add(new DefinitionMistake(file, (int)node.Start.Line, (int)node.Start.Column, "'figures' is a list with at least one figure"));
            return [];
        }

        var figures = new List<FigureDefinition>();
        var ids = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var item in list.Children)
        {
            var map = new YamlMap(file, item, "a figure", ReadFigure.Keys, mistakes);
            var id = map.RequiredText("id");
            CheckName(map, "id", id);
            if (id is { } name && !ids.Add(name.Text))
            {
                map.Wrong(name, $"two figures have the id '{name}'");
            }

            if (ReadFigure.From(file, map, mistakes) is { } figure)
            {
                figures.Add(figure);
            }
        }

        return figures;
    }

    /// A report and a figure are named in addresses and references: 2023-24/gcp2-people.
    private static void CheckName(YamlMap map, string key, Written? name)
    {
        if (name is { } written && !AddressName().IsMatch(written.Text))
        {
            map.Wrong(written, $"'{key}' is '{written}': letters, digits and hyphens are allowed, 60 at most");
        }
    }

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._-]{0,59}$")]
    private static partial Regex AddressName();
}
