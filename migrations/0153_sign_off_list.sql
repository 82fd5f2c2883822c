-- A sign-off is by a list: one without points would say that somebody checked nothing. Of what was recorded before nothing changes.
alter table course_sign_offs add constraint course_sign_offs_checked check (cardinality(checked) > 0) not valid;
