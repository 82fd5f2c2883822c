using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Demonstration;

/// <summary>Which courses of the demonstration partnership grant certificates: all that somebody learns, for the last three years. Likely, nobody's.</summary>
internal static class GrantedCertificates
{
    private const string Framework = "Safeguarding children: intercollegiate document, fourth edition, January 2019";

    public static Task WriteAsync(LearningDb db, Zone zone, CancellationToken stop) => db.Database.ExecuteSqlAsync($"""
        update courses c set certificates_from = {zone.Today.AddYears(-3)}, level_framework = case when exists (select from training_levels l where l.code = c.level) then {Framework} end,
            participatory_share = case c.kind when 'e-learning' then 0 when 'trained' then 1 end
        where c.kind <> 'forum' and not exists (select from sessions s where s.course_id = c.id and s.parent_id is not null)
        """, stop);
}
