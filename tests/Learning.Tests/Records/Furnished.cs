using System.Collections.Concurrent;

using Learning.Accounts;
using Learning.Attendance;
using Learning.Audit;
using Learning.Bookings;
using Learning.Catalogue;
using Learning.ELearning;
using Learning.ELearning.Packages.Playing;
using Learning.Membership;
using Learning.Messages;
using Learning.People;
using Learning.Records.Retention;
using Learning.Records;
using Learning.Tests.Support;

using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Learning.Tests.Records;

/// <summary>Somebody of whom everything is held that can be: what a report must show and an erasure must remove. Their words are found nowhere else.</summary>
internal sealed class Furnished
{
    public const string Given = "Quenby";
    public const string Address = "quenby@zephyrine.example";

    /// <summary>What says who they are, or what they wrote, wherever it is kept.</summary>
    public static readonly string[] Words =
    [
        Given, "Zephyrine", "zephyrine.example", "quenby", "Falconry", "wheelchair-of-quenby", "because Quenby asked", "Letter to Quenby", "07700900123", "quenby-token", "Lantern Phone",
    ];

    public required Person Person { get; init; }

    /// <summary>Merged into <see cref="Person"/>, with an address and a booking of its own.</summary>
    public required Person Former { get; init; }
    public required Session Past { get; init; }
    public required Session Coming { get; init; }
    public required Booking PastBooking { get; init; }
    public required Booking ComingBooking { get; init; }
    public required Course ELearning { get; init; }
    public required Agency Agency { get; init; }

    /// <summary>A colleague whose name is in nothing that is the person's.</summary>
    public required Person Colleague { get; init; }

    /// <summary>What checks their password, which is "Learning-test-1".</summary>
    public required string PasswordHash { get; init; }

    private static readonly ConcurrentDictionary<Ground, Lazy<Task<Furnished>>> Made = [];

    /// <summary>The one of this database, made at first use.</summary>
    public static Task<Furnished> In(Ground ground) => Made.GetOrAdd(ground, one => new(() => MakeAsync(one))).Value;

