-- A photograph or a scan of the sheet that people signed, kept with the register: for whoever may open that. Without what a camera writes into it besides the picture, such as the place. It goes when the raw
-- attendance files go; the hash of what was sent stays (P5).
create table signed_sheets (
    id uuid primary key,
    session_id uuid not null references sessions (id),
    media_type text not null check (media_type in ('application/pdf', 'image/png', 'image/jpeg')),
    size integer not null check (size between 1 and 10485760),
    sha256 bytea not null check (octet_length(sha256) = 32),    -- of what was sent, before anything was taken out of it
    sent_at timestamptz not null,
    sent_by uuid references persons (id),
    unique (session_id, sha256)                     -- the same photograph is kept once
);
create table signed_sheet_files (
    sheet_id uuid primary key references signed_sheets (id) on delete cascade,
    content bytea not null
);
