using System.Globalization;
using System.Text;
using Bogus;

namespace Learning.Demonstration;

/// <summary>Names as a coastal English town has them, and one unused address for each.</summary>
internal sealed class InventedNames
{
    private readonly Randomizer _chance = Chance.For("names");
    private readonly (List<string> Given, List<string> Family) _british = Facts.Names();
    private readonly Faker[] _others;
    private readonly HashSet<string> _taken = [];

    public InventedNames() =>
        _others = [.. new[] { "en_NG", "en_IND", "pl", "pt_PT" }.Select(locale => new Faker(locale) { Random = _chance })];

    public (string Given, string Family) Next()
    {
        if (_chance.Bool(0.82f))
            return (_chance.ListItem(_british.Given), _chance.ListItem(_british.Family));
        var elsewhere = _chance.ArrayElement(_others);
        return (elsewhere.Name.FirstName(), elsewhere.Name.LastName());
    }

    /// <summary>given.family@domain, with a number where two people share a name; an address is one person's (P6).</summary>
    public string Address(string given, string family, string domain)
    {
        var name = Plain(given) + "." + Plain(family);
        var address = $"{name}@{domain}";
        for (var number = 2; !_taken.Add(address); number++)
            address = $"{name}{number}@{domain}";
        return address;
    }

    public void Take(string address) => _taken.Add(address);

    private static string Plain(string name)
    {
        var plain = new StringBuilder();
        foreach (var letter in name.ToLowerInvariant().Replace('ł', 'l').Normalize(NormalizationForm.FormD))
        {
            if (char.IsAsciiLetterLower(letter))
                plain.Append(letter);
            else if (CharUnicodeInfo.GetUnicodeCategory(letter) is not UnicodeCategory.NonSpacingMark && plain.Length > 0 && plain[^1] != '-')
                plain.Append('-');
        }
        return plain.ToString().Trim('-');
    }
}
