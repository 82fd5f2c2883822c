using Learning.Attendance;
using Learning.Catalogue;
using Learning.People;
using Learning.Tests.Support;
using Learning.Time;

namespace Learning.Tests.Attendance;

public class RegisterRulesTests
{
    private readonly FakeClock clock = new();
    private readonly Zone zone;

    public RegisterRulesTests() => zone = Zone.Of(clock);

    [Theory] // S2: 14 local days before the first day, 14 after the last, or until it is signed
    [InlineData("2024-05-31 23:59", false, RegisterAccess.TooEarly)]
    [InlineData("2024-06-01 00:00", false, RegisterAccess.Open)]
    [InlineData("2024-06-30 23:59", true, RegisterAccess.Open)]
    [InlineData("2024-07-01 00:00", true, RegisterAccess.Over)]
    [InlineData("2024-09-01 12:00", false, RegisterAccess.Open)]
    public void A_trainer_opens_the_register_of_a_session_around_its_days(string now, bool signed, RegisterAccess expected)
    {
        clock.Set(now);
        var session = Session("2024-06-15 23:30", "2024-06-16 00:30");
        Assert.Equal(expected, RegisterRules.Access(Somebody(), isTrainer: true, session, signed, zone));
        Assert.Equal(RegisterAccess.None, RegisterRules.Access(Somebody(), isTrainer: false, session, signed, zone));
        Assert.Equal(RegisterAccess.Open, RegisterRules.Access(Somebody(Role.BusinessUnit), isTrainer: false, session, signed, zone));
        foreach (var role in new[] { Role.AgencyLead, Role.SubgroupMember, Role.Chair, Role.Administrator })
        {
            Assert.Equal(RegisterAccess.None, RegisterRules.Access(Somebody(role), isTrainer: false, session, signed, zone));
        }
    }

    [Theory] // A7: three quarters itself counts; of 330 minutes that is 248
    [InlineData(MarkKind.Attended, null, 330, true)]
    [InlineData(MarkKind.Substitute, null, 330, true)]
    [InlineData(MarkKind.Part, 248, 330, true)]
    [InlineData(MarkKind.Part, 247, 330, false)]
    [InlineData(MarkKind.Part, 90, 120, true)]
    [InlineData(MarkKind.Part, 89, 120, false)]
    [InlineData(MarkKind.Part, null, 120, false)]
    [InlineData(MarkKind.Apologies, null, 120, false)]
    [InlineData(MarkKind.Dna, null, 120, false)]
    public void A_part_is_attended_by_presence_a_substitute_or_the_required_minutes(MarkKind mark, int? minutes, int ofPart, bool attended)
    {
        Assert.Equal(attended, RegisterRules.Attended(mark, minutes, ofPart, 0.75m));
        Assert.Equal(attended && mark == MarkKind.Part, mark == MarkKind.Part && minutes >= RegisterRules.MinutesNeeded(ofPart, 0.75m));
    }

    private static Actor Somebody(params Role[] roles) => new(Guid.CreateVersion7(), roles.ToHashSet(), new HashSet<Guid>(), IsTrainer: true);

    private Session Session(string starts, string ends) => new()
    {
        Id = Guid.CreateVersion7(), Ref = "S", CourseId = Guid.CreateVersion7(), Mode = SessionMode.InPerson, Capacity = 1, Status = SessionStatus.Planned,
        StartsAt = zone.InstantOf(DateTime.Parse(starts)), EndsAt = zone.InstantOf(DateTime.Parse(ends)), CountedOn = default, BookingClosesAt = default, ChangedAt = default,
    };
}
