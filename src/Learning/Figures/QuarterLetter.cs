using System.Globalization;

using Learning.Messages;
using Learning.People;
using Learning.Time;

namespace Learning.Figures;

/// <summary>
/// The quarter in figures, to the subgroup and the chair (M4): computed when it is sent, by the one way in which figures are made, from content/figures/quarter.yaml with the quarter's dates. A figure that F6 would not print
/// is not in it; aggregates only, no person (S2).
/// </summary>
public sealed class QuarterLetter(IServiceProvider services, string folder)
{
    internal MessageKind Kind => new(MessageChoice.FiguresDigest.Name, ReadAsync, Choice: MessageChoice.FiguresDigest);

    private async Task<Reading> ReadAsync(LearningDb db, Message message, Zone zone, CancellationToken stop)
    {
        var actor = await Actor.ForAsync(db, message.PersonId!.Value, zone.Today, stop);
        if (!actor.SeesFigures)
        {
            return new Reading.Drop("they are not of the subgroup any more");
        }

        var from = DateOnly.ParseExact(message.Occurrence[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture);
        var file = Path.Combine(folder, "quarter.yaml");
        var definition = ReadReport.Text(file, (await File.ReadAllTextAsync(file, stop))
            .Replace("{FROM}", $"{from:yyyy-MM-dd}", StringComparison.Ordinal).Replace("{TO}", $"{from.AddMonths(3):yyyy-MM-dd}", StringComparison.Ordinal));
        await using var scope = services.CreateAsyncScope();
        var report = await scope.ServiceProvider.GetRequiredService<ComputeReport>().RunAsync(definition, null, actor, stop);
        return new Reading.Send(new Dictionary<string, object?>
        {
            ["quarter"] = $"{from.ToString("MMMM", British.Culture)} to {from.AddMonths(2).ToString("MMMM yyyy", British.Culture)}",
            ["lines"] = report.Figures.Where(figure => !figure.Suppressed).Select(figure => $"{definition.Find(figure.Id)!.Title}: {Value(figure)}").ToList(),
        });
    }

    private static string Value(ComputedFigure figure) => figure.Phrase;
}
