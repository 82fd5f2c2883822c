using System.Net;

using AngleSharp.Dom;
using AngleSharp.Html.Dom;

using Learning.Attendance;
using Learning.Bookings;
using Learning.People;
using Learning.Tests.Support;

namespace Learning.Tests.Attendance;

/// <summary>The register as a plain form, in a browser without JavaScript.</summary>
public class RegisterPageTests(Ground ground) : IClassFixture<Ground>, IAsyncLifetime
{
    private Given Given => ground.Given;

    [Fact] // A1: what the contract promises to assistive technology
    public async Task Each_person_is_a_group_of_five_named_choices_and_one_status_says_that_all_is_sent()
    {
        var hall = await Hall.Open(ground);
        var page = await (await As(hall.Trainer)).Get(Register(hall));

        var groups = page.Document.QuerySelectorAll("fieldset");
        Assert.Equal(hall.People.Select(person => person.Name).Order(), groups.Select(group => group.QuerySelector("legend")!.TextContent.Trim()).Order());
        Assert.All(groups, group => Assert.Equal(
            ["Attended", "In part", "Apologies", "Did not attend", "Substitute"],
            group.QuerySelectorAll("input[type=radio]").Select(radio => page.Document.QuerySelector($"label[for='{radio.Id}']")!.TextContent.Trim())));
        Assert.StartsWith("All sent", Assert.Single(page.Document.QuerySelectorAll("[role=status]")).TextContent.Trim());
        var buttons = page.Document.QuerySelectorAll("button").Select(button => button.TextContent.Trim()).ToList();
        Assert.All(["Save the register", "Mark the rest: did not attend", "Add someone", "Sign the register"], name => Assert.Contains(name, buttons));
        Assert.Contains("0 of 3 marked", page.Text);
        Assert.Empty(page.Document.QuerySelectorAll("[style], script:not([src])"));
    }

    [Fact] // A1, A6
    public async Task A_trainer_marks_the_room_marks_the_rest_and_signs()
    {
        var hall = await Hall.Open(ground, people: 4);
        var trainer = await As(hall.Trainer);

        var saved = await (await trainer.Get(Register(hall))).Submit(
            "Save the register", Mark(hall, 0, "attended"), Mark(hall, 1, "part"), (Field("minutes", hall, 1), "210"));
        Assert.Equal(Register(hall), saved.Path);
        Assert.Contains("2 of 4 marked", saved.Text);
        Assert.Contains("of 330. Needs 248 to count as attended.", saved.Text);
        Assert.Equal("210", saved.Document.QuerySelector($"[name='{Field("minutes", hall, 1)}']")!.GetAttribute("value"));

        var refused = await saved.Submit("Sign the register");
        Assert.All([2, 3], i => Assert.Contains($"{hall.People[i].Name} is not marked", refused.Document.QuerySelector(".govuk-error-summary")!.TextContent));
        Assert.DoesNotContain($"{hall.People[0].Name} is not marked", refused.Text);
        Assert.False((await hall.Sheet()).State.Signed);

        var rest = await refused.Submit("Mark the rest: did not attend", Mark(hall, 2, "apologies"));
        Assert.Contains("4 of 4 marked", rest.Text);
        Assert.Equal((MarkKind.Apologies, MarkKind.Dna), ((await hall.Standing(hall.People[2])).Mark.Kind, (await hall.Standing(hall.People[3])).Mark.Kind));

        var signed = await rest.Submit("Sign the register");
        Assert.Contains($"Signed by {hall.Trainer.Name} on Wednesday 15 May 2024, 4pm", signed.Text);
        Assert.Contains("1 attended, 1 in part, 1 apologies, 1 did not attend", signed.Text);
        Assert.Empty(signed.Document.QuerySelectorAll("input[type=radio]"));
    }

