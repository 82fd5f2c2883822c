using Learning.Attendance;
using Learning.Evaluation;
using Learning.Messages;
using Learning.Records;
using Learning.Tests.Messages;
using Learning.Tests.Support;

using Microsoft.EntityFrameworkCore;

namespace Learning.Tests.Evaluation;

/// <summary>M4: who is asked what a session was worth, when, and who is not asked (any more).</summary>
public sealed class AskForEvaluationsTests(Ground ground) : IClassFixture<Ground>, IAsyncLifetime
{
    private readonly Asking asking = new(ground);
    private readonly PostRoom room = new(ground);

    public Task InitializeAsync() => ground.Sql("update messages set state = 'dropped', settled_at = now() where state = 'due'");

    public async Task DisposeAsync() => await room.DisposeAsync();

    [Fact] // M4, A7, M2: everybody who attended, by the substitute too; nobody else; once, however often it is asked
    public async Task Each_who_attended_a_signed_session_is_asked_once()
    {
        ground.Clock.Set("2024-05-15 16:00");
        var hall = await Learning.Tests.Attendance.Hall.Open(ground, 4);
        var came = await ground.Given.Person(given: "Cam");
        await hall.Sent("paper", hall.Mark(hall.People[0].Id), hall.Mark(hall.People[1].Id, MarkKind.Dna), hall.Mark(hall.People[2].Id, MarkKind.Part, 30), hall.Mark(hall.People[3].Id, MarkKind.Substitute, substitute: came.Id));
        Assert.Equal(0, await asking.AskAsync());
        await hall.Sign();
        Assert.Equal(2, await asking.AskAsync());
        Assert.Equal(0, await asking.AskAsync());
        Assert.Equal(2L, await ground.Sql<long>($"select count(*) from evaluation_requests where session_id = '{hall.Session.Id}' and person_id in ('{hall.People[0].Id}', '{came.Id}')"));
        Assert.Equal(4L, await ground.Sql<long>($"select count(*) from messages where session_id = '{hall.Session.Id}' and kind like 'evaluation%'"));
    }

    [Fact] // H4: nobody is asked about a register that was imported
    public async Task An_imported_register_asks_nobody()
    {
        await asking.BeginAsync(1);
        var session = await ground.Given.Session(null, 20, "2024-05-10 10:00 to 12:00");
        var person = await ground.Given.Person();
        await ground.Sql($"""
            insert into marks (id, part_id, session_id, person_id, mark, marked_at, recorded_at) select gen_random_uuid(), id, session_id, '{person.Id}', 'attended', ends_at, ends_at from session_parts where session_id = '{session.Id}';
            insert into register_events (session_id, event, recorded_at) values ('{session.Id}', 'signed', '2024-05-10 16:00Z')
            """);
        Assert.Equal(0, await asking.AskAsync());
    }

    [Fact] // M4: at once, a word a week later to who has not answered, and three months after the day; each at its hour
    public async Task The_letters_go_out_at_their_hours_and_not_to_who_has_answered()
    {
        await asking.BeginAsync(2);
        Assert.Equal(["How was", "How was"], await SentAsync());
        await asking.AnsweredAsync(asking.Hall.People[0], "useful=4");
        ground.Clock.Set("2024-05-22 08:59");
        Assert.Empty(await SentAsync());
        ground.Clock.Set("2024-05-22 09:00");
        Assert.Equal(["Two minutes for"], await SentAsync());
        Assert.Equal("they have answered", await OutcomeAsync("evaluation-nudge", 0));
        ground.Clock.Set("2024-08-15 08:59");
        Assert.Equal(0, await asking.AskAsync());
        ground.Clock.Set("2024-08-15 09:00");
        Assert.Equal(2, await asking.AskAsync());
        Assert.Equal(["Three months on", "Three months on"], await SentAsync());
        Assert.Equal(0, await asking.AskAsync());
    }

    [Fact] // M3, A6: opened again, nobody is written to; signed again, they are, once
    public async Task A_register_that_is_opened_again_waits_until_it_is_signed_again()
    {
        await asking.BeginAsync(1);
        await asking.ReopenAsync();
        Assert.Empty(await SentAsync());
        Assert.Equal("the register has been opened again", await OutcomeAsync("evaluation", 0));
        ground.Clock.Advance(TimeSpan.FromHours(1));
        await asking.Hall.Sign();
        Assert.Equal(0, await asking.AskAsync());
        Assert.Equal(["How was"], await SentAsync());
        await asking.ReopenAsync();
        ground.Clock.Advance(TimeSpan.FromHours(1));
        await asking.Hall.Sign();
        await asking.AskAsync();
        Assert.Empty(await SentAsync());
    }

    [Fact] // M3, A7: a mark that is put right
    public async Task Who_did_not_attend_after_all_is_not_written_to_and_cannot_answer()
    {
        await asking.BeginAsync(1);
        var person = asking.Hall.People[0];
        await asking.Hall.Sent("late", asking.Hall.Mark(person.Id, MarkKind.Dna));
        await asking.Hall.Sign();
        Assert.Empty(await SentAsync());
        Assert.Equal("by the marks that stand now they did not attend", await OutcomeAsync("evaluation", 0));
        Assert.Equal(EvaluationClosed.NotAttended, (await asking.SeesAsync(person))!.Closed);
        Assert.IsType<EvaluationOutcome.Closed>(await asking.AnswerAsync(person, "useful=4"));
    }

