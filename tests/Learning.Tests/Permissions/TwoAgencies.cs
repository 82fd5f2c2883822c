using Learning.Accounts;
using Learning.Attendance;
using Learning.Attendance.CheckingIn;
using Learning.Attendance.Meetings;
using Learning.Attendance.Paper;
using Learning.Attendance.Seats;
using Learning.Bookings;
using Learning.Catalogue;
using Learning.Certificates;
using Learning.ELearning;
using Learning.Membership;
using Learning.Messages;
using Learning.People;
using Learning.Records.Retention;
using Learning.Required;
using Learning.Tests.Support;

namespace Learning.Tests.Permissions;

/// <summary>
/// What the matrix is asked about: an agency where all askers work, and another one. Each has its people, a course, sessions with bookings, messages. A new kind of address says in
/// <see cref="Kinds"/> how its parameter is filled.
/// </summary>
internal sealed class TwoAgencies(Ground ground)
{
    /// <summary>A report that can be counted, with one figure.</summary>
    public const string Report = "2024-25";

    // The part of an address up to its parameter, and what goes there. Agencies' data are own and other; people's data are the asker's own, too; None is data of nobody.
    private static readonly Dictionary<string, (Whose[] Whose, Func<TwoAgencies, Question, Task<string>> Value)> Kinds = new(StringComparer.OrdinalIgnoreCase)
    {
        ["/courses/{Code}"] = (OfAgencies, async (all, asked) => (await all.CourseAsync(asked.Whose)).Code),
        ["/calendar/{token}"] = (OfNobody, async (all, _) => await all.CalendarAsync()),
        ["/calendar/course/{code}"] = (OfNobody, async (all, _) => (await all.CourseAsync(Whose.Own)).Code),
        ["/calendar/venue/{venue}"] = (OfNobody, async (all, asked) => (await all.SessionAsync(asked)).Venue!),
        ["/account/sign-in/link/{Link}"] = (OfNobody, async (all, _) => await all.SignInLinkAsync()),
        ["/approve/{Link}"] = (OfNobody, async (all, _) => await all.ApproveLinkAsync()),
        ["/approvals/{Id}"] = (OfPeople, async (all, asked) => (await all.RequestAsync(asked)).ToString()),
        ["/unsubscribe/{Link}"] = (OfNobody, async (all, _) => await all.DigestLinkAsync()),
        ["/evaluate/{Link}"] = (OfNobody, async (all, asked) => await all.EvaluationLinkAsync(asked)),
        ["/my/evaluations/{Id}"] = (OfPeople, async (all, asked) => (await all.EvaluationAsync(asked)).ToString()),
        ["/answer/{Link}"] = (OfNobody, async (all, _) => await all.AnswerLinkAsync()),
        ["/account/recover/{Link}"] = (OfNobody, async (all, _) => await all.RecoveryLinkAsync()),
        ["/account/recover/stop/{Link}"] = (OfNobody, async (all, _) => await all.RecoveryLinkAsync()),
        ["/agency/recoveries/{Id}"] = (OfPeople, async (all, asked) => (await all.RecoveryAsync(asked)).ToString()),
        ["/manage/recoveries/{Id}"] = (OfPeople, async (all, asked) => (await all.RecoveryAsync(asked)).ToString()),
        ["/account/security/remove/{What}"] = (OfPeople, async (all, asked) => await all.PasskeyAsync(await all.PersonAsync(asked))),
        ["/learn/{Code}"] = (OfNobody, async (all, _) => await all.ELearningAsync()),
        ["/learn/{code}/files/{version}"] = (OfNobody, (_, _) => Task.FromResult(new string('a', 64))),
        ["/learn/{code}/files/{version}/{folder}"] = (OfNobody, (_, _) => Task.FromResult("pictures")),
        ["/learn/{code}/files/{version}/{folder}/{name}"] = (OfNobody, (_, _) => Task.FromResult("two-doors.svg")),
        ["/sessions/{Ref}"] = (OfAgencies, async (all, asked) => (await all.SessionAsync(asked)).Ref),
        ["/manage/sessions/{Ref}"] = (OfAgencies, async (all, asked) => (await all.SessionAsync(asked)).Ref),
        ["/manage/sessions/{Ref}/attendance/{Id}"] = (OfAgencies, async (all, _) => (await all.DelegateAsync()).Id.ToString()),
        ["/manage/courses/{Code}"] = (OfAgencies, async (all, asked) => asked.Address.Plain.Split('/', '#')[4..] is ["write" or "versions" or "sign-off" or "package", ..] ? await all.ELearningAsync() : (asked.Address.Plain.Contains("/seats", StringComparison.Ordinal) ? await all.ForumAsync(asked.Whose) : await all.CourseAsync(asked.Whose)).Code),
        ["/manage/courses/{Code}/seats/{Id}"] = (OfAgencies, async (all, asked) => (await all.SeatAsync(asked.Whose)).Id.ToString()),
        ["/manage/bookings/{Id}"] = (OfPeople, async (all, asked) => (await all.BookingAsync(asked)).Id.ToString()),
        ["/register/{Ref}"] = (OfAgencies, async (all, asked) => (all.register = await all.SessionAsync(asked)).Ref),
        ["/register/{Ref}/meeting/{Id}"] = (OfAgencies, async (all, asked) => (await all.MeetingAsync(all.register, recorded: false)).ToString()),
        ["/register/{ref}/sheets/{id}"] = (OfAgencies, async (all, asked) => (await all.SheetAsync(all.register)).ToString()),
        ["/manage/matches/{Id}"] = (OfNobody, async (all, _) => await all.GuestAsync()),
        ["/my/bookings/{Id}"] = (OfPeople, async (all, asked) => (await all.BookingAsync(asked)).Id.ToString()),
        ["/agency/book/{Ref}"] = (OfAgencies, async (all, asked) => (await all.SessionAsync(asked)).Ref),
        ["/bookings/{Id}"] = (OfPeople, async (all, asked) => (await all.BookingAsync(asked)).Id.ToString()),
        ["/manage/letters/{Kind}"] = (OfNobody, (_, _) => Task.FromResult("booking-confirmed")),
        ["/manage/messages/{Id}"] = (OfPeople, async (all, asked) => (await all.MessageAsync(asked)).Id.ToString()),
        ["/manage/people/{Id}"] = (OfPeople, async (all, asked) => (await all.PersonAsync(asked)).Id.ToString()),
        ["/account/sign-up/sent/{Id}"] = (OfNobody, async (all, _) => (await all.SignUpAsync(waits: false)).Id.ToString()),
        ["/account/sign-up/confirm/{Link}"] = (OfNobody, async (all, _) => await all.LinkAsync()),
        ["/account/invitation/{Link}"] = (OfNobody, async (all, _) => await all.InvitationAsync()),
        ["/account/keep/{Link}"] = (OfNobody, async (all, _) => await all.KeepingAsync()),
        ["/agency/invite/{Id}"] = (OfAgencies, async (all, asked) => (await all.ListAsync(asked)).Id.ToString()),
        ["/agency/people/{Id}"] = (OfPeople, async (all, asked) => (await all.PersonAsync(asked)).Id.ToString()),
        ["/manage/sign-ups/{Id}"] = (OfNobody, async (all, _) => (await all.SignUpAsync(waits: true)).Id.ToString()),
        ["/roles/{Id}"] = (OfAgencies, async (all, asked) => (await all.DeputyAsync(asked)).Id.ToString()),
        ["/account/addresses/{Id}"] = (OfPeople, async (all, asked) => (await all.ClaimAsync(asked)).ToString()),
        ["/account/addresses/main/{Id}"] = (OfPeople, async (all, asked) => (await all.MainAddressAsync(asked)).ToString()),
        ["/agency/addresses/{Id}"] = (OfPeople, async (all, asked) => (await all.MainAddressAsync(asked)).ToString()),
        ["/agency/moves/{Id}"] = (OfAgencies, async (all, asked) => (await all.MoveAsync(asked)).ToString()),
        ["/agency/jobs/{Id}"] = (OfPeople, async (all, asked) => (await all.JobAsync(asked)).ToString()),
        ["/manage/agencies/{Id}"] = (OfAgencies, (all, asked) => Task.FromResult((asked.Whose == Whose.Other ? all.other : all.own).Id.ToString())),
        ["/my/evidence/{Code}"] = (OfNobody, (all, _) => Task.FromResult(all.needed.Code)),
        ["/evidence/{id}"] = (OfPeople, async (all, asked) => (await all.EvidenceAsync(asked)).ToString()),
        ["/agency/evidence/{Id}"] = (OfPeople, async (all, asked) => (await all.EvidenceAsync(asked)).ToString()),
        ["/certificates/{id}"] = (OfPeople, async (all, asked) => (await all.CertificateAsync(asked)).Id.ToString()),
        ["/manage/certificates/{Id}"] = (OfPeople, async (all, asked) => (await all.CertificateAsync(asked)).Id.ToString()),
        ["/manage/corrections/{Id}"] = (OfPeople, async (all, asked) => (await all.CorrectionAsync(asked)).ToString()),
        ["/verify/{Number}"] = (OfNobody, async (all, asked) => (await all.CertificateAsync(asked)).Number),
        ["/checkin/{Code}"] = (OfNobody, async (all, _) => await all.CheckInCodeAsync()),
        ["/reach/{Id}"] = (OfNobody, async (all, _) => (await all.CheckInAsync()).ToString()),
        ["/reports/{Name}"] = (OfNobody, (_, _) => Task.FromResult(Report)),
        ["/reports/{report}"] = (OfNobody, (_, _) => Task.FromResult(Report)),
        ["/figures/{Name}"] = (OfNobody, (_, _) => Task.FromResult(Report)),
        ["/figures/{Name}/{Id}"] = (OfNobody, (_, _) => Task.FromResult("people")),
        ["/figures/{Name}/{Id}/{Revision}"] = (OfNobody, (_, _) => Task.FromResult("r1")),
        ["/reports/{Name}/{Revision}"] = (OfNobody, (_, _) => Task.FromResult("r1")),
        ["/reports/{report}/download/{form}"] = (OfNobody, (_, _) => Task.FromResult("docx")),
        ["/reports/pictures/{picture}"] = (OfNobody, (_, _) => Task.FromResult("people")),
        ["/figures/{report}"] = (OfNobody, (_, _) => Task.FromResult(Report)),
        ["/figures/{report}/{figure}"] = (OfNobody, (_, _) => Task.FromResult("people")),
        ["/lost/{Code}"] = (OfNobody, (_, _) => Task.FromResult("404")),
        ["/openapi/{documentName}"] = (OfNobody, (_, _) => Task.FromResult("v1")),
        ["/api/v1/sessions/{reference}"] = (OfPeople, async (all, asked) => (await all.SessionAsync(asked)).Ref),
        ["/api/v1/bookings/{id}"] = (OfPeople, async (all, asked) => (await all.BookingAsync(asked)).Id.ToString()),
        ["/api/v1/registers/{reference}"] = (OfAgencies, async (all, asked) => (await all.SessionAsync(asked)).Ref),
        ["/api/v1/reports/{report}"] = (OfNobody, (_, _) => Task.FromResult(Report)),
    };

