using Learning.Attendance;
using Learning.Certificates;
using Learning.Reminders;
using Learning.Required;
using Learning.Tests.Messages;
using Learning.Tests.Support;

using Microsoft.EntityFrameworkCore;

namespace Learning.Tests.Certificates;

/// <summary>E5, M4: what runs out, runs out by the day that stands on the certificate.</summary>
public sealed class StoredExpiryTests(Ground ground) : IClassFixture<Ground>
{
    private readonly Granting granting = new(ground);

    [Fact] // M4, T1: 90, 30 and 7 days before, at nine, each once; by the stored day, though the course says another now
    public async Task Reminders_follow_the_certificate()
    {
        var course = await granting.CourseAsync(months: 12);
        ground.Clock.Set("2024-05-15 09:00");
        var (person, certificate) = await granting.HolderAsync(course, "2024-05-10");
        await ground.Sql($"update courses set validity_months = 6 where id = '{course.Id}'");
        foreach (var day in new[] { "2024-08-12", "2024-11-03", "2025-02-08", "2025-02-08", "2025-04-09", "2025-05-02", "2025-05-03" })
        {
            ground.Clock.Set($"{day} 09:30");
            await ground.With((QueueReminders queue) => queue.RunAsync());
        }

        Assert.Equal(new DateOnly(2025, 5, 10), certificate.ExpiresOn);
        Assert.Equal(
            ["2025-02-09 09:00 2025-05-10, 90 days before", "2025-04-10 09:00 2025-05-10, 30 days before", "2025-05-03 09:00 2025-05-10, 7 days before"],
            await LettersAsync(person.Id));
    }

    [Fact] // M3: another certificate that counts longer, or learning of the same course that holds
    public async Task Nobody_is_reminded_of_what_something_newer_has_replaced()
    {
        var (course, unit) = (await granting.CourseAsync(months: 12), await ground.Given.Unit());
        ground.Clock.Set("2024-05-15 09:00");
        var ((reissued, first), (again, _)) = (await granting.HolderAsync(course), await granting.HolderAsync(course));
        var (attended, session) = (await ground.Given.Person(), await ground.Given.Session(course, 20, "2024-05-10 10:00 to 12:00"));
        await granting.Told.Mark(session, attended, MarkKind.Attended, "2024-05-10 12:00");
        await granting.Told.Sign(session, "2024-05-10 13:00");
        await granting.IssueAsync();
        ground.Clock.Set("2025-02-08 09:30");
        await ground.With((QueueReminders queue) => queue.RunAsync());
        foreach (var person in new[] { reissued, again, attended })
        {
            Assert.Single(await LettersAsync(person.Id));
        }


        ground.Clock.Set("2025-02-09 09:30");
        await granting.ReissueAsync(first, unit, lastDay: "2026-05-09");
        await granting.Told.Complete(course, again, "2025-02-09");
        await granting.Told.Reopen(session, "2025-02-09 09:10");
        await granting.Told.Mark(session, attended, MarkKind.Dna, "2025-02-09 09:11", reopening: 1);
        await granting.Told.Sign(session, "2025-02-09 09:12");
        await granting.IssueAsync();
        await using var room = new PostRoom(ground);
        await room.SendAsync();
        Assert.DoesNotContain(room.Sink.Mails, mail => mail.Subject.Contains("runs out", StringComparison.Ordinal) && mail.Subject.EndsWith(course.Title, StringComparison.Ordinal));
        Assert.Equal("they have renewed it", await OutcomeAsync(reissued.Id));
        Assert.Equal("they have renewed it", await OutcomeAsync(again.Id));
        Assert.Equal("it does not count until then any more", await OutcomeAsync(attended.Id));
    }

    [Fact] // E5, B8: prerequisites too
    public async Task A_course_is_held_until_the_day_that_stands_on_the_certificate()
    {
        var course = await granting.CourseAsync(months: 12);
        var (person, _) = await granting.HolderAsync(course);
        await ground.Sql($"update courses set validity_months = 1 where id = '{course.Id}'");
        Assert.True(await ground.Sql<bool>($"select holds_course('{person.Id}', '{course.Id}', '2025-05-09')"));
        Assert.False(await ground.Sql<bool>($"select holds_course('{person.Id}', '{course.Id}', '2025-05-10')"));
        await ground.Sql($"update courses set validity_months = null where id = '{course.Id}'");
        Assert.False(await ground.Sql<bool>($"select holds_course('{person.Id}', '{course.Id}', '2025-05-10')"));
    }

    [Fact] // E5: what my work needs, and so what the lead sees, which is the same statement
    public async Task Required_learning_follows_the_certificate_unless_the_rule_has_months_of_its_own()
    {
        ground.Clock.Set("2024-05-15 09:00");
        var agency = await ground.Given.Agency();
        var (stored, own) = (await granting.CourseAsync(months: 12), await granting.CourseAsync(months: 12));
        var (person, _) = await granting.HolderAsync(stored);
        await ground.Given.Job(person, agency, "2020-01-01");
        await granting.Told.Complete(own, person, "2024-05-10");
        await granting.IssueAsync();
        foreach (var (course, months) in new[] { (stored, (int?)null), (own, 3) })
        {
            await ground.Given.Save(new RequiredRule { Id = Guid.CreateVersion7(), CourseId = course.Id, AgencyId = agency.Id, DueDays = 30, Months = months, StartsOn = new(2024, 1, 1), Because = "Agreed", MadeAt = ground.Zone.Now });
            await ground.Sql($"update courses set validity_months = 1 where id = '{course.Id}'");
        }

        var needed = (await ground.With((MyRequired required) => required.ListAsync(person.Id))).ToDictionary(one => one.CourseId, one => one.By);
        Assert.Equal(new DateOnly(2025, 5, 10), needed[stored.Id]);
        Assert.Equal(new DateOnly(2024, 8, 10), needed[own.Id]);

        var unit = await ground.Given.Unit();
        await granting.RevokeAsync((await granting.OfAsync(person)).Single(one => one.CourseId == stored.Id), unit);
        Assert.Equal(new DateOnly(2024, 6, 10), (await ground.With((MyRequired required) => required.ListAsync(person.Id))).Single(one => one.CourseId == stored.Id).By);
    }

    private async Task<List<string>> LettersAsync(Guid person)
    {
        await using var db = ground.Db();
        return [.. (await db.Messages.Where(message => message.Kind == "training-expiry" && message.PersonId == person).OrderBy(message => message.DueAt).ToListAsync())
            .Select(message => $"{ground.Zone.LocalOf(message.DueAt):yyyy-MM-dd HH:mm} {message.Occurrence}")];
    }

    private Task<string> OutcomeAsync(Guid person) => ground.Sql<string>($"select coalesce(outcome, state) from messages where kind = 'training-expiry' and person_id = '{person}'");
}
