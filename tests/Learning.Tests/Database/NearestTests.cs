using Learning.Database;

namespace Learning.Tests.Database;

/// <summary>What somebody may have meant by a name that nobody has.</summary>
public class NearestTests
{
    private static readonly string[] Known = ["people", "places", "pupils", "GCP2"];

    [Theory]
    [InlineData("sectr", "sector", 1)]
    [InlineData("nmae", "name", 1)]
    [InlineData("Emial", "email", 1)]
    [InlineData("", "name", 4)]
    [InlineData("venue", "venue", 0)]
    public void Slips_are_counted_as_people_make_them(string one, string other, int slips) => Assert.Equal(slips, Nearest.Slips(one, other));

    [Theory]
    [InlineData("peolpe", " (did you mean 'people'?)")]
    [InlineData("GCP", " (did you mean 'GCP2'?)")]
    [InlineData("gcp2", " (did you mean 'GCP2'?)")]
    [InlineData("attendances", "")]
    public void Only_what_is_near_is_offered(string word, string offer) => Assert.Equal(offer, Nearest.Offer(word, Known));

    [Fact]
    public void Of_two_that_are_as_near_the_first_in_the_alphabet_is_offered() => Assert.Equal("cat", Nearest.Near("rat", ["mat", "cat"]));

    [Fact]
    public void What_is_longer_than_any_name_is_not_compared() => Assert.Null(Nearest.Near(new string('a', 61), [new string('a', 61)]));
}
