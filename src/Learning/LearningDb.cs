using System.Reflection;
using System.Text;

using Learning.Accounts;
using Learning.Attendance;
using Learning.Attendance.CheckingIn;
using Learning.Attendance.Meetings;
using Learning.Attendance.Paper;
using Learning.Attendance.Seats;
using Learning.Audit;
using Learning.Bookings;
using Learning.Bookings.Workshops;
using Learning.Catalogue;
using Learning.Certificates;
using Learning.Database;
using Learning.ELearning;
using Learning.ELearning.Packages;
using Learning.ELearning.Packages.Playing;
using Learning.ELearning.Writing;
using Learning.Evaluation;
using Learning.Figures;
using Learning.Figures.Builds;
using Learning.Figures.Drafts;
using Learning.Jobs;
using Learning.Membership;
using Learning.Messages;
using Learning.People;
using Learning.Records;
using Learning.Records.Retention;
using Learning.Required;
using Learning.Returns;

using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Learning;

/// <summary>The one hub that knows every noun. Its model is checked against the migrated database by SchemaTests.</summary>
public sealed class LearningDb(DbContextOptions<LearningDb> options) : IdentityUserContext<Account, Guid>(options)
{
    // SaveAndCommit's own, for the length of one save; null: the commit has gone with it.
    internal bool? CommitsWithSave { get; set; } = false;
    internal string CommitWith { get; set; } = SaveAndCommit.Commit;

