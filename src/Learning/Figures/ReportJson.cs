using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Learning.Figures;

/// <summary>A computed report in the JSON of the contract.</summary>
public static class ReportJson
{
    private const string Suppressed = "suppressed", Rounded = "rounded";
    private static readonly JsonSerializerOptions Reading = new(JsonSerializerDefaults.Web);

    /// <summary>The report on one line; <paramref name="published"/> leaves out every number that F6 holds back.</summary>
    public static string Write(ComputedReport report, bool published = false) => Write(report, published, kept: false);

    /// <summary>The report as the build keeps it: with what a published copy of it must hold back.</summary>
    public static string Keep(ComputedReport report) => Write(report, published: false, kept: true);

    private static string Write(ComputedReport report, bool published, bool kept)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("report", report.Report);
            json.WriteString("from", $"{report.From:yyyy-MM-dd}");
            json.WriteString("to", $"{report.To:yyyy-MM-dd}");
            json.WriteString("asAt", Instant(report.AsAt));
            json.WriteStartArray("figures");
            foreach (var figure in report.Figures)
            {
                Write(json, figure, published, kept);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>The report that was written or kept.</summary>
    public static ComputedReport Read(string json)
    {
        var report = JsonSerializer.Deserialize<ComputedReport>(json, Reading) ?? throw new JsonException("The computed report is empty.");
        using var document = JsonDocument.Parse(json);
        var kept = document.RootElement.GetProperty("figures").EnumerateArray().Select(figure => (Held: figure.TryGetProperty(Suppressed, out _), Rounded: figure.TryGetProperty(Rounded, out _)));
        return report with { Figures = [.. report.Figures.Zip(kept, (figure, one) => figure with { Suppressed = one.Held, Rounded = one.Rounded })] };
    }

    /// <summary>"2024-05-01T00:00:00Z", with as many decimals as it has.</summary>
    public static string Instant(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", System.Globalization.CultureInfo.InvariantCulture);

    internal static void Write(Utf8JsonWriter json, ComputedFigure counted, bool published, bool kept)
    {
        var figure = published ? PublishedCopy.Of(counted) : counted;
        var held = published && figure.Suppressed;
        json.WriteStartObject();
        json.WriteString("id", figure.Id);
        json.WriteString("measure", figure.Measure);
        json.WriteString("unit", figure.Unit);
        if (figure is { From: { } from, To: { } to })
        {
            json.WriteString("from", $"{from:yyyy-MM-dd}");
            json.WriteString("to", $"{to:yyyy-MM-dd}");
        }

        if (!held)
        {
            Number("value", figure.Value);
            Number("numerator", figure.Numerator);
            Number("denominator", figure.Denominator);
            if (figure.Asked is not null)
            {
                Number("responses", figure.Responses);
                Number("asked", figure.Asked);
            }
        }

        json.WriteString("phrase", held ? ComputedRow.Hidden : figure.Phrase);
        json.WriteStartArray("by");
        foreach (var by in figure.By)
        {
            json.WriteStringValue(by);
        }

        json.WriteEndArray();
        json.WriteStartArray("rows");
        foreach (var row in figure.Rows)
        {
            json.WriteStartObject();
            json.WriteStartObject("key");
            foreach (var by in figure.By)
            {
                json.WriteString(by, row.Key[by]);
            }

            json.WriteEndObject();
            if (!published || row.Printed != ComputedRow.Hidden)
            {
                Number("value", row.Value);
            }

            json.WriteString("printed", row.Printed);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("digest", figure.Digest);
        if (kept && figure.Suppressed)
        {
            json.WriteBoolean(Suppressed, true);
        }

        if (kept && figure.Rounded)
        {
            json.WriteBoolean(Rounded, true);
        }

        json.WriteEndObject();

        void Number(string name, double? value)
        {
            if (value is { } number)
            {
                json.WriteNumber(name, number);
            }
            else
            {
                json.WriteNull(name);
            }
        }
    }
}
