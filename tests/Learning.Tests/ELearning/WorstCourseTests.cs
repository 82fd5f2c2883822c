using Learning.Commands;

namespace Learning.Tests.ELearning;

/// <summary>One folder with the mistakes that the linter knows, all at once: each is named with its file and line, and none hides another. What cannot be read at all is a test of <see cref="ContentCheckTests"/>.</summary>
public sealed class WorstCourseTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("learning-worst-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact] // E3
    public async Task Every_mistake_of_a_course_is_named_with_file_and_line()
    {
        Write("courses/worst/course.yaml", """
            code: WORST
            title: ''
            summary: ''
            audience: ''
            minutes: 0
            as_at: 2024-03-31
            review_by: 2023-03-31
            version: '1'
            outcomes:
              1: Tested by one question only.
            local: [children_front_door]
            plain_english: {longest_sentence: 5, average_sentence: 3, page_words: [1, 10]}
            """);
        Write("courses/worst/pages/01-first.md", """
            ---
            title: ''
            minutes: 0
            reflection: ''
            check:
              id: extra
              outcome: [1]
              text: ''
              kind: single
              options: [{text: A, feedback: F, right: true}, {text: B, feedback: F, right: true}]
            video:
              title: ''
              file: film.avi
              captions: videos/missing.vtt
              transcript: videos/missing.md
            ---
            This is a sentence of many more words than the five that were promised to whoever reads it here.

            Ring {{adult_front_door}} now.

            ![](pictures/door.svg)

            ![A door](https://elsewhere.example/door.png)

            ![A window](pictures/window.svg)
            """);
        Write("courses/worst/pages/02-second.md", """
            ---
            title: Second
            minutes: 1
            video:
              title: A film
              file: videos/film.mp4
              captions: videos/film.vtt
              transcript: videos/film.md
            ---
            Words.
            """);
        Write("courses/worst/pages/03-second.md", """
            ---
            title: Second
            minutes: 1
            ---
            Words.
            """);
        Write("courses/worst/case.yaml", """
            title: A story
            minutes: 1
            decisions:
              - {id: door, title: The door, story: There is one., question: Open it?, options: [{text: Open, effect: '', reason: R, after: A}]}
            ending: ''
            """);
        Write("courses/worst/quiz.yaml", """
            title: Quiz
            minutes: 1
            pass_mark: 101
            attempts: -1
            pools: {wide: 9}
            questions:
              - {id: q, outcome: [1], text: One, kind: single, options: [{text: A, feedback: F, right: true}, {text: A, right: true}]}
              - {id: q, outcome: [7], text: Two, kind: single, pool: wide, options: [{text: A, feedback: F, right: true}]}
              - {id: r, outcome: [7], text: Two, kind: single, pool: nowhere, otherwise: O, options: [{text: A, feedback: F, right: true, match: M}, {text: B, feedback: F}]}
              - {id: s, outcome: [7], text: Three, kind: ordering, options: [{text: A, feedback: F, right: true}, {text: B, feedback: F}]}
              - {id: t, outcome: [7], text: Four, kind: matching, others: [M], options: [{text: A, feedback: F, match: M}]}
              - {id: u, outcome: [7], text: Five, kind: matching, options: [{text: A, feedback: F, match: M, right: true}, {text: B, feedback: F, match: M}, {text: C, feedback: F}]}
              - {id: v, outcome: [7], text: Six, kind: short, options: [{text: A, feedback: F}, {text: 'a.', also: ['?'], feedback: F}]}
            """);
        Write("courses/worst/pictures/door.svg", """
            <svg xmlns="http://www.w3.org/2000/svg" width="9"><script>alert(1)</script>
            <a href="https://elsewhere.example/"><rect onload="x()" /></a>
            <style>rect { background: url(https://elsewhere.example/); }</style>
            <text>Words</text></svg>
            """);
        Write("courses/worst/videos/film.vtt", """
            WEBVTT

            00:00:01.000 --> 00:04:00.000
            A door opens.
            """);
        Write("programme/local.yaml", """
            fields: {}
            """);
        Write("courses/worst/videos/film.md", "");
        using (var picture = File.Create(Path.Combine(folder.FullName, "courses/worst/pictures/huge.svg")))
        {
            picture.SetLength(50 * 1024 * 1024);
        }

        var said = new StringWriter();
        Assert.Equal(1, await CoursesCommand.CheckAsync(folder.FullName, said));

        Assert.Equal("""
            worst/pictures/huge.svg:1: has 50 MB, and a picture has 200 KB at most. Draw it with fewer points, and without a photograph inside
            worst/course.yaml:2: title is empty
            worst/course.yaml:3: summary is empty
            worst/course.yaml:1: description is empty
            worst/course.yaml:4: audience is empty
            worst/course.yaml:1: level is empty
            worst/course.yaml:1: you_receive is empty
            worst/course.yaml:5: minutes is not a number above 0
            worst/course.yaml:6: as_at and review_by are dates, and the review comes after
            worst/pages/01-first.md:19: uses the local contact adult_front_door, which course.yaml does not name under local
            worst/pages/01-first.md:2: has no title or no minutes
            worst/pages/01-first.md:17: a sentence of 19 words, over 5: This is a sentence of many more words than the five that were promised to whoever reads it here.
            worst/pages/01-first.md:17: 11.0 words a sentence on average, over 3
            worst/pages/01-first.md:17: 22 words, not 1 to 10
            worst/pages/01-first.md:5: the check has no text
            worst/pages/01-first.md:5: the check counts nowhere, so it has no id, pool or outcome
            worst/pages/01-first.md:5: the check has 2 right options, a single one needs exactly 1
            worst/pages/01-first.md:4: the reflection is a question or a sentence of 1 to 60 words
            worst/pages/01-first.md:11: the video has no title
            worst/pages/01-first.md:11: the video’s file is one like videos/first-visit.mp4
            worst/pages/01-first.md:11: the video has no captions: name a file like videos/first-visit.vtt, which is in the course’s folder
            worst/pages/01-first.md:11: the video has no transcript: name a file like videos/first-visit.md, which is in the course’s folder
            worst/pages/02-second.md:4: videos/film.mp4 is not in the course’s folder
            worst/videos/film.vtt:1: the video is longer than 3 minutes
            worst/videos/film.md:1: the transcript is empty
            worst/pages/01-first.md:21: the picture has no alternative text: write its point between the square brackets, as in ![what it shows](pictures/two-doors.svg)
            worst/pages/01-first.md:23: a picture is a file of the course’s own folder, such as pictures/two-doors.svg, not https://elsewhere.example/door.png
            worst/pages/01-first.md:25: pictures/window.svg is not in the course’s folder
            worst/pictures/door.svg:1: begins with <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 width height">, so that it fits every screen
            worst/pictures/door.svg:1: has <script>: a picture draws, and runs, loads and moves nothing
            worst/pictures/door.svg:2: has <a>: a picture draws, and runs, loads and moves nothing
            worst/pictures/door.svg:2: refers to something outside the picture: href="https://elsewhere.example/"
            worst/pictures/door.svg:2: has the event handler onload
            worst/pictures/door.svg:3: has a style that loads something, or moves
            worst/pictures/door.svg:4: has the words “Words”: put them beside the picture or into its alternative text, where they can grow and be read out
            worst/case.yaml:1: the name 'second' is empty or used by two pages, decisions or the quiz
            worst/case.yaml:4: door has fewer than two choices
            worst/case.yaml:4: door has a choice without text, effect, reason or after
            worst/case.yaml:5: a story has decisions and an ending
            worst/quiz.yaml:3: pass_mark is a percentage from 1 to 100
            worst/quiz.yaml:4: attempts is 0 (without limit) or more
            worst/quiz.yaml:7: the id 'q' is empty or used twice
            worst/quiz.yaml:7: q has an option without text or feedback
            worst/quiz.yaml:7: q has the option “A” twice
            worst/quiz.yaml:7: q has 2 right options, a single one needs exactly 1
            worst/quiz.yaml:7: q has fewer than two options
            worst/quiz.yaml:9: r has match or others, which belong to kind: matching
            worst/quiz.yaml:9: r has also or otherwise, which belong to kind: short
            worst/quiz.yaml:10: s marks a step as right: the steps of an ordering stand in the right order, without right
            worst/quiz.yaml:10: s has 2 steps, an ordering has 3 to 9
            worst/quiz.yaml:11: t has 1 lines, a matching has 2 to 9
            worst/quiz.yaml:11: t has one match for everything: there is nothing to choose
            worst/quiz.yaml:11: t has “M” under others, which is empty or matches a line
            worst/quiz.yaml:12: u marks a line as right: what is right in a matching is each line’s match, without right
            worst/quiz.yaml:12: u has a line without a match
            worst/quiz.yaml:13: v has no right answer in its list
            worst/quiz.yaml:13: v has no feedback for an answer that is not in its list: write it under otherwise
            worst/quiz.yaml:13: v has the answer “?”, which nobody can give: it has no letter or digit, or more than 200 characters
            worst/quiz.yaml:13: v has “A” and “a.”, which are one answer: capitals, spaces and punctuation make no difference
            worst/quiz.yaml:5: the pool wide draws 9 of its 1 questions
            worst/quiz.yaml:9: r is in the pool nowhere, which is not under pools
            worst/quiz.yaml:7: q tests an outcome that course.yaml does not name
            worst/quiz.yaml:9: r tests an outcome that course.yaml does not name
            worst/quiz.yaml:10: s tests an outcome that course.yaml does not name
            worst/quiz.yaml:11: t tests an outcome that course.yaml does not name
            worst/quiz.yaml:12: u tests an outcome that course.yaml does not name
            worst/quiz.yaml:13: v tests an outcome that course.yaml does not name
            worst/course.yaml:11: the local contact children_front_door is empty in programme/local.yaml
            68 mistakes.
            """, said.ToString().Trim());
    }

    [Theory]
    [InlineData("minutes: soon", "worst/course.yaml:1: what stands here is not what this key takes: a list is written as [1, 2], a number in digits, yes or no as true or false")]
    [InlineData("minuts: 5", "worst/course.yaml:1: there is no key “minuts” here")]
    public async Task What_is_not_of_its_key_is_said_in_words(string head, string mistake)
    {
        Write("courses/worst/course.yaml", head);
        var said = new StringWriter();
        Assert.Equal(1, await CoursesCommand.CheckAsync(folder.FullName, said));
        Assert.StartsWith(mistake, said.ToString());
    }

    private void Write(string file, string text)
    {
        var path = Path.Combine(folder.FullName, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text.Length == 0 ? "" : text + "\n");
    }
}
