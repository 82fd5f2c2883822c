using Learning.People;

using Microsoft.EntityFrameworkCore;

namespace Learning.Attendance.Meetings;

/// <summary>Somebody in a report as they are shown to whoever says who they are.</summary>
/// <param name="Known">Whom their address belongs to; null: nobody, or there is none.</param>
/// <param name="Row">The row of the register that is theirs, by their address.</param>
/// <param name="Gives">They give the session, by their address.</param>
/// <param name="SameName">Rows of the register of exactly that name, in any order (A8): for a person to confirm.</param>
public sealed record SeenReported(ReportedPerson Said, IReadOnlyList<MeetingJoin> Joins, Found? Known, SheetPerson? Row, bool Gives, IReadOnlyList<SheetPerson> SameName);

/// <summary>A report that was sent, with whom it names and what would come of it.</summary>
/// <param name="People">In the order in which they came.</param>
/// <param name="Before">Joins of earlier recorded reports of the session, by person: a meeting that was begun again has several.</param>
/// <param name="Trainers">Who gives the session.</param>
/// <param name="Names">Of those whom people in it were decided to be.</param>
/// <param name="By">Who recorded it, or sent it; null: not known any more.</param>
public sealed record MeetingView(
    SentReport Report, RegisterSheet Sheet, IReadOnlyList<SeenReported> People, ILookup<Guid, MeetingJoin> Before, IReadOnlyList<Found> Trainers, IReadOnlyList<(int Size, string Sha256, bool Kept)> Files, IReadOnlyDictionary<Guid, string> Names, string? By)
{
    /// <summary>Those whose address is on the register, one row each: two addresses of one person are one.</summary>
    public IEnumerable<IGrouping<SheetPerson, SeenReported>> OnRegister => People.Where(one => one is { Row: not null, Gives: false }).GroupBy(one => one.Row!);

    /// <summary>Those whose address is somebody's who has no place and no mark.</summary>
    public IEnumerable<SeenReported> WithoutPlace => People.Where(one => one is { Row: null, Known: not null, Gives: false });

    /// <summary>Those of whom somebody has to say who they are.</summary>
    public IEnumerable<SeenReported> Unknown => People.Where(one => one.Known is null);

    /// <summary>Those who have a place or a seat and are not in the report, by what is known or their name.</summary>
    public IEnumerable<SheetPerson> Absent => Sheet.People.Where(person => person.Expected && !Before.Contains(person.PersonId) && !People.Any(one => one.Row == person || one.SameName.Contains(person)));

    /// <summary>What would be said of somebody in each part, by these joins and those of earlier reports.</summary>
    public IReadOnlyList<PartSaid> Said(Guid? person, IEnumerable<MeetingJoin> joins) => MeetingMarks.Of([.. joins, .. person is { } id ? Before[id] : []], Sheet.Parts);

    /// <summary>Whether a mark was made by somebody, and not by a report: it stays, unless whoever records says otherwise.</summary>
    public static bool ByHand(SheetMark says) => says.Mark.Device?.StartsWith(Device, StringComparison.Ordinal) != true;

    /// <summary>How the device of a report's marks begins.</summary>
    public const string Device = "meeting ";

    /// <summary>Of what is said of a row, what its marks made by hand say otherwise.</summary>
    public static IEnumerable<(PartSaid Said, SheetMark Stands)> Differs(SheetPerson row, IEnumerable<PartSaid> said) =>
        from one in said
        let stands = row.Marks.GetValueOrDefault(one.Part.Id)
        where stands is not null && ByHand(stands) && (stands.Mark.Kind, stands.Mark.Minutes) != (one.Mark, one.MarkMinutes)
        select (one, stands);
}

/// <summary>The question for a report that was sent for a session, for who may open its register (S2); null where there is none, or it is not theirs. And the list of them.</summary>
public sealed class MeetingViews(LearningDb db, RegisterSheets sheets)
{
    /// <summary>A report of a session in the list of them.</summary>
    public sealed record Listed(Guid Id, string Kind, DateTimeOffset SentAt, DateTimeOffset? RecordedAt, int People, int Waiting, string? By);

