using Microsoft.AspNetCore.Http.Metadata;

namespace Learning.ELearning.Packages;

/// <summary>A page that takes a package: its form may be as long as one. The framework lays it into a file that goes away with the request.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class PackageUploadAttribute : Attribute, IFormOptionsMetadata, IRequestSizeLimitMetadata
{
    // A zip that is a little too large gets a sentence beside its field.
    private const long Longest = PackageLimits.LargestZip + 16_000_000;

    public long? MaxRequestBodySize => Longest;
    public long? MultipartBodyLengthLimit => Longest;
    public int? ValueCountLimit => null;
    public int? KeyLengthLimit => null;
    public int? ValueLengthLimit => null;
    public bool? BufferBody => null;
    public int? MemoryBufferThreshold => null;
    public long? BufferBodyLengthLimit => null;
    public int? MultipartBoundaryLengthLimit => null;
    public int? MultipartHeadersCountLimit => null;
    public int? MultipartHeadersLengthLimit => null;
}
