using Learning.Evaluation;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Demonstration;

/// <summary>
/// What people said of the sessions of the last year, invented: somewhat more than half of those who were asked straight after, a fifth of those who were asked three months later. Always the same for the same people.
/// Nobody is written to: the letters of that time are past.
/// </summary>
internal static class EvaluationsGiven
{
    private static readonly string[] Differently =
    [
        "Ask what a day at home is like, and write the answer in their own words.", "Use the tool with the family, not about them.", "Ring the other professionals before the visit rather than after it.",
        "Bring it to supervision each month.", "Say what worries me without hiding it in jargon.", "Look at what has changed since the last assessment.", "Record the voice of the child on every visit.",
        "Challenge a decision that I do not understand, by the escalation policy.", "Share the slides with my team on Thursday.",
    ];

    private static readonly string[] Done =
    [
        "I have used it in three cases and taken it to supervision each time.", "We have put it on the agenda of our team meeting.", "I ask more about the home and less about the form.", "I rang the school first, and knew more when I visited.",
    ];

    public static async Task WriteAsync(LearningDb db, EvaluationForms forms, Zone zone, CancellationToken stop)
    {
        var (now, today) = (zone.Now, zone.Today);
        var (standard, conference) = (forms.For("", "trained"), forms.For("", "conference"));
        await db.Database.ExecuteSqlAsync($"""
            insert into evaluation_forms (digest, yaml, first_used_at)
            select distinct digest, yaml, {now.AddDays(-400)} from (values ({standard.Digest}, {standard.Yaml}), ({conference.Digest}, {conference.Yaml})) as f (digest, yaml) on conflict do nothing
            """, stop);
        foreach (var (stage, months, percent) in new[] { ("after", 0, 57), ("later", EvaluationRules.LaterMonths, 21) })
        {
            await db.Database.ExecuteSqlAsync($"""
                insert into evaluation_requests (id, person_id, session_id, stage, form, recorded_at)
                select md5(s.id::text || a.person_id || {stage})::uuid, a.person_id, s.id, {stage}, case c.kind when 'conference' then {conference.Digest} else {standard.Digest} end, s.ends_at + make_interval(months => {months}, hours => 2)
                from sessions s join courses c on c.id = s.course_id and c.kind in ('trained', 'webinar', 'conference') cross join lateral attended_by(s.id) a
                where s.status = 'planned' and s.parent_id is null and s.counted_on > {today.AddDays(-380)} and s.ends_at + make_interval(months => {months}, hours => 2) < {now}
                    and exists (select from register_events e where e.session_id = s.id and e.event = 'signed')
                """, stop);
            await db.Database.ExecuteSqlAsync($"""
                with chance as (select q.id, q.stage, q.recorded_at, ('x' || substr(md5(q.id::text), 1, 7))::bit(28)::int as n from evaluation_requests q where q.stage = {stage}),
                given as (
                    insert into evaluation_responses (id, request_id, recorded_at)
                    select md5(id::text)::uuid, id, least(recorded_at + make_interval(hours => 1 + n % 90), {now}) from chance where n % 100 < {percent} returning id),
                scored as (select c.id, md5(c.id::text)::uuid as response, c.stage, c.n / 100 as n from chance c where c.n % 100 < {percent})
                insert into evaluation_answers (response_id, question, counts, score, choice, words)
                select response, 'useful', 'rating', 3 + (n % 7) / 3, null, null from scored where stage = 'after'
                union all select response, 'taught', 'rating', 3 + (n % 5 + 1) / 3, null, null from scored where stage = 'after' and n % 11 > 0
                union all select response, 'before', 'before', 1 + n % 4, null, null from scored where stage = 'after' and n % 9 > 0
                union all select response, 'after', 'after', least(5, 2 + n % 4 + n / 7 % 2), null, null from scored where stage = 'after' and n % 13 > 0
                union all select response, 'differently', null, null, null, ({Differently})[1 + n / 3 % {Differently.Length}] from scored where stage = 'after' and n % 3 = 0
                union all select response, 'now', 'now', 3 + n % 3, null, null from scored where stage = 'later'
                union all select response, 'manager', null, null, (array['yes', 'planned', 'no'])[1 + n % 3], null from scored where stage = 'later'
                union all select response, 'done', null, null, null, ({Done})[1 + n / 3 % {Done.Length}] from scored where stage = 'later' and n % 2 = 0
                """, stop);
        }
    }
}