    // What is sent to an address of the API that takes more than nothing.
    private static readonly Dictionary<string, Func<TwoAgencies, Question, Task<object>>> Bodies = new()
    {
        ["POST /api/v1/sessions/{reference}/bookings"] = async (all, asked) => new { email = all.EmailOf(await all.PersonAsync(asked)) },
        ["POST /api/v1/registers/{reference}/signature"] = (_, _) => Task.FromResult<object>(new { id = Guid.CreateVersion7() }),
        // Whose attempt it is stands in what is sent; SaveCommitsTests hold it.
        ["POST /learn/{code}/commits"] = (all, _) => Task.FromResult<object>(new { attempt = Guid.CreateVersion7(), now = all.Now, commits = Array.Empty<object>() }),
        ["POST /learn/{code}/launch"] = (_, _) => Task.FromResult<object>(new { attempt = Guid.CreateVersion7(), device = Guid.CreateVersion7() }),
        ["POST /api/v1/registers/{reference}/marks"] = (all, _) => Task.FromResult<object>(new { device = "tablet", deviceNow = all.Now, marks = Array.Empty<object>() }),
    };

    // Where a page shows its form only for a question that its address asks.
    private static readonly Dictionary<string, Func<TwoAgencies, Question, Task<string>>> Questions = new()
    {
        ["POST /manage/roles/give#give"] = async (all, asked) => $"?who={all.EmailOf(await all.PersonAsync(asked))}",
        ["POST /manage/leads/name#give"] = async (all, asked) => $"?who={all.EmailOf(await all.PersonAsync(asked))}",
        ["POST /agency/book/{Ref}/people#book"] = async (all, asked) => $"?who={(await all.PersonAsync(asked with { Whose = Whose.Own })).Id}",
        ["POST /bookings/{Id}/give#give"] = (_, _) => Task.FromResult("?q=person"),
        ["POST /manage/courses/{Code}/seats/{Id}#appoint"] = async (all, asked) => $"?who={all.EmailOf(await all.PersonAsync(asked))}",
        ["POST /agency/deputies#appoint"] = async (all, asked) => $"?who={all.EmailOf(await all.PersonAsync(asked))}",
    };

