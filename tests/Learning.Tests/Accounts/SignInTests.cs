using System.Net;

using Learning.Tests.Support;

namespace Learning.Tests.Accounts;

public class SignInTests(Ground ground) : IClassFixture<Ground>
{
    [Fact]
    public async Task A_person_signs_in_and_out_again()
    {
        var person = await ground.Given.Person(given: "Amara", family: "Osei");
        var visitor = await (await ground.SiteAsync()).SignedInAsync(person.Id);

        var account = await visitor.Get("/account");
        Assert.Contains("Amara Osei", account.Text);

        await account.Submit("Sign out");
        Assert.StartsWith("/account/sign-in", (await visitor.Get("/account")).Path);
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_address_get_the_same_sentence_and_keep_what_was_typed()
    {
        var person = await ground.Given.Person(email: "known@agency.example");
        var site = await ground.SiteAsync();
        await site.SignedInAsync(person.Id);

        var texts = new List<string>();
        foreach (var email in new[] { "known@agency.example", "unknown@agency.example" })
        {
            var page = await (await site.Visitor().Get("/account/sign-in")).Submit("Sign in", ("Input.Email", email), ("Input.Password", "not the password"));
            Assert.Contains(email, page.Document.QuerySelector("[name='Input.Email']")!.GetAttribute("value")!);
            texts.Add(page.Text);
        }

        Assert.Equal(texts[0], texts[1]);
        Assert.Contains("do not belong together", texts[0]);
    }

    [Fact] // S1
    public async Task Nobody_signed_in_is_sent_to_sign_in_and_the_API_answers_401()
    {
        var visitor = (await ground.SiteAsync()).Visitor();
        Assert.StartsWith("/account/sign-in?returnUrl=", (await visitor.Get("/account")).Path);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.Get("/no-such-page")).Status);
    }

    [Theory]
    [InlineData("https://elsewhere.example/")]
    [InlineData("//elsewhere.example/")]
    [InlineData("/\\elsewhere.example")]
    public async Task Signing_in_never_leads_to_another_site(string returnUrl)
    {
        var person = await ground.Given.Person();
        var site = await ground.SiteAsync();
        await site.SignedInAsync(person.Id);
        await using var db = ground.Db();
        var email = db.PersonEmails.Single(row => row.PersonId == person.Id).Email;

        var page = await site.Visitor().Get($"/account/sign-in?returnUrl={Uri.EscapeDataString(returnUrl)}");
        var after = await page.Submit("Sign in", ("Input.Email", email), ("Input.Password", "Learning-test-1"));

        Assert.StartsWith("/my", after.Path);
    }
}