    [Fact] // A2
    public async Task Only_what_somebody_changed_is_a_mark_so_two_who_save_at_once_do_not_undo_each_other()
    {
        var hall = await Hall.Open(ground);
        await hall.Sent("tablet", hall.Mark(hall.People[0].Id), hall.Mark(hall.People[1].Id), hall.Mark(hall.People[2].Id));
        var (one, other) = (await (await As(hall.Trainer)).Get(Register(hall)), await (await As(await Given.Unit())).Get(Register(hall)));

        await one.Submit("Save the register", Mark(hall, 0, "dna"));
        await other.Submit("Save the register", Mark(hall, 1, "apologies"));

        Assert.Equal(
            [MarkKind.Dna, MarkKind.Apologies, MarkKind.Attended],
            [(await hall.Standing(hall.People[0])).Mark.Kind, (await hall.Standing(hall.People[1])).Mark.Kind, (await hall.Standing(hall.People[2])).Mark.Kind]);
        Assert.Equal(5, await Marks(hall));
        Assert.Equal(0, await ground.Sql<long>($"select count(*) from marks where session_id = '{hall.Session.Id}' and flag is not null"));
    }

    [Fact] // A2
    public async Task Two_pages_that_mark_one_person_differently_are_a_conflict_that_pressing_one_of_them_decides()
    {
        var hall = await Hall.Open(ground, people: 1);
        var (one, other) = (await (await As(hall.Trainer)).Get(Register(hall)), await (await As(hall.Trainer)).Get(Register(hall)));
        await one.Submit("Save the register", Mark(hall, 0, "attended"));
        ground.Clock.Advance(TimeSpan.FromSeconds(5));
        var disputed = await other.Submit("Save the register", Mark(hall, 0, "dna"));

        Assert.Contains($"Two devices disagree: Did not attend ({hall.Trainer.Name}, 4pm) and Attended ({hall.Trainer.Name}, 4pm). Press what is right.", disputed.Text);
        Assert.Empty(disputed.Document.QuerySelectorAll("input[type=radio][checked]"));
        await disputed.Submit("Save the register");
        Assert.True((await hall.Standing(hall.People[0])).Disputed);

        ground.Clock.Advance(TimeSpan.FromSeconds(5));
        var decided = await disputed.Submit("Save the register", Mark(hall, 0, "dna"));
        Assert.DoesNotContain("disagree", decided.Text);
        Assert.Contains($"Decided by {hall.Trainer.Name}, 4pm", decided.Text);
        Assert.Equal((MarkKind.Dna, false), ((await hall.Standing(hall.People[0])).Mark.Kind, (await hall.Standing(hall.People[0])).Disputed));
    }

    [Fact]
    public async Task Pressing_twice_or_saving_nothing_new_records_nothing()
    {
        var hall = await Hall.Open(ground);
        var page = await (await As(hall.Trainer)).Get(Register(hall));
        await page.Submit("Save the register", Mark(hall, 0, "attended"));
        var again = await page.Submit("Save the register", Mark(hall, 0, "attended"));
        await again.Submit("Save the register");
        Assert.Equal(1, await Marks(hall));
    }

    [Theory]
    [InlineData("minutes", "a while", "whole number, at most 330")]
    [InlineData("minutes", "331", "whole number, at most 330")]
    [InlineData("minutes", "-5", "whole number, at most 330")]
    [InlineData("minutes", "99999999999999999999", "whole number, at most 330")]
    public async Task A_mistake_is_shown_beside_its_row_and_nothing_typed_is_lost_or_half_saved(string field, string typed, string sentence)
    {
        var hall = await Hall.Open(ground);
        var page = await (await As(hall.Trainer)).Get(Register(hall));
        var wrong = await page.Submit("Save the register", Mark(hall, 0, "attended"), Mark(hall, 1, "part"), (Field(field, hall, 1), typed), Mark(hall, 2, "asleep"));

        Assert.Equal(HttpStatusCode.OK, wrong.Status);
        var row = wrong.Document.QuerySelector($"#p-{hall.People[1].Id:N}")!;
        Assert.Contains(sentence, row.QuerySelector(".govuk-error-message")!.TextContent);
        Assert.Equal(typed, row.QuerySelector($"[name='{Field(field, hall, 1)}']")!.GetAttribute("value"));
        Assert.Contains("choose one of the five", wrong.Document.QuerySelector($"#p-{hall.People[2].Id:N} .govuk-error-message")!.TextContent);
        Assert.True(((IHtmlInputElement)wrong.Document.QuerySelector($"#attended-{hall.People[0].Id:N}")!).IsChecked);
        Assert.StartsWith("Error: ", wrong.Document.Title);
        Assert.Equal(0, await Marks(hall));

        await wrong.Submit("Save the register", (Field(field, hall, 1), "330"), Mark(hall, 2, "dna"));
        Assert.Equal(3, await Marks(hall));
    }

