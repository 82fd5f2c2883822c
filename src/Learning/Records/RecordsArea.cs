using Learning.Messages;
using Learning.Records.Retention;

namespace Learning.Records;

/// <summary>What the area needs to run: its verbs and questions.</summary>
public static class RecordsArea
{
    public static IServiceCollection AddRecords(this IServiceCollection services) => services
        .AddScoped<AgencyPeople>()
        .AddScoped<ExportAgencyPeople>()
        .AddScoped<ExportAbsences>()
        .AddScoped<LookAtAgencyPerson>()
        .AddScoped<PeopleList>()
        .AddScoped<ExportPeople>()
        .AddScoped<LookAtPerson>()
        .AddScoped<RenamePerson>()
        .AddScoped<MergePerson>()
        .AddScoped<UnmergePerson>()
        .AddScoped<SuspectedDuplicates>()
        .AddScoped<DismissDuplicate>()
        .AddMessageKinds(MergeLetters.Kinds)
        .AddMessageKinds(ErasureLetter.Kinds)
        .AddScoped<ReportOnPerson>()
        .AddScoped<ErasePerson>()
        .AddScoped<ErasePreview>()
        .AddScoped<ErasureWishes>()
        .AddMessageKinds(RetentionLetters.Kinds)
        .AddScoped<PurgeNeeds>()
        .AddScoped<ListInactive>()
        .AddScoped<EraseInactive>()
        .AddScoped<KeepRecord>()
        .AddScoped<HoldRecord>()
        .AddScoped<HoldSeen>()
        .AddScoped<RetentionList>()
        .AddScoped<ExportRetention>();
}
