-- What the program did by itself: a row for each run of a job of the timetable, shown under Manage → Jobs. Rows older than 30 days go.
create table job_runs (
    id bigint generated always as identity primary key,
    job text not null,                              -- its name in the timetable
    started_at timestamptz not null,
    ended_at timestamptz,                           -- null: it is running, or the program died in it
    failed boolean not null default false,
    outcome text,                                   -- in words
    server text not null,                           -- the machine and process that ran it
    check (ended_at >= started_at)
);
create index job_runs_newest on job_runs (job, started_at desc);

-- Where the job engine keeps its own tables, apart from ours.
create schema quartz;

-- The sender looks every second. A NOTIFY in each transaction that queues a message would make those commits wait for each other: PostgreSQL holds one
-- lock over all of them from before the commit until after it, which matters when four hundred people book at once.
drop trigger messages_tell on messages;
drop function tell_of_message();
