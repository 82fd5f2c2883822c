using System.Security.Cryptography;
using System.Text;

namespace Learning.Attendance.Meetings;

/// <summary>The marks that a meeting's report makes of somebody, held against what the register says already (A2, A8). Pure.</summary>
internal static class ReportEntries
{
    /// <param name="row">Their row of the register; null: they have none yet.</param>
    /// <param name="instead">Whether marks made by hand give way.</param>
    /// <param name="seen">When whoever records saw the register: a mark that came later is not known to them.</param>
    /// <param name="key">What tells these marks from others of the same part: the same gives the same ids, so that pressing twice records once (A3).</param>
    public static IEnumerable<MarkEntry> Of(IEnumerable<PartSaid> all, SheetPerson? row, Somebody who, bool instead, DateTimeOffset seen, string key, DateTimeOffset now)
    {
        foreach (var said in all)
        {
            var stands = row?.Marks.GetValueOrDefault(said.Part.Id);
            if (stands is not null && ((MeetingView.ByHand(stands) && !instead) || (stands.Mark.Kind, stands.Mark.Minutes) == (said.Mark, said.MarkMinutes)))
            {
                continue;
            }

            yield return new MarkEntry(
                IdOf(said.Part.Id, key), said.Part.Id, who, said.Mark, said.MarkMinutes, null, now, stands?.Mark.RecordedAt <= seen ? (stands.Other ?? stands.Mark).Id : null);
        }
    }

    private static Guid IdOf(Guid part, string key) => new(SHA256.HashData(Encoding.UTF8.GetBytes($"{part:N} {key}")).AsSpan(0, 16));
}
