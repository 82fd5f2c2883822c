using Learning.Attendance;
using Learning.Bookings;
using Learning.Certificates;
using Learning.Messages;
using Learning.People;

namespace Learning.Records;

/// <summary>Somebody's record as the business unit sees it. Of what grows with the years, the newest and how many there are.</summary>
public sealed record PersonSeen(
    Person Person, IReadOnlyList<PersonEmail> Emails, IReadOnlyList<JobSeen> Jobs, AccountSeen? Account, IReadOnlyList<RoleSeen> Roles, MergeSeen? Merged,
    Newest<BookingSeen> Bookings, Newest<RecordEntry> Record, Newest<CertificateSeen> Certificates, Newest<MessageSeen> Messages)
{
    /// <summary>Lines of each list.</summary>
    public const int Shown = 10;

    public string Name => PersonName.Of(Person.GivenName, Person.FamilyName, Person.Id);
    public bool Erased => Person.ErasedAt is not null;
}

/// <summary>The newest of a list, and how many it has.</summary>
public sealed record Newest<T>(IReadOnlyList<T> Lines, long Total);

/// <summary>A time with an agency.</summary>
public sealed record JobSeen(Employment Job, string Agency);

/// <summary>How they sign in.</summary>
/// <param name="Live">Sessions that are open now, on so many devices.</param>
/// <param name="SeenAt">When one of them last asked for something.</param>
public sealed record AccountSeen(int Live, DateTimeOffset? SeenAt);

/// <summary>A role that they hold, or held.</summary>
/// <param name="EndsOn">The first day on which it is not held; null: it has no end.</param>
public sealed record RoleSeen(Role Role, string? Agency, bool Deputy, DateOnly StartsOn, DateOnly? EndsOn, DateTimeOffset? RevokedAt);

/// <summary>Whom they are counted as.</summary>
public sealed record MergeSeen(Guid IntoId, string Name, DateTimeOffset At);

/// <summary>A booking in the list.</summary>
public sealed record BookingSeen(string Ref, string Title, DateTimeOffset StartsAt, BookingState State, DateTimeOffset StateAt);

/// <summary>A message in the list.</summary>
public sealed record MessageSeen(Guid Id, string Kind, MessageState State, string Why, DateTimeOffset DueAt);
