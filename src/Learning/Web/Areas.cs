using Learning.People;

namespace Learning.Web;

/// <summary>A part of the site in the header, and the beginnings of the addresses that belong to it.</summary>
public sealed record Area(string Name, string Address, params string[] Also)
{
    /// <summary>Whether a path lies in this area, so that the header marks it as the one the reader is in.</summary>
    public bool Holds(string path) => Also.Prepend(Address).Any(beginning =>
        path.Equals(beginning, StringComparison.OrdinalIgnoreCase) || path.StartsWith(beginning + "/", StringComparison.OrdinalIgnoreCase));
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
        Add(actor.IsTrainer, "My sessions", "/register");
        Add(actor.SeesFigures, "Reports", "/reports");
        Add(actor.IsUnit, "Manage", "/manage");
        return areas;
    }
}
