using FsCheck;
using FsCheck.Fluent;

using Learning.Figures;

namespace Learning.Tests.Figures;

/// <summary>F5: a phrase never says more than the number, and says it as closely as its rule allows.</summary>
public sealed class PhraseRuleTests
{
    [Theory] // F5, C1: 501 is over 500; 500 and 499 are not
    [InlineData(512, "over 100", "over 500")]
    [InlineData(501, "over 100", "over 500")]
    [InlineData(500, "over 100", "500")]
    [InlineData(499, "over 100", "over 400")]
    [InlineData(210, "over 10", "210")]
    [InlineData(213, "over 10", "over 210")]
    [InlineData(1_234, "over 100", "over 1,200")]
    [InlineData(87, "over 100", "87")]
    [InlineData(0, "over 10", "0")]
    [InlineData(163, "approximately 10", "approximately 160")]
    [InlineData(165, "approximately 10", "approximately 170")]
    [InlineData(41, "approximately 10", "approximately 40")]
    [InlineData(3, "approximately 10", "3")]
    [InlineData(40.25, "exact", "40.3")]
    [InlineData(1_234, "exact", "1,234")]
    public void Numbers_are_said(double value, string rule, string expected) => Assert.Equal(expected, Rule(rule).Say(value));

    [Fact] // F3: what has no denominator is not known, whatever the rule; a share is said in per cent
    public void A_share_is_said_in_per_cent()
    {
        Assert.All(PhraseRule.All, rule => Assert.Equal("not known", Rule(rule).Say(null)));
        Assert.Equal("84.6%", PhraseRule.Exact.Say(11.0 / 13, share: true));
        Assert.Equal("over 80%", Rule("over 10").Say(11.0 / 13, share: true));
        Assert.Equal("100%", PhraseRule.Exact.Say(1, share: true));
    }

    [Fact] // F5: "over n" is true of the number, and of no larger round n
    public void Over_is_true_and_the_closest() => Prop.ForAll(ArbMap.Default.ArbFor<uint>(), ArbMap.Default.ArbFor<bool>(), (value, tens) =>
    {
        var (number, step) = (value % 100_000, tens ? 10u : 100u);
        var said = Rule($"over {step}").Say(number);
        var round = uint.Parse(said.Replace("over ", "", StringComparison.Ordinal).Replace(",", "", StringComparison.Ordinal));
        return said.StartsWith("over ", StringComparison.Ordinal)
            ? round % step == 0 && round > 0 && number > round && number < round + step
            : round == number && (number % step == 0 || number < step);
    }).QuickCheckThrowOnFailure();

    [Fact] // F5: approximately is within five
    public void Approximately_is_the_nearest_ten() => Prop.ForAll(ArbMap.Default.ArbFor<uint>(), value =>
    {
        var number = value % 100_000;
        var said = Rule("approximately 10").Say(number);
        var round = int.Parse(said.Replace("approximately ", "", StringComparison.Ordinal).Replace(",", "", StringComparison.Ordinal));
        return Math.Abs(round - (int)number) <= 5 && (said.StartsWith("approx", StringComparison.Ordinal) ? round % 10 == 0 : round == number && number < 5);
    }).QuickCheckThrowOnFailure();

    private static PhraseRule Rule(string words) => PhraseRule.TryParse(words, out var rule) ? rule : throw new ArgumentException(words);
}
