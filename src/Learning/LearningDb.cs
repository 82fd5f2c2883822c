using System.Text;

using Learning.Attendance;
using Learning.Audit;
using Learning.Bookings;
using Learning.Catalogue;
using Learning.ELearning;
using Learning.Figures;
using Learning.Jobs;
using Learning.Messages;
using Learning.People;

using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Learning;

/// <summary>The one hub that knows every noun. Its model is checked against the migrated database by SchemaTests.</summary>
public sealed class LearningDb(DbContextOptions<LearningDb> options) : IdentityUserContext<Account, Guid>(options)
{
    public DbSet<Person> Persons => Set<Person>();
    public DbSet<PersonEmail> PersonEmails => Set<PersonEmail>();
    public DbSet<PersonMerge> PersonMerges => Set<PersonMerge>();
    public DbSet<Agency> Agencies => Set<Agency>();
    public DbSet<AgencyDomain> AgencyDomains => Set<AgencyDomain>();
    public DbSet<AgencySuccession> AgencySuccessions => Set<AgencySuccession>();
    public DbSet<Employment> Employments => Set<Employment>();
    public DbSet<RoleGrant> RoleGrants => Set<RoleGrant>();
    public DbSet<AccessToken> AccessTokens => Set<AccessToken>();
    public DbSet<Programme> Programmes => Set<Programme>();
    public DbSet<Course> Courses => Set<Course>();
    public DbSet<CourseProgramme> CourseProgrammes => Set<CourseProgramme>();
    public DbSet<Session> Sessions => Set<Session>();
    public DbSet<SessionPart> SessionParts => Set<SessionPart>();
    public DbSet<SessionTrainer> SessionTrainers => Set<SessionTrainer>();
    public DbSet<Booking> Bookings => Set<Booking>();
    public DbSet<Mark> Marks => Set<Mark>();
    public DbSet<MarkStray> MarkStrays => Set<MarkStray>();
    public DbSet<RegisterEvent> RegisterEvents => Set<RegisterEvent>();
    public DbSet<CourseVersion> CourseVersions => Set<CourseVersion>();
    public DbSet<LearningAttempt> LearningAttempts => Set<LearningAttempt>();
    public DbSet<PageVisit> PageVisits => Set<PageVisit>();
    public DbSet<QuizAnswer> QuizAnswers => Set<QuizAnswer>();
    public DbSet<CaseChoice> CaseChoices => Set<CaseChoice>();
    public DbSet<Completion> Completions => Set<Completion>();
    public DbSet<Message> Messages => Set<Message>();
    public DbSet<ReportBuild> ReportBuilds => Set<ReportBuild>();
    public DbSet<JobRun> JobRuns => Set<JobRun>();
    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.Entity<IdentityUserClaim<Guid>>().ToTable("account_claims");
        builder.Entity<IdentityUserLogin<Guid>>().ToTable("account_logins");
        builder.Entity<IdentityUserToken<Guid>>().ToTable("account_tokens");
        builder.ApplyConfigurationsFromAssembly(typeof(LearningDb).Assembly);
        foreach (var property in builder.Model.GetEntityTypes().SelectMany(entity => entity.GetDeclaredProperties()))
        {
            if (property.FindAnnotation("Relational:ColumnName") is null)
            {
                property.SetColumnName(SnakeCase(property.Name));
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
