using System.Globalization;

using Learning.Audit;
using Learning.Bookings.Desk;
using Learning.Csv;
using Learning.Database;
using Learning.People;
using Learning.Time;

namespace Learning.Evaluation;

/// <summary>The results of a session's evaluation as CSV: a line for each question and answer with how many gave it, and one for each comment; of nobody by name. For whoever may see them; that they took it is on the audit trail (S3).</summary>
public sealed class ExportEvaluation(LearningDb db, EvaluationResults results, Zone zone)
{
    private static readonly string[] Header = ["session", "stage", "asked", "responses", "question", "answer", "answers", "mean", "matched", "unmatched", "comment"];

    /// <summary>False, and nothing written, for anybody else.</summary>
    public async Task<bool> RunAsync(string reference, Actor actor, Func<string, Stream> output, CancellationToken stop = default)
    {
        if (await results.OfAsync(reference, actor, stop) is not { } found)
        {
            return false;
        }

        db.AuditEntries.Add(new AuditEntry { At = zone.Now, ActorId = actor.PersonId, Verb = "exported an evaluation as CSV", SubjectKind = "session", SubjectId = found.Session.Id });
        await db.SaveChangesAsync(stop);
        await using var text = new StreamWriter(output($"evaluation-{CsvFile.NamePart(found.Session.Ref)}.csv"));
        await using var csv = CsvFile.To(text);
        await csv.LineAsync(Header);
        foreach (var stage in found.Stages)
        {
            foreach (var fields in Lines(stage))
            {
                await csv.LineAsync([found.Session.Ref, stage.Stage.Word(), Number(stage.Asked), Number(stage.Responses), .. fields]);
            }
        }

        return true;
    }

    private static IEnumerable<string[]> Lines(StageResult stage)
    {
        if (!stage.Shown)
        {
            yield return ["", "", "", "", "", "", ""];
        }

        foreach (var question in stage.Questions)
        {
            foreach (var (answer, count) in question.Counts)
            {
                yield return [question.Question.Asks, question.Question.Choices.GetValueOrDefault(answer) ?? answer, Number(count), "", "", "", ""];
            }

            if (question.Mean is { } mean)
            {
                yield return [question.Question.Asks, "mean", Number(question.Answers), Mean(mean), "", "", ""];
            }

            foreach (var comment in question.Comments)
            {
                yield return [question.Question.Asks, "", "", "", "", "", comment.Words ?? "(taken out)"];
            }
        }

        if (stage.Gain is { By: { } by } gain)
        {
            yield return ["confidence gain", "mean", Number(gain.Matched), Mean(by), Number(gain.Matched), Number(gain.Unmatched), ""];
        }
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Mean(double mean) => mean.ToString("0.00", CultureInfo.InvariantCulture);
}

/// <summary>What is taken away of evaluations.</summary>
public static class EvaluationFiles
{
    public static void MapEvaluationFiles(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/manage/sessions/{ref}/evaluation.csv", EvaluationAsync).RequireAuthorization(Policies.SignedIn).ExcludeFromDescription();

    private static async Task EvaluationAsync(string @ref, ExportEvaluation export, WhoAsks who, HttpContext http, CancellationToken stop)
    {
        var actor = await who.ActorAsync();
        await http.SendCsvAsync(begin => export.RunAsync(@ref, actor, begin, stop));
    }
}
