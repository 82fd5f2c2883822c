using Learning.People;

namespace Learning.History;

/// <summary>
/// Reads people.csv: a row is an employment, and a person is whoever has one of the row's addresses (P1, P6). Rows of one person agree on the name; an address that
/// would make one of two people with different names, or of two people who are in the system, is a mistake.
/// </summary>
internal static class ReadPeople
{
    private sealed record Row(ToldPerson Person, string Email, string? Given, string? Family, Place GivenPlace, Place FamilyPlace, IReadOnlyList<string> Aliases, Place AliasesPlace, int Line);

    public static void From(Sheet sheet, Story story)
    {
        var rows = new List<Row>();
        while (sheet.Next())
        {
            if (!sheet.RowIsWhole)
            {
                story.People.Excuse(sheet.MaybeNames());
                continue;
            }

            if (Read(sheet, story) is { } row)
            {
                rows.Add(row);
            }
        }

        // First whom the rows are about, then who has which further address: whichever row comes first, the alias is what is wrong.
        rows.ForEach(row => JoinAliases(row, story));
        foreach (var person in story.People.All.Values.Where(person => person.IsTold).Distinct())
        {
            Employments(person, story.Findings);
        }
    }

    private static Row? Read(Sheet sheet, Story story)
    {
        var (emailCell, givenCell, familyCell, aliasesCell) = (sheet["email"], sheet["given_name"], sheet["family_name"], sheet["aliases"]);
        var (email, given, family, aliases) = (emailCell.Email(), givenCell.Text(), familyCell.Text(), Aliases(aliasesCell, emailCell, story));
        var (from, toCell) = (sheet["from"].Date(), sheet["to"]);
        var to = toCell.Date();
        var employment = new ToldEmployment(
            email ?? "", story.Agencies.Find(sheet["agency"]), sheet["job_title"].Text(), sheet["workforce"].Word<Workforce>(), sheet["level"].Text(),
            from, to, toCell.IsGiven && to is null, sheet.Line, emailCell.Place, sheet["from"].Place);
        if (to < from)
        {
            toCell.Mistake("the employment ends before it begins");
        }
        else if (to is not null && to == from)
        {
            toCell.Warning("the employment covers no day: it runs up to, not including, its last");
        }

        if (email is null)
        {
            string[] likely = [emailCell.Characters.ToString(), $"{given}.{family}", $"{given}{family}", $"{given?[..1]}{family}", $"{given?[..1]}.{family}", $"{given}"];
            foreach (var written in likely)
            {
                story.People.ExcuseLike(written);
            }

            story.People.Excuse(aliases);
            return null;
        }

        var person = story.People.Get(email);
        if (person is null)
        {
            story.People.Add(email, person = new ToldPerson { Id = Guid.CreateVersion7() });
        }

        var row = new Row(person, email, given, family, givenCell.Place, familyCell.Place, aliases, aliasesCell.Place, sheet.Line);
        Name(row, story.Findings);
        person.Emails.Add(email);
        person.Employments.Add(employment);
        return row;
    }

    private static List<string> Aliases(Cell cell, Cell email, Story story)
    {
        var good = new List<string>();
        foreach (var alias in cell.List())
        {
            if (PersonEmail.IsAddress(alias))
            {
                good.Add(PersonEmail.Normal(alias));
            }
            else
            {
                cell.Mistake($"alias \"{alias}\" is not an e-mail address");
                story.People.ExcuseLike(alias);
                story.People.ExcuseLike(email.Characters.ToString().Split('@')[0]);
            }
        }

        return good;
    }

