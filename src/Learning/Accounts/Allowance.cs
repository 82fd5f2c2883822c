using System.Security.Cryptography;
using System.Text;

using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Accounts;

/// <summary>
/// So many tries at once, and then one more each so often. What fails uses it up; what succeeds is given back. Those of an address and of a network are for browsers that we do not know; a
/// browser in which the person has signed in before has one of its own, so that a stranger who guesses slows only himself. Whoever has used up their wrong passwords still gets in by
/// the link of a mail, which nobody can guess; and mails to an address come often enough that one of them is always good (10 minutes against <see cref="SignInCode.Good"/>).
/// </summary>
public sealed record Allowance(string What, int AtOnce, TimeSpan OneMoreEach)
{
    /// <summary>Wrong passwords and codes from a network. A large office is one network.</summary>
    public static readonly Allowance WrongFromNetwork = new("wrong, network", 100, TimeSpan.FromSeconds(30));
    public static readonly Allowance WrongPasswordsForAddress = new("wrong password, address", 10, TimeSpan.FromMinutes(15));
    public static readonly Allowance WrongPasswordsInOwnBrowser = new("wrong password, own browser", 10, TimeSpan.FromMinutes(1));

    /// <summary>Few, for a code has six digits: somebody who tries all year has a chance of one in a hundred. The link beside the code stays good.</summary>
    public static readonly Allowance WrongCodesForAddress = new("wrong code, address", 10, TimeSpan.FromHours(1));
    public static readonly Allowance WrongCodesInOwnBrowser = new("wrong code, own browser", 10, TimeSpan.FromMinutes(1));

    public static readonly Allowance MailsFromNetwork = new("mail, network", 300, TimeSpan.FromSeconds(5));
    public static readonly Allowance MailsToAddress = new("mail, address", 5, TimeSpan.FromMinutes(10));
    public static readonly Allowance MailsFromOwnBrowser = new("mail, own browser", 5, TimeSpan.FromMinutes(5));

    /// <summary>To be let back in without a second step: it takes somebody's time. Whoever asks has the first factor already.</summary>
    public static readonly Allowance RecoveriesFromNetwork = new("let in, network", 20, TimeSpan.FromHours(1));
    public static readonly Allowance RecoveriesOfAccount = new("let in, account", 3, TimeSpan.FromDays(1));

    /// <summary>Mails to an address that nobody here has: it may be a stranger's who never heard of us.</summary>
    public static readonly Allowance MailsToUnknownAddress = new("mail, unknown address", 1, TimeSpan.FromHours(1));

    /// <summary>The same of all such addresses together.</summary>
    public static readonly Allowance MailsToUnknownAddresses = new("mail, unknown addresses", 100, TimeSpan.FromMinutes(1));

    /// <summary>This allowance of one address, network or browser.</summary>
    public AllowanceOf Of(string one) => new(this, SHA256.HashData(Encoding.UTF8.GetBytes(one)));

    /// <summary>This allowance of what is a hash already.</summary>
    public AllowanceOf Of(byte[] hash) => new(this, hash);
}

/// <summary>An allowance of somebody; the database knows them by a hash.</summary>
public sealed record AllowanceOf(Allowance Allowance, byte[] Hash);

/// <summary>
/// Counts tries in the database, for all servers together, a row for each that has failed of late. Each try is one statement of its own, outside the verb's transaction: it stays
/// counted whatever becomes of that, and any number at once are counted one by one.
/// </summary>
public sealed class Allowances(IDbContextFactory<LearningDb> databases, Zone zone)
{
    /// <summary>
    /// Takes one try of each, in their order, the widest first; null. Where one is used up: how long until there is another. What was taken before it stays taken, so that whoever
    /// goes on trying in vain uses up their network's.
    /// </summary>
    public async Task<TimeSpan?> TakeAsync(IReadOnlyList<AllowanceOf> allowances, CancellationToken stop = default)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        foreach (var one in allowances)
        {
            if (!await TakeAsync(db, one, stop))
            {
                var until = (await db.Database.SqlQuery<DateTimeOffset>(
                    $"""select spent_until as "Value" from allowances where what = {one.Allowance.What} and of = {one.Hash}""").ToListAsync(stop)).FirstOrDefault();
                var wait = until - zone.Now - one.Allowance.OneMoreEach * (one.Allowance.AtOnce - 1);
                return wait > TimeSpan.Zero ? wait : TimeSpan.FromSeconds(1);
            }
        }

        return null;
    }

    /// <summary>Takes one try, where there is one.</summary>
    public async Task<bool> TakeAsync(AllowanceOf one, CancellationToken stop = default)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        return await TakeAsync(db, one, stop);
    }

    /// <summary>It was no failure: the tries are given back.</summary>
    public async Task GiveBackAsync(IReadOnlyList<AllowanceOf> allowances, CancellationToken stop = default)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        foreach (var one in allowances)
        {
            await db.Database.ExecuteSqlAsync(
                $"update allowances set spent_until = spent_until - {one.Allowance.OneMoreEach} where what = {one.Allowance.What} and of = {one.Hash}", stop);
        }
    }

    private async Task<bool> TakeAsync(LearningDb db, AllowanceOf one, CancellationToken stop)
    {
        var (now, each) = (zone.Now, one.Allowance.OneMoreEach);
        // More than all of them is never spent: then the clock was put back since, and what it says is forgotten rather than somebody locked out.
        var most = now + each * one.Allowance.AtOnce;
        return await db.Database.ExecuteSqlAsync($"""
            insert into allowances as a (what, of, spent_until) values ({one.Allowance.What}, {one.Hash}, {now + each})
            on conflict (what, of) do update set spent_until = case when a.spent_until > {most} then {now} else greatest(a.spent_until, {now}) end + {each}
            where a.spent_until <= {now + each * (one.Allowance.AtOnce - 1)} or a.spent_until > {most}
            """, stop) == 1;
    }
}
