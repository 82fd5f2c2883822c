namespace Learning.Membership;

/// <summary>
/// Reads people as they are typed or pasted, one a line or with semicolons between: an address, or a name and the address, "Amara Osei &lt;a.osei@agency.example&gt;" or
/// "Osei, Amara &lt;…&gt;", as mail programs write them. Columns are counted in characters.
/// </summary>
internal static class ReadTypedList
{
    public static Invitees From(string text)
    {
        var read = new Invitees();
        var line = 0;
        foreach (var written in text.ReplaceLineEndings("\n").Split('\n'))
        {
            line++;
            var at = 0;
            foreach (var item in written.Split(';'))
            {
                Read(item, line, at, read);
                at += item.Length + 1;
            }
        }

        return read;
    }

    private static void Read(string item, int line, int at, Invitees read)
    {
        var said = item.Trim().TrimEnd(',').Trim();
        if (said.Length == 0)
        {
            return;
        }

        read.Name();
        int Column(int within) => at + within + 1;
        var first = item.Length - item.TrimStart().Length;
        var open = item.LastIndexOf('<');
        if (open < 0)
        {
            if (read.Email(said, line, Column(first)) is { } plain)
            {
                read.Add(new Invitee(line, plain));
            }

            return;
        }

        var close = item.IndexOf('>', open);
        if (close < 0)
        {
            read.Mistake(line, Column(open), "This < has no > after the address");
            return;
        }

        var email = read.Email(item[(open + 1)..close].Trim(), line, Column(open + 1));
        var (given, family) = Split(item[..open].Trim().Trim('"', '\'').Trim());
        (given, family) = (read.Text(given ?? "", "given name", JoiningRules.LongestName, line, Column(first)), read.Text(family ?? "", "family name", JoiningRules.LongestName, line, Column(first)));
        if (item[(close + 1)..].Trim(' ', ',', '\t').Length > 0)
        {
            read.Mistake(line, Column(close + 1), "Something follows the address; put each person on a line of their own");
        }
        else if (email is not null)
        {
            read.Add(new Invitee(line, email, given, family));
        }
    }

    // "Mary Ann Lee" is Mary Ann, of family name Lee; "Lee, Mary Ann" is the same. Whoever is invited corrects it.
    private static (string? Given, string? Family) Split(string name)
    {
        var comma = name.IndexOf(',', StringComparison.Ordinal);
        if (comma > 0)
        {
            return (name[(comma + 1)..].Trim(), name[..comma].Trim());
        }

        var words = name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return words.Length < 2 ? (name, null) : (string.Join(' ', words[..^1]), words[^1]);
    }
}
