-- A consent that somebody at a window takes down rests on the paper that the person signed.

-- null: the person, or its guardian, gave it by an own account.
alter table consents add column evidence_id uuid;
