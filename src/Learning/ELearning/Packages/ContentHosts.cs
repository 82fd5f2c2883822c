namespace Learning.ELearning.Packages;

/// <summary>LEARNING_CONTENT_HOSTS: other hosts from which packages may load scripts, styles, pictures and films, such as those of a library that an authoring tool takes from elsewhere. None unless they are named: a package brings what it shows. Nothing is ever sent there by the content's own calls.</summary>
public sealed record ContentHosts
{
    public static readonly ContentHosts None = new("");

    private ContentHosts(string sources) => Sources = sources;

    /// <summary>As a Content-Security-Policy names them, each with a space before it.</summary>
    public string Sources { get; }

    /// <summary>Addresses with spaces or commas between.</summary>
    /// <exception cref="FormatException">With a sentence.</exception>
    public static ContentHosts Of(string? given) => new(string.Concat((given ?? "").Split([' ', ','], StringSplitOptions.RemoveEmptyEntries).Select(text =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps && address.PathAndQuery == "/" && address.UserInfo.Length == 0 && Uri.CheckHostName(address.IdnHost) == UriHostNameType.Dns
            ? $" https://{address.IdnHost}{(address.IsDefaultPort ? "" : $":{address.Port}")}"
            : throw new FormatException($"LEARNING_CONTENT_HOSTS has \"{text}\"; each is the address of a host, such as https://ajax.example."))));
}
