namespace Learning.History;

/// <summary>Reads completions.csv.</summary>
internal static class ReadCompletions
{
    public static void From(Sheet sheet, Story story, DateOnly today)
    {
        var seen = new Dictionary<(ToldCourse, ToldPerson, DateOnly), int>();
        while (sheet.Next())
        {
            if (!sheet.RowIsWhole)
            {
                continue;
            }

            var onCell = sheet["completed_on"];
            var (course, person, on) = (story.Courses.Find(sheet["course"]), ReadBookings.Person(sheet["email"], story), onCell.Date());
            var (score, agency) = (sheet["score"].Decimal(to: 100), story.Agencies.Find(sheet["agency"]));
            if (on > today)
            {
                onCell.Mistake("completed_on lies in the future");
            }
            else if (course is not null && person is not null && on is not null)
            {
                if (seen.TryAdd((course, person, on.Value), sheet.Line))
                {
                    story.Completions.Add(new ToldCompletion(course, person, on.Value, score, agency, sheet.Line));
                }
                else
                {
                    sheet["course"].Mistake($"the same completion is on line {seen[(course, person, on.Value)]} already");
                }
            }
        }
    }
}
