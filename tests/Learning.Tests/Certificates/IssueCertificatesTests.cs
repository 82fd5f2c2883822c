using Learning.Attendance;
using Learning.Catalogue;
using Learning.Certificates;
using Learning.Database;
using Learning.Tests.Support;

using Microsoft.Extensions.DependencyInjection;

namespace Learning.Tests.Certificates;

/// <summary>E5: what is learnt gets a certificate, once; one whose attendance does not hold any more is revoked.</summary>
public sealed class IssueCertificatesTests(Ground ground) : IClassFixture<Ground>
{
    private readonly Granting granting = new(ground);

    [Fact] // E5, T3: the facts as they were, from the day on which the course grants
    public async Task A_completion_gets_one_certificate_with_what_was_true_then()
    {
        var course = await granting.CourseAsync(from: "2024-05-10", title: "Neglect");
        var (early, person) = (await ground.Given.Person(), await ground.Given.Person(given: "Amara", family: "Osei"));
        await granting.Told.Complete(course, early, "2024-05-09");
        await granting.Told.Complete(course, person, "2024-05-10");
        await granting.IssueAsync();
        await granting.IssueAsync();

        Assert.Empty(await granting.OfAsync(early));
        var certificate = Assert.Single(await granting.OfAsync(person));
        Assert.Equal(
            ("Amara Osei", course.Code, "Neglect", CourseKind.ELearning, 6m, "3", "Intercollegiate document, fourth edition", 0.5m, new DateOnly(2024, 5, 10), new DateOnly(2027, 5, 10)),
            (certificate.Holder, certificate.CourseCode, certificate.CourseTitle, certificate.Kind, certificate.CpdHours, certificate.Level, certificate.LevelFramework, certificate.ParticipatoryShare, certificate.HeldOn, certificate.ExpiresOn));
        Assert.Equal("Southend Safeguarding Partnership", certificate.Partnership);
    }

    [Fact] // E5: null grants none, and a course without a validity grants for good
    public async Task A_course_that_grants_none_has_none_and_one_without_an_end_counts_for_good()
    {
        var (none, good, person) = (await granting.CourseAsync(from: null), await granting.CourseAsync(months: null), await ground.Given.Person());
        await granting.Told.Complete(none, person, "2024-05-10");
        await granting.Told.Complete(good, person, "2024-05-10");
        await granting.IssueAsync();
        var certificate = Assert.Single(await granting.OfAsync(person));
        Assert.Equal((good.Code, (DateOnly?)null, CertificateState.Valid), (certificate.CourseCode, certificate.ExpiresOn, certificate.On(new(2050, 1, 1))));
    }

    [Fact] // H4: imported history gets its certificates, and nobody is written to
    public async Task Imported_history_is_told_to_nobody()
    {
        ground.Clock.Set("2024-05-15 16:00");
        var (course, person) = (await granting.CourseAsync(CourseKind.Trained), await ground.Given.Person());
        var session = await ground.Given.Session(course, 20, "2024-05-10 10:00 to 12:00");
        await granting.Told.Mark(session, person, MarkKind.Attended, "2024-05-10 12:00");
        await granting.Told.Sign(session, "2024-05-10 13:00");
        var (_, completed) = await granting.HolderAsync();
        var attended = Assert.Single(await granting.OfAsync(person));
        Assert.Empty(await granting.LettersAsync(attended));
        Assert.Empty(await granting.LettersAsync(completed));
    }

    [Fact] // E5, I: two servers at the same moment, five times
    public async Task However_many_servers_issue_at_once_there_is_one()
    {
        var (course, person) = (await granting.CourseAsync(), await ground.Given.Person());
        for (var i = 1; i <= 5; i++)
        {
            await granting.Told.Complete(course, person, $"2024-05-0{i}");
        }

        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => granting.IssueAsync()));
        Assert.Equal(5, (await granting.OfAsync(person)).Count);
        await Assert.ThrowsAnyAsync<Exception>(() => ground.Sql($"""
            insert into certificates (person_id, completion_id, course_id, holder, course_code, course_title, course_kind, held_on, issued_at, partnership)
            select person_id, completion_id, course_id, holder, course_code, course_title, course_kind, held_on, issued_at, partnership from certificates where person_id = '{person.Id}' limit 1
            """));
    }

    [Fact] // E5: a thousand certificates, bounded statements, with progress
    public async Task A_thousand_take_a_handful_of_statements_and_say_how_far_they_are()
    {
        var (course, counted) = (await granting.CourseAsync(), new StatementCount());
        await ground.Sql($"""
            with made as (insert into persons (id, given_name, family_name, created_at) select gen_random_uuid(), 'Thousand', 'Number ' || n, now() from generate_series(1, 1000) n returning id)
            insert into completions (id, course_id, person_id, completed_on, recorded_at) select gen_random_uuid(), '{course.Id}', id, '2024-05-10', '2024-05-10' from made
            """);
        await using var site = await counted.SiteAsync(ground);
        await using var scope = site.Services.CreateAsyncScope();
        var heard = new List<(int Done, int Of)>();
        scope.ServiceProvider.GetRequiredService<RunProgress>().Heard = (done, of) =>
        {
            heard.Add((done, of));
            return Task.CompletedTask;
        };
        var issued = 0;
        var statements = await counted.Of(async () => issued = (await scope.ServiceProvider.GetRequiredService<IssueCertificates>().RunAsync()).Issued);
        Assert.Equal(1000, issued);
        Assert.True(statements <= 8, $"{statements} statements");
        Assert.Equal((1000, 1000), heard[^1]);
        Assert.Equal(1000L, await ground.Sql<long>($"select count(distinct number) from certificates where course_id = '{course.Id}'"));
    }

    [Theory] // E5, I: what is issued is never changed, and stands on the same learning of the same person
    [InlineData("update certificates set holder = 'Somebody else'")]
    [InlineData("delete from certificates")]
    [InlineData("update certificate_revocations set reason = 'Another'")]
    [InlineData("insert into certificates (person_id, completion_id, course_id, course_code, course_title, course_kind, held_on, issued_at, partnership, replaces_id) select person_id, completion_id, course_id, course_code, course_title, course_kind, held_on, issued_at, partnership, id from certificates")]
    [InlineData("insert into certificates (person_id, session_id, course_id, holder, course_code, course_title, course_kind, held_on, issued_at, partnership, replaces_id) select c.person_id, s.id, c.course_id, c.holder, c.course_code, c.course_title, c.course_kind, c.held_on, c.issued_at, c.partnership, c.id from certificates c, sessions s")]
    public async Task The_database_keeps_them_as_they_are(string sql)
    {
        await granting.HolderAsync();
        await ground.Given.Session();
        await Assert.ThrowsAnyAsync<Exception>(() => ground.OwnerSql(sql));
    }
}
