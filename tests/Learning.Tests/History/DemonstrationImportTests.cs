using Learning.Demonstration;
using Learning.History;

namespace Learning.Tests.History;

/// <summary>The demonstration goes in by the same path as any history, whatever the hour of whatever day.</summary>
public sealed class DemonstrationImportTests
{
    [Theory]
    [InlineData("2024-06-03 00:00")]
    [InlineData("2026-11-23 00:00")]
    [InlineData("2028-02-29 23:59")]
    public async Task It_goes_in_whole_and_twice_without_change(string local) // H1, H2
    {
        await using var own = new OwnGround();
        await own.Start();
        own.Ground.Clock.Set(local);
        using var folder = new WrittenFolder();
        DemonstrationPartnership.Write(folder.Path, own.Ground.Zone.Today);
        var first = await own.Import(folder.Path);
        Assert.True(first is ImportOutcome.Imported, string.Join('\n', (first as ImportOutcome.Refused)?.Mistakes.Take(20) ?? []));
        Assert.False(Assert.IsType<ImportOutcome.Imported>(await own.Import(folder.Path)).AnyChange);

        // What no file tells: the forum's seats, each held by somebody whom every register since has a mark of (A1).
        await using var db = own.Ground.Db();
        await ForumSeating.WriteAsync(db, own.Ground.Zone, CancellationToken.None);
        Assert.Equal("7 seats held or vacant, 0 without a mark", await own.Ground.Sql<string>("""
            select count(distinct t.id) || ' seats held or vacant, ' || count(*) filter (where t.person_id is not null and s.id is not null and not exists (select from marks m where m.session_id = s.id and m.person_id = t.person_id)) || ' without a mark'
            from seat_terms t join forum_seats f on f.id = t.seat_id
            left join sessions s on s.course_id = f.course_id and s.status = 'planned' and s.counted_on >= t.starts_on and exists (select from marks m where m.session_id = s.id)
            """));
    }
}
