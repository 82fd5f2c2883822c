-- What a trainer's tablet keeps of registers it keeps encrypted. The key is the account's own: given to nobody but its owner at each sign-in, gone with the account, so that what is left on
-- a tablet opens for nobody any more.
create table tablet_keys (
    account_id uuid primary key references accounts (id) on delete cascade,
    key text not null,                              -- encrypted with the data-protection keys
    made_at timestamptz not null
);
