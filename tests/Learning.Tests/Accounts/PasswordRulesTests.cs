using System.Runtime.CompilerServices;

using Learning.Accounts;
using Learning.Demonstration;

namespace Learning.Tests.Accounts;

/// <summary>Which passwords are taken (ASVS 5.0, 6.2).</summary>
public class PasswordRulesTests
{
    private static readonly IReadOnlySet<string> Commonest = new CommonestPasswords(Path.Combine(Path.GetDirectoryName(Here())!, "..", "..", "..", "content", "passwords")).Words;
    private static readonly string[] Amara = ["Amara", "O'Sei-Quaye", "amara.osei@childrens.council.example", "mimi84@home.example"];

    [Theory]
    [InlineData("kettle harbour violin")]
    [InlineData("purple-kettle-harbour")]
    [InlineData("correct kettle battery staple")]
    [InlineData("bJ8#qv0T!x2m")]
    [InlineData("830174629553")] // no letter at all
    [InlineData("мой чайник кипит")]
    [InlineData("咖啡杯子上有一只蓝色的猫咪")]
    [InlineData("a kettle o x")] // spaces count
    [InlineData(DemonstrationAccounts.Password)]
    public void A_password_of_any_kind_is_taken(string password) => Assert.Null(Why(password));

    [Theory]
    [InlineData("kettle violin", true)]
    [InlineData("kettleviola1", true)]
    [InlineData("kettleviola", false)]
    [InlineData("👩‍👩‍👧‍👦kettleviol", false)] // one character, however many codes
    [InlineData("", false)]
    public void Twelve_characters_are_enough_and_fewer_are_not(string password, bool taken) => Assert.Equal(taken, Why(password) is null);

    [Fact]
    public void A_hundred_characters_are_taken_and_what_has_no_end_is_not()
    {
        var words = string.Join(' ', Enumerable.Range(0, 40).Select(i => $"kettle{i}violin{i * i}"));
        Assert.Null(Why(words[..128]));
        Assert.NotNull(Why(words[..129]));
    }

    [Theory]
    [InlineData("Password1234")]
    [InlineData("P@ssw0rd-2024!")]
    [InlineData("passwordpassword")]
    [InlineData("Welcome!Welcome!")]
    [InlineData("liverpoolfc2024")]
    [InlineData("Iloveyou123456")]
    [InlineData("Summer-Winter-2024")]
    [InlineData("Safeguarding2024")]
    [InlineData("5outhend5afeguarding")]
    [InlineData("qwertyuiop123")]
    [InlineData("1qaz2wsx3edc")]
    [InlineData("zaq12wsxcde3")]
    [InlineData("123456789012")]
    [InlineData("abcdefghijklm")]
    [InlineData("aaaaaaaaaaaaaa")]
    [InlineData("abc1abc1abc1abc1")]
    [InlineData("121212121212")]
    [InlineData("correcthorsebatterystaple")]
    public void What_is_tried_first_is_refused_however_it_is_dressed_up(string password) => Assert.Contains("tried first", Why(password));

    [Theory]
    [InlineData("amara.osei@childrens.council.example")]
    [InlineData("Amara-Osei-1984")]
    [InlineData("Sei-Quaye-Amara-99")]
    [InlineData("mimi84mimi84mimi84")]
    [InlineData("AMARA!!!2024!!!")]
    public void Ones_own_name_and_address_are_refused(string password) => Assert.NotNull(Why(password));

    [Fact]
    public void A_name_inside_something_longer_is_no_harm() => Assert.Null(Why("amara boils the kettle"));

    [Fact] // ASVS 5.0, 6.2.4: at least the 3,000 commonest of those that are long enough
    public void More_than_three_thousand_common_passwords_are_refused()
    {
        var tried = (from word in Commonest
                     from dressed in new[] { word, char.ToUpperInvariant(word[0]) + word[1..], word.Replace('o', '0').Replace('a', '@'), word + word }
                     from end in new[] { "123", "1234", "12345678", "2023", "2024!", "!!!", "-01", "" }
                     select dressed + end).Where(password => password.Length >= PasswordRules.Shortest).Distinct().ToList();

        Assert.InRange(tried.Count, 3000, int.MaxValue);
        Assert.DoesNotContain(tried, password => Why(password) is null);
    }

    private static string? Why(string password) => PasswordRules.WhyNot(password, Commonest, Amara);

    private static string Here([CallerFilePath] string file = "") => file;
}
