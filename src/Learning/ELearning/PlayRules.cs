using Learning.Catalogue;

namespace Learning.ELearning;

/// <summary>Who may begin, and who may go on with, an e-learning course (E1, E3). Pure.</summary>
public static class PlayRules
{
    /// <summary>Why nobody can begin the course today, as a sentence, or null.</summary>
    public static string? WhyNotBegin(Course course, CourseOffer offer, DateOnly today) =>
        WhyClosed(course, today)
        ?? (!offer.IsThere
            ? "This course cannot be taken here yet. Its description is in the catalogue."
            : null);

    /// <summary>Why nobody can play the course today, also who began it, or null.</summary>
    public static string? WhyClosed(Course course, DateOnly today) =>
        course.Kind != CourseKind.ELearning ? "This course is not e-learning. Its dates are in the catalogue."
        : course.PublishedOn > today ? "This course is not published yet."
        : course.WithdrawnOn <= today ? "This course has been withdrawn, because its content is no longer right."
        : null;

    /// <summary>Whether the version may no longer be finished (E1): it was withdrawn in the product, or the course's current text names it, or the beginning of its digest.</summary>
    public static bool IsWithdrawn(string digest, CourseOffer offer) =>
        offer.Withdrawn.Contains(digest) || offer.Text is { } current
        && current.Head.Withdrawn.Any(name => name.Length >= 8 && digest.StartsWith(name, StringComparison.OrdinalIgnoreCase));
}
