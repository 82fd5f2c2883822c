using Learning.People;

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Learning.Membership;

/// <summary>Somebody who was added by name, without an address: what tells them from others of the same name, and who says so.</summary>
public sealed class PersonByName
{
    public required Guid PersonId { get; init; }
    public string? Note { get; init; }
    public required Guid AddedBy { get; init; }
    public required DateTimeOffset AddedAt { get; init; }
}

/// <summary>A code on a slip of paper: whoever signs up with it gets the record that it was made for (P1). Good once, and for a month.</summary>
public sealed class ClaimCode
{
    public required Guid Id { get; init; }
    public required Guid PersonId { get; init; }
    public required byte[] CodeHash { get; init; }
    public required Guid MadeBy { get; init; }
    public required DateTimeOffset MadeAt { get; init; }
    public required DateTimeOffset EndsAt { get; init; }
    public DateTimeOffset? UsedAt { get; set; }
    public DateTimeOffset? WithdrawnAt { get; set; }

    /// <summary>As it is kept: without the spaces and hyphens that people read it by, in capitals.</summary>
    public static byte[] HashOf(string typed) => OneTimeSecret.HashOf(string.Concat(typed.Where(char.IsLetterOrDigit)).ToUpperInvariant());

    /// <summary>Whether it still gives a record away.</summary>
    public bool IsGood(DateTimeOffset now) => UsedAt is null && WithdrawnAt is null && now < EndsAt;

    /// <summary>The code that was typed, if it is good now.</summary>
    internal static async Task<ClaimCode?> FindAsync(LearningDb db, string typed, DateTimeOffset now, CancellationToken stop)
    {
        var hash = HashOf(typed);
        return await db.ClaimCodes.AsNoTracking().SingleOrDefaultAsync(code => code.CodeHash == hash && code.UsedAt == null && code.WithdrawnAt == null && code.EndsAt > now, stop);
    }
}

internal sealed class ClaimCodeMap : IEntityTypeConfiguration<ClaimCode>, IEntityTypeConfiguration<PersonByName>
{
    public void Configure(EntityTypeBuilder<ClaimCode> builder)
    {
        builder.ToTable("claim_codes");
        builder.HasOne<Person>().WithMany().HasForeignKey(code => code.PersonId);
        builder.HasOne<Person>().WithMany().HasForeignKey(code => code.MadeBy);
    }

    public void Configure(EntityTypeBuilder<PersonByName> builder)
    {
        builder.ToTable("people_by_name");
        builder.HasKey(one => one.PersonId);
        builder.HasOne<Person>().WithMany().HasForeignKey(one => one.PersonId);
        builder.HasOne<Person>().WithMany().HasForeignKey(one => one.AddedBy);
    }
}
