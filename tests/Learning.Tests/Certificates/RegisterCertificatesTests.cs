using Learning.Attendance;
using Learning.Certificates;
using Learning.Records;
using Learning.Tests.Attendance;
using Learning.Tests.Support;

namespace Learning.Tests.Certificates;

/// <summary>E5, A6, A7: a signed register gives certificates, and a corrected one takes them back.</summary>
public sealed class RegisterCertificatesTests(Ground ground) : IClassFixture<Ground>
{
    private readonly Granting granting = new(ground);

    [Fact] // E5, A7, A2: a signed register, the share of parts, the substitute who came
    public async Task Whoever_attended_a_signed_session_gets_one_and_nobody_else()
    {
        ground.Clock.Set("2024-05-15 16:00");
        var came = await ground.Given.Person(given: "Cam");
        var hall = await GrantedHallAsync(4);
        await hall.Sent("paper", hall.Mark(hall.People[0].Id), hall.Mark(hall.People[1].Id, MarkKind.Dna), hall.Mark(hall.People[2].Id, MarkKind.Part, 30), hall.Mark(hall.People[3].Id, MarkKind.Substitute, substitute: came.Id));
        Assert.Equal(0, (await granting.IssueAsync()).Issued);
        await hall.Sign();
        Assert.Equal(2, (await granting.IssueAsync()).Issued);
        Assert.Equal(0, (await granting.IssueAsync()).Issued);
        Assert.Single(await granting.OfAsync(hall.People[0]));
        Assert.Single(await granting.OfAsync(came));
        Assert.Equal([""], await granting.LettersAsync((await granting.OfAsync(came))[0]));
        foreach (var who in hall.People.Skip(1))
        {
            Assert.Empty(await granting.OfAsync(who));
        }
    }

    [Fact] // E5, A6: corrected away, it is revoked with a reason; corrected back, another replaces it
    public async Task A_corrected_register_revokes_a_certificate_and_corrected_again_issues_another()
    {
        ground.Clock.Set("2024-05-15 16:00");
        var hall = await GrantedHallAsync(2);
        await hall.Signed();
        await granting.IssueAsync();
        var first = Assert.Single(await granting.OfAsync(hall.People[0]));

        await CorrectAsync(hall, MarkKind.Dna);
        var round = await granting.IssueAsync();
        Assert.Equal((0, 1), (round.Issued, round.Revoked));
        var revoked = await granting.AgainAsync(first);
        Assert.Equal((CertificateState.Revoked, IssueCertificates.ByRegister), (revoked.On(ground.Zone.Today), revoked.RevokedBecause));
        Assert.Equal(["", "revoked"], await granting.LettersAsync(first));
        Assert.Single(await granting.OfAsync(hall.People[1]), one => one.Stands);

        await CorrectAsync(hall, MarkKind.Attended);
        Assert.Equal(1, (await granting.IssueAsync()).Issued);
        var both = await granting.OfAsync(hall.People[0]);
        Assert.Equal((2, true), (both.Count, both[0].Replaces));
        Assert.Equal(both[0].Id, (await granting.AgainAsync(first)).ReplacedById);
        Assert.NotEqual(first.Number, both[0].Number);
    }

    [Fact] // E5, A6: whoever corrects a register reads it before
    public async Task The_page_of_a_correction_says_that_a_certificate_is_revoked()
    {
        ground.Clock.Set("2024-05-15 16:00");
        var (hall, unit) = (await GrantedHallAsync(1), await ground.Given.Unit());
        await hall.Signed();
        var page = await (await (await ground.SiteAsync()).SignedInAsync(unit.Id)).Get($"/manage/sessions/{hall.Session.Ref}/attendance/{hall.People[0].Id}");
        Assert.DoesNotContain("certificate", (await page.Submit("Show what changes", ("mark-1", "dna"))).Text);
        await granting.IssueAsync();
        Assert.Contains("Their certificate for it is revoked, and they are told.", (await page.Submit("Show what changes", ("mark-1", "dna"))).Text);
    }

    [Fact] // E5: what the business unit revoked, no later signature issues again
    public async Task What_the_unit_revoked_stays_revoked()
    {
        ground.Clock.Set("2024-05-15 16:00");
        var (hall, unit) = (await GrantedHallAsync(2), await ground.Given.Unit());
        await hall.Signed();
        await granting.IssueAsync();
        var certificate = Assert.Single(await granting.OfAsync(hall.People[1]));
        Assert.IsType<RevokeOutcome.Revoked>(await granting.RevokeAsync(certificate, unit));
        await CorrectAsync(hall, MarkKind.Dna);
        await CorrectAsync(hall, MarkKind.Attended);
        await granting.IssueAsync();
        Assert.Equal(certificate.Id, Assert.Single(await granting.OfAsync(hall.People[1])).Id);
    }

    [Fact] // E5, A6: while it is open again nothing is taken away
    public async Task A_register_that_is_open_again_revokes_nothing()
    {
        ground.Clock.Set("2024-05-15 16:00");
        var hall = await GrantedHallAsync(1);
        await hall.Signed();
        await granting.IssueAsync();
        await hall.Sent("late", hall.Mark(hall.People[0].Id, MarkKind.Dna));
        Assert.Equal(0, (await granting.IssueAsync()).Revoked);
        await hall.Sign();
        Assert.Equal(1, (await granting.IssueAsync()).Revoked);
    }

    [Fact] // P3: two records of one person on one register, and what each had before the merge
    public async Task Who_has_two_records_gets_one_and_sees_those_of_both()
    {
        ground.Clock.Set("2024-05-15 16:00");
        var (hall, unit) = (await GrantedHallAsync(2), await ground.Given.Actor(await ground.Given.Unit()));
        var (_, before) = await granting.HolderAsync();
        Assert.IsType<MergeOutcome.Done>(await ground.With((MergePerson merge) => merge.RunAsync(hall.People[0].Id, hall.People[1].Id, "They are one.", unit)));
        Assert.IsType<MergeOutcome.Done>(await ground.With((MergePerson merge) => merge.RunAsync(hall.People[0].Id, before.PersonId, "They are one, too.", unit)));
        await hall.Signed();
        Assert.Equal(1, (await granting.IssueAsync()).Issued);
        Assert.Equal(2, (await granting.OfAsync(hall.People[0])).Count);
    }

    private async Task<Hall> GrantedHallAsync(int people)
    {
        var hall = await Hall.Open(ground, people);
        await ground.Sql($"update courses set certificates_from = '2024-01-01' where id = '{hall.Session.CourseId}'");
        return hall;
    }

    private async Task CorrectAsync(Hall hall, MarkKind mark)
    {
        ground.Clock.Advance(TimeSpan.FromHours(1));
        var unit = await ground.Given.Actor(await ground.Given.Unit());
        Assert.IsType<CorrectionOutcome.Done>(await ground.With((CorrectMarks correct) => correct.RunAsync(hall.Session.Ref, hall.People[0].Id, [new Correction(hall.Part, mark)], "A mistake", unit)));
    }
}