    private static async Task<Furnished> MakeAsync(Ground ground)
    {
        var (given, now) = (ground.Given, ground.Zone.Now);
        var agency = await given.Agency(name: "Harbour Trust");
        var unit = await given.Unit();
        var colleague = await given.Person(agency, given: "Colleague", family: "Ottoline", email: "ottoline@harbour.example");
        var person = await given.Person(agency, Address, Given, "Zephyrine");
        var former = await given.Person(null, "q.zephyrine@zephyrine.example", "Quen", "Zephyrine");
        await given.Save(
            new PersonEmail { Email = "quenby.home@zephyrine.example", PersonId = person.Id, Main = false },
            new PersonMerge { PersonId = former.Id, IntoId = person.Id, RecordedAt = now, RecordedBy = unit.Id, Reason = "Same Falconry club as Quenby" });
        await ground.Sql($"update employments set job_title = 'Head of Falconry' where person_id = '{person.Id}'");
        await given.Role(person, Role.SubgroupMember);
        await given.Save(new RoleRequest
        {
            Id = Guid.CreateVersion7(), PersonId = person.Id, Role = Role.BusinessUnit, StartsOn = ground.Zone.Today, Reason = "because Quenby asked", AskedAt = now, AskedBy = unit.Id,
        });

        var past = await given.Session(null, 20, "2024-05-10 09:30 to 16:00");
        var coming = await given.Session(null, 1, "2024-06-10 09:30 to 16:00");
        await given.Trainer(past, await given.Person(given: "Joe", family: "Trainerman"));
        var pastBooking = await given.Booking(past, person, agency: agency);
        await given.Booking(past, former);
        var comingBooking = await given.Booking(coming, person);
        await ground.Sql($"""
            update bookings set needs = 'wheelchair-of-quenby', state_reason = 'because Quenby asked', badge_name = 'Quenby of the badge', said_as = 'kwen-bee of Quenby' where person_id = '{person.Id}';
            update bookings set state = 'cancelled', state_reason = 'because Quenby asked' where id = '{comingBooking.Id}';
            update bookings set state = 'confirmed', state_reason = 'because Quenby asked' where id = '{comingBooking.Id}';
            """);
        await ConferenceAsync(ground, person);
        await given.Save(
            new BookingWaiver { Id = Guid.CreateVersion7(), SessionId = coming.Id, PersonId = person.Id, Reason = "because Quenby asked", MadeAt = now, MadeBy = unit.Id },
            new CourseOrganiser { CourseId = coming.CourseId, PersonId = person.Id },
            new CalendarLink { Id = Guid.CreateVersion7(), PersonId = person.Id, Hash = [7, 7], MadeAt = now });
        await ground.Sql($"""
            insert into booking_approvals (booking_id, approver_email, asked_at, decided_at, approved, reason) values ('{comingBooking.Id}', 'boss.of.quenby@zephyrine.example', now(), now(), true, 'because Quenby asked');
            insert into course_interests (id, course_id, person_id, asked_at) values (gen_random_uuid(), '{coming.CourseId}', '{person.Id}', now());
            update bookings set excused_at = now(), excuse = 'because Quenby asked' where id = '{pastBooking.Id}'
            """);
        await MarksAsync(ground, past, person, colleague, agency);
        await CheckInsAsync(ground, past, person, colleague);
        await given.Save(
            new RegisterEvent { SessionId = past.Id, Event = RegisterEventKind.Signed, RecordedAt = now.AddDays(-4), RecordedBy = unit.Id },
            new RegisterEvent { SessionId = past.Id, Event = RegisterEventKind.Reopened, RecordedAt = now.AddDays(-3), RecordedBy = unit.Id, Reason = "Ms Zephyrine’s mark was wrong." },
            new RegisterEvent { SessionId = past.Id, Event = RegisterEventKind.Signed, RecordedAt = now.AddDays(-2), RecordedBy = unit.Id });
        var forum = await given.Course(CourseKind.Forum, title: "Board of curiosity");
        await ground.Sql($"""
            insert into forum_seats (id, course_id, name, starts_on) select gen_random_uuid(), '{forum.Id}', 'Seat of curiosity', '2024-01-01';
            insert into seat_terms (id, seat_id, person_id, starts_on, recorded_at, recorded_by) select gen_random_uuid(), id, '{person.Id}', '2024-02-01', now(), '{unit.Id}' from forum_seats where course_id = '{forum.Id}';
            insert into signed_seats (event_id, seat_id, person_id) select (select max(id) from register_events where session_id = '{past.Id}'), id, '{person.Id}' from forum_seats where course_id = '{forum.Id}'
            """);
        var course = await ELearningAsync(ground, person, agency);
        var passwordHash = await AccountAsync(ground, person);
        await DoorAsync(ground, person);
        await JoiningAsync(ground, person, agency, unit);
        await SecondStepsAsync(ground, person);
        await WishesAsync(ground, person);
        await MovingAsync(ground, person, agency);
        await MessagesAsync(ground, person, pastBooking);
        await RetainedAsync(ground, person, unit);
        await ReportedAsync(ground, past, person, unit);
        await given.Save(
            new AuditEntry { At = now, ActorId = person.Id, Verb = "booked a place", SubjectKind = "booking", SubjectId = pastBooking.Id },
            new AuditEntry { At = now, ActorId = unit.Id, Verb = "looked at a person's record", SubjectKind = "person", SubjectId = person.Id });
        return new Furnished
        {
            Person = person, Former = former, Past = past, Coming = coming, PastBooking = pastBooking, ComingBooking = comingBooking, ELearning = course, Agency = agency, Colleague = colleague,
            PasswordHash = passwordHash,
        };
    }

    // By a code, with an address that we know and with one that nobody had yet; and at an awareness event, of which a digest is kept.
    private static Task CheckInsAsync(Ground ground, Session past, Person person, Person colleague) => ground.Sql($"""
        insert into check_in_codes (id, session_id, part_id, counts_as, key, secret, opened_at, opened_by) select gen_random_uuid(), session_id, id, 'register', 'QBYZ', decode(repeat('00', 32), 'hex'), now(), '{colleague.Id}' from session_parts where session_id = '{past.Id}';
        insert into self_check_ins (id, code_id, session_id, part_id, person_id, email, name, expected, checked_in_at)
        select gen_random_uuid(), c.id, c.session_id, c.part_id, x.person, x.email, x.name, true, now() from check_in_codes c, (values ('{person.Id}'::uuid, null, null), (null, 'quenby.home@zephyrine.example', 'Quenby at home')) x (person, email, name) where c.key = 'QBYZ';
        with came as (insert into check_ins (id, session_id, checked_in_at, recorded_at) values (gen_random_uuid(), '{past.Id}', now(), now()) returning id, session_id)
        insert into check_in_addresses (check_in_id, session_id, digest) select id, session_id, sha256(convert_to('check-in {Address}', 'UTF8')) from came
        """);

