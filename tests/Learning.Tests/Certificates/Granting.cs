using Learning.Catalogue;
using Learning.Certificates;
using Learning.People;
using Learning.Tests.Figures;
using Learning.Tests.Support;

using Microsoft.EntityFrameworkCore;

namespace Learning.Tests.Certificates;

/// <summary>Courses that grant certificates, and the job that issues them.</summary>
internal sealed class Granting(Ground ground)
{
    public Told Told { get; } = new(ground);

    /// <summary>A course that grants certificates for what is learnt from a day on; it counts for 36 months unless said.</summary>
    public async Task<Course> CourseAsync(CourseKind kind = CourseKind.ELearning, string? from = "2024-01-01", int? months = 36, string? title = null)
    {
        var course = await ground.Given.Course(kind, title: title);
        await ground.Sql($"""
            update courses set certificates_from = {(from is null ? "null" : $"'{from}'")}, validity_months = {(months is null ? "null" : $"{months}")}, cpd_hours = 6, level = '3', level_framework = 'Intercollegiate document, fourth edition', participatory_share = 0.5
            where id = '{course.Id}'
            """);
        return course;
    }

    public Task<IssueRound> IssueAsync() => ground.With((IssueCertificates issue) => issue.RunAsync());

    /// <summary>Somebody with the certificate of a course that they completed.</summary>
    public async Task<(Person Person, CertificateSeen Certificate)> HolderAsync(Course? course = null, string on = "2024-05-10", string given = "Amara", string family = "Osei")
    {
        var person = await ground.Given.Person(given: given, family: family);
        await Told.Complete(course ?? await CourseAsync(), person, on);
        await IssueAsync();
        return (person, Assert.Single(await OfAsync(person)));
    }

    public Task<List<CertificateSeen>> OfAsync(Person person) => ground.With((FindCertificates find) => find.OfAsync(person.Id));

    public async Task<CertificateSeen> AgainAsync(CertificateSeen certificate) => (await ground.With((FindCertificates find) => find.ByNumberAsync(certificate.Number)))!;

    public Task<byte[]> PdfAsync(CertificateSeen certificate) => ground.With((CertificatePdf pdf) => Task.FromResult(pdf.Write(certificate)));

    /// <summary>The public page of a number, by nobody.</summary>
    public async Task<Page> VerifyAsync(string number) => await (await ground.SiteAsync()).Visitor().Get($"/verify/{number}");

    public async Task<ReissueOutcome> ReissueAsync(CertificateSeen certificate, Person by, string holder = "Amara Osei-Mensah", string? lastDay = null, string reason = "She has married", string hours = "6")
    {
        var actor = await ground.Given.Actor(by);
        return await ground.With((ReissueCertificate reissue) => reissue.RunAsync(certificate.Id, new(holder, hours, certificate.Level, certificate.LevelFramework, "50", lastDay ?? $"{certificate.LastDay:yyyy-MM-dd}", reason), actor));
    }

    public async Task<RevokeOutcome> RevokeAsync(CertificateSeen certificate, Person by, string? reason = "It was issued to the wrong person")
    {
        var actor = await ground.Given.Actor(by);
        return await ground.With((RevokeCertificate revoke) => revoke.RunAsync(certificate.Id, reason, actor));
    }

    /// <summary>What was queued about a certificate: kinds and occurrences.</summary>
    public async Task<List<string>> LettersAsync(CertificateSeen certificate)
    {
        await using var db = ground.Db();
        return await db.Messages.Where(message => message.Kind == "certificate" && message.SubjectId == certificate.Id).OrderBy(message => message.QueuedAt).Select(message => message.Occurrence).ToListAsync();
    }
}
