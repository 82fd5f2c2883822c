using System.Text;

namespace Learning.Messages;

/// <summary>A content line as RFC 5545, 3.1 has it: at most 75 octets, going on after a line break and a space, never cut inside a character.</summary>
internal static class CalendarFold
{
    private const int Octets = 75;

    public static string Line(string line)
    {
        var folded = new StringBuilder(line.Length + 8);
        var used = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            if (used + rune.Utf8SequenceLength > Octets)
            {
                folded.Append("\r\n ");
                used = 1;
            }

            folded.Append(rune.ToString());
            used += rune.Utf8SequenceLength;
        }

        return folded.Append("\r\n").ToString();
    }
}