    private const string PasskeyData = """
        {"Name": "A passkey", "CreatedAt": "2024-05-01T09:00:00+00:00", "PublicKey": "AA==", "SignCount": 0, "Transports": [], "IsUserVerified": true, "IsBackupEligible": false, "IsBackedUp": false, "AttestationObject": "AA==", "ClientDataJson": "AA=="}
        """;

    private DateTimeOffset Now => ground.Zone.Now;

    private static Whose[] OfNobody => [Whose.None];

    private static Whose[] OfAgencies => [Whose.Own, Whose.Other];

    private static Whose[] OfPeople => [Whose.Self, Whose.Own, Whose.Other];

    /// <summary>The folder of the report's definition.</summary>
    public DirectoryInfo Reports { get; } = Directory.CreateTempSubdirectory("learning-reports-");

    private readonly Dictionary<string, object> made = [];
    private readonly List<Person> trainers = [];
    private Agency own = null!, other = null!;
    private Person stranger = null!;
    private Course needed = null!;

    // The session of the address that is being filled.
    private Session register = null!;

    /// <summary>An address, whose data it is filled with, and who asks.</summary>
    internal sealed record Question(SiteAddress Address, Whose Whose, Person? Asker);

    public async Task BeginAsync()
    {
        await File.WriteAllTextAsync(Path.Combine(Reports.FullName, $"{Report}.yaml"),
            $"report: {Report}\ntitle: A year\nperiod: {{from: 2024-04-01, to: 2025-04-01}}\nfigures:\n  - {{id: people, title: People trained, measure: people}}\n");
        (own, other) = (await ground.Given.Agency("Own agency"), await ground.Given.Agency("Other agency"));
        stranger = await ground.Given.Person(other, given: "Other");
        // Everybody needs a course; the rules and what counts that come first on their page are for ending.
        needed = await ground.Given.Course(CourseKind.ELearning, title: "Needed of all");
        var spare = await ground.Given.Course(CourseKind.ELearning, title: "A first course");
        RequiredRule Rule(Course course) => new() { Id = Guid.CreateVersion7(), CourseId = course.Id, DueDays = 1, StartsOn = new(2024, 1, 1), Because = "It was agreed", MadeAt = Now };
        await ground.Given.Save([Rule(needed), .. Enumerable.Range(0, 12).Select(_ => Rule(spare))]);
        await ground.Given.Save([.. Enumerable.Range(0, 12).Select(level => new CourseEquivalence { Id = Guid.CreateVersion7(), CourseId = spare.Id, Kind = CourseKind.Trained, Level = $"{level}" })]);
        var administrator = await ground.Given.Person(other, given: "Another administrator");
        await ground.Given.Role(administrator, Role.Administrator);
        await ground.Given.Save(new RoleRequest
        {
            Id = Guid.CreateVersion7(), PersonId = stranger.Id, Role = Role.BusinessUnit, StartsOn = ground.Zone.Today, Reason = "It is asked for.", AskedAt = Now, AskedBy = administrator.Id,
        });
    }

