-- F6: how numbers of few persons are kept back is a setting of the installation: the partnership's own rule, or rounding. The mark is what stands for a number that is held back.
alter table installation add constraint installation_protection check (case
    when name = 'protection' then value in ('suppress', 'round')
    when name = 'mark' then value ~ '^[^[:space:][:digit:]]{1,4}$'
    else true end);
