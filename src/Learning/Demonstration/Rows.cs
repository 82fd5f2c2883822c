namespace Learning.Demonstration;

/// <summary>A row of agencies.csv, as the content files state it.</summary>
internal sealed record Agency(
    string Code, string Name, string Sector, string StatutoryPartner, string EmailDomains, int? Headcount,
    string Parent, string Successor, DateOnly? SuccessorFrom)
{
    public string Domain => EmailDomains.Split(';')[0];
}

/// <summary>A row of people.csv: from its first day up to, not including, its last (P2).</summary>
internal sealed record Employment(
    string Agency, string JobTitle, string Workforce, string Level, DateOnly From, DateOnly? To = null);

/// <summary>An invented person: one main address, perhaps others, and a history of employments.</summary>
internal sealed class Person(string email, string givenName, string familyName, params Employment[] employments)
{
    public string Email { get; } = email;
    public string GivenName { get; } = givenName;
    public string FamilyName { get; } = familyName;
    public List<Employment> Employments { get; } = [.. employments];
    public List<string> Aliases { get; } = [];

    /// <summary>Does e-learning now and then; about eight in ten of those on file.</summary>
    public bool Active { get; init; }

    /// <summary>Comes to sessions too; a part of the active.</summary>
    public bool Keen { get; init; }

    /// <summary>Written by name; only what is planted for this person happens to them, nothing by chance.</summary>
    public bool Planted { get; init; }

    public Employment? On(DateOnly day) => Employments.Find(job => job.From <= day && (job.To is null || day < job.To));
}

/// <summary>A part of a session in local wall time (T1).</summary>
internal sealed record Part(DateTime Starts, DateTime Ends, string Title = "");

/// <summary>A row of sessions.csv with its parts; the reference is given when the folder is written.</summary>
internal sealed record Session(string Course, IReadOnlyList<Part> Parts, string Mode, string Venue, int Capacity, string Status)
{
    public string? Ref { get; set; }
    public string Board { get; init; } = "";
    public IReadOnlyList<Person> Trainers { get; init; } = [];
    public Session? Parent { get; init; }
    public DateTime? CancelledAt { get; init; }
    public DateTime Starts => Parts[0].Starts;
    public DateTime Ends => Parts[^1].Ends;
    public DateOnly Day => DateOnly.FromDateTime(Starts);
}

internal sealed record BookingRow(
    Session Session, string Email, string Status, DateTime BookedAt, DateTime? CancelledAt = null, string Agency = "");

internal sealed record MarkRow(
    Session Session, string Email, string Mark, DateTime MarkedAt, int? Part = null, int? Minutes = null, string Agency = "", string Seat = "");

internal sealed record CompletionRow(string Course, string Email, DateOnly CompletedOn, int? Score);
