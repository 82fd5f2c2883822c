using System.Xml.Linq;

using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.Options;

using Npgsql;

namespace Learning.Database;

/// <summary>Where the keys of cookies and form tokens are kept, and what they are sealed with.</summary>
public static class Keys
{
    public static IServiceCollection AddKeys(this IServiceCollection services, KeySecret? secret)
    {
        services.AddHostedService<SealOldKeys>();
        var protection = services.AddDataProtection().SetApplicationName("Learning");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider => new ConfigureOptions<KeyManagementOptions>(options =>
        {
            options.XmlRepository = new DataProtectionKeys(provider.GetRequiredService<NpgsqlDataSource>());
            if (secret is KeySecret.Passphrase passphrase)
            {
                options.XmlEncryptor = new SealKeys(passphrase);
            }
        }));
        switch (secret)
        {
            case KeySecret.Passphrase passphrase:
                services.AddSingleton(passphrase);
                break;
            case KeySecret.Certificate { WithKey: var certificate }:
                protection.ProtectKeysWithCertificate(certificate);
                break;
        }

        return services;
    }
}

/// <summary>Keeps the keys that protect cookies and form tokens in the database, so that every server of the site shares them and a restart signs nobody out.</summary>
public sealed class DataProtectionKeys(NpgsqlDataSource database) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var command = database.CreateCommand("select xml from data_protection_keys");
        using var reader = command.ExecuteReader();
        var keys = new List<XElement>();
        while (reader.Read())
        {
            keys.Add(XElement.Parse(reader.GetString(0)));
        }

        return keys;
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var command = database.CreateCommand("insert into data_protection_keys (friendly_name, xml) values ($1, $2) on conflict (friendly_name) do update set xml = excluded.xml");
        command.Parameters.Add(new() { Value = friendlyName });
        command.Parameters.Add(new() { Value = element.ToString(SaveOptions.DisableFormatting) });
        command.ExecuteNonQuery();
    }
}
