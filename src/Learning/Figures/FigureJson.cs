using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Learning.Figures;

/// <summary>The page of a figure as JSON (F9): reference, sentence, definition, the figure in the form of the contract, as-at, signer, revisions, drift, and the sessions behind it for those who may.</summary>
internal static class FigureJson
{
    /// <param name="published">Leaves out every number that F6 holds back, and what is behind.</param>
    public static string Write(ShownFigure shown, bool published)
    {
        var (report, figure, computed, signing) = (shown.Report.Definition, shown.Figure, shown.Computed!, shown.Report.Signed?.Signing);
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("reference", FigureWords.Reference(report.Report, figure.Id, signing?.Revision));
            json.WriteString("report", report.Report);
            json.WriteString("title", figure.Title);
            json.WriteString("sentence", FigureWords.Sentence(figure, computed.PhraseFor(published)));
            json.WriteString("state", signing is null ? "draft" : signing.PublishedAt is null ? "signed" : "published");
            json.WriteString("period", FigureWords.When(report, figure, shown.Names));
            Texts("limits", shown.Limits);
            json.WriteString("asAt", ReportJson.Instant(shown.AsAt));
            json.WritePropertyName("figure");
            ReportJson.Write(json, computed, published, kept: false);
            if (shown.Report.Signed is { } signed)
            {
                json.WriteString("signedBy", SigningWords.Signer(signed.Signing));
                json.WriteString("signedAt", ReportJson.Instant(signed.Signing.SignedAt));
                json.WriteNumber("definitionVersion", signed.Signing.Version);
                json.WriteBoolean("restated", signed.Signing.Restates(figure.Id));
                json.WriteStartArray("revisions");
                foreach (var revision in signed.Revisions)
                {
                    json.WriteStartObject();
                    json.WriteString("reference", FigureWords.Reference(report.Report, figure.Id, revision.Revision));
                    json.WriteString("printed", shown.ByRevision?.GetValueOrDefault(revision.Revision) ?? "");
                    json.WriteString("asAt", ReportJson.Instant(revision.AsAt));
                    json.WriteString("signedAt", ReportJson.Instant(revision.SignedAt));
                    json.WriteString("reason", revision.Reason);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
            }

            if (shown.Report.Drift is { } drift && drift.Of(figure.Id) is { } differs)
            {
                json.WritePropertyName("drift");
                JsonSerializer.Serialize(json, differs, CountDrift.Json);
            }

            if (shown.Behind is { } behind)
            {
                json.WritePropertyName("behind");
                JsonSerializer.Serialize(json, behind.Rows, JsonSerializerOptions.Web);
            }

            json.WriteEndObject();

            void Texts(string name, IEnumerable<string> texts)
            {
                json.WriteStartArray(name);
                foreach (var text in texts)
                {
                    json.WriteStringValue(text);
                }

                json.WriteEndArray();
            }
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
