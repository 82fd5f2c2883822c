using System.Text.Json;

using Learning.Attendance;
using Learning.Figures;
using Learning.People;

namespace Learning.Tests.Reports;

/// <summary>C1: sentences bound to figures, by those who may, and red as soon as they do not hold.</summary>
public sealed class ClaimsTests(SigningSite site) : IClassFixture<SigningSite>
{
    [Fact] // C1, P3: "over 10 professionals" turns red when a merge brings the count to 10
    public async Task A_sentence_turns_red_when_a_merge_brings_the_count_down()
    {
        site.Ground.Clock.Set("2025-05-15 09:00");
        var course = await site.Told.Given.Course();
        var (_, people) = await site.Held(course, 11);
        var report = await site.Report(course, "pros: measure: people, who: professionals", "all: measure: people", "times: measure: attendances");
        var unit = await site.As(Role.BusinessUnit);
        await (await unit.Get($"/reports/{report}")).Submit("Count now");
        await site.CountedAsync();
        foreach (var figure in new[] { "pros", "all", "times" })
        {
            await (await unit.Get($"/reports/{report}/claims")).Submit("Keep this sentence", ("Input.Sentence", "Over 10 professionals have been trained"), ("Input.Figure", figure), ("Input.Do", "keep"));
        }

        Assert.Equal(["Agrees", "Counts everyone, says professionals", "Counts attendances, says professionals"], await VerdictsAsync(report));
        await site.Told.Merge(people[0], people[1], "2025-05-15 10:00");
        site.Ground.Clock.Set("2025-05-15 11:00");
        unit = await site.As(Role.BusinessUnit);
        await (await unit.Get($"/reports/{report}")).Submit("Count again now");
        await site.CountedAsync();
        Assert.Equal("Says over 10, and it is 10", (await VerdictsAsync(report))[0]);
        Assert.Contains("Says over 10, and it is 10", (await unit.Get($"/reports/{report}")).Text, StringComparison.Ordinal);
    }

    [Fact] // C1, F8: of a signed figure the sentence holds by what is signed, and says that it would not hold any more
    public async Task A_signed_sentence_says_when_it_would_hold_no_more()
    {
        site.Ground.Clock.Set("2025-05-15 09:00");
        var course = await site.Told.Given.Course();
        var (session, people) = await site.Held(course, 11);
        var report = await site.Report(course, "all: measure: people");
        await site.Sign(report, await site.Chair());
        var unit = await site.As(Role.BusinessUnit);
        await (await unit.Get($"/reports/{report}/claims")).Submit("Keep this sentence", ("Input.Sentence", "over 10 people"), ("Input.Figure", "all"), ("Input.Do", "keep"));
        await site.Told.Mark(session, people[0], MarkKind.Dna, at: "2025-05-20 10:00");
        site.Ground.Clock.Set("2025-06-01 09:00");
        unit = await site.As(Role.BusinessUnit);
        await (await unit.Get($"/reports/{report}")).Submit("Count again now");
        await site.CountedAsync();
        Assert.Contains("Counted again: Says over 10, and it is 10", (await unit.Get($"/reports/{report}/claims")).Text, StringComparison.Ordinal);
    }

