using Learning.Catalogue;
using Learning.Database;
using Learning.People;

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Learning.Bookings.Workshops;

/// <summary>A round of a conference, in local wall time (T1): of its workshops a delegate goes to one (B14). Rounds of a conference never overlap; the database sees to it.</summary>
public sealed class ConferenceRound
{
    public required Guid Id { get; init; }
    public required Guid ConferenceId { get; init; }
    public required DateTime StartsLocal { get; set; }
    public required DateTime EndsLocal { get; set; }
}

/// <summary>What a delegate would like in a round, by rank from 1. Of a booking of that conference, and each workshop once; the database sees to it.</summary>
public sealed class WorkshopWish
{
    public required Guid BookingId { get; init; }
    public required Guid RoundId { get; init; }
    public required Guid WorkshopId { get; init; }
    public required int Rank { get; init; }
}

/// <summary>What an organiser says about the day of a conference.</summary>
public sealed class ConferenceText
{
    public required Guid ConferenceId { get; init; }
    public string? GettingThere { get; set; }
    public string? Bring { get; set; }

    /// <summary>Where the materials are, for those who came: a line each.</summary>
    public string? Materials { get; set; }

    /// <summary>The lines of a text, each a paragraph.</summary>
    public static string[] Lines(string? text) => text?.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
}

/// <summary>What somebody is at a conference besides its delegates (F1 who).</summary>
public enum ConferenceRole
{
    Speaker,
    Exhibitor,
    Helper,
}

/// <summary>Somebody who speaks, shows something or helps. They are no delegate and take no place; a speaker's biography is for everybody to read.</summary>
public sealed class ConferencePerson
{
    public required Guid Id { get; init; }
    public required Guid ConferenceId { get; init; }

    /// <summary>Where they speak; null: in front of all.</summary>
    public Guid? WorkshopId { get; set; }
    public required ConferenceRole Role { get; set; }

    /// <summary>Where they have a record here: what they attend of the conference counts as a speaker's, an exhibitor's or a volunteer's.</summary>
    public Guid? PersonId { get; set; }
    public required string Name { get; set; }
    public string? SaidAs { get; set; }
    public string? Organisation { get; set; }
    public string? Biography { get; set; }
    public required int Position { get; set; }
    public required DateTimeOffset AddedAt { get; init; }
}

internal sealed class ConferenceMap :
    IEntityTypeConfiguration<ConferenceRound>, IEntityTypeConfiguration<WorkshopWish>, IEntityTypeConfiguration<ConferenceText>, IEntityTypeConfiguration<ConferencePerson>
{
    public void Configure(EntityTypeBuilder<ConferenceRound> builder)
    {
        builder.ToTable("conference_rounds");
        builder.Property(round => round.StartsLocal).HasColumnType("timestamp without time zone");
        builder.Property(round => round.EndsLocal).HasColumnType("timestamp without time zone");
        builder.HasOne<Session>().WithMany().HasForeignKey(round => round.ConferenceId);
        builder.HasMany<Session>().WithOne().HasForeignKey(session => session.RoundId);
    }

    public void Configure(EntityTypeBuilder<WorkshopWish> builder)
    {
        builder.ToTable("workshop_wishes");
        builder.HasKey(wish => new { wish.BookingId, wish.RoundId, wish.Rank });
        builder.HasOne<Booking>().WithMany().HasForeignKey(wish => wish.BookingId);
        builder.HasOne<Session>().WithMany().HasForeignKey(wish => wish.WorkshopId);
    }

    public void Configure(EntityTypeBuilder<ConferenceText> builder)
    {
        builder.ToTable("conference_pages");
        builder.HasKey(text => text.ConferenceId);
    }

    public void Configure(EntityTypeBuilder<ConferencePerson> builder)
    {
        builder.ToTable("conference_people");
        builder.Property(person => person.Role).HasWords();
        builder.HasOne<Session>().WithMany().HasForeignKey(person => person.ConferenceId);
        builder.HasOne<Person>().WithMany().HasForeignKey(person => person.PersonId);
    }
}
