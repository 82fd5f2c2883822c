namespace Learning.Records.Held;

internal static class Signatures
{
    public static readonly Section Section = new(
        "signatures", "What you signed", "Registers that you signed or opened again, and reports that you signed, published or wrote.",
        ["register_events.recorded_by", "report_signings.signed_by", "report_publications.published_by", "report_definitions.kept_by", "report_drafts.written_by", "claims.made_by"],
        """
        select what, event, at from (
            select 'register of ' || s.ref as what, e.event, e.recorded_at as at from register_events e join sessions s on s.id = e.session_id where e.recorded_by = any(@persons)
            union all
            select 'report ' || report || ', revision ' || revision, 'signed', signed_at from report_signings where signed_by = any(@persons)
            union all
            select 'report ' || s.report || ', revision ' || s.revision, 'published', p.published_at from report_publications p join report_signings s on s.id = p.signing_id where p.published_by = any(@persons)
            union all
            select 'report ' || report || ', definition ' || version, 'wrote', kept_at from report_definitions where kept_by = any(@persons)
            union all
            select 'report ' || d.report || ', definition ' || v.version, 'put in place', d.written_at from report_drafts d join report_definitions v on v.digest = d.digest where d.written_by = any(@persons)
            union all
            select 'a sentence about ' || report || '/' || figure, 'wrote', made_at from claims where made_by = any(@persons)) signed
        order by at, what
        """,
        [new("what", "What"), new("event", "You"), new("at", "When")]);
}
