using Learning.Messages;

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
        .AddMessageKinds(EvaluationLetters.Kinds);
}
