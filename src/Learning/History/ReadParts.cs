using Learning.Time;

namespace Learning.History;

/// <summary>Reads parts.csv, and gives every session its parts: those of the file, else those it has in the system, else one that is the whole session.</summary>
internal static class ReadParts
{
    public static void From(Sheet sheet, Story story, Zone zone)
    {
        var (told, lost) = (new List<(ToldSession Session, ToldPart Part)>(), new List<(int? Number, DateTime? Starts, DateTime? Ends)>());
        while (sheet.Next())
        {
            if (!sheet.RowIsWhole)
            {
                // It may be about any session that it names.
                foreach (var name in sheet.MaybeNames())
                {
                    Doubt(story.Sessions.Get(name));
                }

                continue;
            }

            var (session, number, title) = (story.Sessions.Find(sheet["session"]), sheet["part"].Whole(from: 1), sheet["title"].Text());
            var (starts, ends) = (sheet["starts"].Local(), sheet["ends"].Local());
            var inOrder = !(starts is not null && ends is not null && zone.InstantOf(ends.Value) <= zone.InstantOf(starts.Value));
            if (!inOrder)
            {
                sheet["ends"].Mistake("the part does not end after it starts");
            }

            if (session is null || number is null)
            {
                Doubt(session);
                lost.Add((number, starts, ends));
                continue;
            }

            var known = session.Parts.GetValueOrDefault(number.Value);
            if (known is { IsTold: true })
            {
                sheet["session"].Mistake($"part {number} of session {session.Ref} is on line {known.Line} already");
                continue;
            }

            var part = known ?? new ToldPart { Id = Guid.CreateVersion7(), Number = number.Value };
            (part.Title, part.StartsLocal, part.EndsLocal, part.Line) = (title, starts, inOrder ? ends : null, sheet.Line);
            (part.StartsPlace, part.EndsPlace) = (sheet["starts"].Place, sheet["ends"].Place);
            session.Parts[number.Value] = part;
            told.Add((session, part));
        }

        foreach (var session in lost.SelectMany(part => Whose(part.Number, part.Starts, part.Ends, story)))
        {
            Doubt(session);
        }

        foreach (var session in told.Select(pair => pair.Session).Distinct())
        {
            Order(session, story.Findings);
        }
    }

    /// <summary>Nothing is known of the parts of any session: the file cannot be read.</summary>
    public static void DoubtAll(Story story)
    {
        foreach (var session in story.Sessions.All.Values)
        {
            Doubt(session);
        }
    }

    /// <summary>A session without rows has one part; one that has several in the system keeps them, if they are still in its time.</summary>
    public static void Complete(Story story)
    {
        foreach (var session in story.Sessions.All.Values.Where(session => session.IsTold && session.Parts.Values.All(part => !part.IsTold)))
        {
            if (session.Parts.Count > 1)
            {
                Order(session, story.Findings);
                continue;
            }

            var part = session.Parts.Values.FirstOrDefault() ?? new ToldPart { Id = Guid.CreateVersion7(), Number = 1 };
            (part.StartsLocal, part.EndsLocal, part.Line) = (session.StartsLocal, session.EndsLocal, session.Line);
            session.Parts[part.Number] = part;
        }
    }

    private static void Doubt(ToldSession? session)
    {
        if (session is not null)
        {
            session.PartsAreUncertain = true;
        }
    }

    // A part whose session is wrongly named is of a session in whose time it lies and that lacks it: nobody is told that it has no such part.
    private static IEnumerable<ToldSession> Whose(int? number, DateTime? starts, DateTime? ends, Story story) => story.Sessions.All.Values.Where(session =>
        session.IsTold && session.StartsLocal <= starts && ends <= session.EndsLocal && !(number is not null && session.Parts.ContainsKey(number.Value)));

    // Parts lie in their session, in the order of their numbers, one after the other.
    private static void Order(ToldSession session, Findings findings)
    {
        ToldPart? last = null;
        foreach (var part in session.Parts.Values)
        {
            if (session.IsTold && part.StartsLocal < session.StartsLocal)
            {
                findings.Mistake(part.IsTold ? part.StartsPlace : session.TimesPlace, $"part {part.Number} starts before session {session.Ref} does");
            }
            else if (part.StartsLocal < last?.EndsLocal)
            {
                findings.Mistake(part.IsTold ? part.StartsPlace : session.TimesPlace, $"part {part.Number} of session {session.Ref} starts before part {last.Number} ends");
            }

            if (session.IsTold && part.EndsLocal > session.EndsLocal)
            {
                findings.Mistake(part.IsTold ? part.EndsPlace : session.TimesPlace, $"part {part.Number} ends after session {session.Ref} does");
            }

            last = part;
        }
    }
}
