using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Learning.ELearning;

/// <summary>Reads the YAML of the content folder. An unknown key is a mistake: a misspelt <c>righ:</c> must not make a wrong answer.</summary>
public static class CourseYaml
{
    private static readonly IDeserializer Deserializer = new DeserializerBuilder()
        .WithNamingConvention(UnderscoredNamingConvention.Instance)
        .WithTypeConverter(new IsoDate())
        .WithNodeTypeResolver(new ReadOnlyCollections())
        .WithNodeDeserializer(new NothingIsEmpty(), where => where.OnTop())
        .WithDuplicateKeyChecking()
        .Build();

    /// <exception cref="ContentException">The text is not what the file should hold; says file, line and why.</exception>
    /// <param name="below">Lines of the file above the YAML, where it is a part of one.</param>
    public static T Read<T>(string file, string yaml, int below = 0)
        where T : new()
    {
        try
        {
            return Deserializer.Deserialize<T?>(yaml) ?? new T();
        }
        catch (YamlException mistake)
        {
            throw new ContentException($"{file}:{mistake.Start.Line + below}: {Sentence(mistake)}", mistake);
        }
    }

    private static string Sentence(YamlException mistake) => mistake.InnerException is InvalidCastException or FormatException or OverflowException
        ? "what stands here is not what this key takes: a list is written as [1, 2], a number in digits, yes or no as true or false"
        : (mistake.InnerException ?? mistake).Message is var said && said.Split('\'') is ["Property ", var key, ..] ? $"there is no key “{key}” here" : said;

    /// <summary>Splits a Markdown file into its YAML head, between two lines of <c>---</c>, and the rest.</summary>
    public static (string Head, string Body) Split(string file, string text)
    {
        var end = text.StartsWith("---\n", StringComparison.Ordinal) ? text.IndexOf("\n---\n", 3, StringComparison.Ordinal) : -1;
        return end < 0
            ? throw new ContentException($"{file}:1: begins with a head between two lines of ---, with title and minutes")
            : (text[4..(end + 1)], text[(end + 5)..]);
    }

    /// <summary>The reader fills lists and dictionaries; the records show them as read-only.</summary>
    private sealed class ReadOnlyCollections : INodeTypeResolver
    {
        public bool Resolve(NodeEvent? nodeEvent, ref Type currentType)
        {
            var asked = currentType.IsGenericType ? currentType.GetGenericTypeDefinition() : null;
            var made = asked == typeof(IReadOnlyList<>) ? typeof(List<>)
                : asked == typeof(IReadOnlyDictionary<,>) ? typeof(Dictionary<,>)
                : null;
            if (made is null)
            {
                return false;
            }

            currentType = made.MakeGenericType(currentType.GetGenericArguments());
            return true;
        }
    }

    /// <summary>A key without a value is an empty text, list or part, which the linter then names: never a null that no record has.</summary>
    private sealed class NothingIsEmpty : INodeDeserializer
    {
        public bool Deserialize(IParser reader, Type expectedType, Func<IParser, Type, object?> nestedObjectDeserializer, out object? value, ObjectDeserializer rootDeserializer)
        {
            value = null;
            if (expectedType.IsValueType || !reader.Accept<Scalar>(out var scalar) || scalar.Style != ScalarStyle.Plain || scalar.Value is not ("" or "~" or "null"))
            {
                return false;
            }

            reader.MoveNext();
            value = expectedType == typeof(string) ? scalar.Value : Activator.CreateInstance(expectedType);
            return true;
        }
    }

    private sealed class IsoDate : IYamlTypeConverter
    {
        public bool Accepts(Type type) => type == typeof(DateOnly) || type == typeof(DateOnly?);

        public object ReadYaml(IParser parser, Type type, ObjectDeserializer rootDeserializer)
        {
            var scalar = parser.Consume<Scalar>();
            return DateOnly.TryParseExact(scalar.Value, "yyyy-MM-dd", out var date)
                ? date
                : throw new YamlException(scalar.Start, scalar.End, $"'{scalar.Value}' is not a date like 2024-03-31");
        }

        public void WriteYaml(IEmitter emitter, object? value, Type type, ObjectSerializer serializer) =>
            throw new NotSupportedException("Course texts are read, never written.");
    }
}

/// <summary>A text in the content folder that cannot be read; the message names file and line.</summary>
public sealed class ContentException : Exception
{
    public ContentException(string message) : base(message)
    {
    }

    public ContentException(string message, Exception cause) : base(message, cause)
    {
    }
}
