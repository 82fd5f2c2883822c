#if MAIL_MAILKIT
using Learning.Messages.MailKit;
#else
using Learning.Messages.SystemNet;
#endif
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Messages;

/// <summary>
/// Reads what has come into the mailbox of LEARNING_BOUNCE_MAILBOX since the last time, and writes down what of it says that a letter was not delivered (M5, <see cref="RecordBounces"/>). How far it has read is kept in the
/// database, with the writing down, so that one that is killed reads on from there; the mails stay where they are, and of those that were reports only the mark of being read is set. Of a mailbox that is new to it, what came
/// in the last fortnight is read.
/// </summary>
public sealed class ReadBounces(LearningDb db, RecordBounces record, MailboxSetting setting, Zone zone)
{
    private const int Batch = 50, LongestMail = 512 * 1024;

    private sealed record Reading(long Validity, long ReadUntil);

    /// <summary>How many mails were looked at, how many of them said that a letter was not delivered, and how many addresses were marked.</summary>
    public sealed record Outcome(int Mails, int Reports, int Marked);

    public async Task<Outcome> RunAsync(CancellationToken stop = default)
    {
        var (mails, found, marked) = (0, 0, 0);
        if (setting.Mailbox is not { } mailbox)
        {
            return new(0, 0, 0);
        }

        await using var box = await ReportMailbox.OpenAsync(mailbox, stop);
        var last = (await db.Database.SqlQuery<Reading>($"""select validity as "Validity", read_until as "ReadUntil" from bounce_readings where mailbox = {mailbox.Digest}""").ToListAsync(stop)).SingleOrDefault();
        var after = last?.Validity == box.Validity ? last.ReadUntil : 0;
        foreach (var batch in (await box.NewerAsync(after, zone.Now.AddDays(-14), stop)).Chunk(Batch))
        {
            var reports = new List<(long Uid, DeliveryReport Report)>();
            foreach (var uid in batch)
            {
                if (DeliveryReport.Of(await box.ReadAsync(uid, LongestMail, stop)) is { } report)
                {
                    reports.Add((uid, report));
                }
            }

            await using (var transaction = await db.Database.BeginTransactionAsync(stop))
            {
                marked += await record.OfReportsAsync(reports.ConvertAll(one => one.Report), stop);
                await db.Database.ExecuteSqlAsync($"""
                    insert into bounce_readings (mailbox, validity, read_until, read_at) values ({mailbox.Digest}, {box.Validity}, {batch[^1]}, {zone.Now})
                    on conflict (only_one) do update set mailbox = excluded.mailbox, validity = excluded.validity, read_until = excluded.read_until, read_at = excluded.read_at
                    """, stop);
                await transaction.CommitAsync(stop);
            }

            await box.SeenAsync(reports.ConvertAll(one => one.Uid), stop);
            (mails, found) = (mails + batch.Length, found + reports.Count);
        }

        return new(mails, found, marked);
    }
}
