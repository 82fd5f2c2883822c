namespace Learning.Figures.Publishing;

/// <summary>The pictures of Easy Read under content/figures/pictures/: each drawn once as SVG, and the same as PNG for documents.</summary>
public sealed class PaperPictures(string folder)
{
    /// <summary>For Word and PDF.</summary>
    public byte[] Png(string name) => File.ReadAllBytes(Path.Combine(folder, $"{name}.png"));

    /// <summary>For pages; null where there is no such picture.</summary>
    public string? Svg(string name) => name.All(char.IsAsciiLetterLower) && File.Exists(Path.Combine(folder, $"{name}.svg")) ? Path.Combine(folder, $"{name}.svg") : null;
}
