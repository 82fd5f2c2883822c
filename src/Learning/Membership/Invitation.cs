using Learning.Database;
using Learning.People;

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Learning.Membership;

/// <summary>
/// An agency says that whoever reads an address belongs to it. Who takes it up, by a press on the page that its link opens, has proven the address (P4) and is with the agency from that day; nobody is
/// made a person before.
/// </summary>
public sealed class Invitation
{
    public required Guid Id { get; init; }
    public required string Email { get; init; }
    public required Guid AgencyId { get; init; }

    /// <summary>Who took it up; before that, somebody on file without an address whom it is for.</summary>
    public Guid? PersonId { get; set; }
    public string? GivenName { get; init; }
    public string? FamilyName { get; init; }
    public string? JobTitle { get; init; }
    public Workforce? Workforce { get; init; }
    public string? Level { get; init; }
    public required byte[] LinkHash { get; set; }
    public Guid? InvitedBy { get; init; }
    public required DateTimeOffset InvitedAt { get; init; }
    public required DateTimeOffset SentAt { get; set; }
    public required DateTimeOffset EndsAt { get; set; }
    public DateTimeOffset? AcceptedAt { get; set; }
    public DateTimeOffset? WithdrawnAt { get; set; }

    /// <summary>Whether its link still opens anything.</summary>
    public bool IsGood(DateTimeOffset now) => AcceptedAt is null && WithdrawnAt is null && now < EndsAt;
}

internal sealed class InvitationMap : IEntityTypeConfiguration<Invitation>
{
    public void Configure(EntityTypeBuilder<Invitation> builder)
    {
        builder.ToTable("invitations");
        builder.Property(invitation => invitation.Workforce).HasWords();
        builder.HasOne<Agency>().WithMany().HasForeignKey(invitation => invitation.AgencyId);
        builder.HasOne<Person>().WithMany().HasForeignKey(invitation => invitation.PersonId);
        builder.HasOne<Person>().WithMany().HasForeignKey(invitation => invitation.InvitedBy);
    }
}
