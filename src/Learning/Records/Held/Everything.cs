namespace Learning.Records.Held;

/// <summary>
/// Everything that is held about a person (Article 15 of the UK GDPR). Each column of the database that points at a person, or at something of theirs, is covered by a section or left out
/// for a reason that is written here. A test reads the database's own foreign keys: a new table that is in neither list fails it.
/// </summary>
internal static class Everything
{
    /// <summary>In the order in which people read them.</summary>
    public static readonly IReadOnlyList<Section> Sections =
    [
        WhoYouAre.Section, Addresses.Section, NewAddresses.Section, NewAddresses.Main, Joining.Section, Invited.Section, ByName.Section, Employments.Section, Moves.Section, Roles.Section,
        RolesAsked.Section, Account.Section, SignedIn.Section, SecondSteps.Section, LetBackIn.Section, KnownDevices.Section, SignInCodes.Section, Tokens.Section, Bookings.Section, BookingHistory.Section, BookingDesk.Waived, BookingDesk.Approvals, BookingDesk.Interests, BookingDesk.Organises, BookingDesk.Calendar,
        Conferences.Wished, Conferences.Given, Conferences.Speaks, Conferences.Minutes, Attendance.Section, Unplaced.Section, MeetingReports.Section, CheckIns.Section, CheckIns.ByCode, SeatsHeld.Terms, SeatsHeld.Signed, Completions.Section, Evidence.Section, Attempts.Section, PagesSeen.Section, Answers.Section, Choices.Section, PageChecks.Section, Reflections.Section, PackagesPlayed.States, PackagesPlayed.Commits, Evaluations.Asked, Evaluations.Answered, SessionsGiven.Section, Signatures.Section,
        Messages.Section, LetterChoices.Section, Merges.Section, Wishes.Section, Retained.Section, Kept.Section, Trail.Section,
    ];

