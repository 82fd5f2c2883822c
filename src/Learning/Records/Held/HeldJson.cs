using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

using Npgsql;

namespace Learning.Records.Held;

/// <summary>Everything that is held about somebody for programs: a list of sections, each with its rows. Instants are in UTC.</summary>
internal static class HeldJson
{
    private const int Chunk = 1 << 15;

    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public static async Task WriteAsync(HeldAbout about, NpgsqlConnection connection, Stream output, CancellationToken stop)
    {
        await using var json = new Utf8JsonWriter(output, Options);
        json.WriteStartObject();
        json.WriteString("heldBy", about.Partnership);
        json.WriteString("at", Instant(about.At));
        json.WriteString("person", about.Persons[0]);
        json.WriteStartArray("sections");
        foreach (var section in Everything.Sections)
        {
            json.WriteStartObject();
            json.WriteString("section", section.Key);
            json.WriteString("title", section.Title);
            json.WriteStartArray("rows");
            await foreach (var row in section.RowsAsync(connection, about, stop))
            {
                json.WriteStartObject();
                for (var i = 0; i < row.Length; i++)
                {
                    Value(json, section.Columns[i].Key, row[i]);
                }

                json.WriteEndObject();
                if (json.BytesPending > Chunk)
                {
                    await json.FlushAsync(stop);
                }
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        await json.FlushAsync(stop);
    }

    private static void Value(Utf8JsonWriter json, string key, object? value)
    {
        json.WritePropertyName(key);
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case bool yes:
                json.WriteBooleanValue(yes);
                break;
            case DateTimeOffset at:
                json.WriteStringValue(Instant(at));
                break;
            case DateOnly day:
                json.WriteStringValue(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
                break;
            case string[] several:
                json.WriteStartArray();
                foreach (var one in several)
                {
                    json.WriteStringValue(one);
                }

                json.WriteEndArray();
                break;
            case Json raw:
                json.WriteRawValue(raw.Text);
                break;
            case int or long or short:
                json.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            case decimal number:
                json.WriteNumberValue(number);
                break;
            default:
                json.WriteStringValue(value.ToString());
                break;
        }
    }

    private static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFK", CultureInfo.InvariantCulture);
}