    /// <summary>Somebody of the own agency with one role, or with two. Make all before the first question: trainers are named on the sessions.</summary>
    public async Task<Person?> AskerAsync(params Asker[] roles)
    {
        if (roles is [Asker.Nobody])
        {
            return null;
        }

        var person = await ground.Given.Person(own, given: string.Join(" and ", roles));
        foreach (var role in roles)
        {
            await GiveAsync(person, role);
        }

        return person;
    }

    // One of its own for each question: whoever records it takes it from the others.
    private async Task<Guid> MeetingAsync(Session session, bool recorded)
    {
        var report = new SentReport { Id = Guid.CreateVersion7(), SessionId = session.Id, Kind = "teams", SentAt = Now };
        if (recorded)
        {
            report.Record(Now, stranger.Id);
        }

        await ground.Given.Save(report);
        await ground.Given.Save(
            new SentReportFile { ReportId = report.Id, Number = 1, Size = 1, Sha256 = new byte[32], Content = [1] },
            new ReportedPerson { Id = Guid.CreateVersion7(), ReportId = report.Id, Number = 1, Name = "iPhone", Joins = ReportedPerson.Write([new MeetingJoin(session.StartsAt, session.EndsAt)]) });
        return report.Id;
    }

    private async Task<string> GuestAsync()
    {
        var report = await MeetingAsync(await ground.Given.Session(), recorded: true);
        return (await ground.Sql<Guid>($"select id from meeting_people where report_id = '{report}'")).ToString();
    }

    private async Task<Guid> SheetAsync(Session session)
    {
        var id = Guid.CreateVersion7();
        await ground.Given.Save(new SignedSheet { Id = id, SessionId = session.Id, MediaType = "image/png", Size = 1, Sha256 = System.Security.Cryptography.SHA256.HashData(id.ToByteArray()), SentAt = Now });
        await ground.Given.Save(new SignedSheetFile { SheetId = id, Content = [1] });
        return id;
    }

    private static bool HasDoor(Question asked) => asked.Address.Plain.EndsWith("/door", StringComparison.Ordinal);

    // Of an awareness event that goes on: it stays the same.
    private async Task<string> CheckInCodeAsync()
    {
        var session = await ground.Given.Session(null, 50, "2024-05-15 08:30 to 12:00");
        var code = new CheckInCode
        {
            Id = Guid.CreateVersion7(), SessionId = session.Id, PartId = await ground.Sql<Guid>($"select id from session_parts where session_id = '{session.Id}'"), CountsAs = CountsAs.Reach, Key = CheckInRules.NewKey(CountsAs.Reach),
            Secret = new byte[32], OpenedAt = Now,
        };
        await ground.Given.Save(code);
        return code.Key;
    }

    // One of its own for each question: whoever claims it takes it from the others.
    private async Task<Guid> CheckInAsync()
    {
        var checkIn = new CheckIn { Id = Guid.CreateVersion7(), SessionId = (await ground.Given.Session()).Id, CheckedInAt = Now, RecordedAt = Now };
        await ground.Given.Save(checkIn);
        return checkIn.Id;
    }

