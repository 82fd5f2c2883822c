namespace Learning.Tests.Figures;

/// <summary>The greatest value of a linear sum over what satisfies equations and upper limits, by the simplex method with Bland's rule; small and slow, for tests.</summary>
internal static class Simplex
{
    private const double Tiny = 1e-9;

    /// <summary>Null when nothing satisfies them; infinite when there is no greatest.</summary>
    public static double? Most(int variables, IReadOnlyList<(double[] Row, double Sum)> equations, IReadOnlyList<(int Variable, double Limit)> limits, double[] goal)
    {
        var (rows, slacks) = (equations.Count + limits.Count, limits.Count);
        var width = variables + slacks + rows;
        var table = new double[rows + 1, width + 1];
        var basis = new int[rows];
        for (var r = 0; r < rows; r++)
        {
            for (var c = 0; c < variables; c++)
            {
                table[r, c] = r < equations.Count ? equations[r].Row[c] : limits[r - equations.Count].Variable == c ? 1 : 0;
            }

            table[r, width] = r < equations.Count ? equations[r].Sum : limits[r - equations.Count].Limit;
            if (r >= equations.Count)
            {
                table[r, variables + r - equations.Count] = 1;
            }

            if (table[r, width] < 0)
            {
                for (var c = 0; c <= width; c++)
                {
                    table[r, c] = -table[r, c];
                }
            }

            table[r, variables + slacks + r] = 1;
            basis[r] = variables + slacks + r;
        }

        // First down to nothing of what was only put in to begin with.
        for (var r = 0; r < rows; r++)
        {
            for (var c = 0; c <= width; c++)
            {
                table[rows, c] -= c >= variables + slacks && c < width ? 0 : table[r, c];
            }
        }

        Solve(table, basis, rows, width, variables + slacks);
        if (table[rows, width] < -1e-6)
        {
            return null;
        }

        for (var c = 0; c <= width; c++)
        {
            table[rows, c] = c < variables ? -goal[c] : 0;
        }

        for (var r = 0; r < rows; r++)
        {
            // What cannot leave the basis has the value nothing.
            if (basis[r] >= variables + slacks)
            {
                var enters = Enumerable.Range(0, variables + slacks).FirstOrDefault(c => Math.Abs(table[r, c]) > Tiny, -1);
                if (enters >= 0)
                {
                    Pivot(table, basis, rows, width, r, enters);
                }
            }
        }

        for (var r = 0; r < rows; r++)
        {
            if (basis[r] < variables && Math.Abs(table[rows, basis[r]]) > Tiny)
            {
                var factor = table[rows, basis[r]];
                for (var c = 0; c <= width; c++)
                {
                    table[rows, c] -= factor * table[r, c];
                }
            }
        }

        return Solve(table, basis, rows, width, variables + slacks) ? table[rows, width] : double.PositiveInfinity;
    }

    private static bool Solve(double[,] table, int[] basis, int rows, int width, int free)
    {
        while (Enumerable.Range(0, free).FirstOrDefault(c => table[rows, c] < -Tiny, -1) is var enters && enters >= 0)
        {
            var leaves = Enumerable.Range(0, rows).Where(r => table[r, enters] > Tiny).OrderBy(r => table[r, width] / table[r, enters]).ThenBy(r => basis[r]).FirstOrDefault(-1);
            if (leaves < 0)
            {
                return false;
            }

            Pivot(table, basis, rows, width, leaves, enters);
        }

        return true;
    }

    private static void Pivot(double[,] table, int[] basis, int rows, int width, int leaves, int enters)
    {
        var by = table[leaves, enters];
        for (var c = 0; c <= width; c++)
        {
            table[leaves, c] /= by;
        }

        for (var r = 0; r <= rows; r++)
        {
            if (r != leaves && Math.Abs(table[r, enters]) > Tiny)
            {
                var factor = table[r, enters];
                for (var c = 0; c <= width; c++)
                {
                    table[r, c] -= factor * table[leaves, c];
                }
            }
        }

        basis[leaves] = enters;
    }
}
