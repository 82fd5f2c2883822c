using Learning.Time;

namespace Learning.Returns;

/// <summary>Reads what was typed into the form of returns: a date, and for each level two numbers, of which both may be left out. With a mistake nothing is read. Pure.</summary>
internal static class ReadTypedReturns
{
    public static IReadOnlyList<NewReturn> From(Guid? agency, string? date, IReadOnlyList<TypedReturn> lines, DateOnly today, Action<string, string> wrong)
    {
        var good = true;
        Check("Input.Agency", agency is null ? "Choose the agency that you return for" : null);
        Check("Input.On", British.TryDate(date, out var on) ? ReturnRules.WhyNotDate(on, today) : "Enter a date such as 30/09/2026");
        var returns = new List<NewReturn>();
        for (var i = 0; i < lines.Count; i++)
        {
            var (inScope, wrongScope) = ReturnRules.Number(lines[i].InScope, "in scope");
            var (valid, wrongValid) = ReturnRules.Number(lines[i].Valid, "in date");
            Check($"Input.Lines[{i}].InScope", wrongScope);
            Check($"Input.Lines[{i}].Valid", wrongValid);
            if (wrongScope is null && wrongValid is null)
            {
                Check($"Input.Lines[{i}].{(inScope is null ? "InScope" : "Valid")}", ReturnRules.WhyNotPair(inScope, valid));
            }

            if (good && inScope is not null)
            {
                returns.Add(new NewReturn(agency!.Value, lines[i].Level, on!.Value, inScope, valid));
            }
        }

        Check("Input.Lines[0].InScope", good && returns.Count == 0 ? "Enter the people in scope of at least one level" : null);
        return good ? returns : [];

        void Check(string field, string? sentence)
        {
            if (sentence is not null)
            {
                good = false;
                wrong(field, sentence);
            }
        }
    }
}
