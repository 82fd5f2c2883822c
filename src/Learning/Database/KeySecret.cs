using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Learning.Database;

/// <summary>LEARNING_KEY: what the keys in the database are sealed with, so that a copy of the database alone opens nothing.</summary>
public abstract record KeySecret
{
    /// <summary>Characters of a passphrase: somebody who has the database can try as many as they like.</summary>
    public const int ShortestPassphrase = 20;

    private KeySecret()
    {
    }

    public sealed record Passphrase(string Text) : KeySecret
    {
        // Not in any log, whoever prints the settings.
        public override string ToString() => "a passphrase";
    }

    public sealed record Certificate(X509Certificate2 WithKey) : KeySecret;

    /// <summary>A passphrase, a file that holds one, or a PEM file of a certificate and its private key; null where nothing is given.</summary>
    /// <exception cref="FormatException">With a sentence.</exception>
    public static KeySecret? Of(string? given)
    {
        if (given is not { Length: > 0 })
        {
            return null;
        }

        var text = (File.Exists(given) ? File.ReadAllText(given) : given).Trim();
        if (text.Contains("-----BEGIN CERTIFICATE-----", StringComparison.Ordinal))
        {
            try
            {
                return new Certificate(X509Certificate2.CreateFromPem(text, text));
            }
            catch (CryptographicException e)
            {
                throw new FormatException("LEARNING_KEY names a certificate without its private key. Give a PEM file that holds both.", e);
            }
        }

        return text.Length >= ShortestPassphrase ? new Passphrase(text) : throw new FormatException($"LEARNING_KEY is a passphrase of {ShortestPassphrase} characters or more, a file that holds one, or a PEM file of a certificate and its key.");
    }
}
