using Learning.Time;

namespace Learning.Figures;

/// <summary>The causes of a drift in words.</summary>
public static class DriftWords
{
    /// <summary>"2 records of a register that came late".</summary>
    public static string Of(DriftCause cause, int records) => cause switch
    {
        DriftCause.LateRegister => $"{British.Count(records, "record")} of a register that came late",
        DriftCause.LateMark => $"{British.Count(records, "late mark")}",
        DriftCause.AmendedMark => $"{British.Count(records, "amended mark")}",
        DriftCause.Register => $"{British.Count(records, "record")} of a register signed or opened again since",
        DriftCause.Session => $"{British.Count(records, "record")} of a session that was changed",
        DriftCause.Merge => $"{British.Count(records, "record")} of people whose records were merged or set apart",
        DriftCause.LateCompletion => $"{British.Count(records, "completion")} recorded since",
        DriftCause.LateEvaluation => $"{British.Count(records, "answer")} to an evaluation sent since",
        DriftCause.Return => $"{British.Count(records, "agency return")} entered or corrected since",
        DriftCause.Agency => $"{British.Count(records, "agency that was", "agencies that were")} renamed or moved",
        DriftCause.Erasure => $"{British.Count(records, "erasure")}, which change nothing",
        _ => $"{British.Count(records, "record")} by a change of the catalogue or an import of earlier history",
    };

    /// <summary>"Came: a register that was returned late".</summary>
    public static string Of(Difference difference) => difference.Words ?? (difference.Cause, difference.Kind) switch
    {
        (DriftCause.LateRegister, _) => "Came with a register that was returned after the report was signed",
        (DriftCause.LateMark, _) => "Came with a mark that was recorded late",
        (DriftCause.AmendedMark, DriftKind.Came) => "Counts now: the mark was amended",
        (DriftCause.AmendedMark, DriftKind.Gone) => "Counts no more: the mark was amended",
        (DriftCause.AmendedMark, _) => "The mark was amended",
        (DriftCause.Register, DriftKind.Gone) => "Counts no more: the register was opened again",
        (DriftCause.Register, _) => "Counts now: the register was signed since",
        (DriftCause.Session, DriftKind.Gone) => "Counts no more: the session was changed or cancelled",
        (DriftCause.Session, DriftKind.Came) => "Counts now: the session was changed",
        (DriftCause.Session, _) => "The session’s places, board or date were changed",
        (DriftCause.Merge, DriftKind.Gone) => "Counts once instead of twice: two records of one person were merged",
        (DriftCause.Merge, _) => "Counts for another record: two records were merged or set apart",
        (DriftCause.LateCompletion, _) => "Came: the completion was recorded since",
        (DriftCause.LateEvaluation, DriftKind.Came) => "Came: the evaluation was answered after the report was signed",
        (DriftCause.LateEvaluation, _) => "The evaluation was answered again since",
        (DriftCause.Return, DriftKind.Gone) => "Counts no more: the agency corrected it or took it back",
        (DriftCause.Return, _) => "Came: the agency returned it since",
        (DriftCause.Agency, _) => "The agency belongs elsewhere now",
        (DriftCause.Erasure, _) => "The person was erased and stays a number",
        _ => "The catalogue was changed, or history was imported for an earlier time",
    };
}
