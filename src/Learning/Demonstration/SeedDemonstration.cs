using System.Text.Json;

using Learning.Audit;
using Learning.Certificates;
using Learning.Database;
using Learning.Evaluation;
using Learning.Figures;
using Learning.History;
using Learning.People;
using Learning.Time;

using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Learning.Demonstration;

/// <summary>
/// Fills an empty database with the demonstration partnership: its history through the same import as any history, then accounts and roles. Does nothing where there is anybody already.
/// The accounts come last, and the mark that makes pages say so with them: a seeding that was cut short is begun again.
/// </summary>
public sealed class SeedDemonstration(LearningDb db, ImportHistory import, UserManager<Account> accounts, BuildReports build, EvaluationForms forms, IssueCertificates certificates, Zone zone)
{
    private const string NeedsApproval = "PCLIVE";

    /// <summary>Whether it filled the database. <paramref name="begins"/> is called first when it is going to.</summary>
    public async Task<bool> RunAsync(Action begins, CancellationToken stop = default)
    {
        if (await db.Users.AnyAsync(stop))
        {
            return false;
        }

        begins();
        var folder = Directory.CreateTempSubdirectory("learning-demonstration-").FullName;
        try
        {
            DemonstrationPartnership.Write(folder, zone.Today);
            if (await import.RunAsync(folder, dryRun: false, progress: null, Actor.Machine, stop) is ImportOutcome.Refused refused)
            {
                throw new InvalidOperationException($"The demonstration's own history has mistakes, the first: {refused.Mistakes[0]}");
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        foreach (var account in DemonstrationAccounts.All)
        {
            await OpenAsync(account, stop);
        }

        // The import’s formats do not say it: one course shows what it is to ask a manager (B9).
        await db.Database.ExecuteSqlAsync($"update courses set needs_approval = true where code = {NeedsApproval}", stop);
        await ForumSeating.WriteAsync(db, zone, stop);
        await AgencyReturns.WriteAsync(db, zone, stop);
        await EvaluationsGiven.WriteAsync(db, forms, zone, stop);
        await RequiredLearning.WriteAsync(db, zone, stop);
        await ConferenceWishes.WriteAsync(db, zone, stop);
        await GrantedCertificates.WriteAsync(db, zone, stop);
        await db.Database.ExecuteSqlAsync($"insert into installation (name, value) values ('demonstration', 'yes')", stop);
        await transaction.CommitAsync(stop);
        await certificates.RunAsync(stop);
        await build.RunAsync(Actor.Machine, stop: stop);
        return true;
    }

    private async Task OpenAsync(DemonstrationAccount wanted, CancellationToken stop)
    {
        var person = await db.PersonEmails.Where(email => email.Email == wanted.Email).Select(email => email.PersonId).SingleAsync(stop);
        var made = await accounts.CreateAsync(
            new Account { Id = Guid.CreateVersion7(), PersonId = person, UserName = wanted.Email, Email = wanted.Email, EmailConfirmed = true, SecondStepExempt = true }, DemonstrationAccounts.Password);
        if (!made.Succeeded)
        {
            throw new InvalidOperationException($"{wanted.Email}: {string.Join(" ", made.Errors.Select(error => error.Description))}");
        }

        if (wanted.Role is { } role)
        {
            var agency = role == Role.AgencyLead
                ? await db.Employments.Where(job => job.PersonId == person).OrderByDescending(job => job.StartsOn).Select(job => (Guid?)job.AgencyId).FirstAsync(stop)
                : null;
            db.RoleGrants.Add(new RoleGrant { Id = Guid.CreateVersion7(), PersonId = person, Role = role, AgencyId = agency, StartsOn = zone.Today, GrantedAt = zone.Now });
            db.AuditEntries.Add(new AuditEntry { At = zone.Now, Verb = "gave a role", SubjectKind = "person", SubjectId = person, Details = JsonSerializer.Serialize(new { role = role.Word(), agency }) });
            await db.SaveChangesAsync(stop);
        }
    }
}
