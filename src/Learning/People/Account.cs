using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Learning.People;

/// <summary>How a person signs in: the framework's account, one a person.</summary>
public sealed class Account : IdentityUser<Guid>
{
    public required Guid PersonId { get; init; }

    /// <summary>An account of a demonstration: never asked for a second step, and keeps the roles that need one.</summary>
    public bool SecondStepExempt { get; init; }

    /// <summary>Wrong answers to the second step since the last right one.</summary>
    public int SecondStepTries { get; set; }

    /// <summary>Until when no answer to the second step is heard.</summary>
    public DateTimeOffset? SecondStepClosedUntil { get; set; }
}

internal sealed class AccountMap : IEntityTypeConfiguration<Account>
{
    public void Configure(EntityTypeBuilder<Account> builder)
    {
        builder.ToTable("accounts");
        builder.HasOne<Person>().WithOne().HasForeignKey<Account>(account => account.PersonId);
    }
}