    public async Task<MeetingView?> FindAsync(string reference, Guid id, Actor actor, CancellationToken stop = default)
    {
        if ((await sheets.AskAsync(reference, actor, stop)).Sheet is not { } sheet
            || await db.SentReports.AsNoTracking().SingleOrDefaultAsync(one => one.Id == id && one.SessionId == sheet.Session.Id, stop) is not { } report)
        {
            return null;
        }

        var said = await db.ReportedPeople.AsNoTracking().Where(one => one.ReportId == id).OrderBy(one => one.Number).ToListAsync(stop);
        var known = await Arrivals.FindAsync(db, [.. said.Select(one => one.Email).OfType<string>().Distinct()], sheet.Session.CountedOn, stop);
        var counted = await CountedAsync([.. sheet.People.Select(person => person.PersonId)], stop);
        var trainers = await TrainersAsync(sheet.Session.Id, stop);
        var files = await db.SentReportFiles.AsNoTracking().Where(file => file.ReportId == id).OrderBy(file => file.Number).Select(file => new { file.Size, file.Sha256, Kept = file.Content != null }).ToListAsync(stop);
        var names = sheet.People.SelectMany(person => MeetingNames.KeysOf(person.GivenName, person.FamilyName).Distinct().Select(key => (key, person))).ToLookup(pair => pair.key, pair => pair.person);
        var people = said.ConvertAll(one =>
        {
            var holder = one.Email is { } email ? known.GetValueOrDefault(email) : null;
            var row = holder is null ? null : sheet.People.FirstOrDefault(person => counted[person.PersonId] == holder.Id);
            return new SeenReported(
                one, one.JoinsOf(), holder is null ? null : new Found(holder.Id, holder.Name, null), row, holder is not null && trainers.Exists(trainer => trainer.Id == holder.Id),
                holder is not null || one.Name.Length == 0 ? [] : [.. MeetingNames.Keys(one.Name).SelectMany(key => names[key]).Distinct()]);
        });
        return new MeetingView(
            report, sheet, people, await BeforeAsync(db, sheet.Session.Id, stop), trainers, files.ConvertAll(file => (file.Size, Convert.ToHexStringLower(file.Sha256), file.Kept)),
            await NamesAsync([.. said.Select(one => one.PersonId).OfType<Guid>().Distinct()], stop), (await NamesAsync([.. new[] { report.RecordedBy ?? report.SentBy }.OfType<Guid>()], stop)).Values.FirstOrDefault());
    }

    /// <summary>Those of a session, the newest first; null where the register is not theirs to open.</summary>
    public async Task<(RegisterSheet Sheet, IReadOnlyList<Listed> Reports)?> OfSessionAsync(string reference, Actor actor, CancellationToken stop = default) =>
        (await sheets.AskAsync(reference, actor, stop)).Sheet is not { } sheet ? null : (sheet, await db.Database.SqlQuery<Listed>($"""
            select r.id as "Id", r.kind as "Kind", r.sent_at as "SentAt", r.recorded_at as "RecordedAt", (select count(*)::integer from meeting_people p where p.report_id = r.id) as "People",
                (select count(*)::integer from meeting_people p where p.report_id = r.id and p.outcome is null) as "Waiting", btrim(w.given_name || ' ' || w.family_name) as "By"
            from meeting_reports r left join persons w on w.id = coalesce(r.recorded_by, r.sent_by) where r.session_id = {sheet.Session.Id} order by r.sent_at desc
            """).ToListAsync(stop));

    /// <summary>The joins of recorded reports of a session, by the person whom they were decided to be.</summary>
    internal static async Task<ILookup<Guid, MeetingJoin>> BeforeAsync(LearningDb db, Guid session, CancellationToken stop) =>
        (await db.ReportedPeople.AsNoTracking().Where(one => one.PersonId != null && one.Outcome != ReportedOutcome.Trainer
                && db.SentReports.Any(report => report.Id == one.ReportId && report.SessionId == session && report.RecordedAt != null)).ToListAsync(stop))
            .SelectMany(one => one.JoinsOf().Select(join => (one.PersonId!.Value, join))).ToLookup(pair => pair.Value, pair => pair.join);

    private async Task<Dictionary<Guid, Guid>> CountedAsync(Guid[] people, CancellationToken stop) =>
        (await db.Database.SqlQuery<Pair>($"""select id as "Id", counted_as(id) as "Counted" from unnest({people}) id""").ToListAsync(stop)).ToDictionary(pair => pair.Id, pair => pair.Counted);

    private Task<List<Found>> TrainersAsync(Guid session, CancellationToken stop) => db.Database.SqlQuery<Found>($"""
        select p.id as "Id", btrim(p.given_name || ' ' || p.family_name) as "Name", null::text as "Agency" from session_trainers t join persons p on p.id = counted_as(t.person_id) where t.session_id = {session}
        order by p.family_name, p.given_name
        """).ToListAsync(stop);

    private async Task<Dictionary<Guid, string>> NamesAsync(Guid[] people, CancellationToken stop) => people.Length == 0 ? [] :
        (await db.Database.SqlQuery<Found>($"""select id as "Id", btrim(given_name || ' ' || family_name) as "Name", null::text as "Agency" from persons where id = any({people})""").ToListAsync(stop)).ToDictionary(one => one.Id, one => one.Name);

    private sealed record Pair(Guid Id, Guid Counted);
}
