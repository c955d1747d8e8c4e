-- An import that fails for a reason nobody expected is not tried for ever.

-- How often work on it was begun since it last got anywhere; a server that dies with it counts too.
alter table imports add column attempts integer not null default 0;
