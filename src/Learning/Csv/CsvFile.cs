using System.Globalization;

using CsvHelper;
using CsvHelper.Configuration;

namespace Learning.Csv;

/// <summary>How every CSV that people take away is written: RFC 4180, and what a spreadsheet would take for a formula as text.</summary>
public static class CsvFile
{
    /// <summary>A writer of lines; dispose of it before the text.</summary>
    public static CsvWriter To(TextWriter text) => new(text, new CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = "\r\n", InjectionOptions = InjectionOptions.Escape });

    /// <summary>A whole file, its header the first of its lines.</summary>
    public static string Text(IEnumerable<string[]> lines)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using (var csv = To(text))
        {
            foreach (var line in lines)
            {
                csv.WriteFields(line);
                csv.NextRecord();
            }
        }

        return text.ToString();
    }

    /// <summary>A reference as part of a file's name, which every system takes.</summary>
    public static string NamePart(string reference) => string.Concat(reference.Select(one => char.IsAsciiLetterOrDigit(one) ? char.ToLowerInvariant(one) : '-'));

    /// <summary>One line.</summary>
    public static Task LineAsync(this CsvWriter csv, string[] fields)
    {
        csv.WriteFields(fields);
        return csv.NextRecordAsync();
    }

    private static void WriteFields(this CsvWriter csv, string[] fields)
    {
        foreach (var field in fields)
        {
            csv.WriteField(field);
        }
    }
}
