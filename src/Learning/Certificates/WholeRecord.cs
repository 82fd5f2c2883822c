using Learning.Attendance;
using Learning.Catalogue;
using Learning.People;

using Microsoft.EntityFrameworkCore;

namespace Learning.Certificates;

/// <summary>Something that somebody attended or completed, with the agency that they belonged to on its day (P2), and its certificate where there is one.</summary>
/// <param name="Agency">Null: not known.</param>
public sealed record RecordLine(RecordEntry Entry, string? Agency, CertificateSeen? Certificate);

/// <summary>Learning elsewhere that a lead accepted.</summary>
/// <param name="CountsAs">The course that it counts as.</param>
public sealed record ElsewhereLine(DateOnly On, string Title, string Provider, string CountsAs);

/// <summary>Everything that somebody has learnt since ever, whatever agency they belonged to then: the newest first.</summary>
public sealed record RecordSeen(string Name, IReadOnlyList<RecordLine> Lines, IReadOnlyList<ElsewhereLine> Elsewhere, IReadOnlyList<CertificateSeen> Certificates)
{
    /// <summary>Of what says how many it has.</summary>
    public decimal Hours => Lines.Sum(line => line.Entry.CpdHours ?? 0);
}

/// <summary>Reads one's own record (S2), of all records that are counted as one's own (P3). As many statements for a long record as for a short one.</summary>
public sealed class WholeRecord(LearningDb db, FindCertificates certificates)
{
    private sealed record AgencyThen(Guid Of, string? Name);

    /// <summary>The asker's own.</summary>
    public async Task<RecordSeen> OfAsync(Actor actor, CancellationToken stop = default)
    {
        var person = actor.PersonId!.Value;
        var name = await db.Persons.VisibleTo(actor, db, default).Where(one => one.Id == person).Select(one => one.GivenName + " " + one.FamilyName).SingleAsync(stop);
        var entries = await MyRecord.ListAsync(db, person, stop);
        var issued = await certificates.OfAsync(person, stop);
        var agencies = (await AgenciesAsync(person, entries, stop)).ToLookup(one => one.Of, one => one.Name);
        var of = issued.Where(one => one.Stands).ToLookup(one => one.CompletionId ?? one.SessionId!.Value);
        return new RecordSeen(
            name.Trim(), [.. entries.Select(entry => new RecordLine(entry, agencies[entry.Source].FirstOrDefault(), of[entry.Source].FirstOrDefault()))],
            await db.Database.SqlQuery<ElsewhereLine>($"""
                select v.done_on as "On", v.title as "Title", v.provider as "Provider", c.title as "CountsAs" from learning_evidence v join courses c on c.id = v.course_id
                where v.person_id = any (array(select same from persons_of({person}) same)) and v.decision = 'accepted' order by v.done_on desc, v.title
                """).ToListAsync(stop),
            issued);
    }

    // P2: the agency on the mark or the completion, else on the booking, else the employment of that day.
    private Task<List<AgencyThen>> AgenciesAsync(Guid person, IReadOnlyList<RecordEntry> entries, CancellationToken stop)
    {
        var sources = entries.Select(entry => entry.Source).ToArray();
        return db.Database.SqlQuery<AgencyThen>($"""
            with theirs as materialized (select array(select same from persons_of({person}) same) as ids),
            given as (
                select x.id as of, x.agency_id, x.completed_on as day from completions x where x.id = any({sources})
                union all
                select s.id, coalesce(
                    (select case when m.substitute_id = any (t.ids) then m.substitute_agency_id else m.agency_id end from marks m
                     where m.session_id = s.id and (m.person_id = any (t.ids) or m.substitute_id = any (t.ids)) order by m.number desc limit 1),
                    (select b.agency_id from bookings b where b.session_id = s.id and b.person_id = any (t.ids) and b.agency_id is not null order by b.state = 'confirmed' desc, b.number desc limit 1)), s.counted_on
                from sessions s, theirs t where s.id = any({sources}))
            select g.of as "Of", a.name as "Name" from given g cross join theirs t
            join agencies a on a.id = coalesce(g.agency_id, (select e.agency_id from unnest(t.ids) same cross join lateral employment_that_day(same, g.day) e order by e.main desc, e.starts_on desc limit 1))
            """).ToListAsync(stop);
    }
}
