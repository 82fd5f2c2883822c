using System.Text.Json;

using Learning.Audit;
using Learning.Database;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Catalogue;

/// <summary>An answer on the form of a course's settings.</summary>
public enum CourseField
{
    Needs,
    Audience,
    Organisers,
    CertificatesFrom,
    LevelFramework,
    ParticipatoryShare,
}

/// <summary>What is wrong with an answer, in words for whoever gave it.</summary>
public sealed record CourseMistake(CourseField Field, string Sentence);

/// <summary>What came of changing a course's settings.</summary>
public abstract record CourseOutcome
{
    public sealed record Done : CourseOutcome;

    /// <summary>Nothing was changed.</summary>
    public sealed record Refused(IReadOnlyList<CourseMistake> Mistakes) : CourseOutcome;

    /// <summary>There is no such course, or it is not the actor's to organise (S1).</summary>
    public sealed record NotFound : CourseOutcome;

    private CourseOutcome()
    {
    }
}

/// <summary>A course's settings as they were typed.</summary>
/// <param name="Needs">Codes of courses.</param>
/// <param name="Audience">Words of workforces.</param>
/// <param name="Organisers">Addresses, one a line; null: who organises stays as it is.</param>
/// <param name="Certificates">What certificates say and since when there are any; null: it stays as it is.</param>
public sealed record TypedCourse(bool NeedsApproval, bool RequestHoldsPlace, IReadOnlyCollection<string> Needs, IReadOnlyCollection<string> Audience, string? Organisers, TypedCertificates? Certificates = null);

/// <summary>
/// Settles how a course is booked: whether a manager approves (B9), what has to be held first and whom it is for (B8), and who organises its sessions (S1) and whether it grants certificates (E5), which only the business unit says. Bookings
/// and certificates that there are stay as they are. Refused: a course that is not there or that asks for this one in turn, an organiser who does not work for its owner.
/// </summary>
public sealed class SetCourse(LearningDb db, Zone zone)
{
    /// <summary>People named on one course.</summary>
    public const int MostOrganisers = 50;

    private sealed record Found(string Email, Guid PersonId, bool WorksThere);

    public async Task<CourseOutcome> RunAsync(string code, TypedCourse typed, Actor actor, CancellationToken stop = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var course = code.Any(char.IsControl) ? null : (await db.Courses.FromSql($"select * from courses where upper(code) = upper({code}) for no key update").ToListAsync(stop)).SingleOrDefault();
        if (course is null || !await Catalogue.Organisers.MayAsync(db, actor, course.Id, zone.Today, stop))
        {
            return new CourseOutcome.NotFound();
        }

        var mistakes = new List<CourseMistake>();
        var needs = await NeedsAsync(course, typed.Needs, mistakes, stop);
        var audience = typed.Audience.Where(word => Words.TryParse<Workforce>(word, out _)).Select(Words.Parse<Workforce>).Distinct().ToList();
        var organisers = typed.Organisers is null || !actor.IsUnit ? null : await OrganisersAsync(course, typed.Organisers, mistakes, stop);
        var certificates = typed.Certificates is null || !actor.IsUnit ? null : CourseCertificates.Read(typed.Certificates, mistakes);
        if (mistakes.Count > 0)
        {
            return new CourseOutcome.Refused(mistakes);
        }

        certificates?.SetOn(course);
        (course.NeedsApproval, course.RequestHoldsPlace) = (typed.NeedsApproval, typed.NeedsApproval && typed.RequestHoldsPlace);
        await db.CoursePrerequisites.Where(one => one.CourseId == course.Id).ExecuteDeleteAsync(stop);
        await db.CourseAudiences.Where(one => one.CourseId == course.Id).ExecuteDeleteAsync(stop);
        db.CoursePrerequisites.AddRange(needs.Select(other => new CoursePrerequisite { CourseId = course.Id, NeedsId = other }));
        db.CourseAudiences.AddRange(audience.Select(workforce => new CourseAudience { CourseId = course.Id, Workforce = workforce }));
        if (organisers is not null)
        {
            await db.CourseOrganisers.Where(one => one.CourseId == course.Id).ExecuteDeleteAsync(stop);
            db.CourseOrganisers.AddRange(organisers.Select(person => new CourseOrganiser { CourseId = course.Id, PersonId = person }));
        }

        db.AuditEntries.Add(new AuditEntry
        {
            At = zone.Now, ActorId = actor.PersonId, Verb = "changed a course's settings", SubjectKind = "course", SubjectId = course.Id,
            Details = JsonSerializer.Serialize(new { approval = course.NeedsApproval, holds = course.RequestHoldsPlace, needs, audience = audience.Select(one => one.Word()), organisers, certificates = course.CertificatesFrom }),
        });
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return new CourseOutcome.Done();
    }

    private async Task<List<Guid>> NeedsAsync(Course course, IReadOnlyCollection<string> typed, List<CourseMistake> mistakes, CancellationToken stop)
    {
        var codes = typed.Select(code => code.Replace("\0", "", StringComparison.Ordinal).Trim().ToUpperInvariant()).Where(code => code.Length > 0).Distinct().ToArray();
        var found = await db.Courses.Where(other => codes.Contains(other.Code.ToUpper()) && other.Id != course.Id).Select(other => new { other.Id, other.Title }).ToListAsync(stop);
        if (found.Count < codes.Length)
        {
            mistakes.Add(new(CourseField.Needs, "Choose other courses that there are"));
        }

        var ids = found.ConvertAll(other => other.Id).ToArray();
        var round = (await db.Database.SqlQuery<Guid>($"""
            with recursive asked as (
                select id as first, id from unnest({ids}) id
                union select asked.first, p.needs_id from asked join course_prerequisites p on p.course_id = asked.id)
            select first as "Value" from asked where id = {course.Id} limit 1
            """).ToListAsync(stop)).Select(id => found.Find(other => other.Id == id)!.Title).FirstOrDefault();
        if (round is not null)
        {
            mistakes.Add(new(CourseField.Needs, $"{round} asks for this course in turn, so that nobody could begin"));
        }

        return [.. ids];
    }

    private async Task<IReadOnlyList<Guid>> OrganisersAsync(Course course, string typed, List<CourseMistake> mistakes, CancellationToken stop)
    {
        var addresses = typed.Replace("\0", "", StringComparison.Ordinal).Split(['\r', '\n', ',', ';', ' ', '\t'], StringSplitOptions.RemoveEmptyEntries).Select(address => address.ToLowerInvariant()).Distinct().ToArray();
        if (addresses.Length > MostOrganisers)
        {
            mistakes.Add(new(CourseField.Organisers, $"Name {MostOrganisers} people or fewer"));
            return [];
        }

        var found = await db.Database.SqlQuery<Found>($"""
            select m.email as "Email", counted_as(m.person_id) as "PersonId", exists (
                select from employments e, agency_and_above(e.agency_id) up
                where e.person_id = counted_as(m.person_id) and e.starts_on <= {zone.Today} and (e.ends_on is null or {zone.Today} < e.ends_on) and up.id = {course.OwnerId}) as "WorksThere"
            from person_emails m where m.email = any({addresses})
            """).ToListAsync(stop);
        var wrong = addresses.FirstOrDefault(address => found.Find(one => one.Email == address) is not { WorksThere: true });
        if (wrong is not null)
        {
            mistakes.Add(new(CourseField.Organisers, $"“{(wrong.Length > 80 ? wrong[..80] + "…" : wrong)}” is nobody who works for the agency that owns the course"));
        }

        return [.. found.Select(one => one.PersonId).Distinct()];
    }
}