    /// <summary>Whose data an address can be filled with.</summary>
    public static IReadOnlyList<Whose> WhoseOf(SiteAddress address)
    {
        var unknown = address.Parameters.FirstOrDefault(parameter => !Kinds.ContainsKey(parameter));
        Assert.True(unknown is null, $"What is {unknown} filled with? Say so in TwoAgencies.Kinds (tests/Learning.Tests/Permissions/TwoAgencies.cs), with data of own and of another agency where there is any.");
        return [.. address.Parameters.SelectMany(parameter => Kinds[parameter].Whose).Distinct().Where((whose, _) => whose != Whose.None).Order().DefaultIfEmpty(Whose.None)];
    }

    public async Task<(string Path, object? Body)> FillAsync(Question asked)
    {
        var values = new Dictionary<string, string>();
        foreach (var parameter in asked.Address.Parameters)
        {
            values[parameter] = await Kinds[parameter].Value(this, asked);
        }

        var query = Questions.TryGetValue(asked.Address.Name, out var ask) ? await ask(this, asked) : "";
        return (asked.Address.With(values) + query, Bodies.TryGetValue(asked.Address.Name, out var body) ? await body(this, asked) : null);
    }

    private Task GiveAsync(Person person, Asker role)
    {
        if (role == Asker.Trainer)
        {
            trainers.Add(person);
        }

        return role switch
        {
            Asker.Lead => ground.Given.Role(person, Role.AgencyLead, own),
            Asker.Subgroup => ground.Given.Role(person, Role.SubgroupMember),
            Asker.Chair => ground.Given.Role(person, Role.Chair),
            Asker.Unit => ground.Given.Role(person, Role.BusinessUnit),
            Asker.Administrator => ground.Given.Role(person, Role.Administrator),
            _ => Task.CompletedTask,
        };
    }

    // A new passkey of somebody's.
    private async Task<string> PasskeyAsync(Person person)
    {
        await (await ground.SiteAsync()).AccountAsync(person.Id);
        var id = Guid.CreateVersion7().ToByteArray();
        await ground.Sql($"""insert into account_passkeys (credential_id, user_id, data) select '\x{Convert.ToHexString(id)}', id, '{PasskeyData}' from accounts where person_id = '{person.Id}'""");
        return System.Buffers.Text.Base64Url.EncodeToString(id);
    }

    // A link that was sent to somebody, and lets in whoever has it, once.
    private async Task<string> SignInLinkAsync()
    {
        var (person, link) = (await ground.Given.Person(), Secret.New());
        await ground.Given.Save(new SignInCode
        {
            Id = Guid.CreateVersion7(), PersonId = person.Id, Email = EmailOf(person), AddressHash = Secret.Hash(EmailOf(person)), AskedFrom = AskedFrom.UnknownBrowser, Device = "A test",
            LinkHash = Secret.Hash(link), AskedAt = Now, ExpiresAt = Now + SignInCode.Good,
        });
        return link;
    }

    // Of somebody new, so that what one asker decides is open to the next: of the own agency, which has a lead, or of another that has none, be it a deputy.
    private async Task<Guid> RecoveryAsync(Question asked)
    {
        var person = asked is { Whose: Whose.Self, Asker: { } self } ? self : await ground.Given.Person(asked.Whose == Whose.Other ? await ground.Given.Agency() : own);
        await (await ground.SiteAsync()).AccountAsync(person.Id);
        await ground.Sql($"delete from account_recoveries where person_id = '{person.Id}'");
        var account = await ground.Sql<Guid>($"select id from accounts where person_id = '{person.Id}'");
        var recovery = new AccountRecovery { Id = Guid.CreateVersion7(), AccountId = account, PersonId = person.Id, AskedAt = Now, Device = "A test" };
        await ground.Given.Save(recovery);
        return recovery.Id;
    }

    // A request that waits for approval, each of a session of its own.
    private async Task<Guid> RequestAsync(Question asked)
    {
        var booking = await ground.Given.Booking(await ground.Given.Session(), await PersonAsync(asked), BookingState.Requested);
        await ground.Given.Save(new BookingApproval { BookingId = booking.Id, ApproverEmail = "manager@agency.example", AskedAt = Now });
        return booking.Id;
    }

    // Of the letter to whoever approves.
    private async Task<string> ApproveLinkAsync()
    {
        var booking = await ground.Given.Booking(await ground.Given.Session(), await ground.Given.Person(), BookingState.Requested);
        await ground.Given.Save(new BookingApproval { BookingId = booking.Id, ApproverEmail = "manager@agency.example", AskedAt = Now });
        return await ground.With((Seals seals) => Task.FromResult(seals.Seal(new Sealed("approval", booking.Id))));
    }

    // Of the letter that offers somebody a place.
    private async Task<string> DigestLinkAsync()
    {
        var person = await ground.Given.Person();
        return await ground.With((Seals seals) => Task.FromResult(seals.Seal(new Sealed("stops digest-agency", person.Id))));
    }

