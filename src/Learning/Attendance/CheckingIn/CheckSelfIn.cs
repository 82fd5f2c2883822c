using Learning.Accounts;
using Learning.Audit;
using Learning.Bookings;
using Learning.Catalogue;
using Learning.People;
using Learning.Time;

using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace Learning.Attendance.CheckingIn;

/// <summary>What a code leads to.</summary>
/// <param name="Pass">That the code was good when it was followed: whoever types slowly is not sent back to the screen.</param>
public sealed record CodeSeen(string Title, DateTimeOffset StartsAt, DateTimeOffset EndsAt, CountsAs CountsAs, string Pass);

/// <summary>What somebody says by a code.</summary>
/// <param name="Name">Of somebody whom we do not know by the address; may be empty.</param>
public sealed record SaidHere(string? Code, string? Pass, string? Email, string? Name);

/// <summary>What came of checking in.</summary>
public abstract record HereOutcome
{
    /// <summary>They are checked in, by this press or an earlier one.</summary>
    /// <param name="Id">Unguessable; of reach, what its owner claims it by.</param>
    public sealed record Done(Guid Id, CountsAs CountsAs) : HereOutcome;

    /// <summary>Nothing was recorded.</summary>
    public sealed record Refused(string Field, string Sentence) : HereOutcome;

    private HereOutcome()
    {
    }
}

/// <summary>
/// Somebody says by the code on a room's screen that they are there, with an account or with an address alone (A5). To a session's register it is what they say, and no mark until whoever takes the register has
/// counted heads; at an awareness event it is reach at once (C3), without a name. Twice is once. Whether an address is known is never told. Refused: a code that is not shown any more, before and after the
/// session, no address, more people without a place than the room has, and more tries than a hall full makes.
/// </summary>
public sealed class CheckSelfIn(IDbContextFactory<LearningDb> databases, Allowances allowances, IDataProtectionProvider protection, Zone zone)
{
    private const string CodeField = "Input.Code";
    private const string EmailField = "Input.Email";

    private readonly IDataProtector passes = protection.CreateProtector("Learning.CheckIn");

