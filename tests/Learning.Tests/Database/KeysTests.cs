using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

using Learning.Database;
using Learning.Tests.Support;

namespace Learning.Tests.Database;

/// <summary>The keys of cookies and form tokens lie in the database; with LEARNING_KEY a copy of the database opens nothing.</summary>
public sealed class KeysTests(Ground ground) : IClassFixture<Ground>
{
    private static readonly KeySecret.Passphrase Passphrase = new("estuary pier cliff lift crowstone");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_was_kept_open_is_sealed_and_nobody_is_signed_out(bool certificate)
    {
        await ground.Sql("delete from data_protection_keys");
        KeySecret secret = certificate ? new KeySecret.Certificate(Certificate()) : Passphrase;
        var person = await ground.Given.Person();
        string cookie;
        await using (var open = await StartAsync(null))
        {
            cookie = (await open.SignedInAsync(person.Id)).Cookies;
        }

        Assert.Contains("<masterKey", await KeptAsync());
        await using (var first = await StartAsync(secret))
        {
            Assert.Equal("/account", await OpenedAsync(first, cookie));
        }

        Assert.DoesNotContain("<masterKey", await KeptAsync());
        Assert.Contains("<encryptedSecret", await KeptAsync());
        await using (var second = await StartAsync(secret))
        {
            Assert.Equal("/account", await OpenedAsync(second, cookie));
        }

        foreach (var wrong in new KeySecret?[] { null, new KeySecret.Passphrase("another passphrase of length"), certificate ? Passphrase : new KeySecret.Certificate(Certificate()) })
        {
            Assert.Contains("LEARNING_KEY", (await Assert.ThrowsAsync<DatabaseUnusableException>(() => StartAsync(wrong))).Message);
        }

        Assert.Equal(1, await ground.Sql<long>("select count(*) from data_protection_keys"));
    }

    [Fact]
    public async Task A_first_start_keeps_nothing_open()
    {
        await ground.Sql("delete from data_protection_keys");
        await using var site = await StartAsync(Passphrase);
        await site.SignedInAsync((await ground.Given.Person()).Id);
        Assert.Contains("<encryptedSecret", await KeptAsync());
        Assert.DoesNotContain("<masterKey", await KeptAsync());
    }

    [Fact]
    public void A_passphrase_comes_as_it_is_or_in_a_file_and_a_certificate_with_its_key()
    {
        var file = Path.GetTempFileName();
        try
        {
            Assert.Null(KeySecret.Of(""));
            Assert.Equal(Passphrase, KeySecret.Of(Passphrase.Text));
            Assert.DoesNotContain("estuary", $"{Passphrase}");
            File.WriteAllText(file, Passphrase.Text + "\n");
            Assert.Equal(Passphrase, KeySecret.Of(file));

            using var certificate = Certificate();
            File.WriteAllText(file, certificate.ExportCertificatePem());
            Assert.Contains("private key", Assert.Throws<FormatException>(() => KeySecret.Of(file)).Message);
            using var key = certificate.GetRSAPrivateKey()!;
            File.WriteAllText(file, certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem());
            Assert.True(Assert.IsType<KeySecret.Certificate>(KeySecret.Of(file)).WithKey.HasPrivateKey);
            Assert.Contains("20 characters", Assert.Throws<FormatException>(() => KeySecret.Of("short")).Message);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private Task<WebsiteUnderTest> StartAsync(KeySecret? secret) => WebsiteUnderTest.StartAsync(ground.ConnectionString, ground.Clock, settings: settings => settings with { Key = secret });

    private Task<string> KeptAsync() => ground.Sql<string>("select string_agg(xml, ' ') from data_protection_keys");

    private static async Task<string> OpenedAsync(WebsiteUnderTest site, string cookie)
    {
        var visitor = site.Visitor();
        visitor.Http.DefaultRequestHeaders.Add("Cookie", cookie);
        return (await visitor.Get("/account")).Path;
    }

    private static X509Certificate2 Certificate()
    {
        using var key = RSA.Create(2048);
        return new CertificateRequest("CN=learning.example", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
    }
}