    // Somebody was asked what a session was worth that they attended; its register is signed.
    private Task<Guid> EvaluationAsync(Question asked) => FreshAsync(asked, "evaluation", async () =>
    {
        var (session, person, by) = (await ground.Given.Session(null, 20, "2024-05-10 09:30 to 12:00"), await PersonAsync(asked), await ground.Given.Person());
        await ground.Sql($"""
            insert into marks (id, part_id, session_id, person_id, mark, marked_at, recorded_at) select gen_random_uuid(), id, session_id, '{person.Id}', 'attended', ends_at, ends_at from session_parts where session_id = '{session.Id}';
            insert into register_events (session_id, event, recorded_at, recorded_by) values ('{session.Id}', 'signed', '2024-05-10 16:00Z', '{by.Id}')
            """);
        await ground.With((Learning.Evaluation.AskForEvaluations ask) => ask.RunAsync());
        return await ground.Sql<Guid>($"select id from evaluation_requests where session_id = '{session.Id}'");
    });

    private async Task<string> EvaluationLinkAsync(Question asked)
    {
        var id = await EvaluationAsync(asked);
        return await ground.With((Seals seals) => Task.FromResult(seals.Seal(new Sealed("evaluation", id))));
    }

    private async Task<string> AnswerLinkAsync()
    {
        var booking = await ground.Given.Booking(await ground.Given.Session(), await ground.Given.Person(), BookingState.Offered);
        return await ground.With((Seals seals) => Task.FromResult(seals.Seal(new Sealed("offer", booking.Id, booking.OfferEndsAt))));
    }

    private async Task<string> CalendarAsync()
    {
        var link = Secret.New();
        await ground.Given.Save(new CalendarLink { Id = Guid.CreateVersion7(), PersonId = (await ground.Given.Person()).Id, Hash = Secret.Hash(link), MadeAt = Now });
        return link;
    }

    // Of somebody who was let back in.
    private async Task<string> RecoveryLinkAsync()
    {
        var (person, link) = (await ground.Given.Person(), Secret.New());
        await (await ground.SiteAsync()).AccountAsync(person.Id);
        var account = await ground.Sql<Guid>($"select id from accounts where person_id = '{person.Id}'");
        var recovery = new AccountRecovery { Id = Guid.CreateVersion7(), AccountId = account, PersonId = person.Id, AskedAt = Now, Device = "A test" };
        recovery.LetIn(stranger.Id, Secret.Hash(link), Now);
        await ground.Given.Save(recovery);
        return link;
    }

    // Of the asker's agency a colleague who is nobody's self.
    private async Task<Person> PersonAsync(Question asked) => asked.Whose switch
    {
        Whose.Self when asked.Asker is not null => asked.Asker,
        Whose.Other => stranger,
        _ => await OnceAsync("colleague", () => ground.Given.Person(own, given: "Colleague")),
    };

    private string EmailOf(Person person)
    {
        using var db = ground.Db();
        return db.PersonEmails.Single(row => row.PersonId == person.Id && row.Main).Email;
    }

    private Task<Course> CourseAsync(Whose whose) => OnceAsync($"course {whose}", () => ground.Given.Course(owner: whose == Whose.Other ? other : own));

    private Task<Course> ForumAsync(Whose whose) => OnceAsync($"forum {whose}", () => ground.Given.Course(CourseKind.Forum, whose == Whose.Other ? other : own));

    private Task<ForumSeat> SeatAsync(Whose whose) => OnceAsync($"seat {whose}", async () =>
    {
        var seat = new ForumSeat { Id = Guid.CreateVersion7(), CourseId = (await ForumAsync(whose)).Id, Name = "Lay member", StartsOn = new(2024, 1, 1) };
        await ground.Given.Save(seat);
        return seat;
    });

    private async Task<string> ELearningAsync() =>
        (await OnceAsync("e-learning", async () => await ground.Given.Course(CourseKind.ELearning, code: "SIEB"))).Code;

    // What is sent may change it, so it gets one of its own: in five days, given by the trainers among the askers or by somebody of the other agency.
    // Somebody with a place on every session.
    private Task<Person> DelegateAsync() => OnceAsync("delegate", () => ground.Given.Person());

    // What has a door is a conference.
    private Task<Session> SessionAsync(Question asked) => FreshAsync(asked, HasDoor(asked) ? "conference" : "session", async () =>
    {
        var course = HasDoor(asked) ? await ground.Given.Course(CourseKind.Conference) : await CourseAsync(asked.Whose);
        var session = await ground.Given.Session(course, 20, "2024-05-20 09:30 to 12:00");
        foreach (var trainer in asked.Whose == Whose.Other ? [stranger] : trainers)
        {
            await ground.Given.Trainer(session, trainer);
        }

        await ground.Given.Booking(session, await DelegateAsync());
        if (asked.Address.Form is "reopen" or "correct" or "late")
        {
            await ground.Given.Save(new RegisterEvent { SessionId = session.Id, Event = RegisterEventKind.Signed, RecordedAt = Now });
        }

        if (asked.Address.Form == "away")
        {
            await SheetAsync(session);
        }

        if (asked.Address.Form == "check")
        {
            await ground.Given.Save(new Mark
            {
                Id = Guid.CreateVersion7(), SessionId = session.Id, PartId = await ground.Sql<Guid>($"select id from session_parts where session_id = '{session.Id}'"), PersonId = (await DelegateAsync()).Id,
                Kind = MarkKind.Attended, Device = "typed by somebody else", MarkedAt = Now, RecordedAt = Now, RecordedBy = (await DelegateAsync()).Id,
            });
        }

        if (asked.Address.Form == "late")
        {
            await ground.Given.Save(new MarkStray
            {
                Id = Guid.CreateVersion7(), SessionId = session.Id, PartId = await ground.Sql<Guid>($"select id from session_parts where session_id = '{session.Id}'"), PersonId = (await DelegateAsync()).Id,
                Kind = MarkKind.Dna, MarkedAt = Now, RecordedAt = Now, Why = MarkFlag.LongAfterSigning,
            });
        }

        if (asked.Address.Form == "release")
        {
            await ground.Given.Save(new HeldPlaces { Id = Guid.CreateVersion7(), SessionId = session.Id, AgencyId = own.Id, Places = 2, Until = Now.AddDays(2), MadeAt = Now });
        }

        return session;
    });

