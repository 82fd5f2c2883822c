using Learning.Catalogue;
using Learning.People;

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Learning.Attendance.Paper;

/// <summary>That somebody looked over what others typed from paper, up to a mark. Append-only.</summary>
public sealed class TypedCheck
{
    public long Id { get; private set; }
    public required Guid SessionId { get; init; }

    /// <summary>The highest number of a typed mark that was looked over.</summary>
    public required long UpTo { get; init; }
    public required DateTimeOffset CheckedAt { get; init; }
    public required Guid CheckedBy { get; init; }
}

internal sealed class TypedCheckMap : IEntityTypeConfiguration<TypedCheck>
{
    public void Configure(EntityTypeBuilder<TypedCheck> builder)
    {
        builder.ToTable("typed_checks");
        builder.Property(check => check.Id).ValueGeneratedOnAdd();
        builder.HasOne<Session>().WithMany().HasForeignKey(check => check.SessionId);
        builder.HasOne<Person>().WithMany().HasForeignKey(check => check.CheckedBy);
    }
}
