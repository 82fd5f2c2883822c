using Learning.Accounts;
using Learning.People;
using Learning.Records;
using Learning.Tests.Accounts;
using Learning.Tests.Membership;
using Learning.Tests.Support;

namespace Learning.Tests.Records;

/// <summary>Whoever is merged signs in to the account that counts, behind what protects that one (P3); a passkey of the other is in SecondStepJourneyTests.</summary>
public class MergedSignInTests(Ground ground) : IClassFixture<Ground>
{
    [Fact] // P3
    public async Task A_link_of_before_is_good_no_more_and_one_of_after_opens_the_account_that_counts_behind_its_second_step()
    {
        var (kept, other) = (await ground.Given.Person(), await ground.Given.Person(email: "merged@agency.example"));
        var phone = await LostPhone.AppAsync(ground, kept);
        await new Doorstep(ground).With((AskForCode ask) => ask.RunAsync("merged@agency.example", null));
        var before = await MailedCode.NewestAsync(ground, "merged@agency.example");
        var site = await ground.SiteAsync();
        var open = await site.Visitor().Get(before.Path);
        Assert.IsType<MergeOutcome.Done>(await ground.With((MergePerson merge) => merge.RunAsync(kept.Id, other.Id, "One and the same", Actor.Machine)));

        Assert.Contains("This link is good no more", (await open.Submit("Sign in")).Text);
        await new Doorstep(ground).With((AskForCode ask) => ask.RunAsync("merged@agency.example", null));
        var after = await (await site.Visitor().Get((await MailedCode.NewestAsync(ground, "merged@agency.example")).Path)).Submit("Sign in");

        Assert.Equal(FinishSignIn.SecondStep, after.Path);
        Assert.Equal("/my", (await after.Submit("Go on", ("Input.Code", phone.Code(ground.Zone.Now)))).Path);
        Assert.Equal(kept.Id, await ground.Sql<Guid>($"select person_id from accounts a join account_sessions s on s.account_id = a.id where a.person_id in ('{kept.Id}', '{other.Id}')"));
    }

    [Fact] // P3: begun before, finished after
    public async Task A_sign_in_that_was_half_finished_at_the_merge_is_finished_no_more()
    {
        var (kept, lost) = (await ground.Given.Person(), await LostPhone.In(ground));
        var half = await lost.HalfwayAsync();
        Assert.IsType<MergeOutcome.Done>(await ground.With((MergePerson merge) => merge.RunAsync(kept.Id, lost.Person.Id, "One and the same", Actor.Machine)));

        Assert.Contains("within ten minutes", (await half.Submit("Go on", ("Input.Code", lost.Phone.Code(ground.Zone.Now)))).Text);
        Assert.Equal(0, await ground.Sql<long>($"select count(*) from account_sessions s join accounts a on a.id = s.account_id where a.person_id = '{lost.Person.Id}'"));
    }
}
