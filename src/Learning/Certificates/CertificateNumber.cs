namespace Learning.Certificates;

/// <summary>How a certificate's number is spelt and read back. It has no letter or digit that is taken for another; case, spaces and dashes never matter. Pure.</summary>
public static class CertificateNumber
{
    private const int Length = 20, Group = 4;

    // As the database's certificate_number has them.
    private const string Letters = "ABCDEFGHJKMNPQRTUVWXY346789";

    /// <summary>"ABCD-EFGH-JKMN-PQRT-UVWX", as it is printed and stands in addresses.</summary>
    public static string Spelt(string number) => string.Join('-', number.Chunk(Group).Select(letters => new string(letters)));

    /// <summary>The number as it is kept, from however somebody wrote it; null where it can be none.</summary>
    public static string? Read(string? text)
    {
        if (text is null || text.Length > 4 * Length)
        {
            return null;
        }

        var letters = string.Concat(text.Where(letter => !char.IsWhiteSpace(letter) && letter is not ('-' or '\u2010' or '\u2011' or '\u2012' or '\u2013' or '\u2014'))).ToUpperInvariant();
        return letters.Length == Length && letters.All(Letters.Contains) ? letters : null;
    }
}
