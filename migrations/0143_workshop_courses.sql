-- F2: a conference's course of workshops was of the kind "conference", so that figures of conferences counted each workshop besides the conference itself. A workshop is a session that somebody gives: it counts
-- among attendances and sessions, and not among conferences. Only courses that have nothing but workshops; what was signed stays as it was signed (F7).
update courses c set kind = 'trained'
where c.kind = 'conference' and exists (select from sessions s where s.course_id = c.id) and not exists (select from sessions s where s.course_id = c.id and s.parent_id is null);
