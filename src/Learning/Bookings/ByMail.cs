using Learning.People;

namespace Learning.Bookings;

/// <summary>What the links in letters about bookings let their reader do, each that one thing and no other, and what is written down of whoever acts by one.</summary>
internal static class ByMail
{
    /// <summary>Take a place that is offered, or let it go.</summary>
    public const string Offer = "offer";

    /// <summary>Give up a place that is confirmed.</summary>
    public const string Place = "place";

    /// <summary>Leave a waiting list.</summary>
    public const string Wait = "wait";

    /// <summary>Approve somebody's request for a place, or not (B9).</summary>
    public const string Approval = "approval";

    /// <summary>What the audit trail says of whatever was done by such a link.</summary>
    public const string OnTrail = """{"by": "the link of a mail"}""";

    /// <summary>For the audit trail; null for whoever has signed in.</summary>
    public static string? Details(Actor actor) => actor.ByLink ? OnTrail : null;

    /// <summary>For the booking's history; null for whoever has signed in.</summary>
    public static string? Reason(Actor actor) => actor.ByLink ? "by the link in the mail" : null;
}
