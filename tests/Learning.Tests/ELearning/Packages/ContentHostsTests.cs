using Learning.ELearning.Packages;

namespace Learning.Tests.ELearning.Packages;

/// <summary>E4: a package shows what it brings; other hosts are the installation's to name.</summary>
public sealed class ContentHostsTests
{
    [Fact] // E4
    public void Hosts_are_named_as_addresses()
    {
        Assert.Equal("", ContentHosts.Of(null).Sources);
        Assert.Equal(" https://ajax.example https://films.example:8443", ContentHosts.Of("https://ajax.example, https://films.example:8443/").Sources);
    }

    [Theory] // E4: nothing that would open a policy further than to a host
    [InlineData("*")]
    [InlineData("https:")]
    [InlineData("https://*.example")]
    [InlineData("http://ajax.example")]
    [InlineData("https://ajax.example/path")]
    [InlineData("https://me@ajax.example")]
    [InlineData("'unsafe-inline'")]
    [InlineData("https://ajax.example;script-src")]
    public void Whatever_is_no_host_is_refused_with_a_sentence(string given) =>
        Assert.Contains("LEARNING_CONTENT_HOSTS", Assert.Throws<FormatException>(() => ContentHosts.Of(given)).Message, StringComparison.Ordinal);
}
