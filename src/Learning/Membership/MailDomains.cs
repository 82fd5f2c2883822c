using Learning.People;

using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Learning.Membership;

/// <summary>What the end of an address can say about an agency (P4), and what it cannot: content/programme/mail-domains.yaml, read when the program starts.</summary>
public sealed class MailDomains
{
    private readonly HashSet<string> mailboxes;
    private readonly HashSet<string> shared;

    /// <summary>Reads the file. Throws <see cref="InvalidDataException"/> where it is not what it should be.</summary>
    public MailDomains(string file)
    {
        var lists = new DeserializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance).Build().Deserialize<Lists>(File.ReadAllText(file));
        (mailboxes, shared) = ([.. lists.Mailboxes], [.. lists.Shared]);
        if (mailboxes.Concat(shared).FirstOrDefault(domain => !PersonEmail.IsDomain(domain) || domain != PersonEmail.Normal(domain)) is { } wrong)
        {
            throw new InvalidDataException($"{file}: \"{wrong}\" is not a domain in small letters.");
        }
    }

    /// <summary>The domain of an address.</summary>
    public static string Of(string email) => PersonEmail.Normal(email)[(email.Trim().LastIndexOf('@') + 1)..];

    /// <summary>
    /// The domains that may propose an agency to an address, the nearest first: its own, then each that it lies below, up to, not including, one that everybody
    /// may be below. An agency that has such a domain as its own is proposed to that very domain only.
    /// </summary>
    public IReadOnlyList<string> Candidates(string email)
    {
        var domain = Of(email);
        var candidates = new List<string> { domain };
        while (!IsAnybodys(domain) && domain.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot && domain[(dot + 1)..] is var parent && PersonEmail.IsDomain(parent) && !IsAnybodys(parent))
        {
            candidates.Add(domain = parent);
        }

        return candidates;
    }

    /// <summary>Whether a domain may be remembered as one agency's.</summary>
    public bool MayBeAgencys(string domain) => PersonEmail.IsDomain(domain) && !IsAnybodys(domain);

    /// <summary>Whether an address is of a provider at which anybody can have one, so that it says nothing about where somebody works.</summary>
    public bool IsMailbox(string email) => mailboxes.Contains(Of(email));

    private bool IsAnybodys(string domain) => mailboxes.Contains(domain) || shared.Contains(domain);

    private sealed class Lists
    {
        public List<string> Mailboxes { get; set; } = [];
        public List<string> Shared { get; set; } = [];
    }
}
