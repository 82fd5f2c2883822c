using System.Security.Cryptography;
using System.Text;

using Learning.People;
using Learning.Time;

using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Learning.Benchmarks.Storm;

/// <summary>Somebody of the storm: with a token as a program of theirs has it, and where they need one a browser that is signed in.</summary>
internal sealed record StormPerson(Guid Id, Guid Agency, string Token, string Cookie = "");

/// <summary>Who and what there is before the storm: three agencies, one with a department, their people, a lead each, two of the business unit, and sessions a week apart.</summary>
internal sealed record StormGround(IReadOnlyList<StormPerson> People, IReadOnlyList<StormPerson> Leads, IReadOnlyList<StormPerson> Organisers, IReadOnlyList<string> Sessions, IReadOnlyList<string> KeptFor, string KeptUntil)
{
    private static readonly (string Code, string Sector, string? Parent)[] Agencies = [("POL", "Police", null), ("COUNCIL", "Local authority", null), ("TRUST", "Health", null), ("WARD", "Health", "TRUST")];

    public static async Task<StormGround> MakeAsync(WebApplication site, StormSize size)
    {
        await using var db = await site.Services.GetRequiredService<IDbContextFactory<LearningDb>>().CreateDbContextAsync();
        var now = site.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        var agencies = new Dictionary<string, Agency>();
        foreach (var (code, sector, parent) in Agencies)
        {
            agencies[code] = new Agency { Id = Guid.CreateVersion7(), Code = code, Name = $"{code} of the storm", Sector = sector, StatutoryPartner = false, ParentId = parent is null ? null : agencies[parent].Id };
            db.Add(agencies[code]);
            await db.SaveChangesAsync();
        }

        var people = Enumerable.Range(0, size.People).Select(i => Add(db, agencies[Agencies[i % Agencies.Length].Code], $"person{i}", null, now)).ToList();
        var leads = Agencies.Where(agency => agency.Parent is null).Select(agency => Add(db, agencies[agency.Code], $"lead-{agency.Code}", Role.AgencyLead, now)).ToList();
        var organisers = Enumerable.Range(0, 2).Select(i => Add(db, agencies["COUNCIL"], $"unit{i}", Role.BusinessUnit, now)).ToList();
        var signedIn = leads.Concat(organisers).Select(person => SignedIn.Of(person.Id, $"{person.Id:N}@storm.example", strong: true, now)).ToList();
        db.AddRange(signedIn.Select(one => one.Account));
        db.AddRange(signedIn.Select(one => one.Session));
        await db.SaveChangesAsync();
        var cookies = await SignedIn.CookiesAsync(site, signedIn);
        return new StormGround(
            people, [.. leads.Select((lead, i) => lead with { Cookie = cookies[i] })], [.. organisers.Select((unit, i) => unit with { Cookie = cookies[leads.Count + i] })],
            await SessionsAsync(db, site.Services.GetRequiredService<Zone>(), size), [$"agency {agencies["POL"].Id}", $"agency {agencies["TRUST"].Id}", "sector Health", "sector Local authority"],
            $"{site.Services.GetRequiredService<Zone>().Today.AddDays(10):yyyy-MM-dd}");
    }

    private static StormPerson Add(LearningDb db, Agency agency, string name, Role? role, DateTimeOffset now)
    {
        var (id, token) = (Guid.CreateVersion7(), Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)));
        db.AddRange(
            new Person { Id = id, GivenName = name, FamilyName = "of the storm", CreatedAt = DateTimeOffset.UnixEpoch },
            new PersonEmail { Email = $"{id:N}@storm.example", PersonId = id, Main = true, VerifiedAt = now },
            new Employment { Id = Guid.CreateVersion7(), PersonId = id, AgencyId = agency.Id, Workforce = Workforce.Joint, StartsOn = new DateOnly(2020, 1, 1) },
            new AccessToken
            {
                Id = Guid.CreateVersion7(), PersonId = id, Hash = SHA256.HashData(Encoding.ASCII.GetBytes(token)), Name = "storm", Scopes = ["read", "bookings"], Strong = true, CreatedAt = now, ExpiresAt = now.AddDays(1),
            });
        if (role is { } held)
        {
            db.Add(new RoleGrant { Id = Guid.CreateVersion7(), PersonId = id, Role = held, AgencyId = held == Role.AgencyLead ? agency.Id : null, StartsOn = new DateOnly(2020, 1, 1), GrantedAt = now });
        }

        return new StormPerson(id, agency.Id, token);
    }

    // Every other one has places for about as many as want one, so that now somebody waits and now a place is free; the others for a few.
    private static async Task<IReadOnlyList<string>> SessionsAsync(LearningDb db, Zone zone, StormSize size)
    {
        var references = Enumerable.Range(0, size.Sessions).Select(i => $"STORM-{i}").ToArray();
        var places = references.Select((_, i) => i % 2 == 0 ? size.People / 12 + 4 : size.People * 6 / 10).ToArray();
        var starts = references.Select((_, i) => zone.InstantOf(zone.Today.AddDays(60 + 7 * i).ToDateTime(new TimeOnly(9, 30)))).ToArray();
        await db.Database.ExecuteSqlAsync($"""
            with course as (
                insert into courses (id, code, title, kind, owner_id, board, published_on)
                select gen_random_uuid(), 'STORM', 'A course', 'trained', id, 'joint', '2020-01-01' from agencies where code = 'COUNCIL' returning id),
            session as (
                insert into sessions (id, ref, course_id, mode, venue, capacity, status, starts_at, ends_at, counted_on, booking_closes_at, changed_at)
                select gen_random_uuid(), ref, course.id, 'in person', 'Pavilion Hall', places, 'planned', starts, starts + interval '6 hours', (starts at time zone {zone.Name})::date, starts, now()
                from course, unnest({references}, {places}, {starts}) as s (ref, places, starts) returning id, starts_at, ends_at)
            insert into session_parts (id, session_id, number, starts_local, ends_local, starts_at, ends_at)
            select gen_random_uuid(), id, 1, starts_at at time zone {zone.Name}, ends_at at time zone {zone.Name}, starts_at, ends_at from session
            """);
        return references;
    }
}
