using Learning.People;

namespace Learning.Figures;

/// <summary>Who signs, restates and publishes a report (F7, F8): pure, for the page that draws the button and the verb that does it.</summary>
public static class SigningRules
{
    /// <summary>The longest reason of a restatement.</summary>
    public const int LongestReason = 500;

    /// <summary>The chair signs and restates.</summary>
    public static bool MaySign(Actor actor) => actor.PersonId is not null && actor.Roles.Contains(Role.Chair);

    /// <summary>The chair and the business unit publish what is signed.</summary>
    public static bool MayPublish(Actor actor) => actor.PersonId is not null && (actor.Roles.Contains(Role.Chair) || actor.Roles.Contains(Role.BusinessUnit));
}
