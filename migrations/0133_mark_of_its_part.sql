-- A mark's part is one of its session's (A2). One foreign key says so of both, and is looked up once where two were.
alter table session_parts add constraint session_parts_of_their_session unique (id, session_id);
alter table marks
    add constraint marks_part_of_its_session foreign key (part_id, session_id) references session_parts (id, session_id),
    drop constraint marks_part_id_fkey,
    drop constraint marks_session_id_fkey;