    public DbSet<Person> Persons => Set<Person>();
    public DbSet<PersonEmail> PersonEmails => Set<PersonEmail>();
    public DbSet<PersonMerge> PersonMerges => Set<PersonMerge>();
    public DbSet<CountedNow> CountedNow => Set<CountedNow>();
    public DbSet<NotDuplicate> NotDuplicates => Set<NotDuplicate>();
    public DbSet<Agency> Agencies => Set<Agency>();
    public DbSet<AgencyDomain> AgencyDomains => Set<AgencyDomain>();
    public DbSet<AgencySuccession> AgencySuccessions => Set<AgencySuccession>();
    public DbSet<Erasure> Erasures => Set<Erasure>();
    public DbSet<ErasureRequest> ErasureRequests => Set<ErasureRequest>();
    public DbSet<RecordHold> RecordHolds => Set<RecordHold>();
    public DbSet<RetentionCase> RetentionCases => Set<RetentionCase>();
    public DbSet<Employment> Employments => Set<Employment>();
    public DbSet<Move> Moves => Set<Move>();
    public DbSet<AddressClaim> AddressClaims => Set<AddressClaim>();
    public DbSet<MainAddressChange> MainAddressChanges => Set<MainAddressChange>();
    public DbSet<RoleGrant> RoleGrants => Set<RoleGrant>();
    public DbSet<RoleRequest> RoleRequests => Set<RoleRequest>();
    public DbSet<AccessToken> AccessTokens => Set<AccessToken>();
    public DbSet<AccountSession> AccountSessions => Set<AccountSession>();
    public DbSet<PersonByName> PeopleByName => Set<PersonByName>();
    public DbSet<ClaimCode> ClaimCodes => Set<ClaimCode>();
    public DbSet<Invitation> Invitations => Set<Invitation>();
    public DbSet<BulkRun> BulkRuns => Set<BulkRun>();
    public DbSet<SignUp> SignUps => Set<SignUp>();
    public DbSet<KnownDevice> KnownDevices => Set<KnownDevice>();
    public DbSet<SignInCode> SignInCodes => Set<SignInCode>();
    public DbSet<AccountAuthenticator> AccountAuthenticators => Set<AccountAuthenticator>();
    public DbSet<AccountRecovery> AccountRecoveries => Set<AccountRecovery>();
    public DbSet<RecoveryCode> RecoveryCodes => Set<RecoveryCode>();
    public DbSet<Programme> Programmes => Set<Programme>();
    public DbSet<Course> Courses => Set<Course>();
    public DbSet<CourseProgramme> CourseProgrammes => Set<CourseProgramme>();
    public DbSet<CourseOrganiser> CourseOrganisers => Set<CourseOrganiser>();
    public DbSet<CoursePrerequisite> CoursePrerequisites => Set<CoursePrerequisite>();
    public DbSet<CourseAudience> CourseAudiences => Set<CourseAudience>();
    public DbSet<CourseInterest> CourseInterests => Set<CourseInterest>();
    public DbSet<Session> Sessions => Set<Session>();
    public DbSet<SessionPart> SessionParts => Set<SessionPart>();
    public DbSet<SessionTrainer> SessionTrainers => Set<SessionTrainer>();
    public DbSet<Booking> Bookings => Set<Booking>();
    public DbSet<HeldPlaces> HeldPlaces => Set<HeldPlaces>();
    public DbSet<CalendarLink> CalendarLinks => Set<CalendarLink>();
    public DbSet<BookingApproval> BookingApprovals => Set<BookingApproval>();
    public DbSet<BookingWaiver> BookingWaivers => Set<BookingWaiver>();
    public DbSet<ConferenceRound> ConferenceRounds => Set<ConferenceRound>();
    public DbSet<WorkshopWish> WorkshopWishes => Set<WorkshopWish>();
    public DbSet<AllocationRun> AllocationRuns => Set<AllocationRun>();
    public DbSet<AllocationResult> AllocationResults => Set<AllocationResult>();
    public DbSet<ConferenceText> ConferenceTexts => Set<ConferenceText>();
    public DbSet<ConferencePerson> ConferencePeople => Set<ConferencePerson>();
    public DbSet<Mark> Marks => Set<Mark>();
    public DbSet<MarkStray> MarkStrays => Set<MarkStray>();
    public DbSet<MarkStrayDecision> MarkStrayDecisions => Set<MarkStrayDecision>();
    public DbSet<ForumSeat> ForumSeats => Set<ForumSeat>();
    public DbSet<SeatTerm> SeatTerms => Set<SeatTerm>();
    public DbSet<CheckIn> CheckIns => Set<CheckIn>();
    public DbSet<SignedSheet> SignedSheets => Set<SignedSheet>();
    public DbSet<SignedSheetFile> SignedSheetFiles => Set<SignedSheetFile>();
    public DbSet<TypedCheck> TypedChecks => Set<TypedCheck>();
    public DbSet<SentReport> SentReports => Set<SentReport>();
    public DbSet<SentReportFile> SentReportFiles => Set<SentReportFile>();
    public DbSet<ReportedPerson> ReportedPeople => Set<ReportedPerson>();
    public DbSet<CheckInClaim> CheckInClaims => Set<CheckInClaim>();
    public DbSet<CheckInCode> CheckInCodes => Set<CheckInCode>();
    public DbSet<SelfCheckIn> SelfCheckIns => Set<SelfCheckIn>();
    public DbSet<CheckInAddress> CheckInAddresses => Set<CheckInAddress>();
    public DbSet<EvaluationRequest> EvaluationRequests => Set<EvaluationRequest>();
    public DbSet<EvaluationResponse> EvaluationResponses => Set<EvaluationResponse>();
    public DbSet<EvaluationAnswer> EvaluationAnswers => Set<EvaluationAnswer>();
    public DbSet<EvaluationRedaction> EvaluationRedactions => Set<EvaluationRedaction>();
    public DbSet<RegisterEvent> RegisterEvents => Set<RegisterEvent>();
    public DbSet<CourseVersion> CourseVersions => Set<CourseVersion>();
    public DbSet<LearningAttempt> LearningAttempts => Set<LearningAttempt>();
    public DbSet<PageVisit> PageVisits => Set<PageVisit>();
    public DbSet<QuizAnswer> QuizAnswers => Set<QuizAnswer>();
    public DbSet<CaseChoice> CaseChoices => Set<CaseChoice>();
    public DbSet<PageCheckAnswer> PageCheckAnswers => Set<PageCheckAnswer>();
    public DbSet<Reflection> Reflections => Set<Reflection>();
    public DbSet<CourseSave> CourseSaves => Set<CourseSave>();
    public DbSet<CourseRecording> CourseRecordings => Set<CourseRecording>();
    public DbSet<CoursePublication> CoursePublications => Set<CoursePublication>();
    public DbSet<VersionWithdrawal> VersionWithdrawals => Set<VersionWithdrawal>();
    public DbSet<CourseSignOff> CourseSignOffs => Set<CourseSignOff>();
    public DbSet<Package> Packages => Set<Package>();
    public DbSet<PackageFile> PackageFiles => Set<PackageFile>();
    public DbSet<PackageState> PackageStates => Set<PackageState>();
    public DbSet<PackageTime> PackageTimes => Set<PackageTime>();
    public DbSet<PackageCommit> PackageCommits => Set<PackageCommit>();
    public DbSet<Completion> Completions => Set<Completion>();
    public DbSet<Certificate> Certificates => Set<Certificate>();
    public DbSet<CertificateRevocation> CertificateRevocations => Set<CertificateRevocation>();
    public DbSet<RecordCorrection> RecordCorrections => Set<RecordCorrection>();
    public DbSet<Message> Messages => Set<Message>();
    public DbSet<ReportBuild> ReportBuilds => Set<ReportBuild>();
    public DbSet<ReportBehind> ReportBehinds => Set<ReportBehind>();
    public DbSet<Claim> Claims => Set<Claim>();
    public DbSet<ReportVersion> ReportVersions => Set<ReportVersion>();
    public DbSet<BuildRun> BuildRuns => Set<BuildRun>();
    public DbSet<BuildRunReport> BuildRunReports => Set<BuildRunReport>();
    public DbSet<WrittenDefinition> WrittenDefinitions => Set<WrittenDefinition>();
    public DbSet<ReportSigning> ReportSignings => Set<ReportSigning>();
    public DbSet<SignedBehind> SignedBehinds => Set<SignedBehind>();
    public DbSet<ReportPublication> ReportPublications => Set<ReportPublication>();
    public DbSet<ReportDrift> ReportDrifts => Set<ReportDrift>();
    public DbSet<RequiredRule> RequiredRules => Set<RequiredRule>();
    public DbSet<CourseEquivalence> CourseEquivalences => Set<CourseEquivalence>();
    public DbSet<LearningEvidence> LearningEvidence => Set<LearningEvidence>();
    public DbSet<EvidenceFile> EvidenceFiles => Set<EvidenceFile>();
    public DbSet<TrainingLevel> TrainingLevels => Set<TrainingLevel>();
    public DbSet<TrainingReturn> TrainingReturns => Set<TrainingReturn>();
    public DbSet<JobRun> JobRuns => Set<JobRun>();
    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();

