namespace Learning.ELearning.Packages.Playing;

/// <summary>The origin whose pages the answer's own page shows in a frame; of no other page anything is ever shown in one.</summary>
public sealed record FramedContent(string Origin);
