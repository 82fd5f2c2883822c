using System.Net;

using Learning.Catalogue;
using Learning.People;
using Learning.Tests.Support;

namespace Learning.Tests.Catalogue;

/// <summary>B8, B9, S1: how a course is booked and who organises it is settled on one page.</summary>
public class SetCourseTests(Ground ground) : IClassFixture<Ground>, IAsyncLifetime
{
    private Actor unit = null!;
    private Agency owner = null!;
    private Course course = null!;

    public async Task InitializeAsync()
    {
        ground.Clock.Set("2024-05-15 09:00");
        unit = await ground.Given.Actor(await ground.Given.Unit());
        owner = await ground.Given.Agency();
        course = await ground.Given.Course(owner: owner);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact] // B8, B9, S1
    public async Task Approval_what_is_held_before_audience_and_organisers_are_settled_and_settled_anew()
    {
        var (first, organiser) = (await ground.Given.Course(), await ground.Given.Person(owner, email: "organises@agency.example"));

        Assert.IsType<CourseOutcome.Done>(await SetAsync(new(true, true, [first.Code.ToLowerInvariant()], ["children", "joint", "nonsense"], "Organises@agency.example\n")));
        Assert.Equal($"t t {first.Code} children joint {organiser.Id}", await StandsAsync());
        Assert.Equal(1L, await ground.Sql<long>($"select count(*) from audit_entries where verb = 'changed a course''s settings' and subject_id = '{course.Id}'"));

        // A request holds no place where nobody approves; who organises stays where it is not said.
        Assert.IsType<CourseOutcome.Done>(await SetAsync(new(false, true, [], [], null)));
        Assert.Equal($"f f   {organiser.Id}", await StandsAsync());
    }

    [Fact]
    public async Task What_cannot_be_is_refused_beside_its_field_and_changes_nothing()
    {
        var (other, third) = (await ground.Given.Course(title: "Asks in turn"), await ground.Given.Course());
        await ground.Given.Save(new CoursePrerequisite { CourseId = other.Id, NeedsId = third.Id }, new CoursePrerequisite { CourseId = third.Id, NeedsId = course.Id });
        await ground.Given.Person(await ground.Given.Agency(), email: "elsewhere@agency.example");

        Assert.Equal(new CourseMistake(CourseField.Needs, "Choose other courses that there are"), Wrong(await SetAsync(new(false, false, ["NONE"], [], null))));
        Assert.Equal(CourseField.Needs, Wrong(await SetAsync(new(false, false, [course.Code], [], null))).Field);
        Assert.Contains("Asks in turn asks for this course", Wrong(await SetAsync(new(false, false, [other.Code], [], null))).Sentence);
        Assert.Equal(CourseField.Organisers, Wrong(await SetAsync(new(false, false, [], [], "elsewhere@agency.example"))).Field);
        Assert.Equal(CourseField.Organisers, Wrong(await SetAsync(new(false, false, [], [], "nobody@agency.example"))).Field);
        Assert.Equal("f f   ", await StandsAsync());
    }

    [Fact] // S1
    public async Task Whoever_is_named_settles_the_course_but_names_nobody_and_others_find_no_such_course()
    {
        var (named, lead) = (await ground.Given.Person(owner), await ground.Given.Person(owner));
        await ground.Given.Save(new CourseOrganiser { CourseId = course.Id, PersonId = named.Id });
        await ground.Given.Role(lead, Role.AgencyLead, owner);
        var (organiser, stranger) = (await ground.Given.Actor(named), await ground.Given.Actor(lead));

        Assert.IsType<CourseOutcome.NotFound>(await ground.With((SetCourse set) => set.RunAsync(course.Code, new(true, false, [], [], null), stranger)));
        Assert.IsType<CourseOutcome.Done>(await ground.With((SetCourse set) => set.RunAsync(course.Code, new(true, false, [], [], ""), organiser)));
        Assert.Equal($"t f   {named.Id}", await StandsAsync());

        var site = await ground.SiteAsync();
        var page = await (await site.SignedInAsync(named.Id)).Get($"/manage/courses/{course.Code}");
        Assert.Null(page.Document.QuerySelector("[name='Input.Organisers']"));
        Assert.Contains("The settings are saved", (await page.Submit("Save", ("Input.Audience", "adults"))).Text);
        Assert.Equal($"t f  adults {named.Id}", await StandsAsync());
        Assert.Equal(HttpStatusCode.NotFound, (await (await site.SignedInAsync(lead.Id)).Get($"/manage/courses/{course.Code}")).Status);
    }

    private Task<CourseOutcome> SetAsync(TypedCourse typed) => ground.With((SetCourse set) => set.RunAsync(course.Code, typed, unit));

    private Task<string> StandsAsync() => ground.Sql<string>($"""
        select left(needs_approval::text, 1) || ' ' || left(request_holds_place::text, 1) || ' ' || coalesce((select string_agg(o.code, ' ') from course_prerequisites p join courses o on o.id = p.needs_id where p.course_id = c.id), '')
            || ' ' || coalesce((select string_agg(workforce, ' ' order by workforce) from course_audience where course_id = c.id), '') || ' ' || coalesce((select string_agg(person_id::text, ' ') from course_organisers where course_id = c.id), '')
        from courses c where id = '{course.Id}'
        """);

    private static CourseMistake Wrong(CourseOutcome outcome) => Assert.Single(Assert.IsType<CourseOutcome.Refused>(outcome).Mistakes);
}
