using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

using Learning.Accounts;
using Learning.Catalogue;
using Learning.People;
using Learning.Time;

namespace Learning.Attendance.CheckingIn;

/// <summary>The rules of checking in by a code (A5): what is shown when, for how long it is good, how many may come. Pure.</summary>
public static class CheckInRules
{
    /// <summary>How long a register's code is shown before the next.</summary>
    public static readonly TimeSpan Turn = TimeSpan.FromSeconds(30);

    /// <summary>How many of them are good at once: the one that is shown, and those before it, which somebody may have just read. A picture of the screen is good for a minute and a half at most.</summary>
    public const int GoodTurns = 3;

    /// <summary>How long before a part it opens.</summary>
    public static readonly TimeSpan Early = TimeSpan.FromMinutes(30);

    /// <summary>How long somebody who has followed a good code may take to say who they are.</summary>
    public static readonly TimeSpan Answer = TimeSpan.FromMinutes(10);

    /// <summary>Check-ins of one awareness event.</summary>
    public const int MostReach = RecordReach.Most;

    /// <summary>Codes that are none, from one network: somebody who guesses is slowed, a hall that mistypes is not.</summary>
    public static readonly Allowance WrongCodes = new("wrong check-in code, network", 60, TimeSpan.FromSeconds(10));

    /// <summary>Check-ins from one network: a hall is one.</summary>
    public static readonly Allowance FromNetwork = new("check-in, network", 400, TimeSpan.FromSeconds(2));

    // Neither 0 and O nor 1, I and L: nobody has to ask which it is.
    private const string Alphabet = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";
    private const int Stays = 4;
    private const int Short = 6;

    /// <summary>What of a code stays, anew.</summary>
    public static string NewKey(CountsAs kind) => RandomNumberGenerator.GetString(Alphabet, kind == CountsAs.Reach ? Short : Stays);

    /// <summary>The code as it is shown at an instant.</summary>
    public static string Shown(CheckInCode code, DateTimeOffset now) => code.CountsAs == CountsAs.Reach ? code.Key : code.Key + Turning(code.Secret, StepOf(now));

    /// <summary>As people read it: "K7QM 4XRT".</summary>
    public static string Spaced(string code) => code.Length == Short ? $"{code[..3]} {code[3..]}" : $"{code[..Stays]} {code[Stays..]}";

    /// <summary>A code as it was typed, however; null for what is none.</summary>
    public static string? Read(string? typed)
    {
        var code = new string([.. (typed ?? "").Where(char.IsAsciiLetterOrDigit).Select(char.ToUpperInvariant)]);
        return code.Length is Short or 2 * Stays && code.All(Alphabet.Contains) ? code : null;
    }

    /// <summary>What of a code stays.</summary>
    public static string KeyOf(string code) => code.Length == Short ? code : code[..Stays];

    /// <summary>Whether a code is good at an instant: it is on the screen, or was a moment ago.</summary>
    public static bool IsGood(CheckInCode code, string typed, DateTimeOffset now) => code.CountsAs == CountsAs.Reach
        ? typed == code.Key
        : Enumerable.Range(0, GoodTurns).Any(turn => typed == code.Key + Turning(code.Secret, StepOf(now) - turn));

    /// <summary>Seconds until the next code is shown.</summary>
    public static int SecondsLeft(DateTimeOffset now) => (int)(Turn.TotalSeconds - (now.ToUnixTimeSeconds() % (long)Turn.TotalSeconds));

    /// <summary>Why nobody checks in to a part of a session now, in a sentence for them; null: they may.</summary>
    public static string? WhyNot(Session session, SessionPart part, CheckInCode? code, bool signed, Zone zone) =>
        session.Status == SessionStatus.Cancelled ? "This session is cancelled."
        : zone.Now > part.EndsAt ? "This session is over, so nobody can check in any more. If you were there, tell the trainer."
        : zone.Now < part.StartsAt - Early ? $"Check-in opens at {British.Moment(zone.LocalOf(part.StartsAt - Early))}."
        : signed && code?.CountsAs != CountsAs.Reach ? "The register of this session is signed. If you are there, tell the trainer."
        : code?.ClosedAt is not null ? "Check-in is closed. If you are there, tell the trainer."
        : null;

    /// <summary>How many without a place may check in to a part: as many again as it has places. Whoever comes besides is written down by the trainer (A4), who sees them.</summary>
    public static int MostUnexpected(int capacity) => Math.Max(10, capacity);

    /// <summary>Why a head-count does not go with those who are ticked; null: it does. More heads than ticks is well: not everybody has a phone.</summary>
    public static string? WhyNotCount(string? typed, int ticked) =>
        !int.TryParse(typed?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var counted) || counted > 9999 ? "Count the people in the room, and write how many there are"
        : counted < ticked ? $"You counted {British.Count(counted, "person", "people")}, and {British.Number(ticked)} are ticked. Untick who is not there, or count again"
        : null;

    /// <summary>What is kept of the address of somebody who counts as reach.</summary>
    public static byte[] DigestOf(string email) => SHA256.HashData(Encoding.UTF8.GetBytes($"check-in {PersonEmail.Normal(email)}"));

    private static long StepOf(DateTimeOffset now) => now.ToUnixTimeSeconds() / (long)Turn.TotalSeconds;

    private static string Turning(byte[] secret, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        var number = BinaryPrimitives.ReadUInt64BigEndian(HMACSHA256.HashData(secret, counter));
        return string.Create(Stays, number, (letters, rest) =>
        {
            for (var i = 0; i < letters.Length; i++, rest /= (ulong)Alphabet.Length)
            {
                letters[i] = Alphabet[(int)(rest % (ulong)Alphabet.Length)];
            }
        });
    }
}
