using Learning.Figures;

namespace Learning.Tests.Reports;

/// <summary>C1: what a sentence claims, and whether a figure bears it out.</summary>
public sealed class ClaimRuleTests
{
    private const string Professionals = "measure: people, who: professionals";

    [Theory] // C1: green at 501, red at 500 and 499, red when it counts attendances, red when it counts everyone
    [InlineData(Professionals, 501, "Agrees")]
    [InlineData(Professionals, 500, "Says over 500, and it is 500")]
    [InlineData(Professionals, 499, "Says over 500, and it is 499")]
    [InlineData("measure: people", 501, "Counts everyone, says professionals")]
    [InlineData("measure: attendances, who: professionals", 501, "Counts attendances, says professionals")]
    [InlineData("measure: attendances", 501, "Counts attendances, says professionals")]
    [InlineData("measure: completions", 501, "Counts completions, says professionals")]
    [InlineData("measure: places_offered", 501, "Counts places, says professionals")]
    public void Over_500_professionals(string keys, int value, string words) => Assert.Equal(words, Check("over 500 professionals have now been trained", keys, value).Words);

    [Theory] // C1, F5: the sentences that were published, each as its words say it
    [InlineData("8 courses created by the SSP", "measure: courses_available", 8, true)]
    [InlineData("a further 10 courses from Southend-on-Sea City Council made accessible to all partners", "measure: courses_available", 10, true)]
    [InlineData("attended by over 160 practitioners", "measure: attendances", 163, false)]
    [InlineData("approximately 160 staff", "measure: attendances", 163, false)]
    [InlineData("approximately 160 staff", Professionals, 163, true)]
    [InlineData("approximately 160 staff", Professionals, 165, false)]
    [InlineData("over 210 attendees", "measure: people", 213, true)]
    [InlineData("on average 40 professionals across education", "measure: average_attendance, who: professionals", 40, true)]
    [InlineData("on average 40 professionals across education", "measure: average_attendance", 40, false)]
    [InlineData("40 professionals across education", "measure: average_attendance, who: professionals", 40, false)]
    [InlineData("on average 40 professionals", Professionals, 40, false)]
    [InlineData("the facility of 20 trainers", "measure: trainers_active", 20, true)]
    [InlineData("the 5 workshops in January", "measure: sessions_held", 5, true)]
    [InlineData("approximately 40 people attended the session", "measure: people", 41, true)]
    [InlineData("over 180 Adult Care Service professionals", Professionals, 183, true)]
    [InlineData("17 training sessions suspended (10 adult and 2 children's are named)", "measure: sessions_cancelled", 17, true)]
    [InlineData("585 training places = 325 adults and 260 children's", "measure: places_lost", 585, true)]
    public void Published_phrases(string sentence, string keys, int value, bool agrees) => Assert.Equal(agrees, Check(sentence, keys, value).Holds == ClaimHolds.Agrees);

    [Theory] // C1: the number is the one that the sentence counts; years, dates and levels are none
    [InlineData("In 2023/24 over 500 professionals were trained at level 3", ClaimedManner.Over, 500)]
    [InlineData("By 31 March 2024, 512 people had been trained", ClaimedManner.Exactly, 512)]
    [InlineData("From 20 to 24 November 163 people came", ClaimedManner.Exactly, 163)]
    [InlineData("In 2024 1,234 people came", ClaimedManner.Exactly, 1234)]
    [InlineData("At least two hundred people came", ClaimedManner.AtLeast, 200)]
    [InlineData("Five workshops", ClaimedManner.Exactly, 5)]
    [InlineData("500+ people", ClaimedManner.AtLeast, 500)]
    [InlineData("500 or more people", ClaimedManner.AtLeast, 500)]
    [InlineData("No more than 12 people", ClaimedManner.AtMost, 12)]
    [InlineData("Fewer than 12 people", ClaimedManner.Under, 12)]
    [InlineData("nearly 500 people", ClaimedManner.Nearly, 500)]
    [InlineData("More than 500 people, of about 600", ClaimedManner.Over, 500)]
    [InlineData("Moreover 500 people", ClaimedManner.Exactly, 500)]
    [InlineData("2024 people", ClaimedManner.Exactly, 2024)]
    public void Its_number_is_found(string sentence, ClaimedManner manner, double number)
    {
        var claimed = ClaimWords.Read(sentence)!;
        Assert.Equal((manner, number), (claimed.Manner, claimed.Number));
    }

    [Theory] // C2, F3: a percentage is one, and what is not known bears out nothing
    [InlineData("84% of places were filled", "measure: fill_rate", 0.836, "Agrees")]
    [InlineData("84 per cent of places were filled", "measure: fill_rate", 0.85, "Says 84%, and it is 85%")]
    [InlineData("84 places were filled", "measure: fill_rate", 0.84, "Is a percentage, and the sentence does not say so")]
    [InlineData("84% of people", "measure: people", 84.0, "Counts people, says a percentage")]
    [InlineData("84% of places were filled", "measure: fill_rate", null, "The figure is not known")]
    [InlineData("512 people", Professionals, 512.0, "Counts professionals only, says people")]
    [InlineData("Many people came", "measure: people", 512.0, "Says no number that can be checked")]
    [InlineData("In November 2023", "measure: people", 512.0, "Says no number that can be checked")]
    public void Rates_and_what_is_not_known(string sentence, string keys, double? value, string words) => Assert.Equal(words, Check(sentence, keys, value).Words);

    private static ClaimVerdict Check(string sentence, string keys, double? value) =>
        ClaimRule.Check(sentence, ReadReport.Text("t.yaml", $"report: t\nperiod: {{from: 2024-04-01, to: 2025-04-01}}\nfigures: [{{id: it, {keys}}}]\n").Figures[0], value);
}
