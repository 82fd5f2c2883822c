-- The drill-down of each figure of a report's newest build (F9), from the same view of the database as its number: the list sums to the figure, always, and the
-- page of a figure over ten years need not count them again. It is an outcome as at an instant, no fact: whoever counts as at that instant finds the same (T4).
create table report_behind (
    build_id bigint not null references report_builds (id) on delete cascade,
    figure text not null,
    rows json not null,
    primary key (build_id, figure)
);
