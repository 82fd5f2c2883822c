-- How far a run is, or was when the program died in it: of the things that it goes through one by one.
alter table job_runs add column done integer, add column total integer, add check ((done is null) = (total is null)), add check (done between 0 and total);
