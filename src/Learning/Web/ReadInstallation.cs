using Npgsql;

namespace Learning.Web;

/// <summary>Reads whose site this is from the table <c>installation</c>; what is not there has its default.</summary>
public static class ReadInstallation
{
    /// <summary>The setting that says that every page announces invented data.</summary>
    public const string Demonstration = "demonstration";

    public static Installation From(NpgsqlDataSource database)
    {
        using var command = database.CreateCommand("select name, value from installation");
        using var reader = command.ExecuteReader();
        var settings = new Dictionary<string, string>();
        while (reader.Read())
        {
            settings[reader.GetString(0)] = reader.GetString(1);
        }

        var plain = new Installation();
        return new Installation
        {
            Partnership = settings.GetValueOrDefault("partnership", plain.Partnership),
            Area = settings.GetValueOrDefault("area", plain.Area),
            Contact = settings.GetValueOrDefault("contact", plain.Contact),
            IsDemonstration = settings.GetValueOrDefault(Demonstration) == "yes",
        };
    }
}
