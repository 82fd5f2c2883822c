using Learning.People;

namespace Learning.Web;

/// <summary>A part of the site in the header, and the beginnings of the addresses that belong to it.</summary>
public sealed record Area(string Name, string Address, params string[] Also)
{
    /// <summary>How many characters of a path are this area's; 0: it does not lie in it.</summary>
    public int Holds(string path) => Also.Prepend(Address).Where(beginning =>
        path.Equals(beginning, StringComparison.OrdinalIgnoreCase) || path.StartsWith(beginning + "/", StringComparison.OrdinalIgnoreCase)).Select(beginning => beginning.Length).DefaultIfEmpty().Max();
}

/// <summary>The areas that a person has, by their roles (S1), in the order of the header. No menu hides any of them.</summary>
public static class Areas
{
    public static IReadOnlyList<Area> Of(Actor actor)
    {
        var areas = new List<Area> { new("Courses", "/courses", "/sessions", "/learn") };
        void Add(bool has, string name, string address)
        {
            if (has)
            {
                areas.Add(new Area(name, address));
            }
        }

        Add(actor.PersonId is not null, "My learning", "/my");
        Add(actor.Roles.Contains(Role.AgencyLead), "My agency", "/agency");
        Add(actor.IsTrainer, "My sessions", "/register");
        if (actor.IsOrganiser && !actor.IsUnit)
        {
            areas.Add(new Area("Organise", "/manage/sessions", "/manage/planner", "/manage/bookings", "/manage/courses"));
        }

        Add(actor.SeesFigures, "Insight", "/insight");
        Add(actor.SeesFigures, "Reports", "/reports");
        Add(actor.IsUnit, "Manage", "/manage");
        if (actor.IsAdministrator)
        {
            areas.Add(new Area("Security", "/manage/security", "/manage/roles", "/manage/audit", "/manage/tokens", "/manage/sign-out", "/manage/recoveries", "/roles"));
        }

        return areas;
    }

    /// <summary>The area that a path lies in, so that the header marks it: the one whose address says most of it.</summary>
    public static Area? Of(this IEnumerable<Area> areas, string path) => areas.Where(area => area.Holds(path) > 0).MaxBy(area => area.Holds(path));
}
