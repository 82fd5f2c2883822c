using System.CommandLine;
using System.Globalization;

namespace Learning.Commands;

/// <summary>Options that are numbers within bounds; anything else is one clear line.</summary>
internal static class Numbers
{
    /// <summary>A number from <paramref name="least"/> to <paramref name="most"/>; <paramref name="usual"/> when it is not given.</summary>
    public static Option<T> Option<T>(string name, string description, T usual, T least, T most) where T : struct, IParsable<T>, IComparable<T> => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => usual,
        CustomParser = result =>
        {
            if (result.Tokens is [var token] && T.TryParse(token.Value, CultureInfo.InvariantCulture, out var value) && value.CompareTo(least) >= 0 && value.CompareTo(most) <= 0)
            {
                return value;
            }

            result.AddError($"{name} is a number from {least} to {most}.");
            return default;
        },
    };
}
