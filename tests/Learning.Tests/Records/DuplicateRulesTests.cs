using Learning.Records;

namespace Learning.Tests.Records;

/// <summary>Which records look like one human being (P3).</summary>
public class DuplicateRulesTests
{
    [Theory]
    [InlineData("Amara Osei amara.osei@council.example Council", "amara OSEI amara.osei@police.example Police", "the same name")]
    [InlineData("Amara Osei amara.osei@council.example Council", "amara OSEI amara.osei@police.example Police", "addresses that begin alike (amara.osei@)")]
    [InlineData("Amara Osei - Council", "Osei Amara - Police", "the same names the other way round")]
    [InlineData("Sam Hill - Council", "Samantha Hill - Council", "the same family name, and a given name that begins the other")]
    [InlineData("Sam Hill - Council", "Samantha Hill - Council", "the same agency (Council)")]
    [InlineData("A. Osei a.osei@council.example Council", "Amara Osei a.osei@police.example Police", "addresses that begin alike (a.osei@)")]
    public void They_look_alike_because_of(string one, string two, string reason)
    {
        Assert.Contains(reason, DuplicateRules.Reasons(Side(one), Side(two)));
        Assert.Contains(reason, DuplicateRules.Reasons(Side(two), Side(one)));
    }

    [Theory]
    [InlineData("Sam Hill - Council", "Samantha Hill - Police")] // a short name alone says little
    [InlineData("Sam Hill - Council", "Tom Hill - Council")] // brothers, or nobody to each other
    [InlineData("Sam Hill reception@council.example Council", "Tom Brook reception@police.example Police")] // a desk's address
    [InlineData("Sam Hill sam.hill@council.example Council", "Tom Brook sam.hill@police.example Police")] // nothing else is alike
    [InlineData("Sam Hill - -", "Sam Brook - -")]
    public void They_do_not_look_alike(string one, string two) => Assert.Empty(DuplicateRules.Reasons(Side(one), Side(two)));

    private static DuplicateSide Side(string text) => text.Split(' ') is [var given, var family, var email, var agency]
        ? new(Guid.CreateVersion7(), given, family, email == "-" ? [] : [email], agency == "-" ? [] : [agency], HasAccount: false) : throw new ArgumentException(text);
}
