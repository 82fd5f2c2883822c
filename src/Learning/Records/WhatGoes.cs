namespace Learning.Records;

/// <summary>Something that an erasure removes: whole rows, or what stands in some columns of them.</summary>
/// <param name="Where">Which rows, by @erased (the person's numbers), @addresses and @named (their names and addresses).</param>
/// <param name="Set">"column = what stays there"; null: the rows go.</param>
/// <param name="Words">What one is called on the page that shows what will go; null: it is not counted there.</param>
/// <param name="Counted">Which of the rows have something to remove; null: all.</param>
internal sealed record Gone(string Table, string Where, string[]? Set = null, string? Words = null, string? Plural = null, string? Counted = null)
{
    /// <summary>The columns that change.</summary>
    public IEnumerable<string> Columns => (Set ?? []).Select(one => one.Split(" = ", 2)[0]);

    public string Statement => Set is null ? $"delete from {Table} where {Where}" : $"update {Table} set {string.Join(", ", Set)} where {Where}";
}

/// <summary>
/// What an erasure removes, and what stays with the reason why (rule P5). A test reads every column of text of every table that points at a person: a new one that is in neither list fails it.
/// </summary>
internal static class WhatGoes
{
    private const string Theirs = "person_id = any(@erased)";

    // What tells two letters of one kind apart may be the address; it stays one of a kind (M2).
    private const string OccurrenceWithoutAddress = "occurrence = case when occurrence ~ '@' then 'erased ' || id else occurrence end";

    // The letters whose words may speak of somebody who is not their reader.
    private static readonly string AboutThem =
        $"kind = any(@about_others) and exists (select from unnest(@named) n where {Holds("n", "concat_ws(' ', why, occurrence, data::text, address, sent_to, sent_subject, sent_text)")})";