    private static async Task RetainedAsync(Ground ground, Person person, Person unit)
    {
        await ground.Given.Save(new RetentionCase { PersonId = person.Id, LastActiveOn = new(2018, 5, 20), LastActive = "mark", ListedAt = ground.Zone.Now, EraseOn = new(2024, 6, 15) });
        var hold = new RecordHold { Id = Guid.CreateVersion7(), PersonId = person.Id, Reason = "because Quenby asked", HeldAt = ground.Zone.Now, HeldBy = unit.Id };
        hold.Lift(ground.Zone.Now, unit.Id);
        await ground.Given.Save(hold);
        var evidence = new Learning.Required.LearningEvidence
        {
            Id = Guid.CreateVersion7(), PersonId = person.Id, CourseId = (await ground.Given.Course()).Id, Title = "Quenby learnt it", Provider = "Quenby’s college", DoneOn = new(2024, 5, 1), FileName = "evidence.pdf",
            MediaType = "application/pdf", Size = 6, Sha256 = new byte[32], SentAt = ground.Zone.Now,
        };
        evidence.Decide(Learning.Required.EvidenceDecision.Refused, "because Quenby asked", ground.Zone.Now, unit.Id);
        await ground.Given.Save(evidence);
        await ground.Given.Save(new Learning.Required.EvidenceFile { EvidenceId = evidence.Id, Content = "Quenby"u8.ToArray() });
        await CertificatesAsync(ground, person, unit);
    }

    // Issued, issued anew and revoked; and what they said is missing.
    private static Task CertificatesAsync(Ground ground, Person person, Person unit) => ground.Sql($"""
        insert into certificates (person_id, completion_id, course_id, holder, course_code, course_title, course_kind, held_on, issued_at, partnership)
        select x.person_id, x.id, c.id, 'Quenby Zephyrine', c.code, c.title, c.kind, x.completed_on, now(), 'The partnership' from completions x join courses c on c.id = x.course_id where x.person_id = '{person.Id}';
        insert into certificates (person_id, completion_id, course_id, holder, course_code, course_title, course_kind, held_on, issued_at, issued_by, partnership, replaces_id, reason)
        select k.person_id, k.completion_id, k.course_id, 'Quenby Z. Zephyrine', k.course_code, k.course_title, k.course_kind, k.held_on, now(), '{unit.Id}', k.partnership, k.id, 'because Quenby asked' from certificates k where k.person_id = '{person.Id}';
        insert into certificate_revocations (certificate_id, recorded_at, recorded_by, reason) select id, now(), '{unit.Id}', 'because Quenby asked' from certificates where person_id = '{person.Id}' and replaces_id is not null;
        insert into record_corrections (id, person_id, course, what, asked_at, decision, decided_at, decided_by, answer)
        values (gen_random_uuid(), '{person.Id}', 'Falconry for all', 'Quenby was there', now(), 'declined', now(), '{unit.Id}', 'because Quenby asked')
        """);

    private static async Task ReportedAsync(Ground ground, Session past, Person person, Person unit)
    {
        var report = new Learning.Attendance.Meetings.SentReport { Id = Guid.CreateVersion7(), SessionId = past.Id, Kind = "teams", SentAt = ground.Zone.Now, SentBy = unit.Id };
        report.Record(ground.Zone.Now, unit.Id);
        var named = new Learning.Attendance.Meetings.ReportedPerson
        {
            Id = Guid.CreateVersion7(), ReportId = report.Id, Number = 1, Name = "Quenby (Guest)", Joins = Learning.Attendance.Meetings.ReportedPerson.Write([new(past.StartsAt, past.EndsAt)]),
        };
        named.Decide(Learning.Attendance.Meetings.ReportedOutcome.Chosen, person.Id, null, ground.Zone.Now, unit.Id);
        await ground.Given.Save(report);
        await ground.Given.Save(named, new Learning.Attendance.Meetings.SentReportFile { ReportId = report.Id, Number = 1, Size = 6, Sha256 = new byte[32], Content = "Quenby"u8.ToArray() });
    }

