-- Up to when the reminders have been looked after: what fell due while the program was off is found by it, and sent late or dropped with a reason.
create table reminder_rounds (
    only_one boolean primary key default true check (only_one),
    looked_until timestamptz not null
);
