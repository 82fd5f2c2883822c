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
    /// <summary>In lower case, without surrounding space: see <see cref="Normal"/>.</summary>
    public required string Email { get; init; }
    public required Guid PersonId { get; init; }

    /// <summary>Where messages go; one a person.</summary>
    public required bool Main { get; set; }
    public DateTimeOffset? VerifiedAt { get; set; }
    public DateTimeOffset? BouncedAt { get; set; }

    /// <summary>The one spelling of an address: case and surrounding space never matter (P6).</summary>
    public static string Normal(string email) => email.Trim().ToLowerInvariant();
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
