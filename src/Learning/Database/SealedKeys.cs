using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;

using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.DependencyInjection;

namespace Learning.Database;

/// <summary>Seals a key with a passphrase: AES-256-GCM under a key that PBKDF2 makes of it.</summary>
public sealed class SealKeys(KeySecret.Passphrase passphrase) : IXmlEncryptor
{
    private readonly byte[] salt = RandomNumberGenerator.GetBytes(16);

    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        var text = Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting));
        var (nonce, tag, hidden) = (RandomNumberGenerator.GetBytes(AesGcm.NonceByteSizes.MaxSize), new byte[AesGcm.TagByteSizes.MaxSize], new byte[text.Length]);
        using (var cipher = new AesGcm(Stretched.Key(passphrase, salt), tag.Length))
        {
            cipher.Encrypt(nonce, text, hidden, tag);
        }

        return new EncryptedXmlInfo(
            new XElement("sealed", new XAttribute("salt", Convert.ToBase64String(salt)), new XAttribute("nonce", Convert.ToBase64String(nonce)), new XAttribute("tag", Convert.ToBase64String(tag)), Convert.ToBase64String(hidden)),
            typeof(OpenSealedKeys));
    }
}

/// <summary>Opens a key that <see cref="SealKeys"/> sealed. Throws where the passphrase is another.</summary>
public sealed class OpenSealedKeys(IServiceProvider services) : IXmlDecryptor
{
    public XElement Decrypt(XElement encryptedElement)
    {
        var passphrase = services.GetService<KeySecret.Passphrase>() ?? throw new CryptographicException("The key is sealed with a passphrase, and none is given.");
        byte[] Bytes(string name) => Convert.FromBase64String(encryptedElement.Attribute(name)!.Value);
        var (hidden, tag) = (Convert.FromBase64String(encryptedElement.Value), Bytes("tag"));
        var text = new byte[hidden.Length];
        using (var cipher = new AesGcm(Stretched.Key(passphrase, Bytes("salt")), tag.Length))
        {
            cipher.Decrypt(Bytes("nonce"), hidden, tag, text);
        }

        return XElement.Parse(Encoding.UTF8.GetString(text));
    }
}

/// <summary>A passphrase made into a key, at the cost of a fifth of a second, which is once for each salt.</summary>
internal static class Stretched
{
    private const int Rounds = 600_000;
    private static readonly ConcurrentDictionary<(string Passphrase, string Salt), byte[]> Known = new();

    public static byte[] Key(KeySecret.Passphrase passphrase, byte[] salt) => Known.GetOrAdd(
        (passphrase.Text, Convert.ToBase64String(salt)), _ => Rfc2898DeriveBytes.Pbkdf2(passphrase.Text, salt, Rounds, HashAlgorithmName.SHA256, 32));
}
