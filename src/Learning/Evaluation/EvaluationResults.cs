using System.Globalization;

using Learning.Attendance;
using Learning.Bookings;
using Learning.Catalogue;
using Learning.Database;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Evaluation;

/// <summary>What was answered to one question: how often each score or choice, and in words, of nobody by name.</summary>
/// <param name="Counts">By score "1" to "5", or by choice.</param>
public sealed record QuestionResult(EvaluationQuestion Question, IReadOnlyDictionary<string, int> Counts, IReadOnlyList<Comment> Comments)
{
    /// <summary>How many answered it.</summary>
    public int Answers => Counts.Values.Sum() + Comments.Count;

    /// <summary>Of a scale; null: nobody answered.</summary>
    public double? Mean => Question.Scale.Count == 0 || Answers == 0 ? null : Counts.Sum(one => int.Parse(one.Key, CultureInfo.InvariantCulture) * one.Value) / (double)Answers;
}

/// <summary>Words that somebody wrote; null: taken out, or gone with an erasure.</summary>
public sealed record Comment(Guid Response, string Question, string? Words);

/// <summary>How much surer of themselves people have become: of those alone who said both, each with themselves.</summary>
/// <param name="Matched">How many said both.</param>
/// <param name="Unmatched">How many answered and did not say both: they are left out of both means.</param>
public sealed record Gain(double? Before, double? After, int Matched, int Unmatched)
{
    public double? By => After - Before;
}

/// <summary>One stage: how many were asked, how many answered, and what. Where fewer answered than <see cref="EvaluationRules.FewestShown"/>, only how many.</summary>
public sealed record StageResult(EvaluationStage Stage, int Asked, int Responses, IReadOnlyList<QuestionResult> Questions, Gain? Gain)
{
    public bool Shown => Responses >= EvaluationRules.FewestShown;
}

/// <summary>What those who attended a session by the marks that stand now said of it.</summary>
public sealed record SessionEvaluation(Session Session, IReadOnlyList<StageResult> Stages, bool MayRedact);

/// <summary>The results of a session's evaluation: for whoever organises it and for its trainers (S1, S2). Four statements, however many answered.</summary>
public sealed class EvaluationResults(LearningDb db, Zone zone)
{
    private sealed record Request(Guid Id, Guid Person, string Stage, string Form, Guid? Response);

    private sealed record Given(Guid Response, string Question, string? Counts, int? Score, string? Choice, string? Words, bool Wordless);

    private sealed record Asking(string Digest, string Yaml);

    /// <summary>Null where there is no such session, or it is not for the reader.</summary>
    public async Task<SessionEvaluation?> OfAsync(string reference, Actor actor, CancellationToken stop = default) =>
        await SessionAsync(reference, actor, stop) is { } session ? new(session, await StagesAsync(session.Id, stop), actor.IsUnit) : null;

    private async Task<Session?> SessionAsync(string reference, Actor actor, CancellationToken stop)
    {
        if (!RegisterSheets.IsReference(reference))
        {
            return null;
        }

        return await OrganisedSession.FindAsync(db, reference, actor, zone.Today, stop)
            ?? await db.Sessions.FromSql($"""
                select s.* from sessions s where upper(s.ref) = upper({reference}) and exists (select from session_trainers t where t.session_id = s.id and t.person_id in (select same from persons_of({actor.PersonId}) same))
                """).Include(session => session.Course).AsNoTracking().SingleOrDefaultAsync(stop);
    }

    private async Task<IReadOnlyList<StageResult>> StagesAsync(Guid session, CancellationToken stop)
    {
        // P3: two records of one person are asked once, and the newest answer of both counts.
        var requests = await db.Database.SqlQuery<Request>($"""
            select distinct on (q.stage, counted_as(q.person_id)) q.id as "Id", counted_as(q.person_id) as "Person", q.stage as "Stage", q.form as "Form", r.id as "Response"
            from evaluation_requests q
            left join lateral (select id, number from evaluation_responses where request_id = q.id order by number desc limit 1) r on true
            where q.session_id = {session} and counted_as(q.person_id) in (select a.person_id from attended_by({session}) a)
            order by q.stage, counted_as(q.person_id), r.number desc nulls last
            """).ToListAsync(stop);
        var responses = requests.Where(request => request.Response is not null).Select(request => request.Response!.Value).ToArray();
        var given = await db.Database.SqlQuery<Given>($"""
            select response_id as "Response", question as "Question", counts as "Counts", score as "Score", choice as "Choice", words as "Words", score is null and choice is null as "Wordless" from evaluation_answers where response_id = any({responses})
            """).ToListAsync(stop);
        var digests = requests.Select(request => request.Form).Distinct().ToArray();
        var forms = (await db.Database.SqlQuery<Asking>($"""select digest as "Digest", yaml as "Yaml" from evaluation_forms where digest = any({digests}) order by first_used_at desc""").ToListAsync(stop)).ConvertAll(form => new EvaluationForm(form.Digest, form.Yaml));
        return [.. Enum.GetValues<EvaluationStage>().Select(stage => Stage(stage, requests, given.ToLookup(one => one.Response), forms)).Where(stage => stage.Asked > 0)];
    }

    private static StageResult Stage(EvaluationStage stage, List<Request> requests, ILookup<Guid, Given> given, List<EvaluationForm> forms)
    {
        var own = requests.Where(request => request.Stage == stage.Word()).ToList();
        var answered = own.Where(request => request.Response is not null).ToList();
        var answers = answered.SelectMany(request => given[request.Response!.Value]).ToLookup(one => one.Question);
        var questions = forms.SelectMany(form => form.Of(stage)).DistinctBy(question => question.Id).Select(question => Result(question, [.. answers[question.Id]]));
        var before = own.Count == 0 ? [] : Scores(requests, given, EvaluationStage.After, "before");
        var after = Scores(requests, given, stage, stage == EvaluationStage.After ? "after" : "now");
        return answered.Count < EvaluationRules.FewestShown ? new(stage, own.Count, answered.Count, [], null) : new(stage, own.Count, answered.Count, [.. questions], GainOf(before, after, answered.Count));
    }

    private static Dictionary<Guid, int> Scores(List<Request> requests, ILookup<Guid, Given> given, EvaluationStage stage, string counts) => requests.Where(request => request.Stage == stage.Word() && request.Response is not null)
        .SelectMany(request => given[request.Response!.Value].Where(one => one.Counts == counts).Take(1).Select(one => (request.Person, Score: one.Score!.Value))).ToDictionary(one => one.Person, one => one.Score);

    private static Gain GainOf(Dictionary<Guid, int> before, Dictionary<Guid, int> after, int responses)
    {
        var matched = before.Keys.Intersect(after.Keys).ToList();
        return matched.Count < EvaluationRules.FewestShown ? new(null, null, matched.Count, responses - matched.Count)
            : new(matched.Average(person => before[person]), matched.Average(person => after[person]), matched.Count, responses - matched.Count);
    }

    // In an order that tells nothing of when something was written, or by whom.
    private static QuestionResult Result(EvaluationQuestion question, List<Given> answers) => new(
        question,
        question.Words ? new Dictionary<string, int>() : (question.Scale.Count > 0 ? ["1", "2", "3", "4", "5"] : question.Choices.Keys).ToDictionary(key => key, key => answers.Count(one => (one.Score?.ToString(CultureInfo.InvariantCulture) ?? one.Choice) == key)),
        [.. answers.Where(one => one.Wordless).OrderBy(one => one.Words is null).ThenBy(one => one.Words, StringComparer.Ordinal).Select(one => new Comment(one.Response, one.Question, one.Words))]);
}
