using Learning.People;

namespace Learning.Bookings;

/// <summary>Who approves a request for a place, and until when (rule B9). Pure.</summary>
public static class ApprovalRules
{
    /// <summary>Working days after the request at which the approver is reminded.</summary>
    public static readonly IReadOnlyList<int> RemindedAfter = [2, 5];

    /// <summary>Whether somebody asks instead of booking: where the course needs it and they book for themselves. A lead, or the business unit, who books for somebody has approved by that.</summary>
    public static bool Asks(bool needsApproval, Guid person, Guid? booker) => needsApproval && person == booker;

    /// <summary>Null when an address can be that of the manager who approves: a work address that is not the person's own.</summary>
    /// <param name="own">Every address of the person.</param>
    /// <param name="isMailbox">Whether an address is of a provider at which anybody can have one.</param>
    public static BookingReason? WhyNotApprover(string? approver, IReadOnlyCollection<string> own, Func<string, bool> isMailbox) =>
        string.IsNullOrWhiteSpace(approver) ? BookingReason.NeedsApprover
        : !PersonEmail.IsAddress(PersonEmail.Normal(approver)) ? BookingReason.ApproverNoAddress
        : own.Contains(PersonEmail.Normal(approver)) ? BookingReason.ApproverIsSelf
        : isMailbox(approver) ? BookingReason.ApproverNotWork
        : null;

    /// <summary>Null while a request can be decided; else why not.</summary>
    public static string? WhyNotDecide(BookingState state, bool sessionCancelled, DateTimeOffset closesAt, DateTimeOffset now) =>
        sessionCancelled ? "This session has been cancelled"
        : state == BookingState.Requested && closesAt <= now ? "Booking has closed for this session, and the request with it"
        : state == BookingState.Requested ? null
        : state == BookingState.Lapsed ? "Booking closed before anybody answered"
        : state == BookingState.Cancelled ? "They do not ask for it any more"
        : "This request has been answered";
}