    /// <summary>In the order in which they are carried out.</summary>
    public static readonly IReadOnlyList<Gone> All =
    [
        new("messages", $"{Theirs} or (person_id is null and address = any(@addresses))",
            [
                "state = case when state = 'due' then 'dropped' else state end", "settled_at = coalesce(settled_at, @now)", "why = 'To a person who has been erased.'", "data = '{}'",
                OccurrenceWithoutAddress, "outcome = 'the person has been erased'", "address = null", "sent_to = null", "sent_subject = null",
                "sent_text = null",
            ], "message’s words", "messages’ words"),
        new("messages", AboutThem,
            ["state = case when state = 'due' then 'dropped' else state end", "settled_at = coalesce(settled_at, @now)", "why = 'About a person who has been erased.'", "data = '{}'", OccurrenceWithoutAddress, "sent_subject = null", "sent_text = null"]),
        new("bookings", Theirs, ["needs = null", "needs_met_at = null", "needs_met_by = null", "state_reason = null", "badge_name = null", "said_as = null"], "booking’s needs and reasons", "bookings’ needs and reasons", "needs is not null or state_reason is not null"),
        new("bookings", Theirs, ["excuse = case when excuse is null then null else '' end"]),
        new("workshop_wishes", "booking_id in (select id from bookings where person_id = any(@erased))", Words: "workshop wished for", Plural: "workshops wished for"),
        new("conference_people", Theirs, Words: "entry among a conference’s people", Plural: "entries among conferences’ people"),
        new("booking_waivers", Theirs, ["reason = 'The person has been erased.'"]),
        new("booking_approvals", "booking_id in (select id from bookings where person_id = any(@erased))", ["approver_email = null", "reason = null"]),
        new("booking_approvals", "approver_email = any(@addresses)", ["approver_email = null"]),
        new("reflections", "attempt_id in (select id from learning_attempts where person_id = any(@erased))", Words: "note of their own in courses", Plural: "notes of their own in courses"),
        new("page_checks", "attempt_id in (select id from learning_attempts where person_id = any(@erased)) and words <> ''", ["words = ''"]),
        new("package_states", "attempt_id in (select id from learning_attempts where person_id = any(@erased))", ["cmi = '{}'"], "part of a course with what it wrote", "parts of courses with what they wrote", "cmi <> '{}'"),
        new("message_choices", Theirs),
        new("self_check_ins", $"{Theirs} or email = any(@addresses)", Words: "check-in by a code", Plural: "check-ins by a code"),
        new("check_in_addresses", "digest in (select sha256(convert_to('check-in ' || address, 'UTF8')) from unnest(@addresses) as address)"),
        new("learning_evidence", Theirs, Words: "piece of evidence of learning", Plural: "pieces of evidence of learning"),
        // Of a raw file that names them nothing can be taken out but all of it; what it said of others stays in rows of its own.
        new("meeting_files", $"report_id in (select report_id from meeting_people where {Theirs} or email = any(@addresses))", ["content = null"]),
        new("meeting_people", $"{Theirs} or email = any(@addresses)", ["name = ''", "email = null", "reason = case when reason is null then null else '' end"], "entry in meeting reports", "entries in meeting reports", "name <> ''"),
        new("course_interests", Theirs),
        new("course_organisers", Theirs),
        // A seat that they were to hold is free again; of one that they hold, the day of the erasure is the last: a meeting on it may be marked later.
        new("seat_terms", $"{Theirs} and starts_on > @today"),
        new("seat_terms", $"{Theirs} and (ends_on is null or ends_on > @today + 1)", ["ends_on = @today + 1"], "seat of a forum", "seats of forums"),
        new("employments", Theirs,
            // The day of the erasure still has its agency: what was attended on it may be marked later (P2).
            ["job_title = null", "ends_on = case when ends_on is null or ends_on > @today + 1 then greatest(starts_on, @today + 1) else ends_on end"], "job title", Counted: "job_title is not null"),
        new("moves", Theirs,
            ["state_at = case when state = 'proposed' then @now else state_at end", "state = case when state = 'proposed' then 'withdrawn' else state end", "job_title = null", "reason = case when reason is null then null else '' end"]),
        new("role_grants", $"{Theirs} and revoked_at is null and (ends_on is null or ends_on > @today)", ["revoked_at = @now"], "role"),
        new("role_grants", Theirs, ["revoked_reason = null"]),
        new("role_requests", $"{Theirs} and decision is null", ["decision = 'withdrawn'", "decided_at = @now", "decided_by = asked_by"], "request for a role", "requests for a role"),
        new("role_requests", Theirs, ["reason = ''"]),
        new("erasure_requests", Theirs, ["why = null", "answer = case when answer is null then null else '' end"]),
        new("sign_ups", $"{Theirs} or email = any(@addresses)", Words: "sign-up"),
        new("invitations", $"{Theirs} or email = any(@addresses)", Words: "invitation"),
        new("bulk_rows", "email = any(@addresses)"),
        new("bulk_mistakes", $"exists (select from unnest(@named) n where {Holds("n", "sentence")})", ["sentence = 'This line went with a person’s erasure.'"]),
        new("claim_codes", Theirs),
        new("retention_cases", Theirs),
        new("record_holds", Theirs),
        new("people_by_name", Theirs, Words: "note of their agency", Plural: "notes of their agency"),
        new("not_duplicates", "first_id = any(@erased) or second_id = any(@erased)"),
        new("address_claims", $"{Theirs} or email = any(@addresses)"),
        new("main_address_changes", Theirs),
        new("sign_in_codes", Theirs),
        new("calendar_links", Theirs, Words: "calendar link"),
        new("access_tokens", Theirs, Words: "access token"),
        new("account_sessions", OfAccount("account_id"), Words: "session on a device", Plural: "sessions on devices"),
        new("known_devices", OfAccount("account_id"), Words: "browser known as theirs", Plural: "browsers known as theirs"),
        new("account_passkeys", OfAccount("user_id"), Words: "passkey"),
        new("account_authenticators", OfAccount("account_id"), Words: "authenticator app"),
        new("account_recovery_codes", OfAccount("account_id")),
        new("tablet_keys", OfAccount("account_id")),
        new("account_recoveries", $"{Theirs} or {OfAccount("account_id")}"),
        new("account_claims", OfAccount("user_id")),
        new("account_logins", OfAccount("user_id")),
        new("account_tokens", OfAccount("user_id")),
        new("accounts", Theirs, Words: "account"),
        new("person_emails", Theirs, Words: "address", Plural: "addresses"),
        new("persons", "id = any(@erased)", ["given_name = ''", "family_name = ''", "erased_at = @now"], "name"),
    ];

