using Learning.People;

using Microsoft.EntityFrameworkCore;

namespace Learning.Messages;

/// <summary>Letters that a person may do without (rule M4). Whatever is about a booking, a register or an account is not among them.</summary>
/// <param name="Name">For good: choices are kept under it.</param>
/// <param name="Digest">Comes by itself again and again: its letters can be stopped in one press (RFC 8058).</param>
/// <param name="Offered">Who could get such letters at all.</param>
public sealed record MessageChoice(string Name, string Words, string Hint, bool Digest, Func<Actor, bool> Offered)
{
    public static readonly MessageChoice WeekAhead = new("reminder-week", "A reminder a week before a session", "With when, where and how to join.", false, Anybody);
    public static readonly MessageChoice DayAhead = new("reminder-day", "A reminder the day before a session", "How to join online still comes on the morning itself.", false, Anybody);
    public static readonly MessageChoice Unfinished = new("learning-idle", "A word when e-learning has lain for two weeks", "Once for each time that it lies.", false, Anybody);
    public static readonly MessageChoice Expiry = new("training-expiry", "A word before training runs out", "90, 30 and 7 days before.", false, Anybody);
    public static readonly MessageChoice Evaluation = new("evaluation", "A question about training that you came to", "When it is over, once more after a week if you have not answered, and after three months.", false, Anybody);
    public static readonly MessageChoice AgencyDigest = new("digest-agency", "Your agency’s week", "Each Monday, to who leads an agency.", true, actor => actor.LeadOf.Count > 0);
    public static readonly MessageChoice QueueDigest = new("digest-queue", "What waits for the business unit", "Each working day on which something waits.", true, actor => actor.Roles.Contains(Role.BusinessUnit));
    public static readonly MessageChoice FiguresDigest = new("digest-figures", "The quarter in figures", "After each quarter, to the subgroup and the chair.", true, actor => actor.Roles.Contains(Role.SubgroupMember) || actor.Roles.Contains(Role.Chair));

    /// <summary>In the order of the page.</summary>
    public static readonly IReadOnlyList<MessageChoice> All = [WeekAhead, DayAhead, Unfinished, Expiry, Evaluation, AgencyDigest, QueueDigest, FiguresDigest];

    private static bool Anybody(Actor actor) => actor.PersonId is not null;

    /// <summary>The choice of a name; null where there is none.</summary>
    public static MessageChoice? Of(string? name) => All.FirstOrDefault(one => one.Name == name);
}

/// <summary>What a person has said they do without, of themselves and of a record that is counted as theirs: the newest word counts.</summary>
public sealed class MessageChoices(LearningDb db)
{
    /// <summary>The names of the choices that the actor has turned off; of nobody, none.</summary>
    public async Task<IReadOnlyList<string>> OffAsync(Actor actor, CancellationToken stop = default) => actor.PersonId is not { } person ? [] : await db.Database.SqlQuery<string>($"""
        select choice as "Value" from (
            select distinct on (choice) choice, wanted from message_choices where person_id in (select same from persons_of({person}) same) order by choice, changed_at desc) newest
        where not wanted
        """).ToListAsync(stop);
}
