using DocumentFormat.OpenXml.Wordprocessing;

namespace Learning.Figures.Publishing;

/// <summary>The styles of a Word document: what somebody who pastes it into a report finds under "Styles". Easy Read has 16 point and wide lines.</summary>
internal static class WordStyles
{
    private const string Deep = "0B5351", Quiet = "454F52";

    public static Styles Of(bool large)
    {
        var size = large ? 32 : 22;
        return new Styles(
            new DocDefaults(
                new RunPropertiesDefault(new RunPropertiesBaseStyle(
                    new RunFonts { Ascii = "Arial", HighAnsi = "Arial", ComplexScript = "Arial", EastAsia = "Arial" }, new FontSize { Val = $"{size}" }, new FontSizeComplexScript { Val = $"{size}" },
                    new Languages { Val = "en-GB", EastAsia = "en-GB", Bidi = "ar-SA" })),
                new ParagraphPropertiesDefault(new ParagraphPropertiesBaseStyle(new SpacingBetweenLines { After = large ? "240" : "140", Line = large ? "360" : "276", LineRule = LineSpacingRuleValues.Auto }))),
            Style("Normal", "Normal", null, null, null, isDefault: true),
            Style("Heading1", "heading 1", size + (large ? 16 : 18), Deep, 0, before: "0"),
            Style("Heading2", "heading 2", size + 8, Deep, 1, before: large ? "480" : "400"),
            Style("Heading3", "heading 3", size + 4, Deep, 2, before: "240"),
            Style("Lead", "Lead", size + 4, null, null),
            Style("Quiet", "Source", large ? size : size - 3, Quiet, null),
            Style("Caption", "caption", large ? size : size - 2, Deep, null, bold: true, before: "200"),
            Style("Cell", "Table text", size - 3, null, null, after: "40"),
            Style("ListBullet", "List Bullet", null, null, null),
            Style("Footer", "footer", large ? 28 : 17, Quiet, null),
            new Style(
                new StyleName { Val = "Numbers" }, new BasedOn { Val = "TableNormal" },
                new StyleTableProperties(
                    new TableBorders(new TopBorder { Val = BorderValues.Single, Size = 8, Color = Deep }, new BottomBorder { Val = BorderValues.Single, Size = 8, Color = Deep },
                        new InsideHorizontalBorder { Val = BorderValues.Single, Size = 4, Color = "C5CFCF" }),
                    new TableCellMarginDefault(new TopMargin { Width = "40", Type = TableWidthUnitValues.Dxa }, new TableCellLeftMargin { Width = 80, Type = TableWidthValues.Dxa },
                        new BottomMargin { Width = "40", Type = TableWidthUnitValues.Dxa }, new TableCellRightMargin { Width = 80, Type = TableWidthValues.Dxa })))
            { Type = StyleValues.Table, StyleId = "Numbers", CustomStyle = true },
            new Style(new StyleName { Val = "Normal Table" }) { Type = StyleValues.Table, StyleId = "TableNormal", Default = true });
    }

    private static Style Style(string id, string name, int? size, string? colour, int? level, bool isDefault = false, bool bold = false, string? before = null, string? after = null)
    {
        var style = new Style { Type = StyleValues.Paragraph, StyleId = id, Default = isDefault };
        style.Append(new StyleName { Val = name });
        if (!isDefault)
        {
            style.Append(new BasedOn { Val = "Normal" });
        }

        style.Append(new PrimaryStyle());
        var lines = new StyleParagraphProperties();
        if (level is not null)
        {
            lines.Append(new KeepNext());
        }

        if (before is not null || after is not null)
        {
            var spacing = new SpacingBetweenLines();
            if (before is not null)
            {
                spacing.Before = before;
            }

            if (after is not null)
            {
                spacing.After = after;
            }

            lines.Append(spacing);
        }

        if (level is { } outline)
        {
            lines.Append(new OutlineLevel { Val = outline });
        }

        style.Append(lines);
        var letters = new StyleRunProperties();
        if (bold || level is not null)
        {
            letters.Append(new Bold());
        }

        if (colour is not null)
        {
            letters.Append(new Color { Val = colour });
        }

        if (size is { } half)
        {
            letters.Append(new FontSize { Val = $"{half}" });
        }

        style.Append(letters);
        return style;
    }
}