    private static async Task MarksAsync(Ground ground, Session past, Person person, Person colleague, Agency agency)
    {
        await using var db = ground.Db();
        var part = await db.SessionParts.SingleAsync(row => row.SessionId == past.Id);
        Mark Of(Person holder, MarkKind kind, Person? substitute = null) => new()
        {
            Id = Guid.CreateVersion7(), PartId = part.Id, SessionId = past.Id, PersonId = holder.Id, Kind = kind, SubstituteId = substitute?.Id, AgencyId = agency.Id, Workforce = Workforce.Children,
            SubstituteAgencyId = substitute is null ? null : agency.Id, SubstituteWorkforce = substitute is null ? null : Workforce.Children, Device = "0f3c", MarkedAt = past.EndsAt, RecordedAt = past.EndsAt,
        };
        db.Marks.AddRange(Of(person, MarkKind.Attended), Of(colleague, MarkKind.Substitute, person));
        db.MarkStrays.Add(new MarkStray
        {
            Id = Guid.CreateVersion7(), SessionId = past.Id, PartId = Guid.CreateVersion7(), PersonId = person.Id, Kind = MarkKind.Attended, MarkedAt = past.EndsAt, RecordedAt = past.EndsAt, Why = MarkFlag.UnknownPart,
        });
        await ground.Sql($"""
            insert into evaluation_forms (digest, yaml, first_used_at) values ('{new string('e', 64)}', 'ask: false', now());
            insert into evaluation_requests (id, person_id, session_id, stage, form, recorded_at) values ('{past.Id}', '{person.Id}', '{past.Id}', 'after', '{new string('e', 64)}', now());
            insert into evaluation_responses (id, request_id, recorded_at) values ('{past.Id}', '{past.Id}', now());
            insert into evaluation_answers (response_id, question, words) values ('{past.Id}', 'differently', 'Keep up my Falconry');
            insert into evaluation_answers (response_id, question, counts, score) values ('{past.Id}', 'useful', 'rating', 4);
            insert into evaluation_answers (response_id, question) values ('{past.Id}', 'other');
            insert into evaluation_redactions (response_id, question, recorded_at, recorded_by, reason) values ('{past.Id}', 'other', now(), '{colleague.Id}', 'It named a child.')
            """);
        var checkIn = new CheckIn { Id = Guid.CreateVersion7(), SessionId = past.Id, CheckedInAt = past.EndsAt, RecordedAt = past.EndsAt };
        db.CheckIns.Add(checkIn);
        db.CheckInClaims.Add(new CheckInClaim { CheckInId = checkIn.Id, PersonId = person.Id, RecordedAt = past.EndsAt, RecordedBy = person.Id });
        await db.SaveChangesAsync();
    }

    private static async Task MovingAsync(Ground ground, Person person, Agency agency)
    {
        var now = ground.Zone.Now;
        var move = new Move
        {
            Id = Guid.CreateVersion7(), PersonId = person.Id, AgencyId = agency.Id, JobTitle = "Falconry adviser", Workforce = Workforce.Children, StartsOn = new(2024, 6, 1), Main = false,
            ProposedAt = now.AddDays(-3), StateAt = now.AddDays(-3),
        };
        move.Decline("because Quenby asked", now.AddDays(-2), null);
        await ground.Given.Save(
            move,
            new AddressClaim { Id = Guid.CreateVersion7(), PersonId = person.Id, Email = "quenby.new@zephyrine.example", CodeHash = [1], AskedAt = now, EndsAt = now.AddHours(2) },
            new MainAddressChange
            {
                Id = Guid.CreateVersion7(), PersonId = person.Id, Email = "quenby.home@zephyrine.example", OldEmail = Address, NewCodeHash = [1], OldCodeHash = [2], AskedAt = now, EndsAt = now.AddDays(7),
            });
    }

