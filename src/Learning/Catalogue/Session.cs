using System.Runtime.Serialization;

using Learning.Database;
using Learning.People;

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Learning.Catalogue;

/// <summary>How people come together.</summary>
public enum SessionMode
{
    [EnumMember(Value = "in person")]
    InPerson,
    Virtual,
    Hybrid,
}

/// <summary>Whether a session is to take place. Whether it was held is what its signed register says.</summary>
public enum SessionStatus
{
    Planned,
    Cancelled,
}

/// <summary>A dated occurrence of a course, with one part or more, places and trainers. Its row is the lock of everything about its places (house rule 5).</summary>
public sealed class Session
{
    public required Guid Id { get; init; }

    /// <summary>As in its address, /sessions/{ref}; case matters not.</summary>
    public required string Ref { get; init; }
    public required Guid CourseId { get; init; }
    public Course? Course { get; init; }

    /// <summary>The conference of a workshop.</summary>
    public Guid? ParentId { get; init; }

    /// <summary>The round of a conference that a workshop is in: a person has one workshop of it (B14).</summary>
    public Guid? RoundId { get; init; }
    public required SessionMode Mode { get; set; }
    public string? Venue { get; set; }

    /// <summary>Told to those who hold a place, never on a public page.</summary>
    public string? JoinLink { get; set; }

    /// <summary>Places in all.</summary>
    public required int Capacity { get; set; }

    /// <summary>Confirmed and offered: counted by the database, never more than <see cref="Capacity"/> (rule B2).</summary>
    public int Taken { get; private set; }

    /// <summary>Places kept for an agency or sector that nobody of theirs has yet: counted by the database (rule B5).</summary>
    public int Kept { get; private set; }

    /// <summary>Fewer people than this, and on <see cref="DecideOn"/> it is decided whether it takes place; null: however few come.</summary>
    public int? Minimum { get; set; }
    public DateOnly? DecideOn { get; set; }

    /// <summary>Those planned in one form have one.</summary>
    public Guid? SeriesId { get; init; }

    /// <summary>When its time, room or mode was last changed: whoever booked before may leave without being late (B13).</summary>
    public DateTimeOffset? MovedAt { get; set; }
    public string? CancelledBecause { get; set; }

    /// <summary>Null: the course's board.</summary>
    public Board? Board { get; set; }
    public required SessionStatus Status { get; set; }

    /// <summary>When the first part starts.</summary>
    public required DateTimeOffset StartsAt { get; set; }

    /// <summary>When the part that ends last does.</summary>
    public required DateTimeOffset EndsAt { get; set; }

    /// <summary>The local date on which the last part starts: an attendance is dated by it (T3).</summary>
    public required DateOnly CountedOn { get; set; }
    public required DateTimeOffset BookingClosesAt { get; set; }

    /// <summary>Of its calendar entry; rises with each move (B13).</summary>
    public int Sequence { get; set; }
    public DateTimeOffset? CancelledAt { get; set; }

    /// <summary>When what the figures read of it last changed: the database keeps a line of history at each (T4).</summary>
    public required DateTimeOffset ChangedAt { get; set; }

    /// <summary>It came from a history in which it was held with more people than places (H5).</summary>
    public bool BeyondRules { get; init; }

    /// <summary>Places that nobody holds or has been offered, and that are kept for nobody.</summary>
    public int PlacesLeft => Math.Max(0, Capacity - Taken - Kept);
}

/// <summary>A register's worth of a session: most have one, a two-day course has two. Planned in local wall time; the instants follow (T1).</summary>
public sealed class SessionPart
{
    public required Guid Id { get; init; }
    public required Guid SessionId { get; init; }

    /// <summary>In order of time, from 1.</summary>
    public required int Number { get; set; }
    public string? Title { get; set; }
    public required DateTime StartsLocal { get; set; }
    public required DateTime EndsLocal { get; set; }
    public required DateTimeOffset StartsAt { get; set; }
    public required DateTimeOffset EndsAt { get; set; }

    /// <summary>Real minutes from start to end.</summary>
    public int Minutes { get; private set; }
}

/// <summary>Who gives a session.</summary>
public sealed class SessionTrainer
{
    public required Guid SessionId { get; init; }
    public required Guid PersonId { get; init; }
}

internal sealed class SessionMap : IEntityTypeConfiguration<Session>, IEntityTypeConfiguration<SessionPart>, IEntityTypeConfiguration<SessionTrainer>
{
    public void Configure(EntityTypeBuilder<Session> builder)
    {
        builder.ToTable("sessions");
        builder.Property(session => session.Mode).HasWords();
        builder.Property(session => session.Board).HasWords();
        builder.Property(session => session.Status).HasWords();
        builder.Property(session => session.Taken).ValueGeneratedOnAddOrUpdate();
        builder.Property(session => session.Kept).ValueGeneratedOnAddOrUpdate();
        builder.Ignore(session => session.PlacesLeft);
        builder.HasOne(session => session.Course).WithMany().HasForeignKey(session => session.CourseId);
        builder.HasOne<Session>().WithMany().HasForeignKey(session => session.ParentId);
    }

    public void Configure(EntityTypeBuilder<SessionPart> builder)
    {
        builder.ToTable("session_parts");
        builder.Property(part => part.StartsLocal).HasColumnType("timestamp without time zone");
        builder.Property(part => part.EndsLocal).HasColumnType("timestamp without time zone");
        builder.Property(part => part.Minutes).ValueGeneratedOnAddOrUpdate();
        builder.HasOne<Session>().WithMany().HasForeignKey(part => part.SessionId);
    }

    public void Configure(EntityTypeBuilder<SessionTrainer> builder)
    {
        builder.ToTable("session_trainers");
        builder.HasKey(trainer => new { trainer.SessionId, trainer.PersonId });
        builder.HasOne<Session>().WithMany().HasForeignKey(trainer => trainer.SessionId);
        builder.HasOne<Person>().WithMany().HasForeignKey(trainer => trainer.PersonId);
    }
}