    /// <summary>What a code leads to, or why not.</summary>
    public async Task<(CodeSeen? Seen, string? WhyNot)> LookAsync(string? typed, string network, CancellationToken stop = default)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        var (found, why) = await FindAsync(db, typed, network, stop);
        return found is null ? (null, why)
            : (new(found.Title, found.Part.StartsAt, found.Part.EndsAt, found.Code.CountsAs, passes.Protect($"{found.Code.Id:N} {zone.Now.ToUnixTimeSeconds()}")), null);
    }

    public async Task<HereOutcome> RunAsync(SaidHere said, Actor actor, string network, CancellationToken stop = default)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        var (found, why) = CodeOf(said.Pass) is { } passed ? (await RowAsync(db, code => code.Id == passed, stop), null) : await FindAsync(db, said.Code, network, stop);
        if (found is null)
        {
            return new HereOutcome.Refused(CodeField, why ?? NoCode);
        }

        var email = said.Email?.Trim() ?? "";
        if (actor.PersonId is null && !Arrivals.IsAddress(email))
        {
            return new HereOutcome.Refused(EmailField, "Enter your e-mail address, like name@agency.example");
        }

        if (!string.IsNullOrWhiteSpace(said.Name) && !ReadSentMarks.IsText(said.Name, Arrivals.LongestName))
        {
            return new HereOutcome.Refused("Input.Name", "Write your name in plain letters");
        }

        if (await allowances.TakeAsync([CheckInRules.FromNetwork.Of(network)], stop) is not null)
        {
            return new HereOutcome.Refused(CodeField, "Too many people are checking in from this network at once. Wait a minute, or tell the trainer that you are there.");
        }

        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var session = await db.LockSessionAsync(found.Session.Ref, stop);
        if (session is null || await RowAsync(db, code => code.Id == found.Code.Id, stop) is not { } still)
        {
            return new HereOutcome.Refused(CodeField, NoCode);
        }

        if (CheckInRules.WhyNot(session, still.Part, still.Code, still.Signed, zone) is { } late)
        {
            return new HereOutcome.Refused(CodeField, late);
        }

        var outcome = found.Code.CountsAs == CountsAs.Reach ? await ReachAsync(db, found, actor, email, stop) : await RegisterAsync(db, found, actor, email, said.Name?.Trim(), stop);
        await transaction.CommitAsync(stop);
        return outcome;
    }

    /// <summary>Whether somebody checked in by this number, and where; for the page that says so.</summary>
    public async Task<(string Title, CountsAs CountsAs)?> DoneAsync(Guid id, CancellationToken stop = default)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        return (await db.SelfCheckIns.Where(one => one.Id == id).Select(one => db.Sessions.Where(session => session.Id == one.SessionId).Select(session => session.Course!.Title).First()).FirstOrDefaultAsync(stop)) is { } register
            ? (register, CountsAs.Register)
            : await db.CheckIns.Where(one => one.Id == id).Select(one => db.Sessions.Where(session => session.Id == one.SessionId).Select(session => session.Course!.Title).First()).FirstOrDefaultAsync(stop) is { } reach ? (reach, CountsAs.Reach) : null;
    }

    private const string NoCode = "There is no such code. Look at the screen in the room, and type the code that is there now.";

    private sealed record Found(CheckInCode Code, Session Session, SessionPart Part, string Title, bool Signed);

    // Each try that is none uses up one of the network's; the others are given back.
    private async Task<(Found? Found, string? WhyNot)> FindAsync(LearningDb db, string? typed, string network, CancellationToken stop)
    {
        AllowanceOf[] tries = [CheckInRules.WrongCodes.Of(network)];
        if (await allowances.TakeAsync(tries, stop) is not null)
        {
            return (null, "Too many codes were tried from this network. Wait a few minutes, or tell the trainer that you are there.");
        }

        var code = CheckInRules.Read(typed);
        var found = code is null ? null : await RowAsync(db, row => row.Key == CheckInRules.KeyOf(code), stop);
        if (found is null)
        {
            return (null, NoCode);
        }

        if (CheckInRules.WhyNot(found.Session, found.Part, found.Code, found.Signed, zone) is { } why)
        {
            return (null, why);
        }

        if (!CheckInRules.IsGood(found.Code, code!, zone.Now))
        {
            return (null, "This code is not on the screen any more: it changes every half minute. Look at the screen in the room, and take the code that is there now.");
        }

        await allowances.GiveBackAsync(tries, stop);
        return (found, null);
    }

    private static async Task<Found?> RowAsync(LearningDb db, System.Linq.Expressions.Expression<Func<CheckInCode, bool>> which, CancellationToken stop)
    {
        if (await db.CheckInCodes.AsNoTracking().SingleOrDefaultAsync(which, stop) is not { } code)
        {
            return null;
        }

        var session = await db.Sessions.AsNoTracking().Include(one => one.Course).SingleAsync(one => one.Id == code.SessionId, stop);
        var part = await db.SessionParts.AsNoTracking().SingleAsync(one => one.Id == code.PartId, stop);
        var title = session.ParentId is not null && !string.IsNullOrWhiteSpace(part.Title) ? part.Title : session.Course!.Title;
        return new Found(code, session, part, title, (await RegisterState.OfAsync(db, session.Id, Actor.Nobody, stop)).Signed);
    }

    private async Task<HereOutcome> RegisterAsync(LearningDb db, Found found, Actor actor, string email, string? name, CancellationToken stop)
    {
        var (normal, person) = (PersonEmail.Normal(email), actor.PersonId ?? (await Arrivals.KnownAsync(db, email, found.Session.CountedOn, stop))?.Id);
        if (await db.SelfCheckIns.SingleOrDefaultAsync(one => one.PartId == found.Part.Id && (person != null ? one.PersonId == person : one.Email == normal), stop) is { } before)
        {
            return new HereOutcome.Done(before.Id, CountsAs.Register);
        }

        var expected = person is not null && await db.Database.SqlQuery<bool>($"""
            select exists (select from bookings where session_id = {found.Session.Id} and state = 'confirmed' and person_id in (select same from persons_of({person}) same))
                or exists (select from seats_at({found.Session.Id}) where person_id in (select same from persons_of({person}) same)) as "Value"
            """).SingleAsync(stop);
        if (!expected && await db.SelfCheckIns.CountAsync(one => one.PartId == found.Part.Id && !one.Expected, stop) >= CheckInRules.MostUnexpected(found.Session.Capacity))
        {
            return new HereOutcome.Refused(CodeField, "More people without a booking have checked in than this session has places. Tell the trainer that you are there.");
        }

        var said = new SelfCheckIn
        {
            Id = Guid.CreateVersion7(zone.Now), CodeId = found.Code.Id, SessionId = found.Session.Id, PartId = found.Part.Id, PersonId = person, Email = person is null ? normal : null,
            Name = person is null && name?.Length > 0 ? name : null, Expected = expected, CheckedInAt = zone.Now,
        };
        db.SelfCheckIns.Add(said);
        Audit(db, actor, found);
        await db.SaveChangesAsync(stop);
        return new HereOutcome.Done(said.Id, CountsAs.Register);
    }

    private async Task<HereOutcome> ReachAsync(LearningDb db, Found found, Actor actor, string email, CancellationToken stop)
    {
        var now = zone.Now;
        var address = actor.PersonId is { } person && email.Length == 0 ? (await db.PersonEmails.AsNoTracking().SingleOrDefaultAsync(row => row.PersonId == person && row.Main, stop))?.Email ?? person.ToString() : email;
        var digest = CheckInRules.DigestOf(address);
        if (await db.CheckInAddresses.SingleOrDefaultAsync(one => one.SessionId == found.Session.Id && one.Digest == digest, stop) is { } before)
        {
            return new HereOutcome.Done(before.CheckInId, CountsAs.Reach);
        }

        if (await db.CheckIns.CountAsync(one => one.SessionId == found.Session.Id, stop) >= CheckInRules.MostReach)
        {
            return new HereOutcome.Refused(CodeField, "Too many people have checked in to this event. Tell whoever runs it that you are there.");
        }

        // The agency that the address's domain proposes on the day (P4), as for whoever walks in.
        var domain = address.Contains('@', StringComparison.Ordinal) ? PersonEmail.Normal(address).Split('@')[1] : "";
        var agency = await db.Database.SqlQuery<Guid?>($"""select agency_on(agency_id, {found.Session.CountedOn}) as "Value" from agency_domains where domain = {domain}""").ToListAsync(stop);
        var came = new CheckIn { Id = Guid.CreateVersion7(now), SessionId = found.Session.Id, AgencyId = agency.FirstOrDefault(), CheckedInAt = now, RecordedAt = now };
        db.CheckIns.Add(came);
        await db.SaveChangesAsync(stop);
        db.CheckInAddresses.Add(new CheckInAddress { CheckInId = came.Id, SessionId = found.Session.Id, Digest = digest });
        if (actor.PersonId is { } mine)
        {
            db.CheckInClaims.Add(new CheckInClaim { CheckInId = came.Id, PersonId = mine, RecordedAt = now, RecordedBy = mine });
        }

        Audit(db, actor, found);
        await db.SaveChangesAsync(stop);
        return new HereOutcome.Done(came.Id, CountsAs.Reach);
    }

    private Guid? CodeOf(string? pass)
    {
        try
        {
            return pass is { Length: > 0 } && passes.Unprotect(pass).Split(' ') is [var id, var at] && zone.Now.ToUnixTimeSeconds() - long.Parse(at, System.Globalization.CultureInfo.InvariantCulture) <= CheckInRules.Answer.TotalSeconds
                ? Guid.ParseExact(id, "N") : null;
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return null;
        }
    }

    private void Audit(LearningDb db, Actor actor, Found found) =>
        db.AuditEntries.Add(new AuditEntry { At = zone.Now, ActorId = actor.PersonId, Verb = "checked in by a code", SubjectKind = "session", SubjectId = found.Session.Id });
}