    [Fact] // M4: it is a letter that a person may do without
    public async Task Who_does_without_such_letters_gets_none_and_finds_it_in_their_record()
    {
        await asking.BeginAsync(1);
        await ground.Sql($"insert into message_choices (person_id, choice, wanted, changed_at) values ('{asking.Hall.People[0].Id}', 'evaluation', false, now())");
        Assert.Empty(await SentAsync());
        await asking.AskAsync();
        Assert.Empty(await SentAsync());
        Assert.Null((await asking.SeesAsync(asking.Hall.People[0]))!.Closed);
    }

    [Fact] // P3: two records of one person, both on the register
    public async Task Who_is_asked_under_two_records_gets_one_letter()
    {
        await asking.BeginAsync(2);
        var (kept, other) = (asking.Hall.People[0], asking.Hall.People[1]);
        var unit = await ground.Given.Actor(await ground.Given.Unit());
        Assert.IsType<MergeOutcome.Done>(await ground.With((MergePerson merge) => merge.RunAsync(kept.Id, other.Id, "They are one.", unit)));
        Assert.Single(await SentAsync(), subject => subject == "How was");
        Assert.Contains("they are asked under their other record", new[] { await OutcomeAsync("evaluation", 0), await OutcomeAsync("evaluation", 1) });
    }

    [Fact] // P5, M3
    public async Task Who_is_erased_is_not_written_to_and_their_words_go_and_their_numbers_stay()
    {
        await asking.BeginAsync(1);
        var person = asking.Hall.People[0];
        await asking.AnsweredAsync(person, "useful=4, differently=I shall ring Mrs Falconer first");
        var unit = await ground.Given.Actor(await ground.Given.Unit());
        Assert.IsType<EraseOutcome.Erased>(await room.With((ErasePerson erase) => erase.RunAsync(person.Id, "They asked for it.", unit)));
        Assert.DoesNotContain("How was", await SentAsync());
        Assert.Equal("useful 4 -, differently - -", await ground.Sql<string>($"select string_agg(a.question || ' ' || coalesce(a.score::text, '-') || ' ' || coalesce(a.words, '-'), ', ' order by a.question desc) from evaluation_answers a join evaluation_responses r on r.id = a.response_id join evaluation_requests q on q.id = r.request_id where q.person_id = '{person.Id}'"));
        Assert.Null(await ground.With((AskedEvaluations asked) => asked.OfLinkAsync(Sealed(person.Id))));
    }

    [Fact] // M4: a program that was off for long asks nobody what they have forgotten
    public async Task A_program_that_was_off_asks_what_lies_back_four_weeks_at_most()
    {
        ground.Clock.Set("2024-05-15 16:00");
        var hall = await Learning.Tests.Attendance.Hall.Open(ground, 1);
        await hall.Signed();
        ground.Clock.Set("2024-06-12 16:01");
        Assert.Equal(0, await asking.AskAsync());
        ground.Clock.Set("2024-05-15 16:00");
        hall = await Learning.Tests.Attendance.Hall.Open(ground, 1);
        await hall.Signed();
        await asking.AskAsync();
        ground.Clock.Set("2024-06-13 09:00");
        Assert.Empty(await SentAsync());
        Assert.Equal("it would come too late", await ground.Sql<string>($"select string_agg(distinct outcome, ', ') from messages where session_id = '{hall.Session.Id}' and kind like 'evaluation%'"));
    }

    [Fact] // M4: e-learning, by the completion
    public async Task Who_completes_e_learning_is_asked_too()
    {
        ground.Clock.Set("2024-05-15 16:00");
        var (course, person) = (await ground.Given.Course(Learning.Catalogue.CourseKind.ELearning), await ground.Given.Person());
        await ground.Sql($"""
            insert into course_versions (course_id, digest, texts, first_used_at) values ('{course.Id}', '{new string('a', 64)}', jsonb_build_object(), now());
            insert into learning_attempts (id, course_id, person_id, version, last_page, started_at, last_seen_at, completed_at) values ('{person.Id}', '{course.Id}', '{person.Id}', '{new string('a', 64)}', '01', '2024-05-15 14:00Z', '2024-05-15 14:30Z', '2024-05-15 14:30Z');
            insert into completions (id, course_id, person_id, completed_on, attempt_id, recorded_at) values (gen_random_uuid(), '{course.Id}', '{person.Id}', '2024-05-15', '{person.Id}', '2024-05-15 14:30Z');
            insert into completions (id, course_id, person_id, completed_on, recorded_at) values (gen_random_uuid(), '{course.Id}', '{person.Id}', '2024-05-14', '2024-05-15 14:30Z')
            """);
        Assert.Equal(1, await asking.AskAsync());
        Assert.Equal(["How was"], await SentAsync());
        Assert.Contains("You completed", room.Sink.Mails[^1].Text("text/plain"));
    }

    private static string Sealed(Guid id) => $"not-a-link-{id:N}";

    private int told;

    // Subjects up to the course, of what has gone out since the last time.
    private async Task<string[]> SentAsync()
    {
        await room.SendAsync();
        var mails = room.Sink.Mails.Skip(told).Select(mail => mail.Subject.Split(" Course")[0].TrimEnd(':')).Order(StringComparer.Ordinal).ToArray();
        told = room.Sink.Mails.Count;
        return mails;
    }

    private async Task<string?> OutcomeAsync(string kind, int person)
    {
        var id = asking.Hall.People[person].Id;
        await using var db = ground.Db();
        return await db.Messages.Where(message => message.Kind == kind && message.PersonId == id).OrderByDescending(message => message.QueuedAt).Select(message => message.Outcome).FirstOrDefaultAsync();
    }
}
