using System.Text.Json;

using Learning.Audit;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Figures;

/// <summary>
/// Binds a sentence to a figure of a report, or withdraws one that is not meant any more (C1). By the business unit and the chair. Refused without a sentence, with one that says no number, or for a
/// figure that the report does not have. A sentence that does not hold is kept too: it shows red until it does.
/// </summary>
public sealed class KeepClaim(LearningDb db, ShowReport reports, Zone zone)
{
    /// <summary>Who may bind and withdraw.</summary>
    public static bool May(Actor actor) => actor.PersonId is not null && (actor.IsUnit || actor.Roles.Contains(Role.Chair));

    /// <returns>The field and the sentence of a refusal; null: it is kept.</returns>
    /// <exception cref="UnauthorizedAccessException">The actor is neither the business unit nor the chair.</exception>
    public async Task<(string Field, string Sentence)?> RunAsync(string report, string? figure, string? sentence, Actor actor, CancellationToken stop = default)
    {
        Guard(actor);
        if (string.IsNullOrWhiteSpace(sentence))
        {
            return ("Input.Sentence", "Write the sentence that you mean to publish");
        }

        var said = sentence.ReplaceLineEndings(" ").Trim();
        if (said.Length > Claim.Longest || said.Any(char.IsControl))
        {
            return ("Input.Sentence", $"Write one sentence of at most {Claim.Longest} letters");
        }

        if (ClaimWords.Read(said) is null)
        {
            return ("Input.Sentence", "The sentence says no number, so there is nothing to check. Write the number with what it counts, such as “over 500 professionals”");
        }

        if (await reports.FindAsync(report, null, actor, stop) is not { } shown || shown.Definition.Find(figure ?? "") is not { } known)
        {
            return ("Input.Figure", "Choose the figure that the sentence is about");
        }

        var claim = new Claim { Id = Guid.CreateVersion7(), Report = shown.Definition.Report, Figure = known.Id, Sentence = said, MadeAt = zone.Now, MadeBy = actor.PersonId!.Value };
        db.Claims.Add(claim);
        Audit("bound a sentence to a figure", claim, actor);
        await db.SaveChangesAsync(stop);
        return null;
    }

    /// <summary>Withdraws a sentence; nothing happens to one that is withdrawn already or is not of this report.</summary>
    /// <exception cref="UnauthorizedAccessException">The actor is neither the business unit nor the chair.</exception>
    public async Task WithdrawAsync(string report, Guid id, Actor actor, CancellationToken stop = default)
    {
        Guard(actor);
        if (await db.Claims.SingleOrDefaultAsync(claim => claim.Id == id && claim.Report == report && claim.WithdrawnAt == null, stop) is { } claim)
        {
            claim.Withdraw(zone.Now, actor.PersonId!.Value);
            Audit("withdrew a sentence about a figure", claim, actor);
            await db.SaveChangesAsync(stop);
        }
    }

    private void Audit(string verb, Claim claim, Actor actor) => db.AuditEntries.Add(new AuditEntry
    {
        At = zone.Now, ActorId = actor.PersonId, Verb = verb, SubjectKind = "claim", SubjectId = claim.Id, Details = JsonSerializer.Serialize(new { figure = FigureWords.Reference(claim.Report, claim.Figure) }),
    });

    private static void Guard(Actor actor)
    {
        if (!May(actor))
        {
            throw new UnauthorizedAccessException("The business unit and the chair bind sentences to figures.");
        }
    }
}