    private static void Name(Row row, Findings findings)
    {
        var person = row.Person;
        if (!person.IsTold)
        {
            (person.GivenName, person.FamilyName, person.Line) = (row.Given, row.Family, row.Line);
            return;
        }

        if (Differs(person.GivenName, row.Given))
        {
            findings.Mistake(row.GivenPlace, $"line {person.Line} gives {row.Email} another given name; one person has one name");
        }
        else if (Differs(person.FamilyName, row.Family))
        {
            findings.Mistake(row.FamilyPlace, $"line {person.Line} gives {row.Email} another family name; one person has one name");
        }

        (person.GivenName, person.FamilyName) = (person.GivenName ?? row.Given, person.FamilyName ?? row.Family);
    }

    private static bool Differs(string? one, string? other) => one is not null && other is not null && !one.Equals(other, StringComparison.OrdinalIgnoreCase);

    private static void JoinAliases(Row row, Story story)
    {
        foreach (var alias in row.Aliases)
        {
            var person = Current(row.Person);
            var other = story.People.Get(alias) is { } known ? Current(known) : null;
            if (other is null)
            {
                story.People.Add(alias, person);
                person.Emails.Add(alias);
            }
            else if (other != person)
            {
                var sameName = !Differs(person.GivenName, other.GivenName) && !Differs(person.FamilyName, other.FamilyName);
                if (!sameName || (person.InSystem && other.InSystem))
                {
                    story.Findings.Mistake(row.AliasesPlace, $"alias {alias} belongs to another person{(other.IsTold ? $", on line {other.Line}" : " in the system")}");
                }
                else
                {
                    Join(other.InSystem ? person : other, other.InSystem ? other : person, story);
                }
            }
        }
    }

    private static void Join(ToldPerson from, ToldPerson into, Story story)
    {
        from.JoinedTo = into;
        into.Line = into.IsTold ? Math.Min(into.Line, from.Line) : from.Line;
        into.Employments.AddRange(from.Employments);
        foreach (var email in from.Emails)
        {
            into.Emails.Add(email);
            story.People.Set(email, into);
        }
    }

    private static ToldPerson Current(ToldPerson person) => person.JoinedTo is { } into ? Current(into) : person;

    // Two posts at once are life, with different agencies; with one agency P2 could not tell which is meant.
    private static void Employments(ToldPerson person, Findings findings)
    {
        foreach (var agency in person.Employments.Where(job => job.Agency is not null && job.From is not null).GroupBy(job => job.Agency!))
        {
            ToldEmployment? last = null;
            foreach (var job in agency.OrderBy(job => job.From).ThenBy(job => job.Line))
            {
                if (last is not null && last.From == job.From)
                {
                    findings.Mistake(job.Place, $"the same employment is on line {last.Line} already");
                    continue;
                }

                if (last is not null && !last.ToIsWrong && !(last.To < last.From) && (last.To is null || last.To > job.From))
                {
                    var (early, late) = last.Line < job.Line ? (last, job) : (job, last);
                    findings.Mistake(late.FromPlace, $"the employment overlaps that with {agency.Key.Code} on line {early.Line}");
                }

                last = job;
                AgainstTheSystem(person, job, agency.Key, [.. agency.Select(other => other.From!.Value)], findings);
            }
        }
    }

    // What the folder tells anew replaces what the system has, by its first day; the rest of what the system has stands beside it.
    private static void AgainstTheSystem(ToldPerson person, ToldEmployment job, ToldAgency agency, HashSet<DateOnly> told, Findings findings)
    {
        var known = person.Known.Where(one => one.Agency == agency.Id).ToList();
        if (known.Exists(one => one.From == job.From && one.Decided))
        {
            return;
        }

        if (known.Find(one => one.From != job.From && (one.Decided || !told.Contains(one.From)) && Overlap(one, job)) is { } standing)
        {
            findings.Mistake(job.FromPlace, $"the employment overlaps that with {agency.Code} from {standing.From:yyyy-MM-dd}, which the system has");
        }
    }

    private static bool Overlap(KnownEmployment one, ToldEmployment other) =>
        !other.ToIsWrong && one.From != one.To && other.From != other.To && (one.To is null || other.From < one.To) && (other.To is null || one.From < other.To);
}
