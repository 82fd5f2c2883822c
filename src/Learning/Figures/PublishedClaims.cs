using Learning.ELearning;

namespace Learning.Figures;

/// <summary>What was published about a report's period, with its source: content/claims/REPORT.yaml. Phrases to be checked, never data (C1).</summary>
public sealed class PublishedClaims(string folder)
{
    /// <summary>A phrase as it was published.</summary>
    public sealed class Published
    {
        public string Figure { get; set; } = "";
        public string Sentence { get; set; } = "";
        public string Source { get; set; } = "";
    }

    /// <summary>The phrases about a report; none where nothing is known to have been published.</summary>
    public async Task<IReadOnlyList<Published>> OfAsync(string report, CancellationToken stop)
    {
        var file = Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.yaml").FirstOrDefault(one => Path.GetFileNameWithoutExtension(one).Equals(report, StringComparison.OrdinalIgnoreCase)) : null;
        return file is null ? [] : CourseYaml.Read<List<Published>>(file, await File.ReadAllTextAsync(file, stop));
    }
}
