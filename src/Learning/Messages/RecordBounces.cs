using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Messages;

/// <summary>What a mail service reports of a letter that it had accepted.</summary>
/// <param name="Address">Whose it was.</param>
/// <param name="MessageId">The letter's own, where the service says it.</param>
/// <param name="Permanent">Whether trying again is of no use; what is not only delays.</param>
public sealed record ReportedBounce(string Address, string? MessageId, bool Permanent, string? Reason);

/// <summary>
/// Writes down what came back after all (M5): the address is marked until its owner confirms it or somebody of the business unit sends to it again, and the letter's row says so. Reported twice is once; an address that
/// nobody has is left out. Delays change nothing.
/// </summary>
public sealed class RecordBounces(LearningDb db, Zone zone)
{
    private sealed record Back(string Address, Guid? Letter, string Reason, bool Marks);

    private sealed record Sent(Guid Id, string Address);

    /// <summary>What a service says that signs its word. How many addresses were marked now.</summary>
    public Task<int> RunAsync(IReadOnlyCollection<ReportedBounce> bounces, CancellationToken stop = default) =>
        KeepAsync([.. bounces.Where(one => one.Permanent).Select(one => new Back(PersonEmail.Normal(one.Address), MessageOf(one.MessageId), one.Reason ?? "", Marks: true))], stop);

    /// <summary>
    /// What mails say, which anybody can write: believed of a letter whose Message-ID they know, which nobody can guess, and of nothing but the address that it went to. Where it was refused for good, the address is marked;
    /// where it was given up after long trying, or refused where somebody's mail is forwarded to, only the letter's row says so.
    /// </summary>
    public async Task<int> OfReportsAsync(IReadOnlyCollection<DeliveryReport> reports, CancellationToken stop = default)
    {
        var ids = reports.Select(one => MessageOf(one.MessageId)).OfType<Guid>().ToArray();
        var sent = ids.Length == 0 ? [] : await db.Database.SqlQuery<Sent>($"""select id as "Id", lower(sent_to) as "Address" from messages where id = any({ids}) and state = 'sent' and sent_to is not null""").ToListAsync(stop);
        return await KeepAsync([.. from report in reports
                                   join letter in sent on MessageOf(report.MessageId) equals letter.Id
                                   select new Back(letter.Address, letter.Id, report.Reason, report.Permanent && report.Addresses.Contains(letter.Address))], stop);
    }

    private async Task<int> KeepAsync(List<Back> all, CancellationToken stop)
    {
        if (all.Count == 0)
        {
            return 0;
        }

        var (now, own) = (zone.Now, db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(stop) : null);
        await using var transaction = own;
        var addresses = all.Where(one => one.Marks).Select(one => one.Address).Distinct().ToArray();
        var marked = await db.Database.ExecuteSqlAsync($"""
            update person_emails set bounced_at = {now}, bounce_reported = true where email = any({addresses}) and not (bounced_at is not null and bounce_reported)
            """, stop);
        var letters = all.Where(one => one.Letter is not null).DistinctBy(one => one.Letter).ToList();
        var (ids, to, reasons) = (letters.ConvertAll(one => one.Letter!.Value).ToArray(), letters.ConvertAll(one => one.Address).ToArray(), letters.ConvertAll(one => Say(one.Reason)).ToArray());
        await db.Database.ExecuteSqlAsync($"""
            update messages m set outcome = 'came back: ' || b.reason from unnest({ids}, {to}, {reasons}) as b (id, address, reason) where m.id = b.id and m.state = 'sent' and lower(m.sent_to) = b.address
            """, stop);
        if (own is not null)
        {
            await own.CommitAsync(stop);
        }

        return marked;
    }

    private static string Say(string reason) => Letter.OneLine(reason) is { Length: > 0 } said ? said[..Math.Min(said.Length, 300)] : "no reason was given";

    // <32 hexadecimal digits@…>: made of the row's id (Letter.IdOf).
    private static Guid? MessageOf(string? id) => Guid.TryParseExact(id?.Trim().TrimStart('<').Split('@')[0], "N", out var message) ? message : null;
}
