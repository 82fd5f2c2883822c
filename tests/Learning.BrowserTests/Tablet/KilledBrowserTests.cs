using System.Diagnostics;

using Learning.Tests.Support;

using Microsoft.Playwright;

namespace Learning.BrowserTests.Tablet;

/// <summary>The whole day of a tablet in a hall without a network, whose browser dies.</summary>
public class KilledBrowserTests(Ground ground) : IClassFixture<Ground>
{
    [Fact] // A3, A4
    public async Task Forty_marks_and_two_walk_ins_without_a_network_survive_a_killed_browser_and_three_cut_uploads_once_each()
    {
        await using var room = await TrainingRoom.OpenAsync(ground, people: 40);
        var folder = Directory.CreateTempSubdirectory("learning-tablet-");
        using var playwright = await Playwright.CreateAsync();
        try
        {
            var page = await OpenAsync(playwright, folder, room);
            await room.EnterAsync(page);
            await page.GotoAsync(room.Address);
            await TrainingRoom.ReadyAsync(page);
            await page.Context.SetOfflineAsync(true);
            for (var i = 0; i < 40; i++)
            {
                await page.EvaluateAsync($"document.querySelectorAll('.app-mark')[{i}].querySelector('input[value={(i % 4 == 3 ? "dna" : "attended")}]').click()");
            }

            await TrainingRoom.AddAsync(page, "Wren Vickers", "wren@tablet.example");
            await TrainingRoom.AddAsync(page, "Ida Moss", "ida@tablet.example");
            await TrainingRoom.CountAsync(page, "42 of 42 marked");
            await TrainingRoom.SaysAsync(page, "42 to send");
            // What is promised to survive is what the page says is saved: each mark waits for the disk.
            await TrainingRoom.SaysAsync(page, "Saved on this tablet");
            await TrainingRoom.NotesAsync(page, "No network here. Carry on. .*42 marks since .* go by themselves");
            Kill(folder);

            page = await OpenAsync(playwright, folder, room);
            await page.Context.SetOfflineAsync(true);
            await page.GotoAsync(room.Address);
            await TrainingRoom.CountAsync(page, "42 of 42 marked");
            await TrainingRoom.SaysAsync(page, "42 to send");
            await Assertions.Expect(TrainingRoom.Group(page, "Wren Vickers").GetByRole(AriaRole.Radio, new() { Name = "Attended" })).ToBeCheckedAsync();
            Assert.Empty(await room.MarksAsync());

            room.Network.Next(Network.CutBody, Network.LoseAnswer, Network.CutBody);
            await page.Context.SetOfflineAsync(false);
            // The browser forgot who is signed in; what waits goes when they are again.
            await room.EnterAsync(page);
            await page.GotoAsync(room.Address);
            await TrainingRoom.UntilAsync(async () =>
            {
                await TrainingRoom.BackAsync(page);
                return room.Network.Uploads >= 4;
            });
            await TrainingRoom.SaysAsync(page, TrainingRoom.AllSent);
            await TrainingRoom.CountAsync(page, "42 of 42 marked");
            var marks = await room.MarksAsync();
            Assert.True(room.Network.Uploads >= 4);
            Assert.Equal((42, 42, 2), (marks.Count, marks.DistinctBy(mark => mark.PersonId).Count(), marks.Count(mark => mark.WalkIn)));
            Assert.Equal(0, await TrainingRoom.KeptAsync(page));
            await page.Context.CloseAsync();
        }
        finally
        {
            Kill(folder);
            folder.Delete(recursive: true);
        }
    }

    private static async Task<IPage> OpenAsync(IPlaywright playwright, DirectoryInfo folder, TrainingRoom room)
    {
        var context = await playwright.Chromium.LaunchPersistentContextAsync(folder.FullName, new BrowserTypeLaunchPersistentContextOptions
        {
            ExecutablePath = Chromium.File, Args = Chromium.Arguments, BaseURL = room.Site.Address.ToString(), Locale = "en-GB",
            ViewportSize = new ViewportSize { Width = 820, Height = 1180 },
        });
        context.SetDefaultTimeout(Windows.Patience);
        return context.Pages.Count > 0 ? context.Pages[0] : await context.NewPageAsync();
    }

    // As when the battery is empty: every process that has this folder, and no other.
    internal static void Kill(DirectoryInfo folder)
    {
        foreach (var process in Process.GetProcesses().Where(process => CommandLine(process.Id).Contains($"--user-data-dir={folder.FullName}", StringComparison.Ordinal)))
        {
            process.Kill();
            process.WaitForExit();
        }
    }

    private static string CommandLine(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/cmdline");
        }
        catch (IOException)
        {
            return "";
        }
    }
}
