namespace Learning.Records.Held;

internal static class LetterChoices
{
    public static readonly Section Section = new(
        "letterChoices", "Letters that you chose", "Which of the optional letters you want; those that you said nothing of come.", ["message_choices.person_id"],
        "select choice, wanted, changed_at from message_choices where person_id = any(@persons) order by choice",
        [new("letter", "Letter"), new("wanted", "You want it"), new("changedAt", "Since")]);
}
