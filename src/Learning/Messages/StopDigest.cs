using Learning.Audit;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Messages;

/// <summary>Stops a digest by the link of one of its letters: in one press, without signing in (RFC 8058). Pressing again changes nothing. The link does nothing else, and says nothing of its owner.</summary>
public sealed class StopDigest(LearningDb db, Seals seals, Zone zone)
{
    private const string Stops = "stops ";

    /// <summary>What a digest's link to stop it is sealed from.</summary>
    internal static Sealed Link(MessageChoice choice, Guid person) => new(Stops + choice.Name, person);

    /// <summary>Which digest a link stops; null where it is no such link, or its person is no more.</summary>
    public async Task<MessageChoice?> OfAsync(string link, CancellationToken stop = default) =>
        Read(link) is var (choice, person) && await db.Persons.AnyAsync(one => one.Id == person && one.ErasedAt == null, stop) ? choice : null;

    /// <summary>The digest that is stopped now; null where the link is good for nothing.</summary>
    public async Task<MessageChoice?> RunAsync(string link, CancellationToken stop = default)
    {
        if (Read(link) is not var (choice, person) || await OfAsync(link, stop) is null)
        {
            return null;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (await ChooseMessages.WriteAsync(db, person, [choice.Name], [false], zone.Now, stop) > 0)
        {
            db.AuditEntries.Add(new AuditEntry { At = zone.Now, ActorId = person, Verb = "stopped a digest by its link", SubjectKind = "person", SubjectId = person });
            await db.SaveChangesAsync(stop);
        }

        await transaction.CommitAsync(stop);
        return choice;
    }

    private (MessageChoice Choice, Guid Person)? Read(string link) =>
        seals.Open(link) is { } read && read.What.StartsWith(Stops, StringComparison.Ordinal) && MessageChoice.Of(read.What[Stops.Length..]) is { Digest: true } choice ? (choice, read.Id) : null;
}

/// <summary>The address in the List-Unsubscribe header of a digest: a mail program posts to it, a person who follows it is asked first, since scanners follow links.</summary>
public static class UnsubscribeAddress
{
    /// <summary>Maps <c>/unsubscribe/{link}</c>.</summary>
    public static void MapUnsubscribe(this IEndpointRouteBuilder app)
    {
        app.MapGet("/unsubscribe/{link}", (string link) => Results.Redirect($"/unsubscribe/{Uri.EscapeDataString(link)}/ask")).AllowAnonymous();
        app.MapPost("/unsubscribe/{link}", async (string link, StopDigest digest, CancellationToken stop) => await digest.RunAsync(link, stop) is { } stopped
            ? Results.Text($"Stopped: {stopped.Words}.\n") : Results.NotFound()).AllowAnonymous().DisableAntiforgery();
    }
}