    // A deputy of the agency's lead.
    private Task<RoleGrant> DeputyAsync(Question asked) => FreshAsync(asked, "deputy", async () =>
    {
        var agency = asked.Whose == Whose.Other ? other : own;
        return await ground.Given.Role(await ground.Given.Person(agency, given: "Deputy"), Role.AgencyLead, agency, deputy: true);
    });

    private Task<Booking> BookingAsync(Question asked) => FreshAsync(asked, "booking", async () =>
        await ground.Given.Booking(await ground.Given.Session(), await PersonAsync(asked), asked.Address.Form switch { "answer" => BookingState.Offered, "first" => BookingState.Waiting, _ => BookingState.Confirmed }));

    // One's own is decided already, so that nobody's page has it to take back.
    private async Task<Guid> EvidenceAsync(Question asked)
    {
        var (person, id) = (await PersonAsync(asked), Guid.CreateVersion7());
        var evidence = new LearningEvidence
        {
            Id = id, PersonId = person.Id, CourseId = needed.Id, Title = "Elsewhere", Provider = "Somebody", DoneOn = new(2024, 5, 1), FileName = "evidence.pdf", MediaType = "application/pdf", Size = 1,
            Sha256 = System.Security.Cryptography.SHA256.HashData(id.ToByteArray()), SentAt = Now,
        };
        if (asked.Whose == Whose.Self)
        {
            evidence.Decide(EvidenceDecision.Accepted, null, Now, null);
        }

        await ground.Given.Save(evidence);
        await ground.Given.Save(new EvidenceFile { EvidenceId = id, Content = [1] });
        return id;
    }

    private async Task<Certificate> CertificateAsync(Question asked)
    {
        var (person, course) = (await PersonAsync(asked), await ground.Given.Course(CourseKind.ELearning));
        var completion = new Completion { Id = Guid.CreateVersion7(), CourseId = course.Id, PersonId = person.Id, CompletedOn = new(2024, 5, 1), RecordedAt = Now };
        var certificate = new Certificate
        {
            Id = Guid.CreateVersion7(), PersonId = person.Id, CompletionId = completion.Id, CourseId = course.Id, Holder = person.Name, CourseCode = course.Code, CourseTitle = course.Title, CourseKind = course.Kind, HeldOn = new(2024, 5, 1), IssuedAt = Now,
            Partnership = "The partnership",
        };
        await ground.Given.Save(completion);
        await ground.Given.Save(certificate);
        return certificate;
    }

    private async Task<Guid> CorrectionAsync(Question asked)
    {
        var correction = new RecordCorrection { Id = Guid.CreateVersion7(), PersonId = (await PersonAsync(asked)).Id, Course = "A course", What = "It is missing", AskedAt = Now };
        await ground.Given.Save(correction);
        return correction.Id;
    }

    private Task<Message> MessageAsync(Question asked) => FreshAsync(asked, "message", async () =>
    {
        var booking = await ground.Given.Booking(await ground.Given.Session(), await PersonAsync(asked));
        var message = new Message
        {
            Id = Guid.CreateVersion7(), Kind = "booking-confirmed", PersonId = booking.PersonId, SubjectId = booking.Id, Occurrence = "", Why = "A place was booked.", Data = "{}",
            SessionId = booking.SessionId, DueAt = ground.Zone.Now, QueuedAt = ground.Zone.Now, NextTryAt = ground.Zone.Now,
        };
        await ground.Given.Save(message);
        return message;
    });

    // A link opens the site once, so each asker gets one.
    private async Task<string> LinkAsync()
    {
        var link = OneTimeSecret.Link();
        await SignUpAsync(waits: false, link);
        return link;
    }

    private async Task<string> InvitationAsync()
    {
        var link = OneTimeSecret.Link();
        await ground.Given.Save(new Invitation
        {
            Id = Guid.CreateVersion7(), Email = $"{Guid.CreateVersion7():N}@new.example", AgencyId = own.Id, LinkHash = OneTimeSecret.HashOf(link), InvitedAt = Now, SentAt = Now, EndsAt = Now.AddDays(1),
        });
        return link;
    }

