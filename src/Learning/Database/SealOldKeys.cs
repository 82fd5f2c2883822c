using System.Xml.Linq;

using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Learning.Database;

/// <summary>
/// As the site starts: seals the keys that were kept before LEARNING_KEY was given, and stops the start where it is not the one that they are sealed with. Going on would sign everybody out, and leave
/// unreadable what was protected with them.
/// </summary>
public sealed class SealOldKeys(IOptions<KeyManagementOptions> options, IKeyManager keys) : IHostedLifecycleService
{
    private static readonly XNamespace Framework = "http://schemas.asp.net/2015/03/dataProtection";

    // Before the framework's own start, which makes a new key where it can open none.
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        var repository = options.Value.XmlRepository!;
        var kept = repository.GetAllElements();
        if (options.Value.XmlEncryptor is { } seal)
        {
            foreach (var key in kept.Where(key => Open(key).Count > 0))
            {
                foreach (var secret in Open(key))
                {
                    secret.ReplaceWith(Sealed(seal.Encrypt(secret)));
                }

                repository.StoreElement(key, $"key-{key.Attribute("id")!.Value}");
            }
        }

        if (kept.Any(key => key.Descendants(Framework + "encryptedSecret").Any()))
        {
            Try(keys.GetAllKeys().MaxBy(key => key.CreationDate)!);
        }

        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static void Try(IKey key)
    {
        try
        {
            key.CreateEncryptor();
        }
        catch (Exception e)
        {
            throw new DatabaseUnusableException("The keys in the database are sealed, and not with this LEARNING_KEY. Give the one that they were sealed with.", e);
        }
    }

    private static List<XElement> Open(XElement key) => [.. key.Descendants().Where(part => (string?)part.Attribute(Framework + "requiresEncryption") == "true")];

    private static XElement Sealed(EncryptedXmlInfo info) =>
        new(Framework + "encryptedSecret", new XAttribute("decryptorType", info.DecryptorType.AssemblyQualifiedName!), info.EncryptedElement);
}