    /// <summary>Columns whose words stay, or go by the database's own function.</summary>
    public static readonly IReadOnlyDictionary<string, string> Stays = new Dictionary<string, string>
    {
        ["booking_changes.reason"] = "Append-only: erase_words removes it.",
        ["person_merges.reason"] = "Append-only: erase_words removes it.",
        ["evaluation_answers.words"] = "Append-only: blank_evaluation_words removes it.",
        ["check_in_codes.counts_as"] = "Register or reach.",
        ["check_in_codes.key"] = "Letters of a code that was shown in a room.",
        ["evaluation_requests.stage"] = "After or later.",
        ["evaluation_requests.form"] = "The digest of questions.",
        ["evaluation_answers.question"] = "A question of an evaluation.",
        ["evaluation_answers.counts"] = "What the figures make of it.",
        ["evaluation_answers.choice"] = "An answer that was offered, without a person.",
        ["evaluation_redactions.question"] = "A question of an evaluation.",
        ["evaluation_redactions.reason"] = "Why a comment was taken out; whoever writes it is told to name nobody.",
        ["register_events.reason"] = "Append-only, and about a session: erase_words removes one that names the person.",
        ["package_states.item"] = "A part of a package.",
        ["package_states.completion"] = "A state.",
        ["package_states.success"] = "A state.",
        ["package_states.exit"] = "A state.",
        ["package_times.item"] = "A part of a package.",
        ["package_commits.item"] = "A part of a package.",
        ["package_commits.cmi"] = "Append-only: blank_package_commits removes it.",
        ["package_commits.kept_back"] = "As for package_commits.cmi.",
        ["bookings.state"] = "A state.",
        ["course_interests.ended_because"] = "Words of the program.",
        ["held_places.sector"] = "A sector.",
        ["kept_answers.outcome"] = "Words of the program, which go after a day.",
        ["kept_answers.reason"] = "As for kept_answers.outcome.",
        ["bulk_runs.state"] = "A state.",
        ["allocation_runs.digest"] = "The digest of bookings and wishes.",
        ["allocation_results.because"] = "Words of the program about workshops.",
        ["booking_changes.state"] = "A state.",
        ["employments.workforce"] = "One of nine words, which the figures read.",
        ["employments.level"] = "A level of training, such as 3.",
        ["moves.state"] = "A state.",
        ["moves.workforce"] = "One of nine words.",
        ["moves.level"] = "A level of training, such as 3.",
        ["role_grants.role"] = "One of five words.",
        ["role_requests.role"] = "One of five words.",
        ["role_requests.decision"] = "A decision.",
        ["marks.seat"] = "A forum’s seat, such as “Head teacher, North schools”: a mark with a seat alone has no person.",
        ["marks.mark"] = "A mark, which the figures read.",
        ["seat_terms.empty"] = "Vacant or not appointed: of nobody.",
        ["signed_seats.empty"] = "As for seat_terms.empty.",
        ["marks.workforce"] = "One of nine words, which the figures read.",
        ["marks.substitute_workforce"] = "One of nine words, which the figures read.",
        ["marks.device"] = "A number that a register’s page makes for itself, of whoever took the register; it tells devices apart when they disagree (A2).",
        ["marks.flag"] = "Words of the program.",
        ["mark_strays.mark"] = "A mark.",
        ["mark_strays.device"] = "As for marks.",
        ["mark_strays.why"] = "Words of the program.",
        ["mark_stray_decisions.reason"] = "Why a mark was left out; whoever writes it is told to name nobody.",
        ["meeting_reports.kind"] = "Teams, Zoom or Meet.",
        ["meeting_people.outcome"] = "One of six words.",
        ["meeting_people.joins"] = "When somebody came and left, who has no name any more; it goes with the raw file.",
        ["signed_sheets.media_type"] = "What a file is.",
        ["register_events.event"] = "Signed or reopened.",
        ["learning_attempts.version"] = "The digest of a course’s text.",
        ["learning_attempts.last_page"] = "A page of a course.",
        ["learning_attempts.ended_because"] = "Words of the program.",
        ["page_visits.page"] = "A page of a course.",
        ["quiz_answers.question"] = "A question of a course.",
        ["quiz_answers.chosen"] = "Answers of a course.",
        ["quiz_answers.words"] = "Append-only: blank_answers_in_words removes it.",
        ["case_choices.decision"] = "A decision of a course.",
        ["course_saves.file"] = "A file of a course.",
        ["course_saves.words"] = "Words of a course, for everybody; whoever writes them is told to name nobody.",
        ["course_recordings.file"] = "A file of a course.",
        ["packages.digest"] = "The digest of a course’s package.",
        ["packages.edition"] = "A standard.",
        ["packages.title"] = "The title of a course’s package.",
        ["packages.manifest"] = "What a course’s package holds.",
        ["package_files.path"] = "The name of a file of a course’s package.",
        ["package_files.media_type"] = "What such a file is.",
        ["course_publications.digest"] = "The digest of a course’s text.",
        ["course_publications.folder_digest"] = "As for course_publications.digest.",
        ["course_publications.note"] = "What changed in a course.",
        ["course_publications.everyone_again_because"] = "Why a course is to be taken again.",
        ["version_withdrawals.digest"] = "The digest of a course’s text.",
        ["version_withdrawals.reason"] = "Why a course’s version was withdrawn.",
        ["course_sign_offs.digest"] = "The digest of a course’s text.",
        ["course_sign_offs.expert"] = "Who answers for a course in public, by name and office, as whoever signs a report does.",
        ["course_sign_offs.checked"] = "Points of the check list.",
        ["page_checks.page"] = "A page of a course.",
        ["page_checks.chosen"] = "Answers of a course.",
        ["completions.workforce"] = "One of nine words, which the figures read.",
        ["message_choices.choice"] = "A word of the program’s list.",
        ["letter_versions.kind"] = "The name of a letter.",
        ["letter_versions.subject"] = "Words to everybody; whoever writes them is told to name nobody.",
        ["letter_versions.body"] = "As for letter_versions.subject.",
        ["messages.kind"] = "The name of a letter.",
        ["report_signings.report"] = "A report.",
        ["report_signings.figures"] = "Numbers, without a person.",
        ["report_signings.accepted"] = "What was unfinished when a report was signed, by sessions and agencies; no person by name.",
        ["report_signings.definition_digest"] = "The digest of a definition.",
        ["report_signings.restated"] = "Figures of a report.",
        ["report_signings.reason"] = "Why a report was restated, which is published: whoever writes it is told to name nobody.",
        ["required_rules.workforce"] = "One of nine words.",
        ["required_rules.level"] = "A level of training, such as 3.",
        ["required_rules.job_words"] = "Words of a job title, of nobody.",
        ["required_rules.because"] = "Why a course is needed; whoever writes it is told to name nobody.",
        ["training_returns.level"] = "A level of training.",
        ["claims.report"] = "A report.",
        ["claims.figure"] = "A figure of a report.",
        ["claims.sentence"] = "A sentence that is to be published about a number, of no person.",
        ["report_definitions.digest"] = "The digest of a definition.",
        ["report_definitions.report"] = "A report.",
        ["report_definitions.yaml"] = "What a report counts.",
        ["build_runs.report"] = "A report.",
        ["build_runs.now_at"] = "A report.",
        ["build_runs.outcome"] = "Words of the program.",
        ["report_drafts.report"] = "A report.",
        ["report_drafts.digest"] = "The digest of a definition.",
        ["erasures.reason"] = "Why they were erased; whoever writes it is told to name nobody.",
        ["erasure_requests.decision"] = "A decision.",
    };

