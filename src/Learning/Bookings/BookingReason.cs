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

    /// <summary>It overlaps another live booking of the person, and nobody said that this is known (B7).</summary>
    [EnumMember(Value = "overlaps another booking")]
    Overlaps,

    /// <summary>The person has asked for a place and the answer is not there yet (B9).</summary>
    [EnumMember(Value = "awaits approval")]
    AwaitsApproval,

    /// <summary>More than <see cref="BookingRules.LongestNeeds"/> characters.</summary>
    [EnumMember(Value = "needs too long")]
    NeedsTooLong,

    /// <summary>The booking has already ended in another way: declined, lapsed, withdrawn.</summary>
    [EnumMember(Value = "booking ended")]
    BookingEnded,

    /// <summary>There is no offer, or its time is over (B6).</summary>
    [EnumMember(Value = "offer ended")]
    OfferEnded,
}
