using System.Net;

using Learning.Bookings;
using Learning.Catalogue;
using Learning.People;
using Learning.Tests.Support;

namespace Learning.Tests.Catalogue;

/// <summary>"Tell me when there is a date": asked by a press, shown and taken back, counted for whoever organises, ended by a booking.</summary>
public class TellOfDatesTests(Ground ground) : IClassFixture<Ground>, IAsyncLifetime
{
    private Given Given => ground.Given;

    public Task InitializeAsync()
    {
        ground.Clock.Set("2024-05-15 09:00");
        return Task.CompletedTask;
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task It_is_one_press_on_the_course_shown_on_My_learning_and_taken_back_there()
    {
        var (course, person) = (await Given.Course(), await Given.Person());
        var visitor = await As(person);
        var page = await visitor.Get($"/courses/{course.Code}");
        Assert.Equal(0, await LiveAsync(course));

        var told = await page.Submit("Tell me when there is a date");
        Assert.Equal($"/courses/{course.Code}", told.Path);
        Assert.Contains("We write to you as soon as one is planned", told.Text);
        await page.Submit("Tell me when there is a date");
        Assert.Equal(1, await LiveAsync(course));

        var mine = await visitor.Get("/my");
        Assert.Contains(course.Title, mine.Document.QuerySelector("[aria-labelledby=awaited]")!.TextContent);
        var after = await mine.Submit($"Do not tell me any more of {course.Title}");
        Assert.Equal("/my", after.Path);
        Assert.Null(after.Document.QuerySelector("#awaited"));
        Assert.Equal("taken back", await ground.Sql<string>($"select ended_because from course_interests where course_id = '{course.Id}'"));
        await (await visitor.Get($"/courses/{course.Code}")).Submit("Tell me when there is a date");
        Assert.Equal(1, await LiveAsync(course));
    }

    [Fact] // S1
    public async Task Whoever_organises_reads_how_many_wait_and_nobody_else_and_one_human_being_counts_once()
    {
        var owner = await Given.Agency();
        var course = await Given.Course(owner: owner);
        var (organiser, first, second, same, reader) = (await Given.Person(owner), await Given.Person(), await Given.Person(), await Given.Person(), await Given.Person(owner));
        await Given.Save(new CourseOrganiser { CourseId = course.Id, PersonId = organiser.Id });
        foreach (var person in new[] { first, second, same })
        {
            Assert.Equal(TellOutcome.Done, await AskAsync(course, person));
        }

        await ground.Sql($"insert into person_merges (person_id, into_id, recorded_at, reason) values ('{same.Id}', '{second.Id}', '{ground.Zone.Now:O}', 'one person')");
        Assert.Matches(@"Waiting for a date\s*2 people", (await (await As(organiser)).Get($"/courses/{course.Code}")).Text);
        Assert.Contains("2 people", (await (await As(await Given.Unit())).Get($"/courses/{course.Code}")).Text);
        Assert.DoesNotContain("Waiting for a date", (await (await As(reader)).Get($"/courses/{course.Code}")).Text);
        Assert.DoesNotContain("Waiting for a date", (await (await ground.SiteAsync()).Visitor().Get($"/courses/{course.Code}")).Text);
    }

    [Theory]
    [InlineData(BookingState.Confirmed)]
    [InlineData(BookingState.Waiting)]
    public async Task A_booking_ends_it_whoever_made_it(BookingState state)
    {
        var (course, person, other) = (await Given.Course(), await Given.Person(), await Given.Person());
        await AskAsync(course, person);
        await AskAsync(course, other);
        await Given.Booking(await Given.Session(course), person, state);
        Assert.Equal("booked", await ground.Sql<string>($"select ended_because from course_interests where person_id = '{person.Id}'"));
        Assert.Equal(1, await LiveAsync(course));
    }

    [Fact]
    public async Task Where_there_is_a_date_to_book_or_never_is_one_it_cannot_be_asked_and_a_visitor_signs_in_first()
    {
        var (dated, closed, online, person) = (await Given.Course(), await Given.Course(), await Given.Course(CourseKind.ELearning), await Given.Person());
        await Given.Session(dated);
        await Given.Session(closed, 5, "2024-05-15 09:30 to 12:00");
        Assert.Equal(TellOutcome.HasDate, await AskAsync(dated, person));
        Assert.Equal(TellOutcome.NotFound, await AskAsync(online, person));
        Assert.Equal(TellOutcome.Done, await AskAsync(closed, person));
        Assert.Contains("There is a date that can be booked", (await (await As(person)).Get($"/courses/{dated.Code}/tell-me")).Text);
        Assert.Equal(HttpStatusCode.NotFound, (await (await As(person)).Get("/courses/NONE/tell-me")).Status);
        Assert.StartsWith("/account/sign-in", (await (await (await ground.SiteAsync()).Visitor().Get($"/courses/{closed.Code}")).Follow("Tell me when there is a date")).Path);
    }

    private async Task<TellOutcome> AskAsync(Course course, Person person)
    {
        var actor = await Given.Actor(person);
        return await ground.With((TellOfDates tell) => tell.AskAsync(course.Code, actor));
    }

    private async Task<Visitor> As(Person person) => await (await ground.SiteAsync()).SignedInAsync(person.Id);

    private Task<int> LiveAsync(Course course) => ground.Sql<int>($"select count(*)::integer from course_interests where course_id = '{course.Id}' and ended_at is null");
}