    [Fact] // A1, B11
    public async Task A_substitute_is_found_by_name_among_the_colleagues_or_given_with_an_address()
    {
        var (agency, other) = (await Given.Agency("Essex Police"), await Given.Agency());
        var hall = await Hall.Open(ground, agency: agency);
        var colleague = await Given.Person(agency, given: "Jordan", family: "Pike");
        await Given.Person(other, given: "Jordan", family: "Pike");
        var (first, second) = (await Given.Person(agency, given: "Kim", family: "Rowe"), await Given.Person(agency, given: "Kim", family: "Rowe"));
        var page = await (await As(hall.Trainer)).Get(Register(hall));

        var wrong = await page.Submit(
            "Save the register", Mark(hall, 0, "substitute"), (Field("name", hall, 0), "jordan  PIKE"), Mark(hall, 1, "substitute"), (Field("name", hall, 1), "Kim Rowe"),
            Mark(hall, 2, "substitute"), (Field("name", hall, 2), "No One"));
        Assert.Contains("choose which colleague came", wrong.Document.QuerySelector($"#p-{hall.People[1].Id:N}")!.TextContent);
        Assert.Equal(
            new[] { first.Id, second.Id }.Order(), wrong.Document.QuerySelectorAll($"[name='{Field("who", hall, 1)}'] option").Select(option => option.GetAttribute("value")).Where(value => value!.Length > 0).Select(value => Guid.Parse(value!)).Order());
        Assert.Contains("nobody at Essex Police is called No One", wrong.Document.QuerySelector($"#p-{hall.People[2].Id:N}")!.TextContent);

        var saved = await wrong.Submit(
            "Save the register", (Field("who", hall, 1), second.Id.ToString()), (Field("name", hall, 2), "Ola New"), (Field("email", hall, 2), "ola@elsewhere.example"));
        Assert.Contains("Jordan Pike came instead. Ada0 did not.", saved.Text);
        Assert.Equal([colleague.Id, second.Id], [(await hall.Standing(hall.People[0])).Mark.SubstituteId!.Value, (await hall.Standing(hall.People[1])).Mark.SubstituteId!.Value]);
        Assert.Equal("Ola New", (await hall.Standing(hall.People[2])).SubstituteName);

        await saved.Submit("Save the register");
        Assert.Equal(3, await Marks(hall));
    }

    [Fact] // A4
    public async Task Somebody_who_walked_in_is_found_by_name_or_written_down_and_what_was_marked_before_is_kept()
    {
        var hall = await Hall.Open(ground, people: 1);
        var known = await Given.Person(await Given.Agency("Faith and community"), "wren@faith.example", "Wren", "Vickers-Amaro");
        await Given.Person(null, "alice@faith.example", "Alice", "Smith");

        var add = await (await (await As(hall.Trainer)).Get(Register(hall))).Submit("Add someone", Mark(hall, 0, "attended"));
        Assert.Equal(1, await Marks(hall));
        var found = await add.Submit("Find", ("q", "vick wren"));
        Assert.Contains("Wren Vickers-Amaro", found.Text);
        Assert.Contains("Faith and community", found.Text);
        Assert.DoesNotContain("wren@faith.example", found.Text);
        await found.Submit("Add this person", ("Input.Person", known.Id.ToString()));
        Assert.True((await hall.Standing(known)).Mark.WalkIn);

        var somebodyElse = await add.Submit("Add a new person", ("Input.Name", "Bo Jones"), ("Input.Email", " ALICE@faith.example "));
        Assert.Contains("This is the address of Alice Smith", somebodyElse.Text);
        var mistyped = await somebodyElse.Submit("Add a new person", ("Input.Name", ""), ("Input.Email", "nobody"));
        Assert.Contains("Enter their name", mistyped.Text);
        Assert.Contains("Enter an e-mail address like", mistyped.Text);
        Assert.Equal("nobody", mistyped.Document.QuerySelector("[name='Input.Email']")!.GetAttribute("value"));
        var added = await mistyped.Submit("Add a new person", ("Input.Name", "Bo Jones"), ("Input.Email", "bo@faith.example"));
        Assert.Contains("3 of 3 marked", added.Text);
        Assert.Contains("Bo Jones", added.Text);
        Assert.Contains("Nobody we know is called", (await add.Submit("Find", ("q", "%%%"))).Text);
    }

