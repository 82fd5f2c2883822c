using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Bookings.Desk;

/// <summary>A session, and what would come of it on another day.</summary>
/// <param name="Day">The day that was looked at.</param>
/// <param name="Typed">What the verb is given when it is moved there.</param>
/// <param name="Times">Null where it cannot be, and with it the preview; then there is a mistake.</param>
public sealed record MoveLook(SessionDesk Desk, DateOnly Day, TypedTimes Typed, PlannedTimes? Times, MovePreview? Preview, IReadOnlyList<DeskMistake> Mistakes)
{
    /// <summary>The day on which it is now.</summary>
    public DateOnly Now => DateOnly.FromDateTime(Desk.Parts[0].StartsLocal);
}

/// <summary>Looks at what a move of a session to another day would come to: the answer of the rules of <see cref="MoveSession"/> and its preview, with nothing changed.</summary>
public sealed class LookAtMove(IDbContextFactory<LearningDb> databases, Zone zone)
{
    /// <summary>Null where there is no such session, or it is not the actor's to organise (S1).</summary>
    /// <param name="day">Of its first part; null: as it is.</param>
    /// <param name="seen">When what the organiser saw had last changed; null: they see it for the first time.</param>
    public async Task<MoveLook?> RunAsync(string reference, DateOnly? day, DateTimeOffset? seen, Actor actor, CancellationToken stop = default)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        if (await SessionDesk.FindAsync(db, reference, actor, zone, stop) is not { Parts: [var first, ..] } desk)
        {
            return null;
        }

        var to = day ?? DateOnly.FromDateTime(first.StartsLocal);
        var model = new TimesModel();
        model.Fill(desk.Session, desk.Parts, zone, days: true);
        model.MoveTo(to, zone);
        var mistakes = new List<DeskMistake>();
        PlannedTimes? times = null;
        if ((DeskRules.WhyNotChange(desk.Session, zone.Now) ?? DeskRules.WhyStale(desk.Session, seen)) is { } why)
        {
            mistakes.Add(new(DeskField.Version, why));
        }
        else if (day is not null)
        {
            times = await MoveRules.ReadAsync(db, desk.Session, desk.Parts, model.Typed, zone, mistakes, stop);
        }

        return new(desk, to, model.Typed, times, times is null ? null : await MovePreview.OfAsync(db, desk.Session, times, zone, stop), mistakes);
    }
}