    // The link of a notice that somebody's record would be erased.
    private async Task<string> KeepingAsync()
    {
        var (link, person) = (OneTimeSecret.Link(), await ground.Given.Person());
        var message = new Message
        {
            Id = Guid.CreateVersion7(), Kind = "record-ends", PersonId = person.Id, SubjectId = person.Id, Occurrence = "", Why = "They have done nothing.", Data = "{}", DueAt = Now, QueuedAt = Now, NextTryAt = Now,
        };
        await ground.Given.Save(message);
        await ground.Given.Save(new RetentionCase
        {
            PersonId = person.Id, LastActiveOn = new(2018, 5, 20), LastActive = "mark", ListedAt = Now, EraseOn = new(2024, 6, 15), LinkHash = OneTimeSecret.HashOf(link), NoticedAt = Now, MessageId = message.Id,
        });
        return link;
    }

    private Task<BulkRun> ListAsync(Question asked) => FreshAsync(asked, "list", async () =>
    {
        var run = new BulkRun { Id = Guid.CreateVersion7(), AgencyId = (asked.Whose == Whose.Other ? other : own).Id, MadeBy = stranger.Id, MadeAt = Now, State = BulkState.Checked, Total = 0 };
        await ground.Given.Save(run);
        return run;
    });

    private async Task<SignUp> SignUpAsync(bool waits, string? link = null)
    {
        var signUp = new SignUp
        {
            Id = Guid.CreateVersion7(), State = SignUpState.Asked, Email = $"{Guid.CreateVersion7():N}@new.example", GivenName = "New", FamilyName = "Person", Workforce = Workforce.Children, AskedAt = Now,
            LinkHash = OneTimeSecret.HashOf(link ?? OneTimeSecret.Link()), LinkEndsAt = Now.AddHours(1), CodeHash = [], CodeEndsAt = Now.AddHours(1),
        };
        if (waits)
        {
            signUp.Confirm((await ground.Given.Person()).Id, Now);
            signUp.Wait(null, Now);
        }

        await ground.Given.Save(signUp);
        return signUp;
    }

    private async Task<Guid> ClaimAsync(Question asked)
    {
        var claim = new AddressClaim
        {
            Id = Guid.CreateVersion7(), PersonId = (await PersonAsync(asked)).Id, Email = $"{Guid.CreateVersion7():N}@claims.example", CodeHash = new byte[32], AskedAt = Now, EndsAt = Now.AddHours(2),
        };
        await ground.Given.Save(claim);
        return claim.Id;
    }

    // Each is of somebody of its own, as nobody asks for two at once: whoever asks, somebody new of their agency, somebody new of the other.
    private async Task<Guid> MainAddressAsync(Question asked)
    {
        var person = asked is { Whose: Whose.Self, Asker: { } self } ? self : await ground.Given.Person(asked.Whose == Whose.Other ? other : own);
        await ground.Sql($"delete from main_address_changes where person_id = '{person.Id}'");
        var email = $"{Guid.CreateVersion7():N}@main.example";
        await ground.Given.Save(new PersonEmail { Email = email, PersonId = person.Id, Main = false, VerifiedAt = Now });
        var change = new MainAddressChange
        {
            Id = Guid.CreateVersion7(), PersonId = person.Id, Email = email, OldEmail = EmailOf(person), NewCodeHash = new byte[32], OldCodeHash = new byte[32], AskedAt = Now, EndsAt = Now.AddDays(7), UnreadableAt = Now,
        };
        await ground.Given.Save(change);
        return change.Id;
    }

    private async Task<Guid> MoveAsync(Question asked)
    {
        var move = new Move
        {
            Id = Guid.CreateVersion7(), PersonId = (await ground.Given.Person()).Id, AgencyId = (asked.Whose == Whose.Other ? other : own).Id, Workforce = Workforce.Adults, StartsOn = new(2024, 6, 1), Main = false,
            ProposedAt = Now, StateAt = Now,
        };
        await ground.Given.Save(move);
        return move.Id;
    }

    private async Task<Guid> JobAsync(Question asked)
    {
        var person = asked is { Whose: Whose.Self, Asker: { } self } ? self : await ground.Given.Person(asked.Whose == Whose.Other ? other : own);
        return await ground.Sql<Guid>($"select id from employments where person_id = '{person.Id}' and ends_on is null limit 1");
    }

    private Task<T> FreshAsync<T>(Question asked, string what, Func<Task<T>> make) where T : notnull =>
        asked.Address.Method == "GET" ? OnceAsync($"{what} {asked.Whose} {(asked.Whose == Whose.Self ? asked.Asker?.Id : null)}", make) : make();

    private async Task<T> OnceAsync<T>(string what, Func<Task<T>> make) where T : notnull
    {
        if (!made.TryGetValue(what, out var one))
        {
            made[what] = one = await make();
        }

        return (T)one;
    }
}