    /// <summary>The letters that speak of somebody besides their reader, and those that do not. A test asks for each of the program’s to be in one.</summary>
    public static readonly IReadOnlyList<string> AboutOthers = ["approval-asked", "approval-reminder", "request-lapsed-approver", "group-message", "invitation", "left-us", "let-in-asked", "move-proposed", "place-given-away", "place-taken-over", "records-merged", "role-asked", "role-given", "role-taken", "vouch-for-address"];

    /// <summary>The letters that speak of their reader alone.</summary>
    public static readonly IReadOnlyList<string> AboutTheReader =
    [
        "address-notice", "address-taken", "confirm-address", "employment-ended", "let-in-begun", "let-in-link", "main-address-new", "main-address-old", "move-confirmed", "move-declined",
        "workshops-given", "workshops-changed", "conference-ahead-7", "conference-ahead-1", "conference-thanks",
        "booked-twice", "digest-agency", "digest-figures", "digest-queue", "evaluation", "evaluation-impact", "evaluation-nudge", "evidence-decided", "learning-idle", "training-expiry", "training-nudge", "trainer-planned", "trainer-removed", "booking-cancelled", "booking-confirmed", "booking-waiting", "booking-withdrawn", "moved-to-waiting", "offer-lapsed", "place-offered", "places-kept", "places-released",
        "not-approved", "place-requested", "request-lapsed", "new-device", "record-ends", "record-erased", "register-unsigned", "security-changed", "session-cancelled", "session-joining", "session-cancelled-trainer", "session-moved", "session-moved-trainer", "session-planned", "session-reminder-1", "session-reminder-7",
        "sign-in-code", "sign-in-unknown", "sign-up", "sign-up-declined", "sign-up-known", "sign-up-placed", "waiting-list-ended",
    ];

    // A name or an address as words of their own.
    private static string Holds(string name, string text) => $"plain_words({name}) <> '' and position(' ' || plain_words({name}) || ' ' in ' ' || plain_words({text}) || ' ') > 0";

    private static string OfAccount(string column) => $"{column} in (select id from accounts where {Theirs})";
}
