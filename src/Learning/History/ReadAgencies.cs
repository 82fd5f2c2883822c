namespace Learning.History;

/// <summary>Reads agencies.csv.</summary>
internal static class ReadAgencies
{
    public static void From(Sheet sheet, Story story)
    {
        var domains = new Dictionary<string, (ToldAgency Agency, int Line)>(StringComparer.Ordinal);
        var later = new List<Action>();
        foreach (var column in new[] { "parent", "successor" }.Where(sheet.Has))
        {
            story.Told.Add((Format.Agencies, column));
        }

        while (sheet.Next())
        {
            if (!sheet.RowIsWhole)
            {
                story.Agencies.Excuse(sheet.MaybeNames());
                continue;
            }

            if (Agency(sheet, story) is { } agency)
            {
                Domains(sheet, agency, domains, story);
                Links(sheet, agency, story, later);
            }
        }

        later.ForEach(link => link());
        Circle(story, agency => agency.Parent, agency => agency.ParentPlace, "is a department of itself");
        Circle(story, agency => agency.Successor, agency => agency.SuccessorPlace, "succeeds itself");
    }

    private static ToldAgency? Agency(Sheet sheet, Story story)
    {
        var code = sheet["code"].Text();
        var known = code is null ? null : story.Agencies.Get(code);
        var agency = known is { IsTold: false } ? known : new ToldAgency { Id = Guid.CreateVersion7(), Code = code ?? "" };
        (agency.Name, agency.Sector, agency.StatutoryPartner, agency.Headcount) =
            (sheet["name"].Text(), sheet["sector"].Text(), sheet["statutory_partner"].YesNo(), sheet["headcount"].Whole());
        if (known is { IsTold: true })
        {
            sheet["code"].Mistake($"agency {known.Code} is on line {known.Line} already");
        }
        else if (code is not null)
        {
            agency.Line = sheet.Line;
            story.Agencies.Add(code, agency);
        }

        return agency;
    }

    private static void Domains(Sheet sheet, ToldAgency agency, Dictionary<string, (ToldAgency Agency, int Line)> domains, Story story)
    {
        var cell = sheet["email_domains"];
        agency.Domains = [.. cell.List().Select(domain => domain.ToLowerInvariant())];
        foreach (var domain in agency.Domains)
        {
            if (!People.PersonEmail.IsDomain(domain))
            {
                cell.Mistake($"\"{domain}\" is not a domain such as council.example");
            }
            else if (!domains.TryAdd(domain, (agency, sheet.Line)))
            {
                cell.Mistake($"{domain} proposes agency {domains[domain].Agency.Code} on line {domains[domain].Line} already");
            }
            else if (story.Domains.GetValueOrDefault(domain) is { IsTold: false } other && other != agency)
            {
                cell.Mistake($"{domain} proposes agency {other.Code} in the system already");
            }
        }
    }

    // The agencies that they point at may be on later lines.
    private static void Links(Sheet sheet, ToldAgency agency, Story story, List<Action> later)
    {
        var (parent, successor, from) = (sheet["parent"], sheet["successor"], sheet["successor_from"]);
        var (day, hasSuccessor) = (from.Date(), successor.IsThere());
        if (sheet.Has("parent"))
        {
            agency.Parent = null;
            if (parent.IsThere())
            {
                var (name, place) = (parent.Characters.ToString(), agency.ParentPlace = parent.Place);
                later.Add(() => agency.Parent = story.Agencies.Find(place, name));
            }
        }

        if (sheet.Has("successor"))
        {
            (agency.Successor, agency.SuccessorFrom) = (null, day);
            if (hasSuccessor)
            {
                var (name, place) = (successor.Characters.ToString(), agency.SuccessorPlace = successor.Place);
                later.Add(() => agency.Successor = story.Agencies.Find(place, name));
            }
        }

        if (hasSuccessor && !from.IsGiven)
        {
            (sheet.Has("successor_from") ? from : successor).Mistake("a successor needs successor_from, the day from which it stands for this agency");
        }
        else if (from.IsGiven && !successor.IsGiven)
        {
            from.Mistake("successor_from is given without a successor");
        }
    }

    private static void Circle(Story story, Func<ToldAgency, ToldAgency?> next, Func<ToldAgency, Place> place, string what)
    {
        foreach (var circle in Circles.Of(story.Agencies.All.Values.Where(agency => agency.IsTold).OrderBy(agency => agency.Line), next))
        {
            var first = circle.Where(agency => agency.IsTold).MinBy(agency => agency.Line)!;
            story.Findings.Mistake(place(first), $"agency {first.Code} {what}{(circle.Count == 1 ? "" : $": {string.Join(" → ", circle.Append(circle[0]).Select(agency => agency.Code))}")}");
        }
    }
}
