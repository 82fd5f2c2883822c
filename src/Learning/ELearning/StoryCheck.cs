namespace Learning.ELearning;

/// <summary>What must hold for a story: it has an end, and every choice leads on.</summary>
internal static class StoryCheck
{
    public static IEnumerable<string> Of(CourseText course)
    {
        var story = course.Case;
        foreach (var decision in story?.Decisions ?? [])
        {
            var at = course.Files.At("case.yaml", "id", decision.Id);
            if (decision.Options.Count < 2)
            {
                yield return $"{at}: {decision.Id} has fewer than two choices";
            }

            if (decision.Options.Any(o => new[] { o.Text, o.Effect, o.Reason, o.After }.Any(string.IsNullOrWhiteSpace)))
            {
                yield return $"{at}: {decision.Id} has a choice without text, effect, reason or after";
            }
        }

        if (story is not null && (story.Decisions.Count == 0 || string.IsNullOrWhiteSpace(story.Ending)))
        {
            yield return $"{course.Files.At("case.yaml", "ending")}: a story has decisions and an ending";
        }
    }
}
