using Learning.Database;

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Learning.People;

/// <summary>Whom somebody works with, or what else brings them here. The figures' <c>who: professionals</c> leaves out the last six (rule F1).</summary>
public enum Workforce
{
    Children,
    Adults,
    Joint,
    Volunteer,
    Carer,
    Student,
    Speaker,
    Exhibitor,
    Public,
}

/// <summary>A person's time with an agency, from its first day up to, not including, its last (rules P1, P2).</summary>
public sealed class Employment
{
    public required Guid Id { get; init; }
    public long Number { get; private set; }
    public required Guid PersonId { get; init; }
    public required Guid AgencyId { get; init; }
    public string? JobTitle { get; set; }
    public required Workforce Workforce { get; set; }
    public string? Level { get; set; }
    public required DateOnly StartsOn { get; init; }
    public DateOnly? EndsOn { get; set; }

    /// <summary>Of several at once the one that counts (P2); on one day one at most (kept by the database).</summary>
    public bool Main { get; set; }

    /// <summary>When somebody decided here what it says. An older list that is imported again leaves it alone (H2).</summary>
    public DateTimeOffset? DecidedAt { get; set; }
}

internal sealed class EmploymentMap : IEntityTypeConfiguration<Employment>
{
    public void Configure(EntityTypeBuilder<Employment> builder)
    {
        builder.ToTable("employments");
        builder.Property(employment => employment.Number).ValueGeneratedOnAdd();
        builder.Property(employment => employment.Workforce).HasWords();
        builder.HasOne<Person>().WithMany().HasForeignKey(employment => employment.PersonId);
        builder.HasOne<Agency>().WithMany().HasForeignKey(employment => employment.AgencyId);
    }
}