    // A workshop that they would like, were given and came to, at a conference where they speak.
    private static async Task ConferenceAsync(Ground ground, Person person)
    {
        var (day, room) = (await ground.Given.Session(null, 20, "2024-06-12 09:00 to 16:00"), await ground.Given.Session(null, 5, "2024-06-12 10:00 to 11:00"));
        var booking = await ground.Given.Booking(day, person);
        await ground.Sql($"""
            insert into conference_rounds (id, conference_id, starts_local, ends_local) values ('{day.Id}', '{day.Id}', '2024-06-12 10:00', '2024-06-12 11:00');
            update sessions set parent_id = '{day.Id}', round_id = '{day.Id}' where id = '{room.Id}';
            insert into workshop_wishes (booking_id, round_id, workshop_id, rank) values ('{booking.Id}', '{day.Id}', '{room.Id}', 1);
            insert into allocation_runs (id, conference_id, number, digest, made_at) values ('{day.Id}', '{day.Id}', 1, 'sha256:0', now());
            insert into allocation_results (run_id, booking_id, round_id, workshop_id, rank, because) values ('{day.Id}', '{booking.Id}', '{day.Id}', '{room.Id}', 1, 'It is your first choice.');
            insert into conference_people (id, conference_id, role, person_id, name, said_as, organisation, biography, position, added_at)
            values (gen_random_uuid(), '{day.Id}', 'speaker', '{person.Id}', 'Quenby Zephyrine', 'quenby', 'Falconry', 'Falconry for all', 1, now());
            insert into register_events (session_id, event, recorded_at) values ('{room.Id}', 'signed', now());
            insert into workshop_minutes (event_id, conference_id, workshop_id, person_id, minutes, recorded_at) select max(id), '{day.Id}', '{room.Id}', '{person.Id}', 60, now() from register_events where session_id = '{room.Id}';
            """);
    }

    private static async Task<Course> ELearningAsync(Ground ground, Person person, Agency agency)
    {
        var course = await ground.Given.Course(CourseKind.ELearning, title: "Curious online");
        var digest = new string('a', 64);
        var attempt = new LearningAttempt
        {
            Id = Guid.CreateVersion7(), CourseId = course.Id, PersonId = person.Id, Version = digest, StartedAt = ground.Zone.Now.AddDays(-9), LastSeenAt = ground.Zone.Now.AddDays(-8), LastPage = "06-act",
            CompletedAt = ground.Zone.Now.AddDays(-8),
        };
        await ground.Sql($"insert into course_versions (course_id, digest, texts, first_used_at) values ('{course.Id}', '{digest}', jsonb_build_object(), now())");
        await ground.Given.Save(attempt);
        await ground.Given.Save(
            new PageVisit { AttemptId = attempt.Id, Page = "01-what-it-means", FirstSeenAt = attempt.StartedAt },
            new QuizAnswer { AttemptId = attempt.Id, Try = 1, Question = "q-one", Chosen = ["b"], Correct = true, AnsweredAt = attempt.StartedAt },
            new QuizAnswer { AttemptId = attempt.Id, Try = 1, Question = "q-words", Chosen = [], Words = "Ask at the Falconry", Correct = false, AnsweredAt = attempt.StartedAt },
            new PageCheckAnswer { AttemptId = attempt.Id, Page = "what-it-means", Chosen = ["1"], Correct = true, AnsweredAt = attempt.StartedAt },
            new PageCheckAnswer { AttemptId = attempt.Id, Page = "who-leads", Chosen = [], Words = "Falconry again", Correct = false, AnsweredAt = attempt.StartedAt },
            new Reflection
            {
                Id = Guid.CreateVersion7(), AttemptId = attempt.Id, Page = "act", PageTitle = "Act", Prompt = "What would you do?", Words = "Secretly I think of Falconry", KeptAt = attempt.StartedAt,
            },
            new PackageState
            {
                AttemptId = attempt.Id, Item = "item-one", Completion = ItemCompletion.Completed, Success = ItemSuccess.Passed, Score = 90, Cmi = """{"cmi.comments": "They said Falconry"}""", Exit = LastExit.Suspend,
                SavedAt = attempt.LastSeenAt, Device = Guid.CreateVersion7(), Number = 3,
            },
            new PackageTime { AttemptId = attempt.Id, Item = "item-one", Session = Guid.CreateVersion7(), Seconds = 600 },
            new PackageCommit
            {
                Id = Guid.CreateVersion7(), AttemptId = attempt.Id, Item = "item-one", Session = Guid.CreateVersion7(), Device = Guid.CreateVersion7(), Number = 3, MadeAt = attempt.LastSeenAt, RecordedAt = attempt.LastSeenAt, Ended = true,
                Cmi = """{"cmi.comments": "They said Falconry"}""", KeptBack = "the record keeps the better score",
            },
            new CaseChoice { AttemptId = attempt.Id, Decision = "at-the-door", Choice = 2, ChosenAt = attempt.StartedAt },
            new Completion
            {
                Id = Guid.CreateVersion7(), CourseId = course.Id, PersonId = person.Id, AgencyId = agency.Id, Workforce = Workforce.Children, CompletedOn = new(2024, 5, 7), Score = 90,
                AttemptId = attempt.Id, RecordedAt = ground.Zone.Now.AddDays(-8),
            });
        return course;
    }

