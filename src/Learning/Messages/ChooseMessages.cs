using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Messages;

/// <summary>A person says which of the optional letters they want (M4). What is not offered to them stays as it is. Letters that wait already are asked about this when their hour comes.</summary>
public sealed class ChooseMessages(LearningDb db, Zone zone)
{
    public async Task RunAsync(IReadOnlyCollection<string> wanted, Actor actor, CancellationToken stop = default)
    {
        if (actor.PersonId is not { } person)
        {
            return;
        }

        var offered = MessageChoice.All.Where(choice => choice.Offered(actor)).Select(choice => choice.Name).ToArray();
        await WriteAsync(db, person, offered, Array.ConvertAll(offered, wanted.Contains), zone.Now, stop);
    }

    internal static Task<int> WriteAsync(LearningDb db, Guid person, string[] choices, bool[] wanted, DateTimeOffset now, CancellationToken stop) => db.Database.ExecuteSqlAsync($"""
        insert into message_choices (person_id, choice, wanted, changed_at)
        select {person}, choice, wanted, {now} from unnest({choices}, {wanted}) as said (choice, wanted)
        on conflict (person_id, choice) do update set wanted = excluded.wanted, changed_at = excluded.changed_at where message_choices.wanted <> excluded.wanted
        """, stop);
}
