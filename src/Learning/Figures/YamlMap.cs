using System.Globalization;

using Learning.Database;

using YamlDotNet.RepresentationModel;

namespace Learning.Figures;

/// <summary>A mapping of a definition that is read key by key: what it does not hold, holds wrongly or holds too much becomes a mistake with its place.</summary>
internal sealed class YamlMap
{
    private readonly string file;
    private readonly List<DefinitionMistake> mistakes;
    private readonly YamlNode whole;
    private readonly Dictionary<string, YamlNode> values = new(StringComparer.Ordinal);

    // A misspelt key is one mistake, not also a missing one.
    private readonly HashSet<string> meant = [];

    /// <param name="known">Every key that may stand here.</param>
    public YamlMap(string file, YamlNode node, string what, IReadOnlyList<string> known, List<DefinitionMistake> mistakes)
    {
        (this.file, this.mistakes, whole) = (file, mistakes, node);
        if (node is not YamlMappingNode map)
        {
            Wrong(node, $"{what} is keys and values: {string.Join(", ", known)}");
            return;
        }

        foreach (var (key, value) in map.Children)
        {
            var name = (key as YamlScalarNode)?.Value ?? "";
            if (known.Contains(name))
            {
                values[name] = value;
            }
            else
            {
                Wrong(key, $"{what} has no key '{name}'{Nearest.Offer(name, known)}");
                meant.Add(Nearest.Near(name, known) ?? "");
            }
        }
    }

    public bool Has(string key) => values.ContainsKey(key);

    /// <summary>The node under a key, to be read by somebody else; null when there is none.</summary>
    public YamlNode? Node(string key) => values.GetValueOrDefault(key);

    /// <summary>The node under a key, to be read by somebody else; a mistake when it is missing.</summary>
    public YamlNode? Required(string key)
    {
        if (values.TryGetValue(key, out var node))
        {
            return node;
        }

        if (whole is YamlMappingNode && !meant.Contains(key))
        {
            Wrong(whole, $"'{key}' is missing");
        }

        return null;
    }

    /// <summary>Words under a key that must be there.</summary>
    public Written? RequiredText(string key) => Required(key) is { } node ? Text(key, node) : null;

    /// <summary>Words under a key, or null.</summary>
    public Written? Text(string key) => values.TryGetValue(key, out var node) ? Text(key, node) : null;

    /// <summary>One of the known words under a key.</summary>
    public T? Word<T>(string key, IReadOnlyDictionary<string, T> known) where T : struct
    {
        if (Text(key) is not { } text)
        {
            return null;
        }

        return Known(key, text, known, out var value) ? value : null;
    }

    /// <summary>One word, or a list of several; none when the key is absent.</summary>
    public IReadOnlyList<Written> List(string key)
    {
        if (!values.TryGetValue(key, out var node))
        {
            return [];
        }

        IEnumerable<YamlNode> items = node is YamlSequenceNode list ? list.Children : [node];
        var texts = items.Select(item => Text(key, item)).OfType<Written>().ToList();
        if (node is YamlSequenceNode { Children.Count: 0 })
        {
            Wrong(node, $"'{key}' is an empty list: leave the key out to limit nothing");
        }

        return texts;
    }

    /// <summary>A list of words of an enum.</summary>
    public IReadOnlyList<T> Words<T>(string key) where T : struct, Enum
    {
        var known = Enum.GetValues<T>().ToDictionary(value => value.Word());
        var found = new List<T>();
        foreach (var text in List(key))
        {
            if (Known(key, text, known, out var value))
            {
                if (found.Contains(value))
                {
                    Wrong(text, $"'{key}' names '{text}' twice");
                }

                found.Add(value);
            }
        }

        return found;
    }

    /// <summary>An ISO date.</summary>
    public DateOnly? Date(string key)
    {
        if (RequiredText(key) is not { } text)
        {
            return null;
        }

        if (DateOnly.TryParseExact(text.Text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return date;
        }

        Wrong(text, $"'{key}' is '{text}', not a date such as 2023-04-01");
        return null;
    }

    public void Wrong(Written at, string what) => mistakes.Add(new DefinitionMistake(file, at.Line, at.Column, what));

    private bool Known<T>(string key, Written text, IReadOnlyDictionary<string, T> known, out T value)
    {
        if (known.TryGetValue(text.Text, out value!))
        {
            return true;
        }

        var offer = Nearest.Offer(text.Text, known.Keys);
        Wrong(text, $"'{key}' cannot be '{text}'{(offer.Length > 0 ? offer : $": it is one of {string.Join(", ", known.Keys)}")}");
        return false;
    }

    private Written? Text(string key, YamlNode node)
    {
        if (node is YamlScalarNode { Value: { } value } && !string.IsNullOrWhiteSpace(value) && !value.Any(char.IsControl))
        {
            return new Written(value.Trim(), (int)node.Start.Line, (int)node.Start.Column);
        }

        Wrong(node, $"'{key}' has no value that can be read: one line of words is expected");
        return null;
    }

    private void Wrong(YamlNode node, string what) => Wrong(new Written("", (int)node.Start.Line, (int)node.Start.Column), what);
}
