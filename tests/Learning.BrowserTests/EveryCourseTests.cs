using Learning.Catalogue;
using Learning.ELearning;
using Learning.Tests.Support;

namespace Learning.BrowserTests;

/// <summary>Every page of every written course fits a telephone, a tablet and a desk, and its drawings are there; pages whose question is not a choice are scanned too.</summary>
public class EveryCourseTests(Ground ground, Chromium chromium) : IClassFixture<Ground>, IClassFixture<Chromium>
{
    private static readonly ContentFolder Content = new(Path.Combine(AppContext.BaseDirectory, "content"));

    [Fact]
    public async Task Every_page_of_every_course_fits_every_width_and_shows_its_drawings()
    {
        var person = await ground.Given.Person(await ground.Given.Agency());
        var page = await chromium.SignedInAsync(await ground.SiteAsync(), person, 360);
        foreach (var code in Content.Codes.Where(code => Content.Find(code)!.Playable))
        {
            var course = ReadCourse.From(Content.Find(code)!);
            var outline = new Outline(course);
            await ground.Given.Course(CourseKind.ELearning, code: code, title: course.Head.Title);
            await page.GotoAsync($"/learn/{code}");
            await page.PressAsync("Next");
            await page.ReachAsync("page=");
            // As if they had turned every page.
            await ground.Sql($"""
                insert into page_visits (attempt_id, page, first_seen_at)
                select t.id, name, now() from learning_attempts t join courses c on c.id = t.course_id and c.code = '{code}' cross join unnest(array['{string.Join("','", outline.Stops.Select(stop => stop.Name))}']) name
                where t.person_id = '{person.Id}' on conflict do nothing
                """);
            foreach (var stop in outline.Stops)
            {
                await page.GotoAsync($"/learn/{code}?page={stop.Name}");
                await page.LoadedAsync();
                if (stop is ReadingStop { Page.Check.IsChoice: false })
                {
                    await page.IsAccessibleAsync();
                }

                await page.FitsEveryWidthAsync();
                Assert.True(await page.EvaluateAsync<bool>("() => [...document.querySelectorAll('img.app-picture')].every(one => one.naturalWidth > 0)"), $"{code} {stop.Name}: a drawing is not there.");
            }
        }
    }
}
