using System.Reflection;
using System.Runtime.Serialization;

using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Learning.Database;

/// <summary>The one word by which a value of an enum is known in the database, in files and in the API: its [EnumMember], or its name in lower case.</summary>
public static class Words
{
    /// <summary>The word of a value.</summary>
    public static string Word<T>(this T value) where T : struct, Enum => Of<T>.ByValue[value];

    /// <summary>The value of a word; case matters not. False when there is none.</summary>
    public static bool TryParse<T>(string? word, out T value) where T : struct, Enum => Of<T>.ByWord.TryGetValue(word ?? "", out value);

    /// <summary>The value of a word that must be one.</summary>
    public static T Parse<T>(string word) where T : struct, Enum =>
        TryParse<T>(word, out var value) ? value : throw new ArgumentException($"'{word}' is not one of: {string.Join(", ", All<T>())}.", nameof(word));

    /// <summary>Every word, in the order of the enum.</summary>
    public static IReadOnlyList<string> All<T>() where T : struct, Enum => [.. Enum.GetValues<T>().Select(value => value.Word())];

    /// <summary>Stores an enum as its word.</summary>
    public static PropertyBuilder<T> HasWords<T>(this PropertyBuilder<T> property) where T : struct, Enum =>
        property.HasConversion(new ValueConverter<T, string>(value => value.Word(), word => Parse<T>(word)));

    /// <summary>Stores an enum as its word, or null.</summary>
    public static PropertyBuilder<T?> HasWords<T>(this PropertyBuilder<T?> property) where T : struct, Enum =>
        property.HasConversion(new ValueConverter<T, string>(value => value.Word(), word => Parse<T>(word)));

    private static class Of<T> where T : struct, Enum
    {
        public static readonly Dictionary<T, string> ByValue = Enum.GetValues<T>().ToDictionary(value => value, value =>
            typeof(T).GetField(value.ToString())!.GetCustomAttribute<EnumMemberAttribute>()?.Value ?? value.ToString().ToLowerInvariant());

        public static readonly Dictionary<string, T> ByWord = ByValue.ToDictionary(pair => pair.Value, pair => pair.Key, StringComparer.OrdinalIgnoreCase);
    }
}
