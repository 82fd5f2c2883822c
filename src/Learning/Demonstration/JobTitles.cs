using Bogus;

namespace Learning.Demonstration;

/// <summary>Job titles of an agency, each with its workforce and the level of training that it needs.</summary>
internal static class JobTitles
{
    private sealed record Job(string Title, string Workforce, string Level);

    private static readonly Dictionary<string, Job[]> ByAgency = new()
    {
        ["SCC-CS"] = [new("Social worker", "children", "3"), new("Family support worker", "children", "2"), new("Team manager", "children", "3"), new("Early help practitioner", "children", "3"), new("Foster carer", "carer", "2")],
        ["SCC-AS"] = [new("Social worker", "adults", "3"), new("Care coordinator", "adults", "2"), new("Occupational therapist", "adults", "2"), new("Team manager", "adults", "3")],
        ["SCC-ED"] = [new("Education welfare officer", "children", "3"), new("Inclusion officer", "children", "2"), new("Educational psychologist", "children", "3")],
        ["SCC-EY"] = [new("Early years adviser", "children", "3"), new("Family centre worker", "children", "2")],
        ["SCC-HO"] = [new("Housing options officer", "joint", "2"), new("Homelessness prevention officer", "adults", "2")],
        ["NELFT"] = [new("Child and adolescent therapist", "children", "3"), new("School nurse", "children", "3")],
        ["CAFCASS"] = [new("Family court adviser", "children", "3")],
        ["YJS"] = [new("Youth justice officer", "children", "3"), new("Youth worker", "children", "2")],
        ["ABSS"] = [new("Parent champion", "volunteer", "1"), new("Family mentor", "children", "2")],
    };

    private static readonly Dictionary<string, Job[]> BySector = new()
    {
        ["Local authority"] = [new("Officer", "joint", "1"), new("Manager", "joint", "2")],
        ["Partnership"] = [new("Officer", "joint", "3")],
        ["Police"] = [new("Police constable", "joint", "2"), new("Detective constable", "joint", "3"), new("Police community support officer", "joint", "1"), new("Detective sergeant", "joint", "3")],
        ["Health commissioner"] = [new("Designated nurse", "joint", "3"), new("Commissioning manager", "joint", "2")],
        ["Health provider"] = [new("Nurse", "joint", "2"), new("Health visitor", "children", "3"), new("Midwife", "children", "3"), new("Ward sister", "joint", "3"), new("Therapist", "adults", "2"), new("Healthcare assistant", "joint", "1")],
        ["Primary care"] = [new("GP", "joint", "3"), new("Practice nurse", "joint", "2"), new("Receptionist", "joint", "1")],
        ["Fire and rescue"] = [new("Firefighter", "joint", "1"), new("Community safety officer", "joint", "2")],
        ["Justice"] = [new("Probation officer", "joint", "3"), new("Case worker", "joint", "2")],
        ["Voluntary"] = [new("Support worker", "joint", "2"), new("Project manager", "joint", "3"), new("Volunteer", "volunteer", "1")],
        ["Housing"] = [new("Housing officer", "adults", "2"), new("Sheltered housing officer", "adults", "2")],
        ["Early years"] = [new("Nursery practitioner", "children", "2"), new("Nursery manager", "children", "3"), new("Childminder", "children", "2")],
        ["Education"] = [new("Teacher", "children", "2"), new("Designated safeguarding lead", "children", "3"), new("Teaching assistant", "children", "1"), new("Pastoral lead", "children", "3")],
        ["Care provider"] = [new("Care assistant", "adults", "1"), new("Registered manager", "adults", "3"), new("Senior carer", "adults", "2")],
        ["Government"] = [new("Work coach", "adults", "1")],
    };

    public static Employment Draw(Randomizer chance, Agency agency, DateOnly from, DateOnly? to = null)
    {
        var job = chance.ArrayElement(ByAgency.GetValueOrDefault(agency.Code) ?? BySector[agency.Sector]);
        return new Employment(agency.Code, job.Title, job.Workforce, job.Level, from, to);
    }
}
