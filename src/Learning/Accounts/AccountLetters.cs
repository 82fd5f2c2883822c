using System.Text.Json;

using Learning.Messages;
using Learning.Time;

namespace Learning.Accounts;

/// <summary>The kinds of message about what protects an account.</summary>
internal static class AccountLetters
{
    public static readonly MessageKind[] Kinds =
    [
        new(SecurityTrail.Kind, (_, message, zone, _) =>
        {
            // It tells of what has happened, which stays true.
            using var data = JsonDocument.Parse(message.Data);
            return Task.FromResult<Reading>(new Reading.Send(new Dictionary<string, object?>
            {
                ["title"] = data.RootElement.GetProperty("title").GetString(), ["what"] = data.RootElement.GetProperty("what").GetString(),
                ["when"] = British.Moment(zone.LocalOf(message.QueuedAt)),
            }));
        }),
    ];
}
