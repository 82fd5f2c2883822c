using Learning.Messages;
using Learning.Time;

namespace Learning.Evaluation;

/// <summary>What the area needs to run.</summary>
public static class EvaluationArea
{
    public static IServiceCollection AddEvaluation(this IServiceCollection services, string content) => services
        .AddSingleton(_ => new EvaluationForms(Path.Combine(content, "evaluation")))
        .AddScoped<AskForEvaluations>()
        .AddScoped<AskedEvaluations>()
        .AddScoped<SendEvaluation>()
        .AddScoped<EvaluationResults>()
        .AddScoped<ExportEvaluation>()
        .AddScoped<RedactComment>()
        .AddSingleton<WhyNone>(services => (about, stop) => WhyNoEvaluation.OfAsync(about.Db, services.GetRequiredService<EvaluationForms>(), services.GetRequiredService<Zone>(), about, stop))
        .AddMessageKinds(EvaluationLetters.Kinds);
}