    /// <summary>Columns that name a person whom the row is not about, with what they are.</summary>
    public static readonly IReadOnlyDictionary<string, string> LeftOut = new Dictionary<string, string>
    {
        ["course_saves.saved_by"] = "Who wrote at a course; about no person. The trail says what they published.",
        ["course_recordings.saved_by"] = "Who sent a recording for a course; about no person.",
        ["packages.imported_by"] = "Who imported a package of a course; the trail has it.",
        ["course_publications.published_by"] = "Who published a course’s version; the trail has it.",
        ["version_withdrawals.withdrawn_by"] = "Who withdrew a course’s version; the trail has it.",
        ["course_sign_offs.recorded_by"] = "Who wrote down that an expert signed a course off; the trail has it.",
        ["bookings.booked_by"] = "Who booked for somebody else; of one's own bookings the section says so, and the trail has the rest.",
        ["bookings.instead_of"] = "Whose place it took over: somebody else's booking. The history of one's own says that it was handed on.",
        ["bookings.excused_by"] = "Who excused somebody; the trail has it.",
        ["booking_waivers.made_by"] = "Who let somebody in; the trail has it.",
        ["booking_approvals.decided_by"] = "Who decided about somebody's request; the trail has it.",
        ["kept_answers.booking_id"] = "Which booking a program was told of, for a day, so that asking twice books once; the booking itself has a section.",
        ["held_places.made_by"] = "Who kept places for an agency; about no person.",
        ["held_places.released_by"] = "As for held_places.made_by.",
        ["allocation_runs.made_by"] = "Who worked out the workshops of a conference; the trail has it.",
        ["allocation_runs.told_by"] = "As for allocation_runs.made_by.",
        ["workshop_minutes.event_id"] = "Which signature of a register the minutes are of; they have a section.",
        ["bookings.state_by"] = "Who changed somebody's booking; the trail has it.",
        ["bookings.needs_met_by"] = "Who met somebody’s needs; the trail has it.",
        ["booking_changes.recorded_by"] = "Who changed somebody's booking; the trail has it.",
        ["marks.recorded_by"] = "Whoever takes a register writes about others; the trail says when they did.",
        ["mark_strays.recorded_by"] = "As for marks.",
        ["meeting_reports.sent_by"] = "Who sent a meeting’s report; the trail has it.",
        ["meeting_reports.recorded_by"] = "Who recorded a meeting’s report; the trail has it.",
        ["meeting_people.decided_by"] = "Who said who somebody in a meeting’s report is; the trail has it.",
        ["meeting_people.report_id"] = "Whom a report names that somebody sent; of oneself there is a section.",
        ["meeting_files.report_id"] = "The bytes of a meeting’s report; of oneself there is a section.",
        ["signed_sheets.sent_by"] = "Who kept a photograph of a signed sheet; the trail has it.",
        ["signed_sheet_files.sheet_id"] = "As for signed_sheets.sent_by.",
        ["typed_checks.checked_by"] = "Who checked what others typed; the trail has it.",
        ["mark_stray_decisions.decided_by"] = "Who decided about a mark of somebody else; the trail has it.",
        ["seat_terms.recorded_by"] = "Who appointed somebody to a seat; the trail has it.",
        ["letter_versions.made_by"] = "Who changed the words of letters to everybody; the trail has it.",
        ["invitations.invited_by"] = "Who invited somebody else; the trail has it.",
        ["bulk_runs.made_by"] = "Who sent a list of others; the trail has it.",
        ["claim_codes.made_by"] = "Who made a code for somebody else; the trail has it.",
        ["people_by_name.added_by"] = "Who added somebody else; the trail has it.",
        ["moves.state_by"] = "Who decided about somebody's move; of one's own the section says in which role, and the trail has the rest.",
        ["main_address_changes.old_confirmed_by"] = "Who vouched for somebody; the trail has it.",
        ["report_signings.definition_digest"] = "Which definition a report was signed by; the signature itself has a section.",
        ["build_runs.asked_by"] = "Who had a report counted; the trail has it.",
        ["report_drafts.digest"] = "Which definition a report was given; that somebody gave it has a section.",
        ["report_publications.signing_id"] = "As for report_signings.definition_digest: whoever published it reads that there.",
        ["signed_behind.signing_id"] = "The sessions behind a report that somebody signed; about no person.",
        ["report_drifts.signing_id"] = "What a report that somebody signed would be if it were counted again; about no person.",
        ["check_ins.recorded_by"] = "Who wrote down how many came without an account; about no person.",
        ["check_in_addresses.check_in_id"] = "A digest of the address that a check-in came from, so that it counts once; what its owner said of it has a section.",
        ["check_in_codes.opened_by"] = "Who showed a code in a room; about no person, and the trail has it.",
        ["self_check_ins.code_id"] = "Which code somebody used; their check-in has a section.",
        ["self_check_ins.decided_by"] = "Who counted heads; the trail has it.",
        ["learning_evidence.decided_by"] = "Who decided about somebody's learning elsewhere; the trail has it.",
        ["required_rules.made_by"] = "Who said which course is needed; the trail has it.",
        ["training_returns.recorded_by"] = "Who returned an agency's numbers; about no person, and the trail has it.",
        ["evaluation_redactions.recorded_by"] = "Who took out what somebody wrote; the trail has it.",
        ["claims.withdrawn_by"] = "Who withdrew somebody's sentence; the trail has it.",
        ["role_grants.granted_by"] = "Who gave somebody else a role; the trail has it.",
        ["access_tokens.revoked_by"] = "Who revoked somebody else's token; the trail has it.",
        ["role_grants.revoked_by"] = "Who took somebody else's role back; the trail has it.",
        ["role_grants.request_id"] = "What a role was asked for with has a section of its own.",
        ["role_requests.asked_by"] = "Who asked for a role for somebody else; the trail has it.",
        ["role_requests.decided_by"] = "Who decided about a role of somebody else; the trail has it.",
        ["account_recoveries.decided_by"] = "Who let somebody else back in, or did not; the trail has it.",
        ["erasures.erased_by"] = "Who erased somebody else; the trail has it.",
        ["erasure_requests.decided_by"] = "Who decided about somebody else; the trail has it.",
        ["counted_now.person_id"] = "Worked out from the merges, which have a section.",
        ["counted_now.counted_id"] = "As for counted_now.person_id.",
        ["record_holds.held_by"] = "Who kept somebody else's record; the trail has it.",
        ["record_holds.lifted_by"] = "Who let somebody else's record go; the trail has it.",
        ["not_duplicates.recorded_by"] = "Who said that two others are not one; the trail has it.",
        ["person_merges.recorded_by"] = "Who merged the records of others; the trail has it.",
    };
}