    [Fact] // C1: as it is typed, with a script and without; nothing is kept by looking
    public async Task A_sentence_is_checked_as_it_is_typed()
    {
        site.Ground.Clock.Set("2025-05-15 09:00");
        var course = await site.Told.Given.Course();
        await site.Held(course, 7);
        var report = await site.Report(course, "all: measure: people");
        var chair = await site.As(Role.Chair);
        await (await chair.Get($"/reports/{report}")).Submit("Count now");
        await site.CountedAsync();
        using var typed = JsonDocument.Parse(await chair.Http.GetStringAsync($"/reports/{report}/claims/check?figure=all&sentence=over%207%20people"));
        Assert.Equal(("bad", "Says over 7, and it is 7"), (typed.RootElement.GetProperty("holds").GetString(), typed.RootElement.GetProperty("words").GetString()));
        using var nothing = JsonDocument.Parse(await chair.Http.GetStringAsync($"/reports/{report}/claims/check?figure=none&sentence=over%207%20people"));
        Assert.Equal("", nothing.RootElement.GetProperty("words").GetString());
        var page = await (await chair.Get($"/reports/{report}/claims")).Submit("Check it", ("Input.Sentence", "over 6 people"), ("Input.Figure", "all"), ("Input.Do", "check"));
        Assert.Contains("Agrees", page.Document.QuerySelector("[data-checked]")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(0L, await site.Ground.Sql<long>($"select count(*) from claims where report = '{report}'"));
    }

    [Theory] // C1: what cannot be bound is refused beside its field, and what was typed stays
    [InlineData("", "all", "Write the sentence that you mean to publish")]
    [InlineData("Many people came", "all", "The sentence says no number, so there is nothing to check.")]
    [InlineData("7 people <b>came</b>", "none", "Choose the figure that the sentence is about")]
    public async Task What_cannot_be_bound_is_refused(string sentence, string figure, string refusal)
    {
        var course = await site.Told.Given.Course();
        var report = await site.Report(course, "all: measure: people");
        var page = await (await (await site.As(Role.BusinessUnit)).Get($"/reports/{report}/claims")).Submit("Keep this sentence", ("Input.Sentence", sentence), ("Input.Figure", figure), ("Input.Do", "keep"));
        Assert.Contains(refusal, page.Text, StringComparison.Ordinal);
        Assert.Equal(sentence, page.Document.QuerySelector("textarea")!.TextContent.Trim());
        Assert.Equal(0L, await site.Ground.Sql<long>($"select count(*) from claims where report = '{report}'"));
    }

    [Fact] // S1: the unit and the chair bind and withdraw
    public async Task Others_do_not_bind_sentences()
    {
        var report = await site.Report(await site.Told.Given.Course(), "all: measure: people");
        var person = await site.Told.Given.Person();
        await site.Told.Given.Role(person, Role.SubgroupMember);
        var subgroup = await site.Told.Given.Actor(person);
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => site.With((KeepClaim keep) => keep.RunAsync(report, "all", "7 people", subgroup)));
        var chair = await site.Chair();
        Assert.Null(await site.With((KeepClaim keep) => keep.RunAsync(report, "all", "7 people", chair)));
        var id = await site.Ground.Sql<Guid>($"select id from claims where report = '{report}'");
        await site.With(async (KeepClaim keep) => { await keep.WithdrawAsync(report, id, chair); return 0; });
        Assert.Empty(await VerdictsAsync(report));
    }

    [Fact] // C1: what was published is loaded with its source, and contradicts itself
    public async Task Published_phrases_are_claims_with_their_source()
    {
        var claims = new PublishedClaims(Path.Combine(AppContext.BaseDirectory, "content", "claims"));
        var week = (await claims.OfAsync("2023-24", default)).Where(claim => claim.Figure == "saw-attendances").ToList();
        Assert.Equal(["attended by over 160 practitioners", "approximately 160 staff"], week.Select(claim => claim.Sentence));
        Assert.All(week, claim => Assert.StartsWith("2023/2024 Annual Report Easy Read", claim.Source, StringComparison.Ordinal));
        foreach (var report in new[] { "2023-24", "2020-21" })
        {
            var definition = await ReadReport.FileAsync(Path.Combine(AppContext.BaseDirectory, "content", "reports", $"{report}.yaml"), default);
            Assert.All(await claims.OfAsync(report, default), claim => Assert.NotNull(definition.Find(claim.Figure)));
        }

        Assert.Empty(await claims.OfAsync("none", default));
    }

    private async Task<IReadOnlyList<string>> VerdictsAsync(string report)
    {
        var shown = await site.With((ShowReport show) => show.FindAsync(report, null, Actor.Machine, default));
        return [.. (await site.With((CheckClaims check) => check.OfAsync(shown!, Actor.Machine, default))).Select(claim => claim.Verdict.Words)];
    }
}
