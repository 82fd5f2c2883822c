using System.Security.Cryptography;
using System.Text.Json;

using Learning.Audit;
using Learning.Catalogue;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

using Npgsql;

namespace Learning.ELearning.Packages;

/// <summary>What came of importing a package.</summary>
public abstract record PackageOutcome
{
    public sealed record Imported(Package Package, Course Course) : PackageOutcome;

    /// <summary>The same file is the newest version already; nothing was changed.</summary>
    public sealed record Unchanged(Package Package, Course Course) : PackageOutcome;

    /// <summary>A line for each mistake, with the file that it is about.</summary>
    public sealed record Refused(IReadOnlyList<string> Lines) : PackageOutcome;

    /// <summary>There is no such e-learning course, or it is not the actor's to organise (S1).</summary>
    public sealed record NotFound : PackageOutcome;

    private PackageOutcome()
    {
    }
}

/// <summary>
/// Takes in a SCORM package as the next version of an e-learning course, or as a course of its own (E4). Whoever is in the middle of an older version finishes that one (E1). The zip is read twice and never as a whole in memory: once
/// to judge all of it, which leaves nothing anywhere, and once to write it down. Refused: what is no package that can be played safely, an older or a withdrawn version of the same course again.
/// </summary>
public sealed class ImportPackage(LearningDb db, Zone zone)
{
    /// <param name="code">The course; null: the one whose newest version this very file is, else a new one, which only the business unit makes.</param>
    /// <param name="zip">From its beginning. One that can be read from anywhere is read where it lies; another is laid into a file that goes away with the stream.</param>
    public async Task<PackageOutcome> DoAsync(Actor actor, string? code, Stream zip, CancellationToken stop = default)
    {
        if (code is null ? !actor.IsUnit : await PackageCourse.FindAsync(db, code, actor, zone.Today, stop) is null)
        {
            return new PackageOutcome.NotFound();
        }

        await using var laid = zip.CanSeek ? null : new FileStream(
            Path.Combine(Path.GetTempPath(), $"learning-package-{Guid.CreateVersion7():N}"), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 65_536, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        var verdict = new Verdict();
        if (await DigestAsync(zip, laid, stop) is not { } digest)
        {
            verdict.Add(null, $"It is larger than {British.Number(PackageLimits.LargestZip / 1_048_576)} MB.");
            return new PackageOutcome.Refused(verdict.Lines);
        }

        var whole = laid ?? zip;
        return await ReadPackage.OfAsync(whole, verdict, stop) is not { } read ? new PackageOutcome.Refused(verdict.Lines) : await WriteAsync(actor, code, whole, digest, read, stop);
    }

    /// <summary>Null: it is too large.</summary>
    private static async Task<string?> DigestAsync(Stream zip, FileStream? laid, CancellationToken stop)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (buffer, all) = (new byte[65_536], 0L);
        for (int read; (read = await zip.ReadAsync(buffer, stop)) > 0;)
        {
            all += read;
            if (all > PackageLimits.LargestZip)
            {
                return null;
            }

            hash.AppendData(buffer, 0, read);
            if (laid is not null)
            {
                await laid.WriteAsync(buffer.AsMemory(0, read), stop);
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private async Task<PackageOutcome> WriteAsync(Actor actor, string? code, Stream zip, string digest, ReadPackage read, CancellationToken stop)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var course = code is null ? await PackageCourse.WithNewestAsync(db, digest, stop) : await PackageCourse.HoldAsync(db, code, stop);
        if (course is not null && await BeforeAsync(course, digest, stop) is { } before)
        {
            return before;
        }

        course ??= code is null ? await PackageCourse.MakeAsync(db, read.Manifest.Title, zone.Today, stop) : null;
        if (course is null)
        {
            return code is null ? new PackageOutcome.Refused(["There is no agency yet that could own the course. Write down the partnership's own agency first."]) : new PackageOutcome.NotFound();
        }

        var now = zone.Now;
        var package = new Package
        {
            Id = Guid.CreateVersion7(now), CourseId = course.Id, Number = (await db.Packages.Where(one => one.CourseId == course.Id).MaxAsync(one => (int?)one.Number, stop) ?? 0) + 1, Digest = digest,
            Title = read.Manifest.Title, Edition = read.Manifest.Edition, Manifest = Package.Json(read.Manifest), Size = read.Size, ImportedAt = now, ImportedBy = actor.PersonId,
        };
        await db.Database.ExecuteSqlAsync($"""
            insert into course_versions (course_id, digest, texts, first_used_at) values ({course.Id}, {digest}, {JsonSerializer.Serialize(new Dictionary<string, string> { ["imsmanifest.xml"] = read.Text })}::jsonb, {now})
            """, stop);
        db.Packages.Add(package);
        db.AuditEntries.Add(new AuditEntry
        {
            At = now, ActorId = actor.PersonId, Verb = "imported a package", SubjectKind = "course", SubjectId = course.Id, Details = JsonSerializer.Serialize(new { number = package.Number, digest, files = read.Files.Count, size = read.Size }),
        });
        await db.SaveChangesAsync(stop);
        try
        {
            await PackagePieces.WriteAsync((NpgsqlConnection)db.Database.GetDbConnection(), package.Id, zip, read.Files, stop);
        }
        catch (PostgresException e) when (e is { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: "package_files_path" })
        {
            // The database knows capitals of more alphabets than the reading does.
            return new PackageOutcome.Refused(["Two names of files differ by capitals only."]);
        }

        await transaction.CommitAsync(stop);
        return new PackageOutcome.Imported(package, course);
    }

    private async Task<PackageOutcome?> BeforeAsync(Course course, string digest, CancellationToken stop)
    {
        var standing = await db.Packages.AsNoTracking().Where(one => one.CourseId == course.Id && !db.VersionWithdrawals.Any(gone => gone.CourseId == course.Id && gone.Digest == one.Digest)).OrderByDescending(one => one.Number).FirstOrDefaultAsync(stop);
        return standing?.Digest == digest ? new PackageOutcome.Unchanged(standing, course)
            : await db.Packages.AsNoTracking().SingleOrDefaultAsync(one => one.CourseId == course.Id && one.Digest == digest, stop) is not { } before ? null
            : new PackageOutcome.Refused([await db.VersionWithdrawals.AnyAsync(gone => gone.CourseId == course.Id && gone.Digest == digest, stop)
                ? $"This is version {before.Number} of the course, which was withdrawn. Nobody begins a withdrawn version again; export the package anew, mended."
                : $"This is version {before.Number} of the course already, and version {standing!.Number} stands in its place. To go back to it, withdraw what came after it."]);
    }
}
