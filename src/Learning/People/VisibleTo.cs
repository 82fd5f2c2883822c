namespace Learning.People;

/// <summary>Which people somebody may see (rule S2): everyone for the business unit, oneself, and for an agency lead who works at their agency today; whoever is merged (P3) goes with the one they are counted as. What is not here is a 404.</summary>
public static class Visible
{
    /// <summary>The people that the actor may see on a day. Every question about people starts here.</summary>
    public static IQueryable<Person> VisibleTo(this IQueryable<Person> persons, Actor actor, LearningDb db, DateOnly today)
    {
        if (actor.IsUnit)
        {
            return persons;
        }

        var (self, led) = (actor.PersonId, actor.LeadOf.ToArray());
        var here = db.Employments.Where(job => led.Contains(job.AgencyId) && job.StartsOn <= today && (job.EndsOn == null || today < job.EndsOn));
        return persons.Where(person => person.Id == self || here.Any(job => job.PersonId == person.Id)
            || db.CountedNow.Any(merged => merged.PersonId == person.Id && merged.CountedId == self)
            || db.CountedNow.Any(merged => merged.CountedId == person.Id && here.Any(job => job.PersonId == merged.PersonId)));
    }
}