    /// <summary>Messages have been queued that are due as soon as the transaction is committed.</summary>
    internal bool MessagesQueued { get; set; }

    /// <summary>In a query: the person whom somebody is counted as now (P3), themselves unless they are merged.</summary>
    public static Guid CountedAs(Guid person) => throw new NotSupportedException($"{person}: this is asked in the database only.");

    /// <summary>In a query: where a person stands on a session, as it is when the database comes to it.</summary>
    internal IQueryable<Standing> StandingOn(Guid session, Guid? person) => FromExpression(() => StandingOn(session, person));

    /// <summary>In a query: the session of a reference, which the transaction holds from then on, after all who came before (B2).</summary>
    internal IQueryable<Session> LockSession(string reference) => FromExpression(() => LockSession(reference));

    /// <summary>In a query: what of a person decides about a booking besides the session's places.</summary>
    internal IQueryable<Elsewhere> Towards(Guid? person, string reference, DateOnly today) => FromExpression(() => Towards(person, reference, today));

    /// <summary>In a query: what a person may do today; "weak" where nothing stronger than one step was shown and that matters.</summary>
    internal IQueryable<HeldRole> RolesOf(Guid person, DateOnly today, bool strong) => FromExpression(() => RolesOf(person, today, strong));

    /// <summary>In a query: the course of a code, whose case matters not.</summary>
    internal IQueryable<Course> CourseOf(string code) => FromExpression(() => CourseOf(code));

    /// <summary>In a query: the attempt of a person that is open on a course, else the newest that was completed; held to the end of the transaction where that is wanted.</summary>
    internal IQueryable<LearningAttempt> AttemptOf(Guid course, Guid person, bool hold) => FromExpression(() => AttemptOf(course, person, hold));

    /// <summary>In a query: what a course offers now beside its folder, and what was done in an attempt, as it is when the database comes to it.</summary>
    internal IQueryable<StandingIn> StandingIn(Guid course, Guid? attempt, string? version) => FromExpression(() => StandingIn(course, attempt, version));

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.Entity<IdentityUserClaim<Guid>>().ToTable("account_claims");
        builder.Entity<IdentityUserLogin<Guid>>().ToTable("account_logins");
        builder.Entity<IdentityUserToken<Guid>>().ToTable("account_tokens");
        builder.Entity<IdentityUserPasskey<Guid>>().ToTable("account_passkeys").OwnsOne(passkey => passkey.Data).ToJson("data");
        builder.ApplyConfigurationsFromAssembly(typeof(LearningDb).Assembly);
        builder.HasDbFunction(typeof(LearningDb).GetMethod(nameof(CountedAs))!).HasName("counted_as");
        foreach (var name in new[] { nameof(StandingOn), nameof(LockSession), nameof(Towards), nameof(RolesOf), nameof(CourseOf), nameof(AttemptOf), nameof(StandingIn) })
        {
            builder.HasDbFunction(typeof(LearningDb).GetMethod(name, BindingFlags.Instance | BindingFlags.NonPublic)!).HasName(name == nameof(StandingIn) ? "standing_with_packages" : SnakeCase(name));
        }

        foreach (var property in builder.Model.GetEntityTypes().Where(entity => !entity.IsMappedToJson()).SelectMany(entity => entity.GetDeclaredProperties()))
        {
            if (property.FindAnnotation("Relational:ColumnName") is null)
            {
                property.SetColumnName(SnakeCase(property.Name));
            }

            // PostgreSQL's text needs no length; the framework's maps would have it varying.
            if (property.ClrType == typeof(string))
            {
                property.SetMaxLength(null);
            }

            // Instants are made by the program, ids too: the database generates only what is named so.
            if (property.ClrType == typeof(Guid) && property.IsPrimaryKey())
            {
                property.ValueGenerated = Microsoft.EntityFrameworkCore.Metadata.ValueGenerated.Never;
            }
        }
    }

    private static string SnakeCase(string name)
    {
        var text = new StringBuilder();
        for (var i = 0; i < name.Length; i++)
        {
            if (i > 0 && char.IsUpper(name[i]))
            {
                text.Append('_');
            }

            text.Append(char.ToLowerInvariant(name[i]));
        }

        return text.ToString();
    }
}