    private static async Task JoiningAsync(Ground ground, Person person, Agency agency, Person unit)
    {
        var now = ground.Zone.Now;
        var signUp = new SignUp
        {
            Id = Guid.CreateVersion7(), State = SignUpState.Asked, Email = "quenby.home@zephyrine.example", GivenName = Given, FamilyName = "Zephyrine", JobTitle = "Falconry", Workforce = Workforce.Children, AskedAt = now,
            LinkHash = OneTimeSecret.HashOf(Guid.CreateVersion7().ToString()), LinkEndsAt = now, CodeHash = [], CodeEndsAt = now,
        };
        signUp.Confirm(person.Id, now);
        signUp.Wait("Falconry of Quenby", now);
        await ground.Given.Save(
            signUp,
            new PersonByName { PersonId = person.Id, Note = "quenby of the Tuesday group", AddedBy = unit.Id, AddedAt = now },
            new ClaimCode { Id = Guid.CreateVersion7(), PersonId = person.Id, CodeHash = ClaimCode.HashOf(Guid.CreateVersion7().ToString()), MadeBy = unit.Id, MadeAt = now, EndsAt = now.AddDays(1) },
            new Invitation
            {
                Id = Guid.CreateVersion7(), Email = Address, AgencyId = agency.Id, PersonId = person.Id, GivenName = Given, JobTitle = "Falconry", LinkHash = OneTimeSecret.HashOf(Guid.CreateVersion7().ToString()),
                InvitedBy = unit.Id, InvitedAt = now, SentAt = now, EndsAt = now.AddDays(14),
            });
    }

    private static async Task<string> AccountAsync(Ground ground, Person person)
    {
        var account = new Account
        {
            Id = Guid.CreateVersion7(), PersonId = person.Id, UserName = Address, NormalizedUserName = Address.ToUpperInvariant(), Email = Address, NormalizedEmail = Address.ToUpperInvariant(),
            EmailConfirmed = true, PhoneNumber = "07700900123", SecurityStamp = "stamp",
        };
        account.PasswordHash = new PasswordHasher<Account>().HashPassword(account, "Learning-test-1");
        await ground.Given.Save(account);
        await ground.Given.Save(
            new IdentityUserToken<Guid> { UserId = account.Id, LoginProvider = "quenby-token", Name = "quenby-token", Value = "secret of quenby" },
            new IdentityUserLogin<Guid> { UserId = account.Id, LoginProvider = "Falconry club", ProviderKey = "quenby" },
            new IdentityUserClaim<Guid> { UserId = account.Id, ClaimType = "likes", ClaimValue = "Falconry" },
            new AccountSession
            {
                Id = Guid.CreateVersion7(), AccountId = account.Id, Method = SignInMethod.Password, Strong = false, Device = "Lantern Phone", OpenedAt = ground.Zone.Now.AddHours(-2), ProvedAt = ground.Zone.Now.AddHours(-2), SeenAt = ground.Zone.Now.AddHours(-1),
                EndsAt = ground.Zone.Now.AddDays(6),
            },
            new AccessToken
            {
                Id = Guid.CreateVersion7(), PersonId = person.Id, Hash = [1, 2, 3], Name = "quenby-token", Scopes = ["read"], Strong = true, CreatedAt = ground.Zone.Now, ExpiresAt = ground.Zone.Now.AddHours(1),
            });
        return account.PasswordHash;
    }

