namespace Learning.Demonstration;

/// <summary>Where sessions take place, and what people fit on what.</summary>
internal static class Places
{
    public const string InPerson = "in person", Virtual = "virtual", Hybrid = "hybrid";

    public static readonly string[] Venues =
        ["Estuary Hall, 12 Shore Road, Southend-on-Sea", "Civic Centre, Room 3", "Leigh Community Centre, 4 Church Lane, Leigh-on-Sea", "Leigh Library"];

    public const string Conference = "Pavilion Hall, 1 Pier Approach, Southend-on-Sea";

    /// <summary>F1 "who: professionals".</summary>
    public static bool Professional(Employment job) => job.Workforce is "children" or "adults" or "joint";

    /// <summary>Professionals who come to sessions.</summary>
    public static bool Keen(Person person, Employment job) => person.Keen && Professional(job);

    public static bool WorksWithChildren(Person person, Employment job) => Keen(person, job) && job.Workforce is not "adults";

    public static bool WorksWithAdults(Person person, Employment job) => Keen(person, job) && job.Workforce is not "children";
}
