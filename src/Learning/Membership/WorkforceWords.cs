using Learning.People;

namespace Learning.Membership;

/// <summary>Workforces in the words of people who are asked, and of people who read a list.</summary>
public static class WorkforceWords
{
    /// <summary>The answer to "What brings you here?".</summary>
    public static string Answer(Workforce workforce) => workforce switch
    {
        Workforce.Children => "I work with children and families",
        Workforce.Adults => "I work with adults",
        Workforce.Joint => "I work with both",
        Workforce.Volunteer => "I volunteer",
        Workforce.Carer => "I am a foster carer, kinship carer or family carer",
        Workforce.Student => "I am a student or on placement",
        Workforce.Speaker => "I am a speaker",
        Workforce.Exhibitor => "I am an exhibitor",
        Workforce.Public => "I am a member of the public",
        _ => throw new ArgumentOutOfRangeException(nameof(workforce)),
    };

    /// <summary>The answer that a lead gives about somebody.</summary>
    public static string OfThem(Workforce workforce) => workforce switch
    {
        Workforce.Children => "Works with children and families",
        Workforce.Adults => "Works with adults",
        Workforce.Joint => "Works with both",
        Workforce.Volunteer => "Volunteer",
        Workforce.Carer => "Foster carer, kinship carer or family carer",
        Workforce.Student => "Student or on placement",
        Workforce.Speaker => "Speaker",
        Workforce.Exhibitor => "Exhibitor",
        Workforce.Public => "Member of the public",
        _ => throw new ArgumentOutOfRangeException(nameof(workforce)),
    };

    /// <summary>In a list: "children's workforce", "volunteer".</summary>
    public static string Short(Workforce workforce) => workforce switch
    {
        Workforce.Children => "children’s workforce",
        Workforce.Adults => "adults’ workforce",
        Workforce.Joint => "children’s and adults’ workforce",
        Workforce.Public => "member of the public",
        _ => workforce.ToString().ToLowerInvariant(),
    };
}