    private static async Task DoorAsync(Ground ground, Person person)
    {
        await ground.Given.Save(new SignInCode
        {
            Id = Guid.CreateVersion7(), PersonId = person.Id, Email = Address, AddressHash = [4, 1], AskedFrom = AskedFrom.UnknownBrowser, Device = "Lantern Phone", BrowserHash = [4, 2], CodeHash = [4, 3],
            LinkHash = [4, 4], ReturnUrl = "/courses/quenby", AskedAt = ground.Zone.Now, ExpiresAt = ground.Zone.Now.AddMinutes(15),
        });
        await ground.Sql($"""
            insert into account_passkeys (credential_id, user_id, data) select '\x06', id, '{"{"}"Name": "Passkey of quenby", "CreatedAt": "2024-05-01T09:00:00+00:00"{"}"}' from accounts where person_id = '{person.Id}';
            insert into account_authenticators (id, account_id, key, begun_at, confirmed_at) select gen_random_uuid(), id, 'secret of quenby', now(), now() from accounts where person_id = '{person.Id}';
            insert into account_recovery_codes (account_id, hash, salt, made_at) select id, '\x07', '\x00000000000000000000000000000000', now() from accounts where person_id = '{person.Id}';
            insert into tablet_keys (account_id, key, made_at) select id, 'key of quenby', now() from accounts where person_id = '{person.Id}';
            insert into known_devices (id, account_id, secret_hash, device, first_at, seen_at) select gen_random_uuid(), id, '\x05', 'Lantern Phone', now(), now() from accounts where person_id = '{person.Id}';
            insert into account_recoveries (id, account_id, person_id, asked_at, device) select gen_random_uuid(), id, person_id, now(), 'Lantern Phone' from accounts where person_id = '{person.Id}'
            """);
    }

    private static Task SecondStepsAsync(Ground ground, Person person) => ground.Sql($$"""
        insert into account_passkeys (credential_id, user_id, data) select '\x0a', id, '{"Name": "Lantern Phone of Quenby", "CreatedAt": "2024-05-01T09:00:00Z"}' from accounts where person_id = '{{person.Id}}';
        insert into account_recovery_codes (account_id, hash, salt, made_at) select id, '\x0b', '\x000102030405060708090a0b0c0d0e0f', now() from accounts where person_id = '{{person.Id}}';
        update role_grants set revoked_at = null, revoked_reason = null where person_id = '{{person.Id}}';
        insert into role_requests (id, person_id, role, starts_on, reason, asked_at, asked_by) values (gen_random_uuid(), '{{person.Id}}', 'chair', '2024-06-01', 'Quenby would chair it well', now(), '{{person.Id}}');
        """);

    private static async Task WishesAsync(Ground ground, Person person)
    {
        await ground.With((ErasureWishes wishes) => wishes.AskAsync("Falconry takes all my time", new Actor(person.Id, new HashSet<Role>(), new HashSet<Guid>())));
        await ground.Sql($"""
            insert into sign_ups (id, state, email, given_name, family_name, job_title, workforce, asked_at, link_hash, link_ends_at, code_hash, code_ends_at, confirmed_at, person_id, says, waiting_since)
            values (gen_random_uuid(), 'known', 'quenby.home@zephyrine.example', 'Quenby', 'Zephyrine', 'Falconry', 'children', now(), '\x08', now(), '\x09', now(), null, null, null, null)
            """);
        await ground.Sql($"""
            insert into messages (id, kind, person_id, address, subject_id, occurrence, why, data, due_at, next_try_at, queued_at, state)
            values (gen_random_uuid(), 'sign-up-known', null, 'quenby.home@zephyrine.example', gen_random_uuid(), '', 'Somebody signed up.', jsonb_build_object('name', 'Quenby'), now(), now(), now(), 'due')
            """);
    }

    private static async Task MessagesAsync(Ground ground, Person person, Booking booking)
    {
        await ground.Sql($"insert into message_choices (person_id, choice, wanted, changed_at) values ('{person.Id}', 'reminder-week', false, now())");
        await ground.Sql($"""
            insert into messages (id, kind, person_id, subject_id, occurrence, why, data, due_at, next_try_at, queued_at, state, sent_at, settled_at, outcome, sent_to, sent_subject, sent_text)
            values (gen_random_uuid(), 'booking-confirmed', '{person.Id}', '{booking.Id}', '', 'A place was booked.', jsonb_build_object('name', 'Quenby'), now(), now(), now(), 'sent', now(), now(),
                '250 Ok for {Address}', '{Address}', 'Letter to Quenby', 'Dear Quenby, you are booked.')
            """);
        await ground.Sql($"""
            insert into messages (id, kind, person_id, address, subject_id, occurrence, why, data, due_at, next_try_at, queued_at, state)
            values (gen_random_uuid(), 'session-reminder-7', '{person.Id}', 'quenby.home@zephyrine.example', '{booking.Id}', 'for quenby.home@zephyrine.example', 'Quenby is booked.', jsonb_build_object('name', 'Quenby'),
                now(), now(), now(), 'due')
            """);
    }
}
