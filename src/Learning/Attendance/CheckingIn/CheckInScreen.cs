using Learning.Catalogue;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Attendance.CheckingIn;

/// <summary>A code that is open, with how many have used it.</summary>
public sealed record OpenCode(CheckInCode Code, int People);

/// <summary>What of checking in is to be seen on the screen of a room: no name stands there.</summary>
/// <param name="Waiting">Who said that they are there, and is not counted yet.</param>
public sealed record CheckInScreen(Session Session, Course Course, bool Signed, IReadOnlyList<SessionPart> Parts, IReadOnlyList<OpenCode> Open, int Waiting);

/// <summary>The question for the screen of a session, for whoever may take its register (S2). Five statements.</summary>
public sealed class CheckInScreens(LearningDb db, Zone zone)
{
    public async Task<(RegisterAccess Access, CheckInScreen? Screen)> AskAsync(string reference, Actor actor, CancellationToken stop = default)
    {
        if (!RegisterSheets.IsReference(reference)
            || await db.Sessions.FromSql($"select * from sessions where upper(ref) = upper({reference})").Include(session => session.Course).AsNoTracking().SingleOrDefaultAsync(stop) is not { } session)
        {
            return (RegisterAccess.None, null);
        }

        var state = await RegisterState.OfAsync(db, session.Id, actor, stop);
        var access = state.Access(actor, session, zone);
        if (access != RegisterAccess.Open)
        {
            return (access, null);
        }

        var parts = await db.SessionParts.AsNoTracking().Where(part => part.SessionId == session.Id).OrderBy(part => part.Number).ToListAsync(stop);
        var open = await db.CheckInCodes.AsNoTracking().Where(code => code.SessionId == session.Id && code.ClosedAt == null).ToListAsync(stop);
        var (said, reach) = (await db.SelfCheckIns.AsNoTracking().Where(one => one.SessionId == session.Id).Select(one => new { one.PartId, one.Taken }).ToListAsync(stop), open.Exists(code => code.CountsAs == CountsAs.Reach)
            ? await db.CheckIns.CountAsync(one => one.SessionId == session.Id, stop) : 0);
        return (access, new(session, session.Course!, state.Signed, parts,
            open.ConvertAll(code => new OpenCode(code, code.CountsAs == CountsAs.Reach ? reach : said.Count(one => one.PartId == code.PartId))), said.Count(one => one.Taken is null)));
    }
}
