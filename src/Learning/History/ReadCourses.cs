using Learning.Catalogue;

namespace Learning.History;

/// <summary>Reads programmes.csv and courses.csv. A programme met only in courses.csv is made, and starts with its first session.</summary>
internal static class ReadCourses
{
    public static void Programmes(Sheet sheet, Story story)
    {
        while (sheet.Next())
        {
            if (!sheet.RowIsWhole)
            {
                story.Programmes.Excuse(sheet.MaybeNames());
                continue;
            }

            var (code, title, startsOn) = (sheet["code"].Text(), sheet["title"].Text(), sheet["starts_on"].Date());
            var programme = code is null ? null : story.Programmes.Get(code);
            if (programme is { IsTold: true })
            {
                sheet["code"].Mistake($"programme {programme.Code} is on line {programme.Line} already");
            }
            else if (code is not null)
            {
                programme ??= new ToldProgramme { Id = Guid.CreateVersion7(), Code = code };
                (programme.Title, programme.StartsOn, programme.Line) = (title, startsOn, sheet.Line);
                story.Programmes.Add(code, programme);
            }
        }
    }

    public static void Courses(Sheet sheet, Story story)
    {
        while (sheet.Next())
        {
            if (!sheet.RowIsWhole)
            {
                story.Courses.Excuse(sheet.MaybeNames());
                continue;
            }

            var code = sheet["code"].Text();
            var known = code is null ? null : story.Courses.Get(code);
            var course = known is { IsTold: false } ? known : new ToldCourse { Id = Guid.CreateVersion7(), Code = code ?? "" };
            Fill(course, sheet, story);
            if (known is { IsTold: true })
            {
                sheet["code"].Mistake($"course {known.Code} is on line {known.Line} already");
            }
            else if (code is not null)
            {
                course.Line = sheet.Line;
                story.Courses.Add(code, course);
            }
        }
    }

    private static void Fill(ToldCourse course, Sheet sheet, Story story)
    {
        course.Title = sheet["title"].Text();
        course.Kind = sheet["kind"].Word<CourseKind>();
        course.Owner = story.Agencies.Find(sheet["owner"]);
        course.Board = Board(sheet["boards"]);
        course.Programmes = [.. sheet["programmes"].List().Select(code => Programme(code, story))];
        course.ValidityMonths = sheet["validity_months"].Whole(from: 1);
        course.CpdHours = sheet["cpd_hours"].Decimal(to: 9999.99m);
        course.Level = sheet["level"].Text();
        course.PublishedOn = sheet["published_on"].Date();
        course.WithdrawnOn = sheet["withdrawn_on"].Date();
        if (course.WithdrawnOn < course.PublishedOn)
        {
            sheet["withdrawn_on"].Mistake("the course is withdrawn before it is published");
        }
    }

    // Both boards together are the joint one.
    private static Board? Board(Cell cell)
    {
        var words = cell.List();
        if (words.Count <= 1)
        {
            return words.Count == 0 ? null : cell.Word<Board>();
        }

        foreach (var word in words)
        {
            if (!Database.Words.TryParse<Board>(word, out _))
            {
                cell.Mistake($"boards \"{word}\" is not one of {string.Join(", ", Database.Words.All<Board>())}");
                return null;
            }
        }

        return Catalogue.Board.Joint;
    }

    private static ToldProgramme Programme(string code, Story story)
    {
        if (story.Programmes.Get(code) is not { } programme)
        {
            story.Programmes.Add(code, programme = new ToldProgramme { Id = Guid.CreateVersion7(), Code = code, Title = code, IsMetOnly = true });
        }

        return programme;
    }
}