    [Fact] // A6
    public async Task A_two_day_course_is_signed_once_both_days_are_marked()
    {
        var hall = await Hall.Open(ground, people: 1, null, "2024-05-14 10:00 to 15:00", "2024-05-15 10:00 to 15:00");
        var trainer = await As(hall.Trainer);

        var first = await (await trainer.Get(Register(hall) + "?part=1")).Submit("Sign the register", Mark(hall, 0, "attended"));
        Assert.Contains($"In Part 2 these are not marked: {hall.People[0].Name}", first.Text);
        var second = await first.Follow("Part 2");
        Assert.Contains("0 of 1 marked", second.Text);
        Assert.Contains("Signed by", (await second.Submit("Sign the register", Mark(hall, 0, "dna"))).Text);
        Assert.Equal(HttpStatusCode.NotFound, (await trainer.Get(Register(hall) + "?part=3")).Status);
    }

    [Fact] // A3
    public async Task A_form_that_was_filled_in_before_somebody_signed_is_taken_in_and_opens_the_register_again()
    {
        var hall = await Hall.Open(ground, people: 1);
        await hall.Sent("tablet", hall.Mark(hall.People[0].Id));
        var stale = await (await As(hall.Trainer)).Get(Register(hall));
        await hall.Sign();

        var page = await stale.Submit("Save the register", Mark(hall, 0, "dna"));

        Assert.Contains("is open again. Why: Marks came after it was signed.", page.Text);
        Assert.Equal(MarkKind.Dna, (await hall.Standing(hall.People[0])).Mark.Kind);
    }

    [Fact] // A6
    public async Task The_business_unit_reopens_a_signed_register_with_a_reason_that_stays_in_view()
    {
        var hall = await Hall.Open(ground, people: 1);
        await hall.Signed();
        Assert.Empty((await (await As(hall.Trainer)).Get(Register(hall))).Document.QuerySelectorAll("button"));

        var unit = await As(await Given.Unit());
        var refused = await (await unit.Get(Register(hall))).Submit("Reopen the register", ("Reason.Text", " "));
        Assert.Contains("Write why the register is reopened", refused.Text);
        var open = await refused.Submit("Reopen the register", ("Reason.Text", "Ada was swapped with Ida"));
        Assert.Contains("is open again. Why: Ada was swapped with Ida.", open.Text);
        Assert.NotEmpty(open.Document.QuerySelectorAll("input[type=radio]"));
    }

    [Fact] // H5
    public async Task A_cancelled_session_takes_no_marks_and_says_so()
    {
        var hall = await Hall.Open(ground, people: 1);
        var page = await (await As(hall.Trainer)).Get(Register(hall));
        await ground.Sql($"update sessions set status = 'cancelled', cancelled_at = now(), changed_at = now() where id = '{hall.Session.Id}'");

        Assert.Contains("takes no marks", (await page.Submit("Save the register", Mark(hall, 0, "attended"))).Text);
        Assert.Equal(0, await Marks(hall));
        Assert.Empty((await (await As(hall.Trainer)).Get(Register(hall))).Document.QuerySelectorAll("input[type=radio]"));
    }

    [Fact] // S1, S2
    public async Task Others_do_not_find_the_register_and_its_trainer_only_in_its_days()
    {
        var agency = await Given.Agency();
        var (hall, elsewhere) = (await Hall.Open(ground, agency: agency), await Hall.Open(ground));
        var lead = await Given.Person(agency);
        await Given.Role(lead, Role.AgencyLead, agency);
        foreach (var stranger in new[] { elsewhere.Trainer, lead, hall.People[0] })
        {
            foreach (var path in new[] { Register(hall), Register(hall) + "/add" })
            {
                var page = await (await As(stranger)).Get(path);
                Assert.Equal(HttpStatusCode.NotFound, page.Status);
                Assert.DoesNotContain(hall.People[1].Name, page.Text);
            }
        }

        Assert.StartsWith("/account/sign-in", (await (await ground.SiteAsync()).Visitor().Get(Register(hall))).Path);
        var later = await Hall.Open(ground, 1, null, "2024-06-15 10:00 to 12:00");
        var early = await (await As(later.Trainer)).Get(Register(later));
        Assert.Equal(HttpStatusCode.Forbidden, early.Status);
        Assert.Contains("from 14 days before", early.Text);
    }

