using Learning.Messages;
using Learning.People;

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Learning.Records.Retention;

/// <summary>Somebody who is going to be erased unless they do something (P5): from so many days before, until they do. Written by <see cref="ListInactive"/>.</summary>
public sealed class RetentionCase
{
    public required Guid PersonId { get; init; }
    public required DateOnly LastActiveOn { get; init; }

    /// <summary>What they did on that day, as last_activity names it: see <see cref="RetentionWords.Activity"/>.</summary>
    public required string LastActive { get; init; }
    public required DateTimeOffset ListedAt { get; init; }

    /// <summary>The first day on which they can be erased, as it stood last night.</summary>
    public required DateOnly EraseOn { get; init; }

    /// <summary>Of what the notice brought.</summary>
    public byte[]? LinkHash { get; init; }

    /// <summary>When the notice was queued; null: there is no address that takes mail, or it is still to come.</summary>
    public DateTimeOffset? NoticedAt { get; init; }
    public Guid? MessageId { get; init; }

    /// <summary>Why the last night could not erase them.</summary>
    public string? Refused { get; init; }
}

/// <summary>The business unit keeps somebody's record, for a reason and as long as it says: a claim, an inquiry, a duty to preserve. Nothing erases them meanwhile.</summary>
public sealed class RecordHold
{
    public required Guid Id { get; init; }
    public required Guid PersonId { get; init; }
    public required string Reason { get; init; }
    public required DateTimeOffset HeldAt { get; init; }
    public required Guid HeldBy { get; init; }
    public DateTimeOffset? LiftedAt { get; private set; }
    public Guid? LiftedBy { get; private set; }

    /// <summary>It is kept no longer.</summary>
    public void Lift(DateTimeOffset now, Guid by) => (LiftedAt, LiftedBy) = (now, by);
}

internal sealed class RetentionMap : IEntityTypeConfiguration<RetentionCase>, IEntityTypeConfiguration<RecordHold>
{
    public void Configure(EntityTypeBuilder<RetentionCase> builder)
    {
        builder.ToTable("retention_cases");
        builder.HasKey(one => one.PersonId);
        builder.HasOne<Person>().WithMany().HasForeignKey(one => one.PersonId);
        builder.HasOne<Message>().WithMany().HasForeignKey(one => one.MessageId);
    }

    public void Configure(EntityTypeBuilder<RecordHold> builder)
    {
        builder.ToTable("record_holds");
        builder.HasOne<Person>().WithMany().HasForeignKey(hold => hold.PersonId);
    }
}
