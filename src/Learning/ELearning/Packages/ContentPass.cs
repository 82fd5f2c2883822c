using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

using Microsoft.AspNetCore.DataProtection;

namespace Learning.ELearning.Packages;

/// <summary>What opens a package's files: the beginning of each of their addresses.</summary>
/// <param name="Site">The origin of the site that shows them; no other may put them into a frame.</param>
public sealed record ContentPass(Guid Package, Guid Attempt, DateTimeOffset Until, string Site);

/// <summary>Seals and opens passes, with keys that all servers of the site share.</summary>
internal sealed class ContentPasses(IDataProtectionProvider protection)
{
    private const int Ids = 16, Longest = 1_000;

    private readonly IDataProtector protector = protection.CreateProtector("Learning.Packages.Content");

    public string Seal(ContentPass pass)
    {
        var site = Encoding.UTF8.GetBytes(pass.Site);
        var plain = new byte[Ids + Ids + sizeof(long) + site.Length];
        pass.Package.TryWriteBytes(plain);
        pass.Attempt.TryWriteBytes(plain.AsSpan(Ids));
        BinaryPrimitives.WriteInt64LittleEndian(plain.AsSpan(Ids + Ids), pass.Until.UtcTicks);
        site.CopyTo(plain, Ids + Ids + sizeof(long));
        return Base64Url.EncodeToString(protector.Protect(plain));
    }

    /// <summary>Null where it was not sealed here.</summary>
    public ContentPass? Open(string text)
    {
        if (text.Length > Longest || !Base64Url.IsValid(text))
        {
            return null;
        }

        try
        {
            var plain = protector.Unprotect(Base64Url.DecodeFromChars(text)).AsSpan();
            return new(new Guid(plain[..Ids]), new Guid(plain.Slice(Ids, Ids)), new DateTimeOffset(BinaryPrimitives.ReadInt64LittleEndian(plain[(Ids + Ids)..]), TimeSpan.Zero), Encoding.UTF8.GetString(plain[(Ids + Ids + sizeof(long))..]));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
