using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Learning.People;

/// <summary>Somebody who learns, teaches or runs the partnership's training: one person, one account, for life (rule P1).</summary>
public sealed class Person
{
    public required Guid Id { get; init; }
    public required string GivenName { get; set; }
    public required string FamilyName { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Since when the person is a number without identity (P5).</summary>
    public DateTimeOffset? ErasedAt { get; set; }

    /// <summary>As people are called: "Amara Osei".</summary>
    public string Name => $"{GivenName} {FamilyName}".Trim();
}

/// <summary>An address of a person; it belongs to nobody else (P6).</summary>
public sealed class PersonEmail
{
    /// <summary>Characters of an address.</summary>
    public const int LongestEmail = 254;

    /// <summary>In lower case, without surrounding space: see <see cref="Normal"/>.</summary>
    public required string Email { get; init; }
    public required Guid PersonId { get; init; }

    /// <summary>Where messages go; one a person.</summary>
    public required bool Main { get; set; }
    public DateTimeOffset? VerifiedAt { get; set; }
    public DateTimeOffset? BouncedAt { get; set; }

    /// <summary>The one spelling of an address: case and surrounding space never matter (P6).</summary>
    public static string Normal(string email) => email.Trim().ToLowerInvariant();

    /// <summary>Whether a text can be an address: one @, a domain with a dot, letters of ASCII, no space, nothing that a mail's head would take for something else.</summary>
    public static bool IsAddress(ReadOnlySpan<char> text)
    {
        var at = text.IndexOf('@');
        if (at < 1 || text.Length > LongestEmail || text[(at + 1)..].Contains('@'))
        {
            return false;
        }

        foreach (var letter in text)
        {
            if (letter is <= ' ' or >= '\x7f' or ',' or ';' or ':' or '<' or '>' or '"' or '(' or ')' or '[' or ']' or '\\')
            {
                return false;
            }
        }

        return IsDomain(text[(at + 1)..]);
    }

    /// <summary>Whether a text can be the domain of addresses: at least one dot, none at either end, no two together.</summary>
    public static bool IsDomain(ReadOnlySpan<char> text)
    {
        foreach (var letter in text)
        {
            if (!char.IsAsciiLetterOrDigit(letter) && letter is not ('-' or '.'))
            {
                return false;
            }
        }

        return text.Contains('.') && text[0] != '.' && text[^1] != '.' && text.IndexOf("..") < 0;
    }
}

internal sealed class PersonMap : IEntityTypeConfiguration<Person>, IEntityTypeConfiguration<PersonEmail>
{
    public void Configure(EntityTypeBuilder<Person> builder)
    {
        builder.ToTable("persons");
        builder.Ignore(person => person.Name);
    }

    public void Configure(EntityTypeBuilder<PersonEmail> builder)
    {
        builder.ToTable("person_emails");
        builder.HasKey(email => email.Email);
        builder.HasOne<Person>().WithMany().HasForeignKey(email => email.PersonId);
    }
}
