using Learning.Catalogue;
using Learning.Time;

namespace Learning.History;

/// <summary>Reads sessions.csv.</summary>
internal static class ReadSessions
{
    public static void From(Sheet sheet, Story story, Zone zone)
    {
        var later = new List<Action>();
        foreach (var column in new[] { "board", "trainers", "parent" }.Where(sheet.Has))
        {
            story.Told.Add((Format.Sessions, column));
        }

        while (sheet.Next())
        {
            if (!sheet.RowIsWhole)
            {
                story.Sessions.Excuse(sheet.MaybeNames());
                continue;
            }

            var reference = sheet["ref"].Text();
            var known = reference is null ? null : story.Sessions.Get(reference);
            var session = known is { IsTold: false } ? known : new ToldSession { Id = Guid.CreateVersion7(), Ref = reference ?? "" };
            Fill(session, sheet, story, zone);
            Parent(session, sheet["parent"], story, later);
            if (known is { IsTold: true })
            {
                sheet["ref"].Mistake($"session {known.Ref} is on line {known.Line} already");
            }
            else if (reference is not null)
            {
                session.Line = sheet.Line;
                story.Sessions.Add(reference, session);
            }
        }

        later.ForEach(link => link());
        foreach (var circle in Circles.Of(story.Sessions.All.Values.Where(session => session.IsTold).OrderBy(session => session.Line), session => session.Parent))
        {
            var first = circle.Where(session => session.IsTold).MinBy(session => session.Line)!;
            story.Findings.Mistake(first.ParentPlace, $"session {first.Ref} is a workshop of itself");
        }
    }

    private static void Fill(ToldSession session, Sheet sheet, Story story, Zone zone)
    {
        session.Course = story.Courses.Find(sheet["course"]);
        Times(session, sheet, zone);
        session.Mode = sheet["mode"].Word<SessionMode>();
        session.Venue = sheet["venue"].Text();
        session.Capacity = sheet["capacity"].Whole();
        session.CapacityPlace = sheet["capacity"].Place;
        session.Board = sheet["board"].Word<Board>();
        var trainers = sheet["trainers"];
        session.Trainers = [.. trainers.List().Select(email => story.People.Find(trainers, email)).OfType<ToldPerson>().Distinct()];
        Status(session, sheet, story);
    }

    private static void Times(ToldSession session, Sheet sheet, Zone zone)
    {
        var (starts, ends) = (sheet["starts"].Local(), sheet["ends"].Local());
        (session.StartsLocal, session.EndsLocal, session.TimesPlace) = (starts, ends, sheet["starts"].Place);
        (session.StartsAt, session.EndsAt) = (starts is null ? null : zone.InstantOf(starts.Value), ends is null ? null : zone.InstantOf(ends.Value));
        if (session.EndsAt <= session.StartsAt)
        {
            sheet["ends"].Mistake("the session does not end after it starts");
            (session.EndsLocal, session.EndsAt) = (null, null);
        }
    }

    private static void Status(ToldSession session, Sheet sheet, Story story)
    {
        var (status, cancelledAt) = (sheet["status"], sheet["cancelled_at"]);
        (session.Status, session.StatusPlace) = (status.Word<ToldStatus>(), status.Place);
        session.CancelledAt = cancelledAt.Past(story.Now);
        if (cancelledAt.IsGiven && session.Status is ToldStatus.Planned or ToldStatus.Held)
        {
            cancelledAt.Mistake($"cancelled_at is given, and the session is {Database.Words.Word(session.Status.Value)}");
        }

        if (session.Status == ToldStatus.Held && session.EndsAt > story.Now)
        {
            status.Mistake("the session is held, and it ends in the future");
        }

        if (session.Status == ToldStatus.Cancelled && (session.WasMarked || session.WasSigned))
        {
            status.Mistake("the session is cancelled, and its register in the system is marked");
        }
    }

    // The conference may be on a later line.
    private static void Parent(ToldSession session, Cell cell, Story story, List<Action> later)
    {
        if (!story.Told.Contains((Format.Sessions, "parent")))
        {
            return;
        }

        session.Parent = null;
        if (!cell.IsThere())
        {
            return;
        }

        var (name, place) = (cell.Characters.ToString(), session.ParentPlace = cell.Place);
        later.Add(() =>
        {
            var parent = story.Sessions.Find(place, name);
            if (parent?.Course?.Kind is { } kind && kind != CourseKind.Conference)
            {
                story.Findings.Mistake(place, $"session {parent.Ref} is no conference, so it has no workshops");
                return;
            }

            session.Parent = parent;
        });
    }
}
