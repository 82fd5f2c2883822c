using Learning.Catalogue;
using Learning.Database;
using Learning.Messages;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Evaluation;

/// <summary>An evaluation as whoever was asked sees it, by its letter or signed in. No name of anybody.</summary>
/// <param name="Ref">The session's; null: of e-learning.</param>
/// <param name="AnsweredAt">When they answered last; null: not yet.</param>
/// <param name="Closed">Why it cannot be answered; null: it can.</param>
public sealed record EvaluationAsked(
    Guid Id, EvaluationStage Stage, string Title, string Code, string? Ref, DateOnly On, IReadOnlyList<EvaluationQuestion> Questions, DateTimeOffset? AnsweredAt, EvaluationClosed? Closed)
{
    /// <summary>What a letter's link is sealed from: it opens this one form and nothing else.</summary>
    internal static Sealed Link(Guid request) => new("evaluation", request);
}

/// <summary>Finds what somebody was asked: by the link of the letter, or as their own, also of a record that is counted as theirs (P3). Of somebody who was erased nothing is found (P5).</summary>
public sealed class AskedEvaluations(LearningDb db, Seals seals, Zone zone)
{
    private sealed record Row(
        Guid Id, string Stage, string Title, string Code, string? Ref, DateOnly On, string Yaml, string Digest, DateTimeOffset AskedAt, DateTimeOffset? AnsweredAt, bool Signed, bool Attended);

    /// <summary>A line of one's own list.</summary>
    public sealed record Line(Guid Id, string Stage, string Title, DateOnly On, bool Answered);

    /// <summary>By a letter's link; null where it was not made here, or not for this.</summary>
    public async Task<EvaluationAsked?> OfLinkAsync(string link, CancellationToken stop = default) =>
        seals.Open(link) is { What: "evaluation" } opened ? await FindAsync(opened.Id, null, stop) : null;

    /// <summary>One's own; null where it is not, or there is none.</summary>
    public async Task<EvaluationAsked?> OfAsync(Guid id, Actor actor, CancellationToken stop = default) => actor.PersonId is { } person ? await FindAsync(id, person, stop) : null;

    /// <summary>What one was asked and can still answer, the newest first; those that wait before those that were answered.</summary>
    public Task<List<Line>> ListAsync(Actor actor, CancellationToken stop = default) => db.Database.SqlQuery<Line>($"""
        select q.id as "Id", q.stage as "Stage", c.title as "Title", coalesce(s.counted_on, x.completed_on) as "On", exists (select from evaluation_responses r where r.request_id = q.id) as "Answered"
        from evaluation_requests q left join sessions s on s.id = q.session_id left join completions x on x.id = q.completion_id join courses c on c.id = coalesce(s.course_id, x.course_id)
        where q.person_id in (select same from persons_of({actor.PersonId}) same) and q.recorded_at > {zone.Now.AddDays(-EvaluationRules.OpenDays)}
            and (q.session_id is null or (signed_here(q.session_id) is not null and counted_as(q.person_id) in (select a.person_id from attended_by(q.session_id) a)))
        order by 5, q.recorded_at desc, q.id limit 100
        """).ToListAsync(stop);

    private async Task<EvaluationAsked?> FindAsync(Guid id, Guid? own, CancellationToken stop)
    {
        var row = (await db.Database.SqlQuery<Row>($"""
            select q.id as "Id", q.stage as "Stage", c.title as "Title", c.code as "Code", s.ref as "Ref", coalesce(s.counted_on, x.completed_on) as "On", f.yaml as "Yaml", f.digest as "Digest", q.recorded_at as "AskedAt",
                (select max(r.recorded_at) from evaluation_responses r where r.request_id = q.id) as "AnsweredAt",
                q.session_id is null or signed_here(q.session_id) is not null as "Signed",
                q.session_id is null or counted_as(q.person_id) in (select a.person_id from attended_by(q.session_id) a) as "Attended"
            from evaluation_requests q join evaluation_forms f on f.digest = q.form left join sessions s on s.id = q.session_id left join completions x on x.id = q.completion_id
            join courses c on c.id = coalesce(s.course_id, x.course_id)
            where q.id = {id} and ({own}::uuid is null or q.person_id in (select same from persons_of({own}) same))
                and not exists (select from erasures e where e.person_id in (q.person_id, counted_as(q.person_id)))
            """).ToListAsync(stop)).SingleOrDefault();
        if (row is null)
        {
            return null;
        }

        var stage = Database.Words.Parse<EvaluationStage>(row.Stage);
        return new(row.Id, stage, row.Title, row.Code, row.Ref, row.On, new EvaluationForm(row.Digest, row.Yaml).Of(stage), row.AnsweredAt, EvaluationRules.WhyClosed(row.Signed, row.Attended, row.AskedAt, zone.Now));
    }
}
