using Learning.Attendance;
using Learning.Tests.Support;

using Microsoft.Playwright;

namespace Learning.BrowserTests.Tablet;

/// <summary>Two trainers with a tablet each, and the signature.</summary>
public class TwoTabletsTests(Ground ground, Chromium chromium) : IClassFixture<Ground>, IClassFixture<Chromium>
{
    private const string AnHourFast = """
        const Real = Date;
        Date = class extends Real { constructor(...all) { all.length ? super(...all) : super(Real.now() + 3600000); } static now() { return Real.now() + 3600000; } };
        """;

    [Fact] // A2
    public async Task Two_tablets_an_hour_apart_disagree_both_are_kept_and_shown_and_one_trainer_decides_by_name()
    {
        await using var room = await TrainingRoom.OpenAsync(ground);
        var ana = await ground.Given.Person(given: "Ana", family: "Silva");
        await ground.Given.Trainer(room.Session, ana);
        var (joe, hers, tolu) = (await room.TabletAsync(chromium, script: AnHourFast), await room.TabletAsync(chromium, person: ana), room.People[0]);

        // Seen by the other within seconds.
        await TrainingRoom.MarkAsync(joe, room.People[1].Name, "Attended");
        await Assertions.Expect(TrainingRoom.Group(hers, room.People[1].Name).GetByRole(AriaRole.Radio, new() { Name = "Attended" })).ToBeCheckedAsync(new() { Timeout = Windows.Patience });

        await joe.Context.SetOfflineAsync(true);
        await TrainingRoom.MarkAsync(joe, tolu.Name, "Attended");
        await TrainingRoom.SaysAsync(joe, "1 to send");
        await TrainingRoom.MarkAsync(hers, tolu.Name, "Apologies");
        await TrainingRoom.SaysAsync(hers, TrainingRoom.AllSent);
        await joe.Context.SetOfflineAsync(false);
        await TrainingRoom.BackAsync(joe);

        foreach (var page in new[] { joe, hers })
        {
            await Assertions.Expect(TrainingRoom.Group(page, tolu.Name)).ToContainTextAsync("Two devices disagree", new() { Timeout = Windows.Patience });
            await Assertions.Expect(TrainingRoom.Group(page, tolu.Name)).ToContainTextAsync("Attended (Joe Mwangi, ");
            await Assertions.Expect(TrainingRoom.Group(page, tolu.Name)).ToContainTextAsync("Apologies (Ana Silva, ");
        }

        // The tablet that is an hour fast made its mark first: the correction by our clock says so (A2), and a later one is not beaten.
        var marks = (await room.MarksAsync()).Where(mark => mark.PersonId == tolu.Id).ToList();
        Assert.Equal([MarkKind.Attended, MarkKind.Apologies], marks.OrderBy(mark => mark.MarkedAt).Select(mark => mark.Kind));
        Assert.All(marks, mark => Assert.True(mark.MarkedAt <= mark.RecordedAt));
        await hers.IsAccessibleAsync();

        await TrainingRoom.MarkAsync(hers, tolu.Name, "Apologies");
        await Assertions.Expect(TrainingRoom.Group(joe, tolu.Name)).ToContainTextAsync("Decided by Ana Silva, ", new() { Timeout = Windows.Patience });
        var standing = await room.StandingAsync(tolu);
        Assert.Equal((MarkKind.Apologies, false, ana.Id), (standing!.Mark.Kind, standing.Disputed, standing.Mark.RecordedBy!.Value));
        Assert.Equal(3, (await room.MarksAsync()).Count(mark => mark.PersonId == tolu.Id));
    }

    [Fact] // A6, A3
    public async Task A_register_is_marked_and_signed_without_a_network_and_the_signature_counts_when_it_is_sent()
    {
        await using var room = await TrainingRoom.OpenAsync(ground);
        var page = await room.TabletAsync(chromium);
        await page.Context.SetOfflineAsync(true);
        await TrainingRoom.PressAsync(page, "Sign the register");
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Tolu Adeyemi is not marked");
        await page.IsAccessibleAsync();
        await TrainingRoom.PressAsync(page, "Mark the rest: attended");
        await TrainingRoom.CountAsync(page, "6 of 6 marked");
        await TrainingRoom.PressAsync(page, "Sign the register");
        await TrainingRoom.NotesAsync(page, "You signed at .* It counts from when it is sent");
        await TrainingRoom.SaysAsync(page, "7 to send");

        // A mark that is put right before it is sent goes before the signature, and opens nothing again. A reload changes nothing either.
        await TrainingRoom.MarkAsync(page, room.People[5].Name, "Apologies");
        await TrainingRoom.SaysAsync(page, "8 to send");
        await page.ReloadAsync();
        await TrainingRoom.NotesAsync(page, "You signed at");
        Assert.False(await room.IsSignedAsync());

        room.Network.Next(Network.LoseAnswer);
        await page.Context.SetOfflineAsync(false);
        await TrainingRoom.BackAsync(page);
        await Assertions.Expect(page.GetByText("Signed by Joe Mwangi")).ToBeVisibleAsync(new() { Timeout = Windows.Patience });
        var marks = await room.MarksAsync();
        Assert.Equal((7, 0, MarkKind.Apologies), (marks.Count, marks.Count(mark => mark.Flag is not null), (await room.StandingAsync(room.People[5]))!.Mark.Kind));
        await TrainingRoom.UntilAsync(async () => !(await TrainingRoom.SeenByAThiefAsync(page)).Contains($"\"{room.Session.Ref}\"", StringComparison.Ordinal));
    }

    [Fact] // A6
    public async Task A_signature_that_lacks_somebody_the_tablet_did_not_know_is_not_lost_and_says_whom()
    {
        await using var room = await TrainingRoom.OpenAsync(ground, people: 1);
        var page = await room.TabletAsync(chromium);
        await page.Context.SetOfflineAsync(true);
        await TrainingRoom.MarkAsync(page, room.People[0].Name, "Attended");
        await TrainingRoom.PressAsync(page, "Sign the register");
        await TrainingRoom.SaysAsync(page, "2 to send");
        var late = await ground.Given.Person(given: "Ruth", family: "Ansah");
        await ground.Given.Booking(room.Session, late);
        await page.Context.SetOfflineAsync(false);
        await TrainingRoom.BackAsync(page);
        await TrainingRoom.NotesAsync(page, "The register is not signed. Not marked yet: Ruth Ansah");
        Assert.False(await room.IsSignedAsync());

        await TrainingRoom.MarkAsync(page, "Ruth Ansah", "Did not attend");
        await TrainingRoom.PressAsync(page, "Sign the register");
        await Assertions.Expect(page.GetByText("Signed by Joe Mwangi")).ToBeVisibleAsync(new() { Timeout = Windows.Patience });
    }
}
