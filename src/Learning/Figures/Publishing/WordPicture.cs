using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

using A = DocumentFormat.OpenXml.Drawing;
using Pic = DocumentFormat.OpenXml.Drawing.Pictures;
using Wp = DocumentFormat.OpenXml.Drawing.Wordprocessing;

namespace Learning.Figures.Publishing;

/// <summary>A picture of a Word document, in the line, with its text alternative.</summary>
internal static class WordPicture
{
    /// <param name="size">Its width and height, in English metric units (360,000 a centimetre).</param>
    public static Drawing Of(MainDocumentPart main, byte[] png, string describes, uint id, long size)
    {
        var part = main.AddImagePart(ImagePartType.Png);
        using (var stream = new MemoryStream(png))
        {
            part.FeedData(stream);
        }

        return Inline(describes, id, size, size, new A.GraphicData(new Pic.Picture(
            new Pic.NonVisualPictureProperties(new Pic.NonVisualDrawingProperties { Id = id, Name = $"Picture {id}", Description = describes }, new Pic.NonVisualPictureDrawingProperties()),
            new Pic.BlipFill(new A.Blip { Embed = main.GetIdOfPart(part) }, new A.Stretch(new A.FillRectangle())),
            new Pic.ShapeProperties(new A.Transform2D(new A.Offset { X = 0, Y = 0 }, new A.Extents { Cx = size, Cy = size }), new A.PresetGeometry(new A.AdjustValueList()) { Preset = A.ShapeTypeValues.Rectangle })))
        {
            Uri = "http://schemas.openxmlformats.org/drawingml/2006/picture",
        });
    }

    /// <summary>A drawing in the line, with what it shows in words.</summary>
    public static Drawing Inline(string describes, uint id, long width, long height, A.GraphicData content) => new(new Wp.Inline(
        new Wp.Extent { Cx = width, Cy = height }, new Wp.EffectExtent { LeftEdge = 0, TopEdge = 0, RightEdge = 0, BottomEdge = 0 },
        new Wp.DocProperties { Id = id, Name = $"Drawing {id}", Description = PlainText.Of(describes) }, new Wp.NonVisualGraphicFrameDrawingProperties(), new A.Graphic(content))
    { DistanceFromTop = 0, DistanceFromBottom = 0, DistanceFromLeft = 0, DistanceFromRight = 0 });
}
