using System.Runtime.Serialization;

namespace Learning.Bookings;

/// <summary>Why a booking is not made or changed. The word is what the API answers; the page owns the sentence.</summary>
public enum BookingReason
{
    [EnumMember(Value = "session cancelled")]
    SessionCancelled,

    [EnumMember(Value = "session started")]
    SessionStarted,

    [EnumMember(Value = "booking closed")]
    BookingClosed,

    /// <summary>The course is not published yet, or was withdrawn.</summary>
    [EnumMember(Value = "course not offered")]
    CourseNotOffered,

    /// <summary>A workshop: its conference is booked instead.</summary>
    [EnumMember(Value = "part of a conference")]
    PartOfConference,

    /// <summary>The person has just joined, and nobody has said yet which agency they belong to (P4).</summary>
    [EnumMember(Value = "awaits placing")]
    AwaitsPlacing,

    /// <summary>The course is for other workforces (B8).</summary>
    [EnumMember(Value = "not in audience")]
    NotInAudience,

    /// <summary>Another course has to be held first, and has not expired by then (B8).</summary>
    [EnumMember(Value = "needs prerequisite")]
    NeedsPrerequisite,

    /// <summary>It overlaps another live booking of the person, and nobody said that this is known (B7).</summary>
    [EnumMember(Value = "overlaps another booking")]
    Overlaps,

    /// <summary>The person has asked for a place and the answer is not there yet (B9).</summary>
    [EnumMember(Value = "awaits approval")]
    AwaitsApproval,

    /// <summary>The course needs a manager's approval, and nobody was named (B9).</summary>
    [EnumMember(Value = "needs approver")]
    NeedsApprover,

    /// <summary>What was given for the approver's address is none.</summary>
    [EnumMember(Value = "approver has no address")]
    ApproverNoAddress,

    /// <summary>They named themselves.</summary>
    [EnumMember(Value = "approver is oneself")]
    ApproverIsSelf,

    /// <summary>The approver's address is of a provider at which anybody can have one.</summary>
    [EnumMember(Value = "approver has no work address")]
    ApproverNotWork,

    /// <summary>More than <see cref="BookingRules.LongestNeeds"/> characters.</summary>
    [EnumMember(Value = "needs too long")]
    NeedsTooLong,

    /// <summary>The booking has already ended in another way: declined, lapsed, withdrawn.</summary>
    [EnumMember(Value = "booking ended")]
    BookingEnded,

    /// <summary>It stands in another way than whoever asked was shown.</summary>
    [EnumMember(Value = "booking changed")]
    Changed,

    /// <summary>There is no offer, or its time is over (B6).</summary>
    [EnumMember(Value = "offer ended")]
    OfferEnded,

    /// <summary>The booking holds no place that could be given to somebody (B11).</summary>
    [EnumMember(Value = "no place")]
    NoPlace,

    /// <summary>More than <see cref="DeskRules.LongestReason"/> characters.</summary>
    [EnumMember(Value = "reason too long")]
    ReasonTooLong,

    /// <summary>Whom the place is to be given to has one, or the offer of one (B11).</summary>
    [EnumMember(Value = "has a place")]
    HasPlace,

    /// <summary>Whom the place is to be given to does not work for the agency on the day of the session (B11).</summary>
    [EnumMember(Value = "not a colleague")]
    NotColleague,
}