    [Fact]
    public async Task Names_that_two_share_tell_their_agency_and_a_name_is_found()
    {
        var hall = await Hall.Open(ground, people: 1);
        var (police, school) = (await Given.Agency("Essex Police"), await Given.Agency("Hamstel Grove Primary"));
        foreach (var agency in new[] { police, school })
        {
            await Given.Booking(hall.Session, await Given.Person(agency, given: "Tolu", family: "Adeyemi"));
        }

        var page = await (await As(hall.Trainer)).Get(Register(hall));
        var legends = page.Document.QuerySelectorAll("legend").Select(legend => legend.TextContent).ToList();
        Assert.Contains("Tolu Adeyemi, Essex Police", legends);
        Assert.Contains("Tolu Adeyemi, Hamstel Grove Primary", legends);
        Assert.Contains("Nobody on this register is called “Zoe”", (await page.Submit("Find", ("find", "Zoe"), Mark(hall, 0, "attended"))).Text);
        Assert.Equal(1, await Marks(hall));
        Assert.Equal(Register(hall), (await page.Submit("Find", ("find", "adeyemi"))).Path);
    }

    [Fact]
    public async Task A_hall_of_three_hundred_is_one_form_and_as_many_statements_as_a_room_of_one()
    {
        var (room, hall) = (await Hall.Open(ground, people: 1), await Hall.Open(ground, people: 1));
        await ground.Sql($"""
            insert into persons (id, given_name, family_name, created_at) select gen_random_uuid(), 'Many', 'People' || n, now() from generate_series(1, 300) n;
            update sessions set capacity = 400, changed_at = now() where id = '{hall.Session.Id}';
            insert into bookings (id, session_id, person_id, state, booked_at, state_at)
            select gen_random_uuid(), '{hall.Session.Id}', id, 'confirmed', now(), now() from persons where given_name = 'Many'
            """);
        var count = new StatementCount();
        await using var site = await count.SiteAsync(ground);
        var unit = await site.SignedInAsync((await Given.Unit()).Id);
        await unit.Get(Register(room));

        var one = await count.Of(() => unit.Get(Register(room)));
        Page page = null!;
        Assert.Equal(one, await count.Of(async () => page = await unit.Get(Register(hall))));
        Assert.InRange(one, 1, 9);
        var (saveOne, saveAll) = (
            await count.Of(async () => await (await unit.Get(Register(room))).Submit("Mark the rest: did not attend")), await count.Of(async () => await (await unit.Get(Register(hall))).Submit("Mark the rest: did not attend")));
        Assert.Equal(saveOne, saveAll);
        Assert.Equal(301, await Marks(hall));

        await (await unit.Get(Register(hall))).Submit("Save the register", [.. page.Document.QuerySelectorAll("input[value=attended]").Select(radio => (radio.GetAttribute("name")!, (string?)"attended"))]);
        Assert.Equal(602, await Marks(hall));
    }

    public Task InitializeAsync()
    {
        ground.Clock.Set("2024-05-15 16:00");
        return Task.CompletedTask;
    }

    public Task DisposeAsync() => Task.CompletedTask;

    private async Task<Visitor> As(Person person) => await (await ground.SiteAsync()).SignedInAsync(person.Id);

    private static string Register(Hall hall) => $"/register/{hall.Session.Ref}";

    private static string Field(string field, Hall hall, int person) => RowInput.FieldOf(field, hall.People[person].Id);

    private static (string Name, string? Value) Mark(Hall hall, int person, string mark) => (Field("mark", hall, person), mark);

    private Task<long> Marks(Hall hall) => ground.Sql<long>($"select count(*) from marks where session_id = '{hall.Session.Id}'");
}
