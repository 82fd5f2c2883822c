using System.Globalization;
using System.Text.RegularExpressions;

namespace Learning.Benchmarks.Storm;

/// <summary>What the business unit and the agencies' leads press, at random, on the pages that they have for it.</summary>
internal sealed partial class StormDesk(StormGround ground, Places places, Random random)
{
    /// <summary>Keeps places of a session while nobody has one yet (B5).</summary>
    public async Task KeepAsync(Pages pages, string session, int number)
    {
        var path = $"/manage/sessions/{session}/places";
        await pages.PressAsync(await pages.GetAsync(path), "keep", path, ("Keep.HeldFor", ground.KeptFor[random.Next(ground.KeptFor.Count)]), ("Keep.Places", number.ToString(CultureInfo.InvariantCulture)), ("Keep.Until", ground.KeptUntil));
    }

    /// <summary>One press of an organiser.</summary>
    public Task OrganiseAsync(Pages pages)
    {
        var session = ground.Sessions[random.Next(ground.Sessions.Count)];
        return random.Next(9) switch
        {
            0 or 1 => RoomAsync(pages, session, random.Next(1, 5)),
            2 or 3 => RoomAsync(pages, session, -random.Next(1, 4)),
            4 => KeepAsync(pages, session, random.Next(1, 3)),
            5 => ReleaseAsync(pages, session),
            6 => AtBookingAsync(pages, "withdraw", "TakeBack.Reason"),
            7 => AtBookingAsync(pages, "first", "PutFirst.Reason"),
            _ => MoveAsync(pages, session),
        };
    }

    /// <summary>One press of a lead: books for several people of theirs, or gives a place of one to another (B10, B11).</summary>
    public async Task LeadAsync(Pages pages, StormPerson lead)
    {
        var theirs = ground.People.Where(person => person.Agency == lead.Agency).OrderBy(_ => random.Next()).Take(4).ToList();
        var session = ground.Sessions[random.Next(ground.Sessions.Count)];
        if (random.Next(2) == 0 && places.OneOf(theirs[0].Id) is { } booking)
        {
            var give = $"/bookings/{booking}/give";
            var html = await pages.GetAsync($"{give}?q=storm");
            var fellows = Pages.Inputs(html).Where(input => Pages.Attribute(input, "name") == "Input.To").Select(input => Pages.Attribute(input, "value")).ToList();
            if (fellows.Count > 0)
            {
                await pages.PressAsync(html, "give", give, ("Input.To", fellows[random.Next(fellows.Count)]));
            }

            return;
        }

        var path = $"/agency/book/{session}/people?{string.Join('&', theirs.Select(person => $"who={person.Id}"))}";
        await pages.PressAsync(await pages.GetAsync(path), "book", path, ("Input.How", random.Next(3) == 0 ? "all" : "fit"), ("Input.OthersWait", random.Next(2) == 0 ? "true" : "false"));
    }

    // More places, or fewer; where that is fewer than are taken, whoever is picked gives way (B4).
    private async Task RoomAsync(Pages pages, string session, int by)
    {
        var path = $"/manage/sessions/{session}/places";
        var html = await pages.GetAsync(path);
        var (inputs, said) = (Pages.Inputs(html).ToList(), Counted().Match(html));
        if (inputs.Find(input => Pages.Attribute(input, "name") == "Room.Capacity") is not { } field || !said.Success)
        {
            return;
        }

        var capacity = Math.Max(3, int.Parse(Pages.Attribute(field, "value"), CultureInfo.InvariantCulture) + by);
        var tooMany = int.Parse(said.Groups[1].Value, CultureInfo.InvariantCulture) + int.Parse(said.Groups[2].Value, CultureInfo.InvariantCulture) - capacity;
        var giving = inputs.Where(input => Pages.Attribute(input, "name") == "Room.Moved").Select(input => Pages.Attribute(input, "value")).OrderBy(_ => random.Next()).Take(Math.Max(0, tooMany));
        await pages.PressAsync(html, "capacity", path, [("Room.Capacity", capacity.ToString(CultureInfo.InvariantCulture)), ("Room.Reason", "Another room"), .. giving.Select(id => ("Room.Moved", id))]);
    }

    private async Task ReleaseAsync(Pages pages, string session)
    {
        var path = $"/manage/sessions/{session}/places";
        var html = await pages.GetAsync(path);
        var kept = Pages.Inputs(html).Where(input => Pages.Attribute(input, "name") == "Let.Held").Select(input => Pages.Attribute(input, "value")).ToList();
        if (kept.Count > 0)
        {
            await pages.PressAsync(html, "release", path, ("Let.Held", kept[random.Next(kept.Count)]));
        }
    }

    private async Task AtBookingAsync(Pages pages, string form, string reason)
    {
        if (places.OneOf(ground.People[random.Next(ground.People.Count)].Id) is { } booking)
        {
            var path = $"/manage/bookings/{booking}";
            await pages.PressAsync(await pages.GetAsync(path), form, path, (reason, "A reason"));
        }
    }

    // To another room (B13), and so that it is a larger one, with two places more.
    private async Task MoveAsync(Pages pages, string session)
    {
        var path = $"/manage/sessions/{session}/move";
        var html = await pages.GetAsync(path);
        var typed = Pages.Inputs(html).Where(input => Pages.Attribute(input, "name").StartsWith("Input.", StringComparison.Ordinal) && !input.Contains("type=\"hidden\"", StringComparison.Ordinal) && !input.StartsWith("<button", StringComparison.Ordinal)
                && (!input.Contains("type=\"radio\"", StringComparison.Ordinal) || input.Contains(" checked", StringComparison.Ordinal)))
            .Select(input => (Pages.Attribute(input, "name"), Pages.Attribute(input, "value"))).Where(input => input.Item1 != "Input.Venue").Append(("Input.Venue", $"Hall {random.Next(1000)}")).ToList();
        var (_, looked) = await pages.PressAsync(html, "move", path, [.. typed, ("Input.Step", "look")]);
        if ((await pages.PressAsync(looked, "move", path, [.. typed, ("Input.Step", "move")])).Done)
        {
            places.Count("moved to another room");
            await RoomAsync(pages, session, 2);
        }
    }

    [GeneratedRegex(@"(\d+) taken, (\d+) kept and free")]
    private static partial Regex Counted();
}
