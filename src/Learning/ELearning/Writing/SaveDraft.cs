using System.Text;

using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.ELearning.Writing;

/// <summary>What came of saving a file of a course.</summary>
public abstract record SaveOutcome
{
    /// <summary>It is kept, or it was as it is.</summary>
    public sealed record Saved : SaveOutcome;

    /// <summary>Somebody else saved the file after the writer had opened it. Nothing was kept of this press; saving again with the newer one seen keeps it.</summary>
    public sealed record Overtaken(CourseSave Newer) : SaveOutcome;

    public sealed record Refused(string Reason) : SaveOutcome;

    /// <summary>There is no such course, or it is not the actor's to write (S1).</summary>
    public sealed record NotFound : SaveOutcome;

    private SaveOutcome()
    {
    }
}

/// <summary>
/// Keeps a file of a course as a draft: its head, a page, the story, the quiz, a drawing, captions or a transcript; learners see none of it before it is published. Mistakes are no reason to refuse: a draft may be half a thought. Every save is kept,
/// so whatever was overwritten can be read again.
/// </summary>
public sealed class SaveDraft(LearningDb db, CourseLibrary library, Zone zone)
{
    /// <param name="seen">The number of the save that the writer had before them, 0 for the text that is offered.</param>
    public async Task<SaveOutcome> RunAsync(string code, string file, string? words, long seen, Actor actor, CancellationToken stop = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        // The course's row first: two people who save at once take turns.
        await db.Database.ExecuteSqlAsync($"select from courses where upper(code) = upper({code}) for no key update", stop);
        if (await CourseDraft.OfAsync(db, library, code, actor, zone.Today, stop) is not { } draft || actor.PersonId is not { } person)
        {
            return new SaveOutcome.NotFound();
        }

        var text = (words ?? "").ReplaceLineEndings("\n").Replace("\0", "", StringComparison.Ordinal);
        text = string.IsNullOrWhiteSpace(text) ? "" : text.TrimEnd() + "\n";
        if (!CourseDraft.IsWritable(file))
        {
            return new SaveOutcome.Refused("A file has a name of small letters, digits and hyphens, such as pages/05-asking.md or pictures/two-doors.svg.");
        }

        if (file == "course.yaml" && text.Length == 0)
        {
            return new SaveOutcome.Refused("course.yaml is the head of the course, so it cannot be left out.");
        }

        if (FolderFile.WhyNot(file, Encoding.UTF8.GetByteCount(text)) is { } tooLarge)
        {
            return new SaveOutcome.Refused($"{file} {tooLarge}. It is not saved.");
        }

        var newest = draft.Saved.GetValueOrDefault(file);
        if ((newest?.Words ?? draft.Offered.Texts.GetValueOrDefault(file, "")) == text)
        {
            return new SaveOutcome.Saved();
        }

        if (newest is not null && newest.Id != seen)
        {
            return new SaveOutcome.Overtaken(newest);
        }

        db.CourseSaves.Add(new CourseSave { CourseId = draft.Course.Id, File = file, Words = text, SavedAt = zone.Now, SavedBy = person });
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return new SaveOutcome.Saved();
    }
}
