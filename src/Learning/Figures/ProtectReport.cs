using Learning.Database;

namespace Learning.Figures;

/// <summary>A figure as it was counted, before anything of it is printed.</summary>
internal sealed record Counted(FigureDefinition Figure, Scope Scope, Tally Tally);

/// <summary>
/// Which numbers each table of a report holds back (F6). A number that one table holds back is held back by every other that has it, also where a rate is made of it, and what was printed beside it there is
/// looked at again: the tables of a report protect each other.
/// </summary>
internal static class ProtectReport
{
    /// <summary>For each figure the rows that are printed as X, its total among them.</summary>
    public static IReadOnlyList<IReadOnlySet<TallyRow>> Of(IReadOnlyList<Counted> figures, Protection protection)
    {
        var tables = figures.Select(figure => new Table(figure, protection)).ToList();
        if (protection.Method == ProtectionMethod.Round)
        {
            return [.. tables.Select(table => table.Hidden())];
        }

        var names = tables.SelectMany(table => table.Names.Select(cell => (cell.Name, Table: table, cell.Row))).GroupBy(cell => cell.Name).Where(same => same.Count() > 1).Select(same => same.ToList()).ToList();
        for (var more = true; more;)
        {
            more = false;
            foreach (var same in names.Where(same => same.Exists(cell => cell.Table.Hides(cell.Row))))
            {
                foreach (var cell in same.Where(cell => !cell.Table.Hides(cell.Row) && cell.Row.Value > 0))
                {
                    cell.Table.HideBesides(cell.Row);
                    more = true;
                }
            }
        }

        return [.. tables.Select(table => table.Hidden())];
    }

    private sealed class Table
    {
        private readonly Measure measure;
        private readonly Protection protection;
        private readonly List<TallyRow> rows;
        private readonly Dictionary<TallyRow, Cell> cells;
        private readonly List<Cell> besides = [];
        private HashSet<TallyRow> hidden;

        public Table(Counted counted, Protection protection)
        {
            (measure, this.protection) = (counted.Figure.Measure, protection);
            rows = [.. counted.Tally.Rows.Append(counted.Tally.Total).Where(row => row == counted.Tally.Total || FigureTable.HasRow(measure, row))];
            cells = rows.ToDictionary(row => row, row => new Cell(row.Key, row.Value, Small(row.Persons) || Small(row.OfPersons)));
            Names = !measure.StandsForPeople() ? [] : [.. rows.Select(row => (Name(counted, row), row))];
            hidden = Hide();
        }

        /// What each number is, by which it is found again in another table.
        public IReadOnlyList<(string Name, TallyRow Row)> Names { get; }

        public bool Hides(TallyRow row) => hidden.Contains(row);

        public HashSet<TallyRow> Hidden() => hidden;

        public void HideBesides(TallyRow row)
        {
            besides.Add(cells[row]);
            hidden = Hide();
        }

        // Attendances follow from a fill rate and the places that are printed elsewhere. What other shares and means are over is printed for the whole alone, so that nothing follows from the other rows.
        private HashSet<TallyRow> Hide()
        {
            if (!measure.StandsForPeople())
            {
                return [];
            }

            var ofAttendances = measure is Measure.FillRate or Measure.AverageAttendance;
            if (protection.Method == ProtectionMethod.Round || (measure.IsRatio() && !ofAttendances))
            {
                return [.. rows.Where(row => cells[row].Small || besides.Contains(cells[row]))];
            }

            var numbers = ofAttendances ? Numbers.Parts : measure is Measure.People or Measure.TrainersActive ? Numbers.Persons : Numbers.Counts;
            var chosen = Suppression.Of([.. cells.Values], numbers, besides);
            return [.. rows.Where(row => chosen.Contains(cells[row]))];
        }

        // 1 to so many distinct persons; nobody at all is printed as 0.
        private bool Small(long persons) => persons > 0 && persons <= protection.Few;

        // A fill rate and an average are made of attendances: whoever knows the places or the sessions has them.
        private static string Name(Counted counted, TallyRow row)
        {
            var number = counted.Figure.Measure is Measure.FillRate or Measure.AverageAttendance ? Measure.Attendances : counted.Figure.Measure;
            var keys = counted.Figure.By.Zip(row.Key).Where(pair => pair.Second != Breakdowns.Total).Select(pair => $"{pair.First.Word()}={pair.Second}").Order(StringComparer.Ordinal);
            return $"{counted.Scope.Name(number)} {string.Join(' ', keys)}";
        }
    }
}
