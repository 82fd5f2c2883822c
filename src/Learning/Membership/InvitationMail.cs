using Learning.Messages;

namespace Learning.Membership;

/// <summary>The mail that brings an invitation's link.</summary>
internal static class InvitationMail
{
    public const string Kind = "invitation";

    public static Outgoing Of(Guid invitation, string email, string link) => new()
    {
        Kind = Kind, Address = email, SubjectId = invitation, Occurrence = Convert.ToHexStringLower(OneTimeSecret.HashOf(link))[..16], Why = "Their agency's lead, or the business unit, invited them.", Data = new { link },
    };

    /// <summary>Gives an invitation a new link and a new end, and the message that brings it. What an earlier mail brought is worth nothing any more.</summary>
    public static Outgoing Renew(Invitation invitation, DateTimeOffset now)
    {
        var link = OneTimeSecret.Link();
        (invitation.LinkHash, invitation.SentAt, invitation.EndsAt) = (OneTimeSecret.HashOf(link), now, now + JoiningRules.InvitationLives);
        return Of(invitation.Id, invitation.Email, link);
    }
}
